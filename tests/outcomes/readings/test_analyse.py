from datetime import date
from decimal import Decimal

from app.db import now
from app.outcomes.measures.measure import Definition, Observed, Rebase, Target
from app.outcomes.measures.period_forms import MONTHS
from app.outcomes.measures.periods import of_day
from app.outcomes.readings.analyse import analyse, whole
from app.outcomes.spc import chart_choice

SHARE = Definition(name="Home within two days", suppress_below=0)


def month(place: int) -> date:
    return date(2023 + place // 12, place % 12 + 1, 1)


def line(*pairs: tuple[int, int] | None) -> list[Observed]:
    """Numerator and denominator, month by month from January 2023; None where nobody reported."""
    found = []
    for place, pair in enumerate(pairs):
        if pair:
            period = of_day(month(place), "month")
            n, d = (Decimal(part) for part in pair)
            found.append(Observed("s", period.start, period.end, 1, n * 100 / d, n, d, label=period.label))
    return found


STEADY = [(80 + place % 3, 100) for place in range(14)]


def test_a_series_is_read_with_its_limits_and_said_in_a_sentence() -> None:
    found = analyse(SHARE, line(*STEADY, (60, 100)))

    assert found.chart == "xmr"
    assert [one.drawn for one in found.segments] == ["full"]
    assert found.variation == "concern_low"
    assert found.latest is not None
    assert found.latest.cause == "below the lower limit"
    assert found.say.startswith("March 2024: 60.0%, below the lower limit of 7")
    assert found.data_until == date(2024, 3, 31)


def test_few_points_get_trial_limits_and_no_assurance() -> None:
    target = Target("t", "m", Decimal(95), ">=", "standard", date(2020, 1, 1))
    found = analyse(SHARE, line(*STEADY[:6]), [target])

    assert [one.drawn for one in found.segments] == ["trial"]
    assert found.assurance is None
    assert "trial limits" in found.say


def test_assurance_asks_the_target_in_force_at_the_last_value() -> None:
    early = Target("t", "m", Decimal(10), ">=", "standard", date(2020, 1, 1), date(2023, 6, 30))
    late = Target("u", "m", Decimal(95), ">=", "ambition", date(2023, 7, 1))
    beside = Target("v", "m", Decimal(1), ">=", "trajectory", date(2023, 8, 1), assures=False)
    found = analyse(SHARE, line(*STEADY), [late, early, beside])

    assert found.target is not None
    assert found.target.value == 95
    assert found.assurance == "fail"
    assert "cannot be expected to meet it" in found.say


def test_a_rebase_begins_new_limits_and_one_between_two_periods_is_told() -> None:
    rebase = Rebase("r", "m", date(2024, 2, 15), "A new ward.", "ana", now())
    found = analyse(SHARE, line(*STEADY, *STEADY), rebases=[rebase])

    assert [one.first for one in found.segments] == [date(2023, 1, 1), date(2024, 3, 1)]
    assert {one.segment for one in found.points} == {0, 1}
    (note,) = found.notes
    assert "asked for from 15 February 2024" in note
    assert "begins on 1 March 2024" in note


def test_overlapping_periods_get_a_plain_line() -> None:
    found = analyse(Definition(name="Three years together", pooled=True), line(*STEADY))

    assert (found.chart, found.segments, found.variation) == ("line", (), None)
    assert found.why == chart_choice.OVERLAP


def test_small_numbers_leave_no_trace_in_what_is_found() -> None:
    found = analyse(Definition(name="Rare", suppress_below=5), line((3, 100), (50, 100)))

    assert (found.points[0].status, found.points[0].value, found.points[0].numerator) == (
        "suppressed",
        None,
        None,
    )


def test_who_is_left_of_a_proportion_is_hidden_when_they_are_few() -> None:
    rare = Definition(name="Rare", suppress_below=5)
    found = analyse(rare, line((97, 100), (95, 100), (100, 100), (0, 100)))

    assert [one.value for one in found.points] == [None, 95, 100, 0]
    rate = Definition(name="Rate", value_kind="rate", suppress_below=5)
    assert analyse(rate, line((97, 100))).points[0].value == 97


def test_a_target_that_is_not_judged_is_said_in_a_whole_sentence() -> None:
    target = Target("t", "m", Decimal(80), ">=", "standard", date(2020, 1, 1))
    found = analyse(Definition(name="Home", chart="run", suppress_below=0), line(*STEADY), [target])

    assert found.say.endswith("; the target is 80.0%.")


def test_a_count_below_the_threshold_is_hidden_too() -> None:
    falls = Definition(name="Falls", value_kind="count", suppress_below=5)
    period = of_day(month(0), "month")
    few, none = [Observed("s", period.start, period.end, 1, Decimal(n), label=period.label) for n in (3, 0)]

    assert analyse(falls, [few]).points[0].value is None
    assert analyse(falls, [none]).points[0].value == 0


def test_without_a_value_there_is_nothing_to_say() -> None:
    start, end, label = of_day(month(0), "month")
    found = analyse(SHARE, [Observed("s", start, end, 1, None, status="missing", label=label)])

    assert found.say == "There are no values yet."
    assert found.due is None


def test_the_next_value_is_due_after_its_period_and_the_lag() -> None:
    assert analyse(SHARE, line((1, 2))).due == date(2023, 3, 31)


def test_the_whole_adds_up_numerators_and_denominators_and_averages_no_percentages() -> None:
    found = whole(SHARE, [line((1, 2)), line((90, 100))])

    assert found[0].value == Decimal("89.215686274510")
    assert found[0].numerator == 91
    assert found[0].denominator == 102


def test_a_period_counts_for_the_whole_when_everyone_of_the_period_before_has_reported() -> None:
    found = whole(SHARE, [line((1, 2), (1, 2), None, (1, 2)), line(None, (1, 2), (1, 2), (1, 2))])

    assert [one.denominator for one in found] == [2, 4, None, 4]
    assert found[2].status == "missing"


def test_months_have_their_names() -> None:
    assert len(MONTHS) == 12
