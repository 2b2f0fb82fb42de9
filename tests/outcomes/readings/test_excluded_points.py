"""A value left out of the limits is kept and shown; limits, runs and verdicts do without it."""

from datetime import date

from msgspec.structs import replace

from app.outcomes.readings import verdict
from app.outcomes.readings.analyse import analyse
from app.outcomes.spc import xmr
from app.outcomes.spc.series import Observation, Options
from tests.outcomes.readings.test_true_sentences import QUIET, RUN, SCORE, read, rows

ODD = {date(2023, 6, 1): "Counted twice"}


def test_limits_are_computed_without_it_and_it_is_not_judged() -> None:
    values = [*QUIET[:5], 30.0, *QUIET[5:], 5.1, 4.9]
    found, whole = read(SCORE, values, excluded=ODD), read(SCORE, values)
    rest = [Observation(one.start, None if one.start in ODD else one.value) for one in found.points]
    expected = xmr.read(rest, Options()).segments[0]

    odd = found.points[5]
    assert odd.value == 30
    assert (odd.excluded, odd.type, odd.counts) == ("Counted twice", "common_cause", False)
    assert whole.points[5].type == "special_cause_improvement"
    assert (found.segments[0].mean, found.segments[0].upl) == (expected.mean, expected.upl)
    assert found.segments[0].values == 14
    assert len(found.points) == len(whole.points)


def test_the_latest_value_left_out_is_said_and_the_verdict_is_of_the_one_before() -> None:
    values = [*QUIET, *[4.6] * 7, 30.0]
    fixed = replace(SCORE, fixed_after=12, direction="decrease")
    found = read(fixed, values, excluded={date(2024, 8, 1): "Counted twice"})

    assert found.say == "August 2024: 30.0, left out of the limits."
    assert found.latest is not None
    assert found.latest.excluded
    assert found.variation == "improvement_low"
    assert verdict.variation(found, fixed).because == "9 months in a row below the mean"


def test_a_run_is_broken_by_it_in_an_xmr_chart_and_a_median_leaves_it_out() -> None:
    fixed = replace(SCORE, fixed_after=12)
    values = [*QUIET[:11], 5.2, *[5.6] * 8]
    broken = read(fixed, values, excluded={date(2024, 4, 1): "Counted twice"})
    run = analyse(RUN, rows(RUN, [1, 2, 3, 4, 90]), excluded={date(2023, 5, 1): "Counted twice"})

    assert read(fixed, values).variation == "improvement_high"
    assert broken.variation == "common_cause"
    assert run.run is not None
    assert run.run.median == 2.5
