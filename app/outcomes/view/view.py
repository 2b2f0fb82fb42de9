"""What the pages of a report show, made of its content: drawings, verdicts, tables in words. Pure."""

from collections.abc import Sequence
from functools import cache

from msgspec import Struct, structs

from app.outcomes.charts import chart
from app.outcomes.charts.chart import Drawing
from app.outcomes.charts.driver_diagram import Diagram, diagram
from app.outcomes.charts.markers import SIGNS, path
from app.outcomes.charts.plot_area import NARROW, WIDE
from app.outcomes.measures.labels import at_a_glance
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import quantity, ratio
from app.outcomes.readings import verdict
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.readings.verdict import Verdict
from app.outcomes.view import attention, inequality
from app.outcomes.view.attention import AttentionItem
from app.outcomes.view.content import GoalContent, Happened, MeasureContent, ReportContent, ReportRow
from app.outcomes.view.group_chart import GroupChart, group_chart
from app.outcomes.view.matrix_cell import Cell, cell

MOST_CHARTS = 8  # of one measure
CHART_NAMES = {"xmr": "XmR chart", "run": "Run chart", "line": "Line chart"}
STATUS = {
    "final": "",
    "provisional": "provisional",
    "revised": "revised",
    "suppressed": "too few people to show",
    "missing": "no value",
}


class Legend(Struct, frozen=True):
    """A sign as it stands in the chart, with its words."""

    d: str
    fill: str
    outline: str
    words: str


class TableRow(Struct, frozen=True):
    """A period in the table behind a chart."""

    label: str
    value: str
    counts: str
    words: str


class Numbered(Struct, frozen=True):
    """What happened, with the number of its flag; 0 where it lies beside the chart."""

    number: int
    what: Happened


class Figure(Struct, frozen=True):
    """A chart with all that stands around it."""

    id: str
    title: str
    say: str
    wide: Drawing
    narrow: Drawing
    legend: tuple[Legend, ...]
    notes: tuple[str, ...]
    happened: tuple[Numbered, ...]
    table: tuple[TableRow, ...]
    counted: bool  # whether the table has numerators and denominators
    whose: str = ""  # where several stand side by side


class MeasureShown(Struct, frozen=True):
    """A measure as a report shows it. Without a whole there is no verdict, but a chart of each."""

    said: MeasureContent
    glance: str
    latest: str
    variation: Verdict | None
    assurance: Verdict | None
    figures: tuple[Figure, ...]
    more: int  # charts that are not drawn, because they would be too many
    cells: tuple[Cell, ...]
    groups: tuple[GroupChart, ...]
    more_groups: int = 0  # charts of groups that are not drawn
    areas: int = 0  # lines of areas that are in the files alone

    @property
    def figure(self) -> Figure | None:
        return next(iter(self.figures), None)


class GoalShown(Struct, frozen=True):
    """A goal as a report shows it."""

    said: GoalContent
    main: MeasureShown | None
    others: tuple[MeasureShown, ...]
    drivers: Diagram | None

    @property
    def measures(self) -> tuple[MeasureShown, ...]:
        return ((self.main,) if self.main else ()) + self.others


class ReportView(Struct, frozen=True):
    """A whole report."""

    goals: tuple[GoalShown, ...]
    attention: tuple[AttentionItem, ...]
    columns: tuple[tuple[str, int], ...]  # of the matrix: the space itself, then who else, by name


def show(content: ReportContent, *, paper: bool = False) -> ReportView:
    """The report, with every drawing; on `paper` only the wide ones are needed."""
    goals = tuple(_goal(goal, paper=paper) for goal in content.goals)
    return ReportView(goals, tuple(attention.attention(content)), _columns(content))


def _columns(content: ReportContent) -> tuple[tuple[str, int], ...]:
    rows = [row for one in content.measures for row in one.told]
    named = {
        (not row.together, row.organisation is None, row.whose.casefold(), row.whose, row.colour)
        for row in rows
    }
    return tuple((whose, colour) for _, _, _, whose, colour in sorted(named))


def _goal(goal: GoalContent, *, paper: bool) -> GoalShown:
    main = goal.main
    others = [one for one in goal.measures if main is None or one.id != main.id]
    return GoalShown(
        goal,
        measure(main, paper=paper) if main else None,
        tuple(measure(one, paper=paper) for one in others),
        diagram(goal.aim or goal.title, goal.drivers) if goal.drivers else None,
    )


