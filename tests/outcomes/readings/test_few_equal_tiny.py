"""What is said of series that are all equal, tiny, or too short for a verdict."""

from datetime import date
from itertools import product

import pytest
from msgspec.structs import replace

from app.outcomes.cards.status import status
from app.outcomes.measures.measure import Definition, Measure, Series
from app.outcomes.readings import verdict
from app.outcomes.spc import run_chart
from app.outcomes.view.content import MeasureContent, SeriesContent
from app.outcomes.view.figure import figure
from app.outcomes.view.series_view import series_view
from tests.outcomes.readings.test_true_sentences import QUIET, RUN, SCORE, SHARE, read, rebase, target

RARE = Definition("Falls", value_kind="rate", multiplier=1000, unit="falls", suppress_below=0)
FIXED = replace(SCORE, fixed_after=12)
VARIED = (3, 4, 5, 4, 3, 4, 5, 4)


def test_all_values_are_equal_only_where_all_are() -> None:
    meets = [target(5)]
    every = read(SCORE, [5] * 14, targets=meets)
    since = read(SCORE, [*VARIED, *[5] * 14], targets=meets, rebases=[rebase(date(2023, 9, 1))])
    left_out = read(SCORE, [5, 5, 9, *[5] * 12], targets=meets, excluded={date(2023, 3, 1): "A count twice"})
    both = read(
        SCORE,
        [*VARIED, *[5] * 3, 9, *[5] * 12],
        targets=meets,
        rebases=[rebase(date(2023, 9, 1))],
        excluded={date(2023, 12, 1): "A count twice"},
    )
    later = read(FIXED, [*[5] * 12, 7, 9, 5], targets=meets)

    assert ", as all values are; the target of 5.0 lies where all values are," in every.say
    assert ", as all values since September 2023 are; " in since.say
    assert "the target of 5.0 lies where all values since September 2023 are," in since.say
    assert ", as all values that count are; " in left_out.say
    assert ", as all values that count since September 2023 are; " in both.say
    assert "lies where all values that count since September 2023 are," in both.say
    assert ", where both limits lie, at 5.0; the target of 5.0 lies where both limits are, so" in later.say


@pytest.mark.parametrize("after", [(7, 9, 5), (7, 9, 8), (3, 4, 5), (3, 4, 3)])
def test_fixed_limits_that_both_lie_on_the_target_say_nothing_about_it(after: tuple[int, ...]) -> None:
    """Whether all later values meet it or none does, the rule calls it met by chance some of the time."""
    found = read(FIXED, [*[5] * 12, *after], targets=[target(5)])
    said = verdict.assurance(found, FIXED)

    assert found.assurance is None
    assert "the target of 5.0 lies where both limits are, so they say nothing about it." in found.say
    assert "chance" not in found.say
    assert said is not None
    assert (said.icon, said.words) == ("", "Both limits lie on the target, so it is not judged")
    assert said.because == "The target is 5.0"


def test_where_neither_way_is_better_nothing_is_said_of_limits_on_the_target() -> None:
    found = read(replace(SCORE, direction="neutral"), [3] * 14, targets=[target(3)])

    assert found.say.endswith("; the target is 3.0.")


def test_a_target_on_one_limit_is_said_to_lie_on_it() -> None:
    low, _, high = 5 - 2.66 * 2, 5, 5 + 2.66 * 2
    values = [4, 6] * 7
    for at, where in ((high, "on the upper limit"), (low, "on the lower limit"), (6, "within the limits")):
        found = read(SCORE, values, targets=[target(round(at, 2))])
        assert f" lies {where}, so it is met some of the time by chance" in found.say


def test_limits_that_were_fixed_say_how_many_values_made_them() -> None:
    found = read(FIXED, [5, 5.2, None, 5.1, *[5, 4.8] * 6])
    row = SeriesContent("s", "A", "a", 1, (), found)
    drawn = figure(MeasureContent("m", "c", 1, FIXED, (), (), (), (row,)), series_view(FIXED, row))

    assert drawn.notes[0].startswith("Process limits, from the first 11 values: ")


@pytest.mark.parametrize("values", [[0.0003], [0.0003] * 14])
def test_a_value_that_is_not_zero_is_never_said_to_be_zero(values: list[float]) -> None:
    found = read(RARE, values)
    measure = Measure("m", "g", "c", 1, RARE)
    face = status("g", measure, [Series("s", "m")], {"s": found})

    assert found.say.startswith(("January 2023: 0.0003 falls per 1,000", "February 2024: 0.0003 falls per"))
    assert face.value == "0.0003 falls per 1,000"


def test_a_tiny_value_or_target_among_large_ones_is_not_said_to_be_zero() -> None:
    share = replace(SHARE, decimals=1)
    falls = read(RARE, [0.0003, *[5.1, 4.9, 5, 5.2] * 4, 0.0003])
    part = read(share, [*[12, 13, 11, 14] * 4, 0.04])
    aim = read(share, [12, 13, 11, 14] * 4, targets=[target(0.04, "<=")])
    row = SeriesContent("s", "A", "a", 1, (), replace(part, latest=part.points[0]))

    assert falls.say.startswith("June 2024: 0.0003 falls per 1,000")
    assert part.say.startswith("May 2024: 0.04%")
    assert "the target of 0.04% " in aim.say
    assert series_view(share, row).points[-1].value == "0.04%"


def test_a_limit_just_beyond_the_end_of_a_measure_is_not_rounded_to_it() -> None:
    found = read(SHARE, [99.9, 99.7] * 7)
    row = SeriesContent(
        "s", "A", "a", 1, (), replace(found, segments=(replace(found.segments[0], upl=100.04),))
    )
    drawn = figure(MeasureContent("m", "c", 1, SHARE, (), (), (), (row,)), series_view(SHARE, row))

    assert "The upper limit as computed is 100.04%; no value lies above 100%." in drawn.notes[0]


def test_a_run_chart_of_few_values_is_not_judged() -> None:
    for values in ([5, 6], [5, 6] * 2):
        found = read(RUN, values)
        said = verdict.variation(found, RUN)

        assert (found.variation, said.icon, said.words) == (None, "", "Too early to say")
        assert said.because == f"Only {len(values)} values lie above or below the median: too few to judge by"
        assert "chance" not in found.say
    enough = read(RUN, [5, 6] * 3)
    assert (enough.variation, verdict.variation(enough, RUN).words) == ("common_cause", "No signal yet")


def test_of_fewer_than_six_values_off_the_median_no_signal_is_possible() -> None:
    for sides in product([0, 2], repeat=5):
        assert not run_chart.read([*sides, *[1] * 9]).signal
    assert run_chart.read([*[2] * 6, *[1] * 9]).signal


def test_a_part_of_a_run_chart_without_values_has_no_median_to_speak_of() -> None:
    empty = read(RUN, [*QUIET, None], rebases=[rebase(date(2024, 1, 1))])
    equal = read(RUN, [*QUIET, 7, 7], rebases=[rebase(date(2024, 1, 1))])

    assert empty.say == "December 2023: 5.0."
    assert equal.say == "February 2024: 7.0, with a median of 7.0."
