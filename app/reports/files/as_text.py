"""A report as CSV, JSON and Markdown. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from app.outcomes.csv_safety import plain
from app.outcomes.measures.periods import long_date
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import quantity
from app.outcomes.view import attention
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent
from app.reports.files import sentences
from app.reports.files import table_rows as rows
from app.reports.files.table_rows import Cell

SPECIAL = "\\`*_{}[]>#+!|~"


def as_csv(content: ReportContent) -> str:
    """Every value with what the rules say of it. What a spreadsheet could take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows.DATA)
    for row in rows.data(content):
        writer.writerow([safe(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def safe(cell: Cell) -> str:
    """A cell of a CSV file: a text that begins like a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def as_json(content: ReportContent) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=1)


def as_markdown(content: ReportContent, standing: str) -> str:
    """The report to be read as plain text; `standing` says whether it is live or which issue."""
    lines = [f"# {_text(content.title)}", "", f"{_text(content.space)}. {_text(standing)}.", ""]
    if content.until:
        lines += [
            f"Data to {long_date(content.until)}. Read by {content.read_by or content.engine}.",
            "",
        ]
    if content.scope == "space":
        lines += ["## Look at these first", ""]
        lines += [
            f"- **{_text(one.measure)}**, {_text(one.whose)}: {one.words}. {_text(one.because)}."
            for one in attention.attention(content)
        ]
        lines.append("")
    for goal in content.goals:
        lines += _goal(goal, alone=content.scope == "goal")
    if content.news:
        lines += ["## New since the last report", "", *(f"- {_text(one)}" for one in content.news), ""]
    return "\n".join(lines)


def _goal(goal: GoalContent, *, alone: bool) -> Iterable[str]:
    if not alone:
        yield from (f"## {_text(goal.title)}", "")
    for words in sentences.of_goal(goal):
        yield from (_text(words), "")
    for measure in sentences.measures(goal):
        yield from _measure(measure, "##" if alone else "###")
    if len(goal.line) > 1:
        yield from (f"{'##' if alone else '###'} The line that led here", "")
        for number, step in enumerate(goal.line, 1):
            whose = f", {_text(step.whose)}" if step.whose else ""
            yield f"{number}. **{_text(step.text)}** ({step.word}, {long_date(step.when)}{whose})"
        yield ""


def _measure(one: MeasureContent, mark: str) -> Iterable[str]:
    yield from (f"{mark} {_text(one.definition.name)}", "")
    yield from (_text(sentences.of_measure(one)), "")
    rows = []
    for row in one.told:
        found = row.found
        aim = verdict.assurance(found, one.definition)
        value = quantity(one.definition, found.latest.value) if found.latest else ""
        period = found.latest.label if found.latest else ""
        moved = verdict.variation(found, one.definition)
        rows.append([row.whose, period, value, moved.words, moved.because, aim.words if aim else ""])
    if rows:
        yield from _table(("Whose", "Period", "Value", "Variation", "Because", "Assurance"), rows)
    for what in one.happened:
        yield f"- {long_date(what.when)}: {_text(what.words)}"
    for story in one.stories[:2]:
        yield from ("", f"The story, up to {long_date(story.until)}: {_text(story.story)}")
        if story.action:
            due = f", by {long_date(story.due)}" if story.due else ""
            yield from ("", f"What happens next: {_text(story.action)} ({_text(story.owner)}{due})")
    yield ""
    if one.main:
        values = [
            [dot.label, quantity(one.definition, dot.value) or dot.status, dot.cause]
            for dot in one.main.found.points
        ]
        yield from _table(("Period", "Value", "Rule"), values)


def _table(head: Sequence[str], rows: Iterable[Sequence[str | date]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_text(str(cell)) for cell in row)} |"
    yield ""


def _text(words: str) -> str:
    """People's words on one line, with no sign that Markdown or HTML would take for its own."""
    flat = " ".join(words.split())
    marked = "".join(f"\\{sign}" if sign in SPECIAL else sign for sign in flat)
    return marked.replace("&", "&amp;").replace("<", "&lt;")
