from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from app.outcomes.charts import chart, date_axis, value_axis
from app.outcomes.charts.chart import Drawing
from app.outcomes.charts.flags import FlagEvent
from app.outcomes.charts.line_labels import LABEL_GAP
from app.outcomes.charts.markers import MARKERS
from app.outcomes.charts.plot_area import NARROW, WIDE, PlotArea
from app.outcomes.charts.sparkline import sparkline
from app.outcomes.measures.measure import Definition, Rebase, Target
from app.outcomes.measures.number_format import tick_labels
from app.outcomes.readings import analyse
from app.outcomes.readings.reading import Reading
from tests.reports.winter_report import DAYS, LENGTH, length, observed

RATE = Definition("Rate", direction="increase", value_kind="score", unit="", multiplier=1)


def found(values: Sequence[float | None], **more: Any) -> Reading:
    return analyse.analyse(more.pop("definition", RATE), observed([*values]), **more)


def drawn(
    one: Reading, *targets: Target, notes: tuple[FlagEvent, ...] = (), sheet: PlotArea = WIDE
) -> Drawing:
    return chart.draw(one, RATE, targets, notes, sheet)


def target(value: float, **more: Any) -> Target:
    return Target("t", "m", Decimal(str(value)), ">=", "standard", date(2020, 1, 1), **more)


def test_everything_lies_on_the_sheet_in_order_of_time() -> None:
    for sheet in (WIDE, NARROW):
        drawing = drawn(found([*DAYS]), target(6), sheet=sheet)

        xs = [mark.x for mark in drawing.marks]
        assert xs == sorted(xs)
        assert sheet.left <= xs[0] < xs[-1] <= sheet.width - sheet.right
        used = drawing.area
        for y in [m.y for m in drawing.marks] + [r.y for r in drawing.level_lines]:
            assert used.top <= y <= used.height - used.bottom


def test_higher_values_lie_higher() -> None:
    marks = drawn(found([1, 2, 3])).marks

    assert marks[0].y > marks[1].y > marks[2].y


def test_a_missing_value_breaks_the_line_and_is_marked() -> None:
    drawing = drawn(found([1, 2, None, 2, 1]))

    assert len([one for one in drawing.stretches if not one.special]) == 2
    assert len(drawing.marks) == 4
    assert len(drawing.gaps) == 1


def test_each_type_of_point_has_a_shape_of_its_own() -> None:
    assert len({sign.shape for sign in MARKERS.values()}) == len(MARKERS)


def test_every_outline_has_three_to_one_on_white() -> None:
    for sign in MARKERS.values():
        assert 1.05 / (luminance(sign.outline) + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_few_points_have_trial_limits_and_the_end_says_so() -> None:
    drawing = drawn(found(DAYS[:8]))

    assert {rule.kind for rule in drawing.level_lines} == {"trial", "mean"}
    assert any(label.words.startswith("Trial upper") for label in drawing.line_labels)


def test_enough_points_have_limits_that_are_named_at_their_end() -> None:
    labels = drawn(found([*DAYS])).line_labels

    assert [one.words.rsplit(" ", 1)[0] for one in labels if one.kind != "now"] == [
        "Upper limit",
        "Mean",
        "Lower limit",
    ]


def test_limits_step_where_they_were_made_anew() -> None:
    new = Rebase("r", "m", date(2025, 12, 1), "because", "p", None)  # type: ignore[arg-type]
    drawing = drawn(found([*DAYS, *[value + 3 for value in DAYS]], rebases=[new]))
    means = [rule for rule in drawing.level_lines if rule.kind == "mean"]

    assert len(means) == 2
    assert means[0].x2 == means[1].x1
    assert means[0].y > means[1].y


def test_a_target_is_drawn_as_long_as_it_holds() -> None:
    early = target(4, valid_to=date(2025, 4, 30))
    drawing = drawn(found([*DAYS]), early)
    rule = next(rule for rule in drawing.level_lines if rule.kind == "target")

    assert rule.x2 < WIDE.width - WIDE.right
    assert not any(label.kind == "target" for label in drawing.line_labels)


def test_labels_never_lie_on_each_other() -> None:
    drawing = drawn(found([3.0] * 20), target(3.01), target(3.02))
    ys = [label.y for label in drawing.line_labels]

    assert all(below - above >= LABEL_GAP - 0.01 for above, below in pairwise(ys))


def test_on_a_phone_no_words_lie_over_the_values_of_new_limits() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    late = found([*DAYS, 3, 3.2, 3.1, 2.9], rebases=[Rebase("r", "m", date(2026, 3, 1), "a test", "p", at)])

    assert [one.words for one in drawn(late, target(6), sheet=NARROW).line_labels] == ["Target 6.0"]
    assert len(drawn(late, target(6)).line_labels) == 5
    assert len(drawn(found([*DAYS]), sheet=NARROW).line_labels) == 3


def test_a_run_chart_has_a_median_and_no_limits() -> None:
    one = found([*DAYS], definition=Definition("Rate", chart="run", value_kind="score", unit=""))
    drawing = drawn(one)

    assert [rule.kind for rule in drawing.level_lines] == ["mean"]
    assert any(label.words.startswith("Median") for label in drawing.line_labels)


def test_a_plain_line_has_neither() -> None:
    one = found([*DAYS], definition=Definition("Rate", pooled=True, value_kind="score", unit=""))

    assert drawn(one).level_lines == ()


def test_flags_are_numbered_and_their_words_never_lie_on_each_other() -> None:
    days = [date(2025, month, 1) for month in range(1, 11)]
    notes = tuple(FlagEvent(day, f"Something rather long happened on {day}", "event") for day in days)
    flags = drawn(found([*DAYS]), notes=notes).flags

    assert [flag.number for flag in flags] == list(range(1, 11))
    for row in {flag.y for flag in flags}:
        spans = []
        for flag in (one for one in flags if one.y == row):
            wide = len(flag.words) * 6.7
            spans.append((flag.x - wide, flag.x) if flag.before else (flag.x, flag.x + wide))
        spans.sort()
        assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))


