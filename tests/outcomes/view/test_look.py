"""Looking closer: a window of dates, one series, small charts of each. Nothing is computed anew."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.outcomes.measures.measure import Definition
from app.outcomes.view.content import MeasureContent, SeriesContent
from app.outcomes.view.look import ALL, Look, read_look, within
from app.outcomes.view.multiples import MOST, multiples
from app.outcomes.view.report_view import measure_view
from tests.outcomes.readings.test_true_sentences import read
from tests.reports.winter_report import choice, length

SPRING = Look(date(2026, 3, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("typed", "look"),
    [
        ({"from": "2026-03", "until": "2026-05"}, SPRING),
        ({"from": "2026-03-01", "until": "2026-05-31", "series": "s1"}, replace(SPRING, series="s1")),
        ({"until": "2025-12"}, Look(None, date(2025, 12, 31))),
        ({"from": "2026-05", "until": "2026-03"}, ALL),
        ({"from": "spring", "until": "2026-13"}, ALL),
        ({}, ALL),
    ],
)
def test_a_window_is_read_from_the_address(typed: dict[str, str], look: Look) -> None:
    assert read_look(typed) == look
    assert read_look(dict(part.split("=") for part in look.query[1:].split("&") if part)).query == look.query


def test_a_window_shows_its_periods_with_limits_and_words_as_computed() -> None:
    whole = measure_view(length(), "screen").charts.figures[0]
    part = measure_view(length(), "screen", SPRING).charts.figures[0]
    reading = length().rows[0].found

    assert [point.label for point in part.points] == ["March 2026", "April 2026", "May 2026"]
    assert len(part.wide.marks) == 3
    assert part.sentence == whole.sentence
    assert (
        part.notes[0]
        == "Shown from 1 March 2026 to 31 May 2026. The limits and the sentence come from all values."
    )
    assert part.notes[1:] == whole.notes
    shown = within(reading, SPRING)
    assert [(one.mean, one.lpl, one.upl) for one in shown.segments] == [
        (one.mean, one.lpl, one.upl) for one in reading.segments
    ]
    assert shown.points[0] == reading.points[16]
    assert [label.words for label in part.wide.line_labels if label.kind == "now"] == []
    assert [flag.number for flag in part.wide.flags] == [1]
    assert [event.number for event in part.events] == [0, 1, 0]


def test_a_window_before_new_limits_shows_the_limits_of_that_time() -> None:
    reading = choice().rows[0].found
    shown = within(reading, Look(None, date(2025, 6, 30)))
    later = within(reading, Look(date(2026, 1, 1), None))

    assert [one.last for one in shown.segments] == [date(2025, 6, 1)]
    assert [(one.first, one.drawn) for one in later.segments if one.drawn != "none"] == [
        (date(2026, 1, 1), reading.segments[1].drawn)
    ]
    drawn = measure_view(choice(), "screen", Look(None, date(2025, 6, 30))).charts.figures[0].wide
    assert [label.words for label in drawn.line_labels if label.kind == "mean"] == [
        f"Mean {reading.segments[0].mean:.1f}%"
    ]


def test_a_window_without_any_period_shows_all() -> None:
    reading = length().rows[0].found

    assert within(reading, Look(date(1990, 1, 1), date(1990, 12, 31))) == reading
    assert within(reading, ALL) is reading


def test_the_chart_of_any_series_can_be_chosen() -> None:
    one = length().headlines[2]
    chosen = measure_view(length(), "screen", Look(series=one.series))

    assert [figure.whose for figure in chosen.charts.figures] == [one.whose]
    assert [figure.whose for figure in measure_view(length(), "screen", Look(series="x")).charts.figures] == [
        ""
    ]
    assert chosen.overall == measure_view(length()).overall


def test_small_charts_share_one_scale_and_leave_out_nobody_silently() -> None:
    found = multiples(length(), ALL)

    assert [one.series.whose for one in found.charts] == [row.whose for row in length().headlines]
    assert len({tuple(tick.y for tick in one.drawing.value_ticks) for one in found.charts}) == 1
    assert len({tuple(tick.words for tick in one.drawing.value_ticks) for one in found.charts}) == 1
    assert not any(one.drawing.line_labels for one in found.charts)
    many = replace(
        length(),
        rows=tuple(replace(length().rows[1], series=f"s{n}", whose=f"W{n}") for n in range(MOST + 2)),
    )
    assert (len(multiples(many, ALL).charts), multiples(many, ALL).more) == (MOST, 2)
    row = length().rows[1]
    empty = replace(row, found=replace(row.found, points=(), latest=None))
    assert (found.empty, multiples(replace(length(), rows=(row, empty)), ALL).empty) == (0, 1)


def test_a_window_draws_the_limits_of_a_measure_that_has_values_below_zero() -> None:
    net = Definition("Net", value_kind="count", unit="", decimals=0, suppress_below=0)
    found = read(net, [-3, *[1, 2, 3, 0] * 4])
    row = SeriesContent("s", "A", "a", 1, (), found, together=True)
    content = MeasureContent("m", "c", 1, net, (), (), (), (row,))
    look = Look(date(2023, 6, 1), None)
    drawn = measure_view(content, "screen", look).charts.figures[0].wide
    small = multiples(content, look).charts[0].drawing

    assert min(float(dot.value or 0) for dot in within(found, look).points) == 0
    assert "Lower limit -3" in [label.words for label in drawn.line_labels]
    assert [sum(line.kind == "limit" for line in one.level_lines) for one in (drawn, small)] == [2, 2]
