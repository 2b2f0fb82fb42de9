"""Each rule alone and with others: the first that fits names the point."""

from typing import Any

import pytest

from app.outcomes.spc.profiles import MDC_ENGLAND
from app.outcomes.spc.series import Number, Unreadable
from tests.outcomes.spc.short_series import QUIET, causes, day, read, strictly

COMMON = "Common Cause"
ABOVE, BELOW = "Above UCL", "Below LCL"
UP, DOWN = "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"
TWO_ABOVE, TWO_BELOW = "2 in 3 Above CL", "2 in 3 Below CL"
SHIFT_ABOVE, SHIFT_BELOW = "7 Points Above CL", "7 Points Below CL"


def judged(*values: Number | None) -> list[str]:
    """The causes of rows judged by the limits of 20 quiet ones: mean 0, near 5.32, limits 7.98."""
    reading = read(*QUIET, *values, fix_after_n_points=20)
    assert set(causes(reading)[:19]) == {COMMON}
    return causes(reading)[20:]


@pytest.mark.parametrize(
    ("value", "cause"), [(7.98, COMMON), (7.981, ABOVE), (-7.98, COMMON), (-7.981, BELOW)]
)
def test_only_beyond_a_limit_is_outside(value: float, cause: str) -> None:
    assert judged(value) == [cause]


def test_two_points_near_a_limit_of_three_on_one_side_are_special_and_the_third_is_not() -> None:
    assert judged(6, 1, 6) == [TWO_ABOVE, COMMON, TWO_ABOVE]
    assert judged(-6, -6, -1) == [TWO_BELOW, TWO_BELOW, COMMON]
    assert judged(1, 6, 6) == [COMMON, TWO_ABOVE, TWO_ABOVE]
    assert judged(6, 6, 6) == [TWO_ABOVE] * 3


@pytest.mark.parametrize("third", [-1, 0, None])
def test_a_third_point_on_the_other_side_or_on_the_mean_defeats_two_of_three(third: Number | None) -> None:
    assert judged(6, third, 6) == [COMMON] * 3


def test_two_near_points_need_a_third_row_beside_them() -> None:
    assert judged(-1, 6, 6) == [COMMON] * 3
    assert judged(-1, 6, 6, 1) == [COMMON, TWO_ABOVE, TWO_ABOVE, COMMON]


def test_two_points_near_opposite_limits_are_not_two_of_three() -> None:
    assert judged(6, 1, -6) == [COMMON] * 3


def test_on_the_near_line_is_not_near() -> None:
    assert judged(5.32, 5.32, 1) == [COMMON] * 3
    assert judged(5.321, 5.321, 1) == [TWO_ABOVE, TWO_ABOVE, COMMON]


def test_a_point_outside_does_not_count_as_near_but_does_in_England() -> None:
    assert judged(9, 1, 6) == [ABOVE, COMMON, COMMON]

    england = read(*QUIET, 9, 1, 6, fix_after_n_points=20, profile=MDC_ENGLAND)
    assert causes(england)[20:] == [ABOVE, COMMON, TWO_ABOVE]
    assert not england.points[20].near


def test_seven_points_on_one_side_are_a_shift() -> None:
    assert judged(1, 2, 1, 2, 1, 2, 1) == [SHIFT_ABOVE] * 7
    assert judged(-1, -2, -1, -2, -1, -2, -1, -2) == [SHIFT_BELOW] * 8


def test_six_points_on_one_side_are_not_a_shift() -> None:
    assert judged(1, 2, 1, 2, 1, 2) == [COMMON] * 6


@pytest.mark.parametrize("between", [0, None])
def test_a_point_on_the_mean_or_missing_breaks_a_shift(between: Number | None) -> None:
    assert judged(1, 2, 1, between, 1, 2, 1, 2) == [COMMON] * 8


def test_six_steps_up_are_a_trend_wherever_they_lie() -> None:
    assert judged(-3, -2, -1, 0, 1, 2, 3) == [UP] * 7
    assert judged(3, 2, 1, 0, -1, -2, -3) == [DOWN] * 7
    assert judged(-5, -4, -3, -2.5, -2, -1.5, -1) == [UP] * 7


def test_five_steps_are_not_a_trend() -> None:
    assert judged(-3, -2, -1, 0, 1, 2) == [COMMON] * 6


@pytest.mark.parametrize("fourth", [-1, None])
def test_a_repeated_or_missing_value_breaks_a_trend(fourth: Number | None) -> None:
    assert judged(-3, -2, -1, fourth, 0, 1, 2) == [COMMON] * 7


def test_the_peak_that_a_rise_and_a_fall_share_ends_the_rise_but_in_R_begins_the_fall() -> None:
    values = (-3, -2, -1, 0, 1, 2, 3, 2, 1, 0, -1, -2, -3)

    assert judged(*values) == [UP] * 7 + [DOWN] * 6
    assert causes(strictly(*QUIET, *values, fix_after_n_points=20))[20:] == [UP] * 6 + [DOWN] * 7


def test_the_valley_that_a_fall_and_a_rise_share_is_increasing() -> None:
    assert judged(3, 2, 1, 0, -1, -2, -3, -2, -1, 0, 1, 2, 3) == [DOWN] * 6 + [UP] * 7


