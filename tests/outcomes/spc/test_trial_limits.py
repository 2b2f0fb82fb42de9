"""What is shown of a reading when there are few points, and which chart is offered."""

from datetime import date, timedelta

from app.outcomes.spc.chart_choice import FEW, OVERLAP, RARE, SELDOM, suggest
from app.outcomes.spc.series import Observation
from app.outcomes.spc.trial_limits import NOT_ENOUGH, TRIAL, Shown, shown
from tests.outcomes.spc.short_series import QUIET, day, read, rows


def test_of_one_value_nothing_is_shown() -> None:
    assert shown(read(5, target=1)) == Shown(["none"], None, None, NOT_ENOUGH)
    assert shown(read(5, None, 6, target=1)).say == NOT_ENOUGH
    assert shown(read(None)).say == NOT_ENOUGH


def test_limits_of_two_to_twelve_values_are_on_trial_and_assure_nothing() -> None:
    for values in ((5, 6), QUIET[:12], (*QUIET[:12], None)):
        assert read(*values, target=99).assurance_icon == "fail"
        assert shown(read(*values, target=99)) == Shown(["trial"], "common_cause", None, TRIAL)


def test_from_thirteen_values_all_is_shown() -> None:
    assert shown(read(*QUIET[:13], target=99)) == Shown(["full"], "common_cause", "fail", None)


def test_a_series_is_as_young_as_its_last_segment() -> None:
    assert shown(read(*QUIET, rebase=(day(5),), target=99)) == Shown(
        ["trial", "full"], "common_cause", "fail", None
    )
    assert shown(read(*QUIET, rebase=(day(19),), target=99)) == Shown(
        ["full", "none"], None, None, NOT_ENOUGH
    )


def test_limits_are_not_offered_where_they_would_mislead() -> None:
    yearly = [Observation(date(2000 + year, 1, 1), 5) for year in range(20)]
    quarterly = [Observation(date(2000, 1, 1) + timedelta(days=91 * n), 5) for n in range(20)]

    assert suggest(rows(*QUIET)) == ("xmr", None)
    assert suggest(quarterly) == ("xmr", None)
    assert suggest(rows(*QUIET), overlapping=True) == ("line", OVERLAP)
    assert suggest(yearly) == ("run", SELDOM)
    halves = [date(2020 + n // 2, 1 + 6 * (n % 2), 1) for n in range(5)]
    ends = [date(2023, 3, 31), date(2023, 9, 30)]
    for days in (halves, [date(2024, 7, 1), date(2025, 1, 1)], ends):
        assert suggest([Observation(day, 5) for day in days]).say != SELDOM
    assert suggest(rows(5, None)) == ("run", SELDOM)
    assert suggest(rows(*QUIET[:12], None)) == ("run", FEW)
    assert suggest(rows(*QUIET[:13])) == ("xmr", None)
    assert suggest(rows(*[0, 0, 1] * 6)) == ("xmr", RARE)
