"""A report as CSV, JSON and Markdown. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from app.outcomes.measures.periods import long_date
from app.outcomes.view.content import ReportContent
from app.outcomes.view.report_view import GoalView, MeasureView, ReportView
from app.reports.files import sentences, table_rows
from app.reports.files.table_rows import Cell
from app.spaces.csv_safety import plain

MARKUP = "\\`*_{}[]>#+!|~"


def as_csv(report: ReportView) -> str:
    """Every value with what the rules say of it. What a spreadsheet could take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table_rows.DATA)
    for row in table_rows.data(report):
        writer.writerow([csv_text(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def csv_text(cell: Cell) -> str:
    """A cell of a CSV file: a text that begins like a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def as_json(content: ReportContent) -> bytes:
    """The whole content, as issued reports are stored."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1)


def as_markdown(report: ReportView, edition: str) -> str:
    """The report to be read as plain text; `edition` says whether it is live or which issue."""
    content = report.content
    lines = [f"# {escape(content.title)}", "", f"{escape(content.space)}. {escape(edition)}.", ""]
    if content.until:
        lines += [f"Data to {long_date(content.until)}. Read by {content.read_by or content.engine}.", ""]
    if content.scope == "space":
        lines += ["## Look at these first", ""]
        lines += [
            f"- **{escape(one.measure)}**, {escape(one.whose)}: {one.words}. {escape(one.because)}."
            for one in report.attention
        ]
        lines.append("")
    for goal in report.goals:
        lines += _goal(goal, alone=content.scope == "goal")
    if content.news:
        lines += ["## New since the last report", "", *(f"- {escape(one)}" for one in content.news), ""]
    return "\n".join(lines)


def _goal(goal: GoalView, *, alone: bool) -> Iterator[str]:
    mark = "##" if alone else "###"
    if not alone:
        yield from (f"## {escape(goal.content.title)}", "")
    for words in sentences.of_goal(goal.content):
        yield from (escape(words), "")
    for measure in goal.main_first:
        yield from _measure(measure, mark)
    if len(goal.content.line) > 1:
        yield from (f"{mark} The line that led here", "")
        for number, step in enumerate(goal.content.line, 1):
            whose = f", {escape(step.whose)}" if step.whose else ""
            yield f"{number}. **{escape(step.text)}** ({step.word}, {long_date(step.when)}{whose})"
        yield ""


def _measure(measure: MeasureView, mark: str) -> Iterator[str]:
    yield from (f"{mark} {escape(measure.definition.name)}", "")
    yield from (escape(sentences.of_measure(measure.content)), "")
    rows = [
        (one.whose, one.period, one.value, one.variation.words, one.variation.because, one.assurance_words)
        for one in measure.series
    ]
    if rows:
        yield from table_lines(("Whose", "Period", "Value", "Variation", "Because", "Assurance"), rows)
    for event in measure.content.happened:
        yield f"- {long_date(event.when)}: {escape(event.words)}"
    for story in measure.content.stories[:2]:
        yield from ("", f"The story, up to {long_date(story.until)}: {escape(story.story)}")
        if story.action:
            due = f", by {long_date(story.due)}" if story.due else ""
            yield from ("", f"What happens next: {escape(story.action)} ({escape(story.owner)}{due})")
    yield ""
    if measure.series:
        points = measure.series[0].points
        values = [(point.label, point.value or point.dot.status, point.short_remarks) for point in points]
        yield from table_lines(("Period", "Value", "What the chart says of it"), values)


def table_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"
    yield ""


def escape(words: str) -> str:
    """People's words on one line, with no sign that Markdown or HTML would take for its own."""
    flat = " ".join(words.split())
    marked = "".join(f"\\{sign}" if sign in MARKUP else sign for sign in flat)
    return marked.replace("&", "&amp;").replace("<", "&lt;")
