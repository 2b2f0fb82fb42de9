"""A report as a Word document, to be edited further: headings, sentences, charts as pictures, tables."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from app.outcomes.measures.periods import long_date
from app.outcomes.view.report_view import GoalView, MeasureView, ReportView
from app.reports.files import sentences
from app.reports.files.svg import valid_xml

CHART_WIDTH = 16  # centimetres, within the margins of A4


def as_docx(report: ReportView, edition: str, charts: Mapping[str, bytes]) -> bytes:
    """The document; `edition` says whether it is live or which issue, `charts` are PNG by id of measure."""
    content = report.content
    document = Document()
    document.core_properties.title = valid_xml(content.title)[:255]
    document.core_properties.author = valid_xml(content.space)[:255]
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(valid_xml(content.title), 0)
    until = f" Data to {long_date(content.until)}." if content.until else ""
    _paragraph(document, f"{content.space}. {edition}.{until}")
    if content.scope == "space":
        document.add_heading("Look at these first", 1)
        for item in report.attention:
            words = f"{item.measure}, {item.whose}: {item.words}. {item.because}."
            _paragraph(document, words, "List Bullet")
    for goal in report.goals:
        _goal(document, goal, charts, alone=content.scope == "goal")
    if content.news:
        document.add_heading("New since the last report", 1)
        for words in content.news:
            _paragraph(document, words, "List Bullet")
    document.add_heading("How this is read", 1)
    method = (f"Read by {content.read_by or content.engine}.", *content.about_profiles)
    _paragraph(document, " ".join(method))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _goal(document: Any, goal: GoalView, charts: Mapping[str, bytes], *, alone: bool) -> None:
    if not alone:
        document.add_heading(valid_xml(goal.content.title), 1)
    for words in sentences.of_goal(goal.content):
        _paragraph(document, words)
    for measure in goal.main_first:
        _measure(document, measure, charts.get(measure.content.id), 1 if alone else 2)
    if len(goal.content.line) > 1:
        document.add_heading("The line that led here", 1 if alone else 2)
        for step in goal.content.line:
            whose = f", {step.whose}" if step.whose else ""
            _paragraph(document, f"{step.text} ({step.word}, {long_date(step.when)}{whose})", "List Number")


def _measure(document: Any, measure: MeasureView, chart: bytes | None, level: int) -> None:
    name = measure.definition.name
    document.add_heading(valid_xml(name), level)
    words = sentences.of_measure(measure.content)
    _paragraph(document, words)
    if chart:
        picture = document.add_picture(io.BytesIO(chart), width=Cm(CHART_WIDTH))
        picture._inline.docPr.set("descr", valid_xml(f"Chart of {name}. {words}"))
    rows = [
        (
            one.whose,
            one.period,
            one.value,
            f"{one.variation.words}. {one.variation.because}",
            one.assurance_words,
        )
        for one in measure.series
    ]
    _table(document, ("Whose", "Period", "Value", "Variation", "Assurance"), rows)
    for event in measure.content.happened:
        _paragraph(document, f"{long_date(event.when)}: {event.words}", "List Bullet")
    for story in measure.content.stories[:2]:
        _paragraph(document, story.story)
        if story.action:
            due = f", by {long_date(story.due)}" if story.due else ""
            _paragraph(document, f"What happens next: {story.action} ({story.owner}{due})")
    for panel in measure.panels():
        groups = [(group.category, group.words) for group in panel.groups]
        _table(document, (panel.dimension, panel.label), groups)


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    rows = list(rows)
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Light List Accent 1"
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = valid_xml(words)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = valid_xml(words)
    document.add_paragraph()


def _paragraph(document: Any, words: str, style: str | None = None) -> None:
    document.add_paragraph(valid_xml(words), style)
