"""What comes before and after the rules: order, rebases, icons, odd cases."""

from datetime import date
from decimal import Decimal

import pytest

from app.outcomes.spc import xmr
from app.outcomes.spc.profiles import PROFILES
from app.outcomes.spc.rebases import EffectiveRebase
from app.outcomes.spc.series import Number, Observation, Options, Unreadable
from tests.outcomes.spc.short_series import QUIET, day, read, rows, strictly


def test_rows_are_read_by_date() -> None:
    assert xmr.read(rows(1, 2, 5)[::-1], Options()) == read(1, 2, 5)


def test_a_date_that_is_there_twice_is_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="2024-01-01 appears twice"):
        xmr.read([*rows(1, 2), Observation(day(0), 3)], Options())


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(Unreadable, match="no observations"):
        read()


def test_decimals_are_read_like_floats() -> None:
    floats = read(0.1, 0.7, 0.4, target=0.3)
    decimals = read(Decimal("0.1"), Decimal("0.7"), Decimal("0.4"), target=Decimal("0.3"))

    assert decimals.segments == floats.segments
    assert decimals.assurance == floats.assurance


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), 10**301])
def test_what_is_no_number_or_too_large_is_refused(value: Number) -> None:
    with pytest.raises(Unreadable):
        read(1, value)
    with pytest.raises(Unreadable):
        read(1, 2, target=value)


def test_a_baseline_of_fewer_than_twelve_is_refused() -> None:
    with pytest.raises(Unreadable, match="12"):
        Options(fix_after_n_points=11)


def test_a_rebase_begins_a_segment_with_its_own_row() -> None:
    first, second = read(1, 2, 8, 9, rebase=(day(2),)).segments

    assert (first.last_date, first.mean, first.average_range) == (day(1), 1.5, 1)
    assert (second.first_date, second.mean, second.average_range) == (day(2), 8.5, 1)


def test_a_rebase_on_the_first_row_makes_the_numbers_start_at_one() -> None:
    assert [point.segment for point in read(1, 2, 3, rebase=(day(0), day(2))).points] == [1, 1, 2]


def test_a_rebase_said_twice_is_one() -> None:
    assert len(read(1, 2, 3, rebase=(day(1), day(1))).segments) == 2


def test_a_rebase_between_rows_begins_with_the_next_one_and_says_so_but_is_lost_in_R() -> None:
    gappy = [Observation(date(2024, month, 1), value) for month, value in ((1, 1), (2, 2), (4, 8), (5, 9))]
    options = Options(rebase=(date(2024, 2, 15), date(2024, 3, 1)))
    ours = xmr.read(gappy, options)
    rs = xmr.read(gappy, Options(rebase=options.rebase, profile=PROFILES["mdc-r-0.2.2-strict"]))

    assert [segment.first_date.month for segment in ours.segments] == [1, 4]
    assert ours.moved == [EffectiveRebase(asked, date(2024, 4, 1)) for asked in options.rebase]
    assert [segment.first_date.month for segment in rs.segments] == [1]
    assert rs.moved == []


@pytest.mark.parametrize("asked", [date(1999, 1, 1), date(2099, 1, 1)])
def test_a_rebase_before_all_rows_or_after_them_begins_nothing_and_says_so(asked: date) -> None:
    reading = read(1, 2, 3, rebase=(asked,))

    assert reading.moved == [EffectiveRebase(asked, None)]
    assert [segment.number for segment in reading.segments] == [0]


def test_a_segment_of_fewer_than_thirteen_rows_is_short_and_so_is_its_series() -> None:
    assert [segment.short for segment in read(*QUIET, rebase=(day(12),)).segments] == [True, True]
    assert [segment.short for segment in read(*QUIET, rebase=(day(7),)).segments] == [True, False]
    assert read(*QUIET, rebase=(day(7),)).short
    assert not read(*QUIET).short
    assert not read(*QUIET[:12], None).short


@pytest.mark.parametrize(
    ("better", "high", "low", "high_icon", "low_icon"),
    [
        ("increase", "special_cause_improvement", "special_cause_concern", "improvement_high", "concern_low"),
        ("decrease", "special_cause_concern", "special_cause_improvement", "concern_high", "improvement_low"),
        ("neutral", "special_cause_neutral_high", "special_cause_neutral_low", "neutral_high", "neutral_low"),
    ],
)
def test_what_high_and_low_mean_follows_the_better_direction(
    better: str, high: str, low: str, high_icon: str, low_icon: str
) -> None:
    options = {"improvement_direction": better, "fix_after_n_points": 20}
    above, below = read(*QUIET, 9, **options), read(*QUIET, -9, **options)

    assert (above.points[-1].type, above.variation) == (high, high_icon)
    assert (below.points[-1].type, below.variation) == (low, low_icon)


