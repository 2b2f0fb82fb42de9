"""A report as rows of plain values: what every kind of table file is made of. Pure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from app.outcomes.measures import labels as measure_labels
from app.outcomes.measures.measure import Chart
from app.outcomes.measures.number_format import unit_words
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent, SeriesContent
from app.outcomes.view.point_words import words_of
from app.outcomes.view.report_view import GoalView, MeasureView, ReportView
from app.outcomes.view.series_view import SeriesView

Cell = str | Decimal | float | int | date | None

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
}


def summary(report: ReportView) -> Iterator[list[Cell]]:
    """One row for each measure of all together, of each organisation and of each area."""
    for goal, measure, series in _each_series(report):
        if not series.row.breakdown:
            yield _summary(goal.content, measure.content, series)


def summary_series(report: ReportView) -> Iterator[SeriesView]:
    """The series of the rows of the summary."""
    return (series for _, _, series in _each_series(report) if not series.row.breakdown)


def data(report: ReportView) -> Iterator[list[Cell]]:
    """One row for each period of each series, with what the rules say of it."""
    for goal, measure, series in _each_series(report):
        verdicts = (series.variation.words, series.assurance_words)
        for dot in series.reading.points:
            yield [*_point(goal.content, measure.content, series.row, dot), *verdicts]


def definitions(content: ReportContent) -> Iterator[list[Cell]]:
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


def changes(content: ReportContent) -> Iterator[list[Cell]]:
    """What happened, what was written about it, and what is new since the report before."""
    for words in content.news:
        yield [None, "", "New since the report before", words, "", None]
    for measure in content.measures:
        name = measure.definition.name
        for event in measure.happened:
            limits = measure_labels.NEW_LIMITS[measure.definition.chart]
            yield [event.when, name, CHANGE_WORDS.get(event.kind, limits), event.words, event.by, event.until]
        for story in measure.stories:
            yield [story.until, name, "The story", story.story, story.approved_by, None]
            if story.action:
                yield [story.until, name, "What happens next", story.action, story.owner, story.due]


def _each_series(report: ReportView) -> Iterator[tuple[GoalView, MeasureView, SeriesView]]:
    return (
        (goal, measure, series)
        for goal in report.goals
        for measure in goal.measures
        for series in measure.every_series()
    )


def _summary(goal: GoalContent, measure: MeasureContent, series: SeriesView) -> list[Cell]:
    reading, definition = series.reading, measure.definition
    return [
        goal.title,
        definition.name,
        measure.code,
        definition.kind,
        series.whose,
        series.period,
        reading.latest.value if reading.latest else None,
        unit_words(definition),
        *_lines(reading, -1),
        reading.target.value if reading.target else None,
        series.variation.words,
        series.variation.because,
        series.assurance_words,
        series.assurance.because if series.assurance else "",
        reading.say,
        reading.data_until,
        reading.overdue_since,
    ]


def _point(goal: GoalContent, measure: MeasureContent, row: SeriesContent, dot: Dot) -> list[Cell]:
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
        unit_words(measure.definition),
        dot.numerator,
        dot.denominator,
        dot.status,
        *_lines(row.found, dot.segment),
        words_of(row.found, dot) if dot.value is not None else "",
        dot.cause,
        dot.rule,
        _remark(dot, row.found.chart),
    ]


def _remark(dot: Dot, chart: Chart) -> str:
    left_out = f"{measure_labels.LEFT_OUT[chart].capitalize()}: {dot.excluded}" if dot.excluded else ""
    return "; ".join(part for part in (left_out, dot.note) if part)


def _lines(reading: Reading, segment: int) -> list[Cell]:
    """Mean, limits and how they are drawn, where any are."""
    if reading.run:
        run = reading.run_parts[segment].run if reading.run_parts else reading.run
        return [run.median, None, None, "run chart"]
    if not reading.segments or reading.segments[segment].drawn == "none":
        return [None, None, None, ""]
    lines = reading.segments[segment]
    return [lines.mean, lines.lpl, lines.upl, "trial" if lines.drawn == "trial" else ""]


def _plain(value: object) -> Cell:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int) else str(value)
