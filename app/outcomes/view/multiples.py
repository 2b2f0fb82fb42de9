"""Small multiples: a small chart of each series of a measure, on one scale, so that they compare. Pure."""

from msgspec import Struct

from app.outcomes.charts import chart
from app.outcomes.charts.chart import Drawing
from app.outcomes.charts.plot_area import SMALL, Scale
from app.outcomes.readings.natural_range import natural_range
from app.outcomes.view.content import MeasureContent
from app.outcomes.view.look import Look, within
from app.outcomes.view.series_view import SeriesView, series_view

MOST = 60  # on one page


class Multiple(Struct, frozen=True):
    """The small chart of one series."""

    series: SeriesView
    drawing: Drawing


class Multiples(Struct, frozen=True):
    """The small charts in the order of the list. `more`: how many were too many, `empty`: have no values."""

    charts: tuple[Multiple, ...]
    more: int
    empty: int


def multiples(content: MeasureContent, look: Look) -> Multiples:
    """A chart of each series that has values, those of groups of people left out."""
    rows = [row for row in content.headlines if any(dot.value is not None for dot in row.found.points)]
    readings = [within(row.found, look) for row in rows[:MOST]]
    holds = natural_range(content.definition, [dot for row in rows for dot in row.found.points])
    scales = [Scale(one, content.targets, SMALL, holds) for one in readings]
    both = [end for scale in scales for end in (scale.low, scale.high)]
    return Multiples(
        tuple(
            Multiple(
                series_view(content.definition, row),
                chart.draw(reading, content.definition, content.targets, (), SMALL, both, holds),
            )
            for row, reading in zip(rows, readings, strict=False)
        ),
        max(0, len(rows) - MOST),
        len(content.headlines) - len(rows),
    )
