"""A report as rows of plain values: what every kind of table file is made of. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.outcomes.charts.markers import SIGNS
from app.outcomes.goals.goal import GoalState
from app.outcomes.measures import labels as measure_labels
from app.outcomes.readings import verdict
from app.outcomes.readings.reading import Dot
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent, ReportRow

Cell = str | Decimal | float | int | date | None
STATES = {GoalState.OPEN: "open", GoalState.REACHED: "reached", GoalState.LET_GO: "stopped"}

SUMMARY = (
    "Goal",
    "Measure",
    "Code",
    "Kind",
    "Whose",
    "Period",
    "Latest value",
    "Unit",
    "Mean or median",
    "Lower limit",
    "Upper limit",
    "Limits",
    "Target",
    "Variation",
    "Because",
    "Assurance",
    "Assurance because",
    "Sentence",
    "Data until",
    "Overdue since",
)
DATA = (
    "Goal",
    "Measure",
    "Code",
    "Version",
    "Whose",
    "Breakdown",
    "Period start",
    "Period end",
    "Period",
    "Value",
    "Unit",
    "Numerator",
    "Denominator",
    "Status",
    "Mean or median",
    "Lower limit",
    "Upper limit",
    "Limits",
    "Type of point",
    "Rule",
    "Rule in NHSRplotthedots",
    "Note",
    "Variation of the series",
    "Assurance of the series",
)
DEFINITIONS = ("Code", "Version", "Field", "Value")
CHANGES = ("Date", "Measure", "What", "Words", "By", "Until")
CHANGE_WORDS = {
    "change": "We changed something",
    "event": "Something happened around us",
    "data": "The counting changed",
    "pdsa": "A test began or ended",
    "rebase": "New limits",
}


def summary(content: ReportContent) -> Iterable[list[Cell]]:
    """One row for each measure of all together and of each organisation."""
    for goal, measure, row in _each(content):
        if not row.breakdown:
            yield _summary(goal, measure, row)


def data(content: ReportContent) -> Iterable[list[Cell]]:
    """One row for each period of each series, with what the rules say of it."""
    for goal, measure, row in _each(content):
        moved = verdict.variation(row.found, measure.definition)
        aim = verdict.assurance(row.found, measure.definition)
        for dot in row.found.points:
            yield [*_dot(goal, measure, row, dot), moved.words, aim.words if aim else ""]


def definitions(content: ReportContent) -> Iterable[list[Cell]]:
    """How each measure is counted, field by field, and its targets."""
    for measure in content.measures:
        frame: list[Cell] = [measure.code, measure.version]
        for field, words in measure_labels.FIELDS.items():
            value = getattr(measure.definition, field)
            yield [*frame, words[0].upper() + words[1:], _plain(value)]
        for target in measure.targets:
            until = f" to {target.valid_to}" if target.valid_to else ""
            words = f"{target.comparator} {target.value}, {target.kind}, from {target.valid_from}{until}"
            yield [*frame, "Target", f"{words}. {target.source}".strip()]


def changes(content: ReportContent) -> Iterable[list[Cell]]:
    """What happened, what was said about it, and what is new since the report before."""
    for words in content.news:
        yield [None, "", "New since the report before", words, "", None]
    for measure in content.measures:
        name = measure.definition.name
        for one in measure.happened:
            yield [one.when, name, CHANGE_WORDS[one.kind], one.words, one.by, one.until]
        for story in measure.stories:
            yield [story.until, name, "The story", story.story, story.approved_by, None]
            if story.action:
                yield [story.until, name, "What happens next", story.action, story.owner, story.due]


def _each(content: ReportContent) -> Iterable[tuple[GoalContent, MeasureContent, ReportRow]]:
    return (
        (goal, measure, row) for goal in content.goals for measure in goal.measures for row in measure.rows
    )


def _summary(goal: GoalContent, measure: MeasureContent, row: ReportRow) -> list[Cell]:
    found, it = row.found, measure.definition
    latest = found.latest
    moved, aim = verdict.variation(found, it), verdict.assurance(found, it)
    return [
        goal.title,
        it.name,
        measure.code,
        it.kind,
        row.whose,
        latest.label if latest else "",
        latest.value if latest else None,
        it.unit,
        *_lines(row, len(found.segments) - 1),
        found.target.value if found.target else None,
        moved.words,
        moved.because,
        aim.words if aim else "",
        aim.because if aim else "",
        found.say,
        found.data_until,
        found.overdue_since,
    ]


def _dot(goal: GoalContent, measure: MeasureContent, row: ReportRow, dot: Dot) -> list[Cell]:
    return [
        goal.title,
        measure.definition.name,
        measure.code,
        measure.version,
        row.whose,
        "; ".join(f"{dimension}: {category}" for dimension, category in row.breakdown),
        dot.start,
        dot.end,
        dot.label,
        dot.value,
        measure.definition.unit,
        dot.numerator,
        dot.denominator,
        dot.status,
        *_lines(row, dot.segment),
        SIGNS[dot.type].words if dot.value is not None else "",
        dot.cause,
        dot.rule,
        dot.note,
    ]


def _lines(row: ReportRow, segment: int) -> list[Cell]:
    """Mean, limits and how they are drawn, where any are."""
    found = row.found
    if found.run:
        return [found.run.median, None, None, "run chart"]
    if not found.segments or found.segments[segment].drawn == "none":
        return [None, None, None, ""]
    one = found.segments[segment]
    return [one.mean, one.lpl, one.upl, "trial" if one.drawn == "trial" else ""]


def _plain(value: object) -> Cell:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int) else str(value)