def test_a_fall_above_the_mean_is_a_low_concern() -> None:
    reading = read(*QUIET, 4, 3.5, 3, 2.5, 2, 1.5, 1, fix_after_n_points=20)

    assert reading.points[-1].side == 1
    assert reading.variation == "concern_low"


def test_the_variation_icon_is_of_the_last_row_alone() -> None:
    assert read(*QUIET, 99, 0).variation == "common_cause"


def test_a_missing_last_value_leaves_the_icon_to_the_row_before_but_not_in_R() -> None:
    values = (*QUIET, 9, None)

    assert read(*values, fix_after_n_points=20).variation == "improvement_high"
    assert strictly(*values, fix_after_n_points=20).variation == "common_cause"


# QUIET has its limits at 7.98 on both sides
@pytest.mark.parametrize(
    ("target", "increase", "decrease"),
    [
        (8, "fail", "pass"),
        (7.98, "inconsistent", "inconsistent"),
        (0, "inconsistent", "inconsistent"),
        (-7.98, "inconsistent", "inconsistent"),
        (-8, "pass", "fail"),
    ],
)
def test_assurance_is_where_the_target_lies_beside_the_limits(
    target: float, increase: str, decrease: str
) -> None:
    assert read(*QUIET, target=target).assurance_icon == increase
    assert read(*QUIET, target=target, improvement_direction="decrease").assurance_icon == decrease
    assert strictly(*QUIET, target=target).assurance_icon == increase


def test_without_target_or_better_direction_nothing_is_assured() -> None:
    assert read(*QUIET).assurance is None
    assert read(*QUIET, target=99, improvement_direction="neutral").assurance is None


def test_assurance_is_by_the_limits_of_the_last_segment() -> None:
    values = [*QUIET, *(value + 50 for value in QUIET)]

    assert read(*values, target=20, rebase=(day(20),)).assurance == "consistent_pass"
    assert read(*values, target=20).assurance == "inconsistent"


@pytest.mark.parametrize(
    ("target", "increase", "decrease"), [(90, "pass", "fail"), (100, "pass", "pass"), (110, "fail", "pass")]
)
@pytest.mark.parametrize("screen", [True, False])
def test_equal_values_plainly_meet_a_target_or_do_not(
    target: int, increase: str, decrease: str, screen: bool
) -> None:
    options = {"target": target, "screen_outliers": screen}

    assert read(*[100] * 15, **options).assurance_icon == increase
    assert read(*[100] * 15, improvement_direction="decrease", **options).assurance_icon == decrease


def test_equal_values_are_hit_or_miss_in_R() -> None:
    assert strictly(*[100] * 15, target=90).assurance == "inconsistent"
    assert strictly(*[100] * 15, target=100, screen_outliers=False).assurance == "inconsistent"
    assert strictly(*[100] * 15, target=90, screen_outliers=False).assurance == "consistent_pass"


def test_equal_first_rows_do_not_make_a_later_series_meet_its_target() -> None:
    never = read(*[0] * 12, 3, 2, fix_after_n_points=12, target=0, improvement_direction="decrease")

    assert never.assurance == "inconsistent"
    assert [str(point.cause) for point in never.points[12:]] == ["Above UCL"] * 2


@pytest.mark.parametrize(
    ("values", "rebase"), [((5,), ()), ((*QUIET, 5), (day(20),)), ((None, 5, None), ()), ((5, None, 6), ())]
)
def test_without_limits_there_are_no_icons_but_there_are_in_R(
    values: tuple[Number | None, ...], rebase: tuple[date, ...]
) -> None:
    ours, rs = read(*values, target=1, rebase=rebase), strictly(*values, target=1, rebase=rebase)

    assert (ours.variation, ours.assurance) == (None, None)
    assert (rs.variation, rs.assurance) == ("common_cause", "inconsistent")


def test_all_values_missing_is_a_reading_without_lines_but_an_error_in_R() -> None:
    reading = read(None, None, target=1)

    assert (reading.segments[0].rows, reading.segments[0].mean, reading.variation) == (2, None, None)
    with pytest.raises(Unreadable):
        strictly(None, None)


@pytest.mark.parametrize("name", ["mdc-r-0.2.2", "mdc-r-0.2.2-strict", "mdc-england-2023"])
def test_a_reading_names_its_profile(name: str) -> None:
    assert read(1, 2, profile=PROFILES[name]).profile == name