def test_one_value_and_all_the_same_values_can_be_drawn() -> None:
    for values in ([5.0], [0.0, 0.0], [7.0] * 30):
        assert len(drawn(found(values)).marks) == len(values)


def test_special_points_colour_the_way_that_leads_to_them() -> None:
    measure = length()
    one = next(row for row in measure.rows if row.together)
    drawing = chart.draw(one.found, LENGTH, measure.targets, (), WIDE)

    assert any(stretch.special for stretch in drawing.stretches)


def test_ticks_are_round_and_few() -> None:
    assert value_axis.ticks(0, 100, 6) == [0, 20, 40, 60, 80, 100]
    assert value_axis.ticks(2.1, 4.9, 6) == [2.5, 3.0, 3.5, 4.0, 4.5]
    assert tick_labels(RATE, [2.5, 3.0]) == ["2.5", "3.0"]
    for low, high in ((0.001, 0.002), (-5, 5), (99, 101), (1e6, 3e6)):
        assert 2 <= len(value_axis.ticks(low, high, 6)) <= 6


@pytest.mark.parametrize("values", [[6, 6, 6], [6, 7, 6, 7], [0, 0, 1], [3, 4, 5, 4, 6], [640, 661, 652]])
def test_an_axis_of_counts_has_whole_numbers_alone(values: list[float]) -> None:
    count = Definition("Falls", value_kind="count", unit="", multiplier=1, decimals=0, suppress_below=0)
    reading = analyse.analyse(count, observed([float(one) for one in values * 5]))
    words = [one.words for one in chart.draw(reading, count, (), (), WIDE).value_ticks]
    halves = analyse.analyse(count, observed([6.2, 6.4, 6.3] * 5))

    assert 2 <= len(words) == len({*words})
    assert all("." not in one for one in words)
    assert any("." in one.words for one in chart.draw(halves, count, (), (), WIDE).value_ticks)


@pytest.mark.parametrize("low", [0, 0.4, 5.85, 7, 99.5])
@pytest.mark.parametrize("wide", [0, 0.3, 1, 2.5, 12, 21, 33, 160, 12_345])
def test_whole_ticks_are_few_and_at_least_two(low: float, wide: float) -> None:
    for most in (5, 6):
        found = value_axis.ticks(
            *value_axis.padded_range([low, low + wide], 0.07, whole=True), most, whole=True
        )

        assert 2 <= len(found) <= most
        assert all(one == int(one) for one in found)


def test_days_below_a_chart_fit_its_span() -> None:
    assert date_axis.ticks(date(2024, 11, 1), date(2026, 10, 1), 9)[0] == (date(2025, 1, 1), "Jan 2025")
    assert date_axis.ticks(date(2001, 4, 1), date(2024, 4, 1), 9)[0][1] == "2005"
    assert len(date_axis.ticks(date(2026, 1, 1), date(2026, 1, 20), 9)) == 2


