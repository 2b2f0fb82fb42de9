"""The view model of a report: verdicts, numbers and what needs attention, each resolved once. Pure.

Pages, documents, tables and the news of an issue take their words from here and only lay them out.
"""

from collections.abc import Iterator

from msgspec import Struct

from app.outcomes.charts.driver_diagram import Diagram, diagram
from app.outcomes.charts.plot_area import NARROW, PAPER
from app.outcomes.measures.labels import at_a_glance
from app.outcomes.measures.measure import Definition
from app.outcomes.readings.verdict import Verdict
from app.outcomes.view import inequality
from app.outcomes.view.attention import AttentionGroup, AttentionItem, attention_items, gathered
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent
from app.outcomes.view.figure import Figure
from app.outcomes.view.inequality import Panel
from app.outcomes.view.look import ALL, Look
from app.outcomes.view.matrix_columns import Column, columns_of
from app.outcomes.view.measure_charts import MeasureCharts, Medium, chosen_series, measure_charts
from app.outcomes.view.series_view import SeriesView, series_view
from app.outcomes.view.value_grid import ValueGrid, value_grids

ON_PAPER, MOST_ON_PAPER = 6, 24  # columns of a matrix: of one table, and of all


class MeasureView(Struct, frozen=True):
    """A measure in a report.

    `series` are those that pages and documents speak of, all together first. `overall` is the one that stands
    for the measure: of all together, or the only one; without it there is no verdict of the measure. `chosen`
    is the one whose chart a reader asked for.
    """

    content: MeasureContent
    at_a_glance: str
    series: tuple[SeriesView, ...]
    overall: SeriesView | None
    charts: MeasureCharts = MeasureCharts()
    chosen: SeriesView | None = None

    @property
    def definition(self) -> Definition:
        return self.content.definition

    @property
    def latest(self) -> str:
        """The latest value of `overall`, with its unit."""
        return self.overall.value if self.overall else ""

    @property
    def variation(self) -> Verdict | None:
        return self.overall.variation if self.overall else None

    @property
    def assurance(self) -> Verdict | None:
        return self.overall.assurance if self.overall else None

    @property
    def areas_left_out(self) -> int:
        """How many areas are in the table files alone."""
        return len(self.content.headlines) - len(self.series)

    def every_series(self) -> Iterator[SeriesView]:
        """All series, those of breakdowns and of all areas included, for the table files."""
        known = {one.row.series: one for one in self.series}
        for row in self.content.rows:
            yield known.get(row.series) or series_view(self.definition, row)

    def panels(self) -> list[Panel]:
        """Its values by groups of people."""
        return inequality.panels(self.content)


