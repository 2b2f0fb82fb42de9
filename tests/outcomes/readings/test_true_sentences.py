"""Sentences and verdicts say what is so: each test is a wrong one that somebody could have read."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from app.db import now
from app.outcomes.measures.measure import Comparator, Definition, Observed, Rebase, Status, Target
from app.outcomes.measures.periods import after, of_day
from app.outcomes.readings import verdict
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.profiles import MDC_ENGLAND

SCORE = Definition("Score", value_kind="score", unit="", suppress_below=0)
FALLS = Definition("Falls", value_kind="count", unit="", decimals=0, direction="decrease", suppress_below=5)
SHARE = Definition("Home in time", suppress_below=0)
RUN = replace(SCORE, chart="run")
QUIET = (5.0, 5.4, 4.8, 5.2, 5.0, 4.7, 5.3, 5.1, 4.9, 5.2, 4.8, 5.0)


def rows(
    definition: Definition, values: Sequence[float | None], left_out: Collection[int] = ()
) -> list[Observed]:
    """A value for each period from 2023 on; None for one without a value; those `left_out` are absent."""
    found = []
    period = of_day(date(2023, 1, 1), definition.frequency)
    for place, value in enumerate(values):
        if place not in left_out:
            status: Status = "missing" if value is None else "final"
            exact = None if value is None else Decimal(str(value))
            found.append(Observed("s", *period[:2], 1, exact, status=status, label=period.label))
        period = after(period, definition.frequency)
    return found


def read(
    definition: Definition, values: Sequence[float | None], left_out: Collection[int] = (), **more: Any
) -> Reading:
    return analyse(definition, rows(definition, values, left_out), **more)


def target(value: float, comparator: Comparator = ">=") -> Target:
    return Target("t", "m", Decimal(str(value)), comparator, "standard", date(2020, 1, 1))


def rebase(begins: date) -> Rebase:
    return Rebase("r", "m", begins, "A new ward.", "ana", now())


# -- absent and missing periods ------------------------------------------------------------------------


def test_a_run_over_absent_months_counts_values_and_the_note_says_which_months() -> None:
    fixed = replace(SCORE, fixed_after=12)
    found = read(fixed, [*QUIET, *[5.6] * 12], left_out=(15, 16, 17))
    whole = read(fixed, [*QUIET, *[5.6] * 12])

    assert verdict.variation(found, fixed).because == "9 values in a row above the mean"
    assert verdict.variation(whole, fixed).because == "12 months in a row above the mean"
    assert found.notes == (
        "3 months are not here, the first April 2024 and the last June 2024. "
        "Runs and trends count values, not months.",
    )
    assert not whole.notes


def test_a_trend_over_absent_months_counts_values() -> None:
    fixed = replace(SCORE, fixed_after=12)
    found = read(fixed, [*QUIET, 4.7, 4.75, 4.8, 4.9, 5.0, 5.1, 5.2, 5.25], left_out=(14,))

    assert verdict.variation(found, fixed).because == "7 values rising in a row"


def test_a_run_ends_at_a_month_without_a_value_and_at_one_on_the_mean() -> None:
    fixed = replace(SCORE, fixed_after=12)
    mean = read(fixed, QUIET).segments[0].mean
    assert mean is not None
    for between in (None, mean):
        values = [*([5.0, 5.2] * 6), *[5.05] * 4, 5.1 if between else None, *[5.05] * 7]
        found = read(fixed, values)

        assert found.segments[0].mean == 5.1
        assert verdict.variation(found, fixed).because == "7 months in a row below the mean"


def test_one_absent_week_is_one_on_whatever_day_weeks_begin() -> None:
    weekly, sunday = replace(SCORE, frequency="week"), date(2024, 1, 7)
    begins = [sunday + timedelta(weeks=number) for number in range(16) if number != 8]
    weeks = [(day, day + timedelta(days=6)) for day in begins]
    found = analyse(weekly, [Observed("s", *days, 1, Decimal(5), label=str(days[1])) for days in weeks])

    assert found.notes[-1] == "Week ending 9 March 2024 is not here. Runs and trends count values, not weeks."
    assert found.due == date(2024, 5, 4) + timedelta(days=weekly.lag_days)


def test_days_of_irregular_values_are_no_gaps() -> None:
    assert not read(replace(SCORE, frequency="irregular"), [*QUIET, 5, 5, 5], left_out=(3, 4)).notes


# -- hidden small numbers -------------------------------------------------------------------------------


def test_a_series_with_hidden_numbers_says_how_many_and_judges_nothing() -> None:
    values = [0 if place in (3, 9, 22) else 1 + place % 4 for place in range(24)]
    found = read(FALLS, values, targets=[target(3, "<=")])

    assert (found.hidden, found.chart, found.segments, found.variation, found.assurance) == (
        21,
        "line",
        (),
        None,
        None,
    )
    assert found.say == (
        "December 2024: hidden as a small number; the target is 3. "
        "21 of 24 values are hidden as small numbers, so what is left is not judged."
    )
    assert verdict.variation(found, FALLS).words == "Not judged"
    aim = verdict.assurance(found, FALLS)
    assert aim is not None
    assert aim.words == "With hidden values the target is not judged"
    assert "two values a year" not in found.why


@pytest.mark.parametrize("chart", ["xmr", "run"])
def test_one_hidden_number_is_enough_to_judge_nothing(chart: Any) -> None:
    found = read(replace(FALLS, chart=chart), [*[20, 24] * 8, 3, *[10] * 8])

    assert (found.chart, found.variation) == ("line", None)
    assert found.say.endswith("1 of 25 values is hidden as a small number, so what is left is not judged.")


def test_what_is_hidden_has_come_and_is_not_overdue() -> None:
    found = read(FALLS, [12, 3])

    assert found.latest is not None
    assert (found.latest.label, found.latest.value) == ("February 2023", None)
    assert (found.data_until, found.due) == (date(2023, 2, 28), date(2023, 5, 1))


def test_where_all_is_hidden_nobody_says_that_there_is_nothing() -> None:
    assert read(FALLS, [1, 2, 3]).say.endswith("All values are hidden as small numbers.")


# -- decimals, ends and units ---------------------------------------------------------------------------


def test_limits_and_target_show_as_many_decimals_as_keep_them_apart() -> None:
    found = read(SHARE, [94.96, 94.98] * 8, targets=[target(95)])
    aim = verdict.assurance(found, SHARE)

    assert found.say == (
        "April 2024: 94.98%, as expected between limits of 94.92% and 95.02%; "
        "the target of 95.00% lies within the limits, so it is met some of the time by chance."
    )
    assert aim is not None
    assert aim.because == "Expect between 94.92% and 95.02%"


def test_sentences_stop_where_the_measure_does() -> None:
    falls = replace(FALLS, suppress_below=0)
    few = read(falls, [0, 5, 1, 4, 0, 6, 2, 3, 0, 5, 1, 4, 2, 3], targets=[target(1, "<=")])
    high = read(SHARE, [99, 90, 98, 91, 99, 92, 100, 90, 97, 93, 99, 91, 98, 95], targets=[target(95)])
    aims = [verdict.assurance(few, falls), verdict.assurance(high, SHARE)]

    assert few.segments[0].lpl is not None
    assert few.segments[0].lpl < 0
    assert "between limits of 0 and 12;" in few.say
    assert "and 100.0%;" in high.say
    assert [one.because for one in aims if one] == [
        "Expect between 0 and 12",
        f"Expect between {high.say.split('limits of ')[1].split(';')[0]}",
    ]


def test_a_score_has_no_ends_and_a_count_that_went_below_zero_has_none_either() -> None:
    assert "limits of -" in read(SCORE, [0, 5] * 8).say
    change = replace(FALLS, suppress_below=0)
    assert "limits of -" in read(change, [-1, 5] * 8).say


def test_where_all_values_are_the_same_no_two_limits_are_named() -> None:
    assert read(SHARE, [90] * 14).say == "February 2024: 90.0%, as all values are."


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("", "4.2 per 1,000"),
        ("falls", "4.2 falls per 1,000"),
        ("falls per 1,000 bed days", "4.2 falls per 1,000 bed days"),
    ],
)
def test_a_rate_says_out_of_how_many(unit: str, said: str) -> None:
    rate = Definition("Falls", value_kind="rate", multiplier=1000, unit=unit, suppress_below=0)

    assert read(rate, [4.2]).say == f"January 2023: {said}."


# -- targets --------------------------------------------------------------------------------------------


def test_a_target_is_read_by_its_own_sign() -> None:
    waits = replace(SCORE, direction="decrease")
    at_least = read(waits, [5, 5.2] * 7, targets=[target(9, ">=")])
    at_most = read(waits, [5, 5.2] * 7, targets=[target(9, "<=")])

    assert (at_least.assurance, at_most.assurance) == ("fail", "pass")
    aims = [verdict.assurance(one, waits) for one in (at_least, at_most)]
    assert [one.because.split(" ")[0] for one in aims if one] == ["Best", "Worst"]
    assert "cannot be expected to meet it" in at_least.say


def test_after_a_shift_that_lasts_the_target_is_judged_for_the_process_as_it_was() -> None:
    fixed = replace(SCORE, fixed_after=12, direction="decrease")
    values = [*QUIET, *[4.6] * 8]
    found = read(fixed, values, targets=[target(2, "<=")])
    renewed = read(fixed, values, targets=[target(2, "<=")], rebases=[rebase(date(2024, 1, 1))])
    steady = read(fixed, [*QUIET, *QUIET[:2]], targets=[target(2, "<=")])
    before, now_ = verdict.assurance(found, fixed), verdict.assurance(steady, fixed)

    assert found.say.endswith("the process as it was before the shift could not be expected to meet it.")
    assert before is not None
    assert before.words == "Target out of reach as things were"
    assert before.because.startswith("Best month of the process as it was")
    assert now_ is not None
    assert now_.words == "Target out of reach as things are"
    assert "as it was" not in renewed.say


# -- run charts -----------------------------------------------------------------------------------------


def test_a_run_chart_with_new_limits_has_a_median_for_each_part() -> None:
    values = [20.0, 22.0] * 6 + [30.0, 32.0] * 6
    found = read(RUN, values, rebases=[rebase(date(2023, 12, 15))])

    assert [(one.first, one.run.median) for one in found.run_parts] == [
        (date(2023, 1, 1), 21),
        (date(2024, 1, 1), 31),
    ]
    assert found.run == found.run_parts[-1].run
    assert {dot.segment for dot in found.points} == {0, 1}
    assert found.variation == "common_cause"
    assert "median of 31.0; the runs and crossings of the line show no more than chance" in found.say
    assert found.notes == (
        "A new median was asked for from 15 December 2023; "
        "the first period from then on begins on 1 January 2024.",
    )


@pytest.mark.parametrize(
    ("direction", "words"),
    [("increase", "Improving"), ("decrease", "Getting worse"), ("neutral", "Higher than usual")],
)
def test_a_shift_of_a_run_chart_is_better_or_worse_where_there_is_a_direction(
    direction: Any, words: str
) -> None:
    definition = replace(RUN, direction=direction)
    found = read(definition, [1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4])
    said = verdict.variation(found, definition)

    assert (said.words, said.because) == (words, "10 months in a row above the median")
    assert {dot.type for dot in found.points[-10:]} != {"common_cause"}
    assert found.points[-1].cause == "one of 10 in a row above the median"


def test_an_earlier_shift_of_a_run_chart_is_not_said_of_now() -> None:
    values = [*[1] * 4, *[5] * 9, 1, 5, *[1] * 5]
    found = read(RUN, values)
    said = verdict.variation(found, RUN)

    assert found.run is not None
    assert found.run.signal
    assert (said.icon, said.words) == ("", "A shift earlier")
    assert said.because == "9 months in a row above the median, up to January 2024"


# -- signals now and earlier ----------------------------------------------------------------------------


def test_no_signal_now_says_how_many_there_were_before() -> None:
    fixed = replace(SCORE, fixed_after=12)
    found = read(fixed, [*QUIET, 9, 5.0, 9, 4.9, 5.2, 5.1])
    said = verdict.variation(found, fixed)

    assert (said.icon, said.words) == ("common_cause", "No signal now")
    assert said.because == (
        "The latest values move as chance makes them; 2 earlier values were more than chance explains"
    )
    assert verdict.variation(read(fixed, QUIET), fixed).words == "No signal yet"


def test_a_falling_run_above_the_mean_is_better_in_englands_profile_and_worse_in_the_other() -> None:
    fixed = replace(SCORE, fixed_after=12)
    values = [*QUIET, 5.7, 5.65, 5.6, 5.55, 5.5, 5.45, 5.4]
    england = read(fixed, values, profile=MDC_ENGLAND)

    assert verdict.variation(read(fixed, values), fixed).because == "7 months falling in a row"
    assert verdict.variation(england, fixed).because == "7 months in a row above the mean"
    assert (england.variation, read(fixed, values).variation) == ("improvement_high", "concern_low")