def test_a_sparkline_ends_with_the_sign_of_the_last_value() -> None:
    assert sparkline(found([None])) is None
    line = sparkline(found([1, 2, None, 4]))

    assert line is not None
    assert len(line.lines) == 1
    assert line.outline == MARKERS["common_cause"].outline


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("values", [[91.2, 94.1, 96.3] * 6, [9_400_000.0, 12_100_000.0] * 8])
def test_the_words_of_levels_have_room_at_the_left(values: list[float], sheet: PlotArea) -> None:
    drawing = drawn(found(values), sheet=sheet)

    longest = max(len(level.words) for level in drawing.value_ticks)
    assert drawing.value_ticks[0].x >= 8 * longest  # a figure of this size is 8 wide, or a little less
    assert all(mark.x > drawing.area.left for mark in drawing.marks)


def gapped(definition: Definition = RATE) -> Reading:
    whole = observed([float(5 + place % 3) for place in range(16)])
    return analyse.analyse(definition, [one for place, one in enumerate(whole) if place not in (6, 7)])


def test_a_dotted_line_leads_over_absent_periods_and_no_whole_one() -> None:
    reading = gapped()
    drawing = drawn(reading)

    (over,) = [one for one in drawing.stretches if one.gap]
    assert over.d == f"M{drawing.marks[5].x} {drawing.marks[5].y}L{drawing.marks[6].x} {drawing.marks[6].y}"
    plain = [one for one in drawing.stretches if not one.gap and not one.special]
    assert [one.d.count("L") for one in plain] == [5, 7]
    assert not [one for one in drawn(found([5, 6, 7] * 5)).stretches if one.gap]


def test_the_axis_and_the_lines_stop_where_the_measure_does() -> None:
    share = Definition("Home", suppress_below=0)
    reading = analyse.analyse(share, observed([99.0, 90.0, 98.0, 91.0, 99.0, 92.0, 100.0] * 2))
    drawing = chart.draw(reading, share, (), (), WIDE)
    ends = [label.words for label in drawing.line_labels]

    assert reading.segments[0].upl is not None
    assert reading.segments[0].upl > 100
    assert drawing.value_ticks[-1].words == "100%"
    assert [one.kind for one in drawing.level_lines] == ["mean", "limit"]
    assert not [words for words in ends if words.startswith("Upper")]
    score = drawn(found([99, 90, 98, 91, 99, 92, 100] * 2))
    assert [one.kind for one in score.level_lines] == ["limit", "mean", "limit"]


def test_labels_tell_a_limit_from_a_target_just_above_it() -> None:
    score = Definition("Score", value_kind="score", unit="", decimals=1)
    reading = analyse.analyse(score, observed([94.96, 94.98] * 8), [target(95.04)])
    words = [label.words for label in chart.draw(reading, score, [target(95.04)], (), WIDE).line_labels]

    assert words[:2] == ["Target 95.04", "Upper limit 95.02"]


def test_a_run_chart_has_a_median_for_each_part_and_its_own_legend() -> None:
    definition = Definition("Days", value_kind="score", unit="", chart="run", suppress_below=0)
    data = observed([*[20.0, 22.0] * 6, *[30.0, 32.0] * 6])
    rebase = Rebase("r", "m", data[12].start, "A new ward", "ana", datetime(2026, 1, 1, tzinfo=UTC))
    reading = analyse.analyse(definition, data, rebases=[rebase])
    drawing = chart.draw(reading, definition, (), (), WIDE)
    first, second = [line for line in drawing.level_lines if line.kind == "mean"]

    assert first.x2 == second.x1 == round((drawing.marks[11].x + drawing.marks[12].x) / 2, 1)
    assert (first.x1, second.x2) == (drawing.area.left, drawing.area.width - drawing.area.right)
    assert first.y > second.y
    assert [label.words for label in drawing.line_labels if label.kind == "mean"] == ["Median 31.0"]


def test_the_unit_stands_over_the_axis_where_the_ticks_do_not_say_it() -> None:
    rate = Definition("Falls", value_kind="rate", unit="falls", multiplier=1000)
    flag = FlagEvent(date(2025, 2, 1), "Hard winter", "event")
    drawing = chart.draw(analyse.analyse(rate, observed([4.0, 5.0] * 4)), rate, (), (flag,), WIDE)

    assert drawing.unit is not None
    assert drawing.unit.words == "falls per 1,000"
    assert max(one.y for one in drawing.flags) + 9 < drawing.unit.y - 9 < drawing.area.top
    share = Definition("Home")
    assert chart.draw(analyse.analyse(share, observed([4.0, 5.0])), share, (), (), WIDE).unit is None