class GoalView(Struct, frozen=True):
    """A goal with its measures in their own order. `diagram` is drawn together with the charts."""

    content: GoalContent
    measures: tuple[MeasureView, ...]
    diagram: Diagram | None = None

    @property
    def main(self) -> MeasureView | None:
        """The measure that the goal is judged by; None where no measure has a series."""
        main = self.content.main
        return next((one for one in self.measures if main and one.content.id == main.id), None)

    @property
    def others(self) -> tuple[MeasureView, ...]:
        main = self.content.main
        return tuple(one for one in self.measures if main is None or one.content.id != main.id)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its own matrix: only those that have series of this goal."""
        return _columns((self,))

    @property
    def columns_on_paper(self) -> tuple[tuple[Column, ...], ...]:
        """Those that paper has room for, by table."""
        shown = self.columns[:MOST_ON_PAPER]
        return tuple(shown[i : i + ON_PAPER] for i in range(0, len(shown), ON_PAPER))

    @property
    def columns_left_out(self) -> int:
        """How many columns are in the table files alone."""
        return max(0, len(self.columns) - MOST_ON_PAPER)

    @property
    def rows(self) -> tuple[MeasureView, ...]:
        """The measures of its matrix, those without any value last."""
        return tuple(sorted(self.main_first, key=lambda one: not any(map(_has_values, one.series))))

    @property
    def annexed(self) -> bool:
        """Whether it has charts or stories besides those of its own page on paper."""
        return bool(self.annex) or any(one.content.stories for one in self.measures)

    @property
    def annex(self) -> tuple[tuple[MeasureView, Figure], ...]:
        """The charts that its own page on paper has no room for, each with its measure."""
        return tuple(
            (one, figure)
            for one in self.main_first
            for figure in (one.charts.beyond_board if one is self.main else one.charts.figures)
        )

    @property
    def figures_alone(self) -> tuple[Figure, ...]:
        """The charts of measures that have one chart: their values are a table each on paper."""
        alone = (one.charts.figures for one in self.main_first if len(one.charts.figures) == 1)
        return tuple(figure for figures in alone for figure in figures)

    @property
    def value_grids(self) -> tuple[ValueGrid, ...]:
        """The values of measures with several charts, side by side."""
        several = (one for one in self.main_first if len(one.charts.figures) > 1)
        return tuple(grid for one in several for grid in value_grids(one.definition, one.charts.figures))

    @property
    def main_first(self) -> tuple[MeasureView, ...]:
        """The measures in the order in which they are read."""
        return ((self.main,) if self.main else ()) + self.others


class ReportView(Struct, frozen=True):
    """A whole report. `columns` are those of the matrix, the space itself first.

    The matrix opens on what has values: measures and columns without any come last.
    """

    content: ReportContent
    goals: tuple[GoalView, ...]
    attention: tuple[AttentionItem, ...]
    columns: tuple[Column, ...]

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        return tuple(measure for goal in self.goals for measure in goal.measures)

    @property
    def attention_groups(self) -> tuple[AttentionGroup, ...]:
        """What needs attention, each sentence once for all whom it concerns."""
        return gathered(self.attention)


def report_view(content: ReportContent, medium: Medium | None = None, look: Look = ALL) -> ReportView:
    """The view of a report; with its drawings only where there is a `medium` to draw for."""
    goals = tuple(_goal_view(goal, medium, look, content.scope == "space") for goal in content.goals)
    return ReportView(content, goals, _attention(goals), _columns(goals))


def measure_view(
    content: MeasureContent, medium: Medium | None = None, look: Look = ALL, in_space: bool = False
) -> MeasureView:
    """The view of one measure; with its drawings only where there is a `medium` to draw for.

    On paper the charts in the report of a space (`in_space`), and those of many areas, are small ones.
    """
    series = tuple(series_view(content.definition, row) for row in content.text_rows)
    with_values = [one for one in series if one.reading.latest]
    first = with_values[0] if with_values else None
    overall = first if first and (first.row.together or len(with_values) == 1) else None
    small = PAPER if medium == "paper" and (in_space or not overall) else NARROW
    charts = measure_charts(content, series, overall, look, small) if medium else MeasureCharts()
    chosen = chosen_series(content, look)
    return MeasureView(content, at_a_glance(content.definition), series, overall, charts, chosen)


def _goal_view(goal: GoalContent, medium: Medium | None, look: Look, in_space: bool) -> GoalView:
    drawing = diagram(goal.aim or goal.title, goal.drivers) if medium and goal.drivers else None
    return GoalView(goal, tuple(measure_view(one, medium, look, in_space) for one in goal.measures), drawing)


def _attention(goals: tuple[GoalView, ...]) -> tuple[AttentionItem, ...]:
    """In the order of goals and measures within each rank; organisations by name, never by result."""
    items = [
        item
        for goal in goals
        for measure in goal.measures
        for series in measure.series
        for item in attention_items(goal.content.title, series)
    ]
    return tuple(sorted(items, key=lambda item: item.rank))


def _columns(goals: tuple[GoalView, ...]) -> tuple[Column, ...]:
    return columns_of(one for goal in goals for measure in goal.measures for one in measure.series)


def _has_values(series: SeriesView) -> bool:
    return series.reading.latest is not None
