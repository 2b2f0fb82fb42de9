"""A report as a Word document, to be edited further: headings, sentences, charts as pictures, tables."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from app.outcomes.measures.periods import long_date
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import quantity
from app.outcomes.view import attention
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent
from app.outcomes.view.inequality import panels
from app.reports.files import sentences
from app.reports.files.svg import for_xml

WIDE = 16  # centimetres, within the margins of A4


def as_docx(content: ReportContent, standing: str, charts: Mapping[str, bytes]) -> bytes:
    """The document; `standing` says whether it is live or which issue, `charts` are PNG by id of measure."""
    document = Document()
    document.core_properties.title = for_xml(content.title)[:255]
    document.core_properties.author = for_xml(content.space)[:255]
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(for_xml(content.title), 0)
    until = f" Data to {long_date(content.until)}." if content.until else ""
    _say(document, f"{content.space}. {standing}.{until}")
    if content.scope == "space":
        document.add_heading("Look at these first", 1)
        for item in attention.attention(content):
            _say(document, f"{item.measure}, {item.whose}: {item.words}. {item.because}.", "List Bullet")
    for goal in content.goals:
        _goal(document, goal, charts, alone=content.scope == "goal")
    if content.news:
        document.add_heading("New since the last report", 1)
        for words in content.news:
            _say(document, words, "List Bullet")
    document.add_heading("How this is read", 1)
    _say(document, " ".join((f"Read by {content.read_by or content.engine}.", *content.about_profiles)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _goal(document: Any, goal: GoalContent, charts: Mapping[str, bytes], *, alone: bool) -> None:
    if not alone:
        document.add_heading(for_xml(goal.title), 1)
    for words in sentences.of_goal(goal):
        _say(document, words)
    for measure in sentences.measures(goal):
        _measure(document, measure, charts.get(measure.id), 1 if alone else 2)
    if len(goal.line) > 1:
        document.add_heading("The line that led here", 1 if alone else 2)
        for step in goal.line:
            whose = f", {step.whose}" if step.whose else ""
            _say(document, f"{step.text} ({step.word}, {long_date(step.when)}{whose})", "List Number")


def _measure(document: Any, one: MeasureContent, chart: bytes | None, level: int) -> None:
    document.add_heading(for_xml(one.definition.name), level)
    words = sentences.of_measure(one)
    _say(document, words)
    if chart:
        picture = document.add_picture(io.BytesIO(chart), width=Cm(WIDE))
        picture._inline.docPr.set("descr", for_xml(f"Chart of {one.definition.name}. {words}"))
    rows = []
    for row in one.told:
        found = row.found
        aim = verdict.assurance(found, one.definition)
        value = quantity(one.definition, found.latest.value) if found.latest else ""
        moved = verdict.variation(found, one.definition)
        period = found.latest.label if found.latest else ""
        rows.append((row.whose, period, value, f"{moved.words}. {moved.because}", aim.words if aim else ""))
    _table(document, ("Whose", "Period", "Value", "Variation", "Assurance"), rows)
    for what in one.happened:
        _say(document, f"{long_date(what.when)}: {what.words}", "List Bullet")
    for story in one.stories[:2]:
        _say(document, story.story)
        if story.action:
            due = f", by {long_date(story.due)}" if story.due else ""
            _say(document, f"What happens next: {story.action} ({story.owner}{due})")
    for panel in panels(one):
        groups = [
            (group.category, quantity(one.definition, group.value) if group.value is not None else group.why)
            for group in panel.groups
        ]
        _table(document, (panel.dimension, panel.label), groups)


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    rows = list(rows)
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Light List Accent 1"
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = for_xml(words)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = for_xml(words)
    document.add_paragraph()


def _say(document: Any, words: str, style: str | None = None) -> None:
    document.add_paragraph(for_xml(words), style)
