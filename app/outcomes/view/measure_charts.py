"""Which charts a measure has in a report: of all together or of each, then of groups of people. Pure."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct, structs

from app.outcomes.charts.plot_area import NARROW, PlotArea
from app.outcomes.view import inequality
from app.outcomes.view.content import MeasureContent
from app.outcomes.view.figure import Figure, figure
from app.outcomes.view.group_chart import GroupChart, group_chart
from app.outcomes.view.look import ALL, Look
from app.outcomes.view.series_view import SeriesView, series_view

MOST_CHARTS = 8  # of one measure
MOST_ON_BOARD = 6  # of them on the page for a board, so that it stays one page
WITH_FLAGS = 3  # where flags stand over them, and their words below
Medium = Literal["screen", "paper"]


class MeasureCharts(Struct, frozen=True):
    """The drawings of a measure; empty where only words are needed. `more`: how many were too many."""

    figures: tuple[Figure, ...] = ()
    more: int = 0
    groups: tuple[GroupChart, ...] = ()
    more_groups: int = 0

    @property
    def first(self) -> Figure | None:
        return next(iter(self.figures), None)

    @property
    def on_board(self) -> tuple[Figure, ...]:
        """Those on the page for a board: the one chart, or small ones of each where none stands for all."""
        return self.figures[: self._places]

    @property
    def beyond_board(self) -> tuple[Figure, ...]:
        return self.figures[self._places :]

    @property
    def _places(self) -> int:
        flagged = self.first and any(event.number for event in self.first.events)
        return WITH_FLAGS if flagged else MOST_ON_BOARD


def measure_charts(
    content: MeasureContent,
    series: Sequence[SeriesView],
    overall: SeriesView | None,
    look: Look = ALL,
    small: PlotArea = NARROW,
) -> MeasureCharts:
    """The chart that was chosen, else of `overall`; without it one of each of `series` that has values.

    Events are listed under the first of them. `small` is the area of the smaller drawing of each.
    """
    with_values = [one for one in series if one.reading.latest]
    asked = chosen_series(content, look)
    chosen = [asked] if asked else [overall] if overall else with_values[:MOST_CHARTS]
    figures = [_figure(content, one, overall is None, look, small) for one in chosen]
    panels = inequality.panels(content)
    return MeasureCharts(
        tuple(structs.replace(one, events=()) if number else one for number, one in enumerate(figures)),
        0 if overall or asked else len(with_values) - len(chosen),
        tuple(group_chart(panel) for panel in panels[:MOST_CHARTS]),
        max(0, len(panels) - MOST_CHARTS),
    )


def chosen_series(content: MeasureContent, look: Look) -> SeriesView | None:
    """The series that was chosen from the list, where it has periods to show."""
    row = next((one for one in content.headlines if one.series == look.series), None)
    return series_view(content.definition, row) if row and row.found.latest else None


def _figure(
    content: MeasureContent, series: SeriesView, one_of_several: bool, look: Look, small: PlotArea
) -> Figure:
    """A chart, with a name over it unless it is the only one and of all together."""
    named = one_of_several or not series.row.together
    return structs.replace(figure(content, series, look, small), whose=series.whose if named else "")
