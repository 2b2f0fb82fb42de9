"""What the pages of a report show, made of its content: drawings, verdicts, tables in words. Pure."""

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from app.outcomes import attention, chart, inequality, verdict
from app.outcomes.attention import Item
from app.outcomes.chart import Drawing
from app.outcomes.content import Content, GoalSaid, Happened, MeasureSaid, Row
from app.outcomes.driver_diagram import Diagram, diagram
from app.outcomes.found import Dot, Found
from app.outcomes.group_chart import GroupChart, group_chart
from app.outcomes.measure import Definition
from app.outcomes.measure_words import at_a_glance
from app.outcomes.saying import quantity
from app.outcomes.shape import SIGNS, path
from app.outcomes.sheet import NARROW, WIDE
from app.outcomes.sparkline import Sparkline, sparkline
from app.outcomes.verdict import Verdict

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


class Line(Struct, frozen=True):
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
    table: tuple[Line, ...]
    counted: bool  # whether the table has numerators and denominators


class Cell(Struct, frozen=True):
    """One measure of one organisation, in the matrix."""

    whose: str
    colour: int
    together: bool
    value: str
    when: str
    variation: Verdict
    assurance: Verdict | None
    mean: str
    limits: str
    target: str
    spark: Sparkline | None


class MeasureShown(Struct, frozen=True):
    """A measure as a report shows it. `figure` None: there is nothing to draw yet."""

    said: MeasureSaid
    glance: str
    latest: str
    variation: Verdict | None
    assurance: Verdict | None
    figure: Figure | None
    cells: tuple[Cell, ...]
    groups: tuple[GroupChart, ...]


class GoalShown(Struct, frozen=True):
    """A goal as a report shows it."""

    said: GoalSaid
    main: MeasureShown | None
    others: tuple[MeasureShown, ...]
    drivers: Diagram | None

    @property
    def measures(self) -> tuple[MeasureShown, ...]:
        return ((self.main,) if self.main else ()) + self.others


class Shown(Struct, frozen=True):
    """A whole report."""

    goals: tuple[GoalShown, ...]
    attention: tuple[Item, ...]
    columns: tuple[tuple[str, int], ...]  # of the matrix: the space itself, then who else, by name


def show(content: Content, *, paper: bool = False) -> Shown:
    """The report, with every drawing; on `paper` only the wide ones are needed."""
    goals = tuple(_goal(goal, paper=paper) for goal in content.goals)
    return Shown(goals, tuple(attention.attention(content)), _columns(content))


def _columns(content: Content) -> tuple[tuple[str, int], ...]:
    rows = [row for one in content.measures for row in one.headlines]
    named = {(not row.together, row.whose.casefold(), row.whose, row.colour) for row in rows}
    return tuple((whose, colour) for _, _, whose, colour in sorted(named))


def _goal(goal: GoalSaid, *, paper: bool) -> GoalShown:
    main = goal.main
    others = [one for one in goal.measures if main is None or one.id != main.id]
    return GoalShown(
        goal,
        measure(main, paper=paper) if main else None,
        tuple(measure(one, paper=paper) for one in others),
        diagram(goal.aim or goal.title, goal.drivers) if goal.drivers else None,
    )


def measure(one: MeasureSaid, *, paper: bool = False) -> MeasureShown:
    """A measure with the chart of all together, or of the only one it is known for."""
    row, definition = one.main, one.definition
    found = row.found if row else None
    latest = quantity(definition, found.latest.value) if found and found.latest else ""
    return MeasureShown(
        one,
        at_a_glance(definition),
        latest,
        verdict.variation(found, definition) if found else None,
        verdict.assurance(found, definition) if found else None,
        figure(one, row, paper=paper) if row and row.found.latest else None,
        tuple(cell(definition, each) for each in one.headlines),
        tuple(group_chart(panel) for panel in inequality.panels(one)),
    )


def figure(one: MeasureSaid, row: Row, *, paper: bool = False) -> Figure:
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


def _limits_words(found: Found, definition: Definition) -> list[str]:
    """From which values the limits in force come."""
    if found.chart != "xmr" or not found.segments or found.segments[-1].drawn == "none":
        return []
    last = found.segments[-1]
    begin = next(dot.label for dot in found.points if dot.start == last.first)
    since = f" since {begin}" if len(found.segments) > 1 else ""
    fixed = definition.fixed_after
    first = f"the first {fixed}" if fixed and fixed < last.values else str(last.values)
    return [f"Process limits{since}, from {first} values."]


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


def _line(dot: Dot, found: Found, definition: Definition) -> Line:
    special = "" if dot.type == "common_cause" else f"{SIGNS[dot.type].words}: {dot.cause}"
    parts = [special, STATUS[dot.status], dot.note if dot.value is None or dot.note else ""]
    counts = "" if dot.denominator is None else f"{dot.numerator:,f} of {dot.denominator:,f}"
    words = "; ".join(part for part in parts if part)
    return Line(dot.label, quantity(definition, dot.value), counts, words)


def cell(definition: Definition, row: Row) -> Cell:
    """A series in the matrix."""
    found = row.found
    last = found.segments[-1] if found.segments and found.segments[-1].drawn != "none" else None
    mean = last.mean if last else found.run.median if found.run else None
    between = ""
    if last and last.lpl is not None:
        between = f"{quantity(definition, last.lpl)} to {quantity(definition, last.upl)}"
    return Cell(
        row.whose,
        row.colour,
        row.together,
        quantity(definition, found.latest.value) if found.latest else "",
        found.latest.label if found.latest else "",
        verdict.variation(found, definition),
        verdict.assurance(found, definition),
        f"{'Median' if found.run else 'Mean'} {quantity(definition, mean)}" if mean is not None else "",
        between,
        quantity(definition, found.target.value) if found.target else "",
        sparkline(found),
    )