@pytest.mark.parametrize("second", [(3, 3.5, 4, 4.5, 5, 5.2, 5.3), (-3, -2, -1, 0, 1, 2, 3)])
def test_a_rise_that_ends_before_another_is_rising_to_its_end_but_not_in_R(second: tuple[float, ...]) -> None:
    first = (-3, -2, -1, 0, 1, 2, 3)

    assert judged(*first, *second) == [UP] * 14
    strict = strictly(*QUIET, *first, *second, fix_after_n_points=20)
    assert causes(strict)[20:] == [UP] * 6 + [DOWN] + [UP] * 7


def test_a_fall_that_ends_before_another_is_falling_to_its_end_but_not_in_R() -> None:
    falls = (3, 2, 1, 0, -1, -2, -3) * 2

    assert judged(*falls) == [DOWN] * 14
    strict = strictly(*QUIET, *falls, fix_after_n_points=20)
    assert causes(strict)[20:] == [DOWN] * 6 + [UP] + [DOWN] * 7


def test_outside_comes_before_a_trend() -> None:
    assert judged(-3, -2, -1, 0, 1, 2, 8) == [UP] * 6 + [ABOVE]


def test_a_trend_comes_before_two_of_three() -> None:
    assert judged(-1, 0, 1, 2, 5.5, 6, 7) == [UP] * 7


def test_two_of_three_comes_before_a_shift() -> None:
    assert judged(1, 2, 1, 6, 1, 6, 1) == [SHIFT_ABOVE] * 3 + [TWO_ABOVE, SHIFT_ABOVE, TWO_ABOVE, SHIFT_ABOVE]


def test_all_four_rules_meet_on_one_series() -> None:
    values = (-6, -1, -6, -6, 1, 2, 3, 4, 5, 9, 6, 3, 2)

    assert judged(*values) == [TWO_BELOW, COMMON, TWO_BELOW] + [UP] * 6 + [ABOVE] + [SHIFT_ABOVE] * 3


@pytest.mark.parametrize("values", [(6, 6, 1), (1, 2, 3, 4, 5, 6, 7), (1, 2, 1, 2, 1, 2, 1)])
def test_no_rule_reaches_across_a_rebase(values: tuple[Number, ...]) -> None:
    whole = read(*QUIET, *values, fix_after_n_points=20)
    cut = read(*QUIET, *values, fix_after_n_points=20, rebase=(day(21),))

    assert set(causes(whole)[20:]) != {COMMON}
    assert set(causes(cut)) == {COMMON}


def test_a_missing_value_has_no_cause_and_no_place() -> None:
    point = read(1, 2, None, 2).points[2]

    assert (point.cause, point.type, point.outside, point.near, point.side) == (
        COMMON,
        "common_cause",
        None,
        None,
        None,
    )


@pytest.mark.parametrize("values", [(1, 2, 3, None, 4, 4.5, 5), (3, None, 2, None, 1, None, 0), (None,) * 7])
def test_a_missing_value_in_what_may_be_a_trend_stops_R_but_not_us(values: tuple[Number | None, ...]) -> None:
    with pytest.raises(Unreadable, match="stops here"):
        strictly(*QUIET, *values, fix_after_n_points=20)

    assert judged(*values) == [COMMON] * 7


def test_a_missing_value_among_steps_both_ways_does_not_stop_R() -> None:
    assert set(causes(strictly(*QUIET[:4], None, *QUIET[:4]))) == {COMMON}


def test_a_repeated_value_beside_a_missing_one_does_not_stop_R() -> None:
    values = (1, 2, 2, None, 3, 4, 5)

    assert set(causes(strictly(*QUIET, *values, fix_after_n_points=20))) == {COMMON}


def test_in_englands_profile_a_point_that_is_better_and_worse_is_better() -> None:
    falling = (5, 4.5, 4, 3.5, 3, 2.5, 2)  # all above the mean
    fixed: dict[str, Any] = {"fix_after_n_points": 20}
    england = {**fixed, "profile": MDC_ENGLAND}

    assert causes(read(*QUIET, *falling, **england))[20:] == [SHIFT_ABOVE] * 7
    assert causes(read(*QUIET, *falling, improvement_direction="decrease", **england))[20:] == [DOWN] * 7
    assert causes(read(*QUIET, *falling, improvement_direction="neutral", **england))[20:] == [DOWN] * 7
    assert causes(read(*QUIET, *falling, **fixed))[20:] == [DOWN] * 7
    assert causes(strictly(*QUIET, *falling, **fixed))[20:] == [DOWN] * 7


def test_a_peak_of_two_trends_is_better_in_englands_profile_whichever_way_is_better() -> None:
    values = (-3, -2, -1, 0, 1, 2, 3, 2, 1, 0, -1, -2, -3)
    england = {"fix_after_n_points": 20, "profile": MDC_ENGLAND}

    assert causes(read(*QUIET, *values, **england))[26] == UP
    assert causes(read(*QUIET, *values, improvement_direction="decrease", **england))[26] == DOWN
