"""Where the lines lie, worked by hand."""

import pytest

from app.outcomes.spc import xmr
from app.outcomes.spc.profiles import MDC_ENGLAND
from app.outcomes.spc.series import Observation, Options
from tests.outcomes.spc.short_series import QUIET, causes, day, read, strictly

COMMON = "Common Cause"


def test_limits_are_2_66_average_ranges_from_the_mean_and_near_lines_two_thirds_of_that() -> None:
    (segment,) = read(10, 13, 10, 13).segments

    assert (segment.mean, segment.average_range) == (11.5, 3)
    assert (segment.lpl, segment.upl) == (3.52, 19.48)
    assert (segment.near_lower, segment.near_upper) == (6.18, 16.82)


def test_limits_are_not_cut_at_zero() -> None:
    lpl = read(0, 1, 0, 1).segments[0].lpl

    assert lpl is not None
    assert lpl < 0


def test_large_ranges_are_screened_out_once_and_the_mean_keeps_every_value() -> None:
    values = [0, 1] * 9 + [30, 0]
    (screened,), (whole,) = read(*values).segments, read(*values, screen_outliers=False).segments

    assert screened.average_range == 1
    assert whole.average_range == pytest.approx(76 / 19)
    assert screened.mean == whole.mean == 39 / 20


def test_screening_is_not_repeated() -> None:
    # 20 ranges of 1, one of 5 and one of 100: 100 goes, and then 5 would too
    values = [0, 1] * 10 + [0, 5, 105]
    (segment,) = read(*values).segments

    assert segment.average_range == pytest.approx(25 / 21)


def test_a_range_of_exactly_3_267_average_ranges_is_screened_out() -> None:
    # 4 ranges that add up to 4000, the largest 3267
    values = [0, 3267, 3000, 2734, 2534]

    assert read(*values).segments[0].average_range == pytest.approx(733 / 3)


def test_England_never_screens() -> None:
    values = [0, 1] * 9 + [30, 0]

    assert read(*values, profile=MDC_ENGLAND).segments == read(*values, screen_outliers=False).segments


def test_the_mean_of_tenths_is_a_fifth() -> None:
    sides = [point.side for point in read(*[0.1, 0.2, 0.3] * 5).points]

    assert sides == [-1, 0, 1] * 5


def test_both_ranges_beside_a_missing_value_vanish_and_it_is_no_zero() -> None:
    (segment,) = read(10, 12, None, 40, 41).segments

    assert (segment.mean, segment.average_range) == (25.75, 1.5)
    assert (segment.rows, segment.values) == (5, 4)


def test_days_without_a_row_are_not_noticed() -> None:
    gappy = [Observation(day(n * n), value) for n, value in enumerate((1, 4, 2))]

    assert xmr.read(gappy, Options()).segments[0].average_range == 2.5


def test_fixed_limits_come_from_the_first_rows_and_judge_the_rest() -> None:
    values = [1.5, -1.5] * 6 + [90, 91]
    (segment,) = read(*values, fix_after_n_points=12).segments

    assert (segment.mean, segment.average_range) == (0, 3)
    assert causes(read(*values, fix_after_n_points=12))[12:] == ["Above UCL"] * 2


def test_fixing_counts_rows_and_not_values() -> None:
    values = [None, 2, -1, *[2, -1] * 4, 2, 80]

    assert read(*values, fix_after_n_points=12).segments[0].mean == 7 / 11


def test_fixing_after_more_rows_than_there_are_takes_all() -> None:
    assert read(*QUIET, fix_after_n_points=99).segments == read(*QUIET).segments


def test_every_segment_has_its_own_fixed_limits() -> None:
    values = [0, 1] * 7 + [10, 11] * 7
    first, second = read(*values, fix_after_n_points=12, rebase=(day(14),)).segments

    assert (first.mean, second.mean) == (0.5, 10.5)


def test_equal_values_have_limits_on_the_mean_but_none_in_R() -> None:
    (ours,), (rs,) = read(5, 5, 5).segments, strictly(5, 5, 5).segments

    assert (ours.mean, ours.lpl, ours.upl, ours.average_range) == (5, 5, 5, 0)
    assert (rs.mean, rs.lpl, rs.upl, rs.average_range) == (5, None, None, None)
    assert strictly(5, 5, 5, screen_outliers=False).segments == read(5, 5, 5).segments
    assert {point.outside for point in read(5, 5, 5).points} == {False}
    assert {point.outside for point in strictly(5, 5, 5).points} == {None}


def test_where_screening_leaves_only_equal_values_the_limits_come_from_all_ranges_but_collapse_in_R() -> None:
    values = [5] * 13 + [6]
    ours, rs = read(*values), strictly(*values)

    assert ours.segments[0].average_range == pytest.approx(1 / 13)
    assert causes(ours)[-1] == "Above UCL"
    assert rs.segments[0].average_range == 0
    assert causes(rs) == ["Below LCL"] * 13 + ["Above UCL"]


def test_one_value_has_a_mean_and_no_limits() -> None:
    (segment,) = read(5).segments

    assert (segment.mean, segment.lpl) == (5, None)
    assert strictly(5).segments == read(5).segments


def test_huge_and_tiny_numbers_keep_every_digit() -> None:
    reading = read(1e300, 1e-300, 1e300)

    assert [point.side for point in reading.points] == [1, -1, 1]
    assert reading.segments[0].average_range == 1e300