def measure(one: MeasureContent, *, paper: bool = False) -> MeasureShown:
    """A measure with the chart of all together; where nobody is added up, with a chart of each by name."""
    definition = one.definition
    drawn = [row for row in one.told if row.found.latest]
    alone = drawn[0] if drawn and (drawn[0].together or len(drawn) == 1) else None
    rows = [alone] if alone else drawn[:MOST_CHARTS]
    found = alone.found if alone else None
    panels = inequality.panels(one)
    return MeasureShown(
        one,
        at_a_glance(definition),
        quantity(definition, found.latest.value) if found and found.latest else "",
        verdict.variation(found, definition) if found else None,
        verdict.assurance(found, definition) if found else None,
        tuple(_figure(one, row, alone is None, row is rows[0], paper=paper) for row in rows),
        0 if alone else len(drawn) - len(rows),
        tuple(cell(definition, each) for each in one.told),
        tuple(group_chart(panel) for panel in panels[:MOST_CHARTS]),
        max(0, len(panels) - MOST_CHARTS),
        len(one.headlines) - len(one.told),
    )


def _figure(one: MeasureContent, row: ReportRow, beside: bool, first: bool, *, paper: bool) -> Figure:
    """One of the charts of a measure; what happened is listed under the first."""
    drawn = figure(one, row, paper=paper)
    whose = row.whose if beside or not row.together else ""
    return structs.replace(drawn, whose=whose, happened=drawn.happened if first else ())


def figure(one: MeasureContent, row: ReportRow, *, paper: bool = False) -> Figure:
    """The chart of one series."""
    found, definition = row.found, one.definition
    first, last = found.points[0].start, found.points[-1].start
    held = [what for what in one.happened if first <= what.when <= last]
    notes = [what.note for what in held]
    wide = chart.draw(found, definition, one.targets, notes, WIDE)
    narrow = wide if paper else chart.draw(found, definition, one.targets, notes, NARROW)
    numbers = {id(what): number for number, what in enumerate(held, 1)}
    return Figure(
        f"c-{row.series}",
        f"{CHART_NAMES[found.chart]} of {definition.name}, {row.whose}, "
        f"{found.points[0].label} to {found.points[-1].label}",
        found.say,
        wide,
        narrow,
        legend(found.points),
        tuple(note for note in (found.why, *_limits_words(found, definition), *found.notes) if note),
        tuple(Numbered(numbers.get(id(what), 0), what) for what in one.happened),
        tuple(_line(dot, found, definition) for dot in found.points),
        any(dot.denominator is not None for dot in found.points),
    )


def _limits_words(found: Reading, definition: Definition) -> list[str]:
    """Where the limits in force lie, and from which values they come."""
    if found.chart != "xmr" or not found.segments or found.segments[-1].drawn == "none":
        return []
    last = found.segments[-1]
    begin = next(dot.label for dot in found.points if dot.start == last.first)
    since = f" since {begin}" if len(found.segments) > 1 else ""
    fixed = definition.fixed_after
    first = f"the first {fixed}" if fixed and fixed < last.values else str(last.values)
    between = ""
    if last.lpl is not None and last.upl is not None:
        low, high = quantity(definition, last.lpl), quantity(definition, last.upl)
        between = f": {low} to {high}, around a mean of {quantity(definition, last.mean)}"
    return [f"{'Trial' if last.drawn == 'trial' else 'Process'} limits{since}, from {first} values{between}."]


def legend(dots: Sequence[Dot]) -> tuple[Legend, ...]:
    """The signs that are in the chart, and no others."""
    kinds = {dot.type for dot in dots if dot.value is not None}
    found = [_sign(kind) for kind in SIGNS if kind in kinds]
    if any(dot.status == "provisional" and dot.value is not None for dot in dots):
        sign = SIGNS["common_cause"]
        found.append(Legend(path("circle", 8, 8, 4.6), "#ffffff", sign.outline, "Provisional"))
    if any(dot.value is None for dot in dots):
        found.append(Legend("M5 5l6 6m0 -6l-6 6", "none", "#5b6679", "No value to show"))
    return tuple(found)


@cache
def _sign(kind: str) -> Legend:
    sign = SIGNS[kind]  # type: ignore[index]
    return Legend(path(sign.shape, 8, 8, 4.6), sign.fill, sign.outline, sign.words)


def _line(dot: Dot, found: Reading, definition: Definition) -> TableRow:
    special = "" if dot.type == "common_cause" else f"{SIGNS[dot.type].words}: {dot.cause}"
    parts = [special, STATUS[dot.status], dot.note if dot.value is None or dot.note else ""]
    counts = ratio(dot.numerator, dot.denominator)
    words = "; ".join(part for part in parts if part)
    return TableRow(dot.label, quantity(definition, dot.value), counts, words)
