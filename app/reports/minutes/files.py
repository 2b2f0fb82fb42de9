"""Minutes as Markdown, CSV, JSON and a Word document. Pure."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from app.reports.files.as_text import csv_text, escape, table_lines
from app.reports.minutes.content import Minutes
from app.reports.minutes.lines import Line, Told, lines_of

FORMS = ("pdf", "docx", "md", "csv", "json")
HEAD = ("Block", "Began", "What was asked", "Theme", "Note", "Written by")


def minutes_file(form: str, minutes: Minutes, told: Told, now: datetime) -> bytes:
    """The file in one of FORMS but pdf, which is a page."""
    match form:
        case "md":
            return as_markdown(lines_of(minutes, told, now)).encode()
        case "csv":
            return as_csv(minutes, told).encode()
        case "json":
            return msgspec.json.format(msgspec.json.encode(_named(minutes, told)), indent=1)
        case _:
            return as_docx(minutes, list(lines_of(minutes, told, now)))


def as_markdown(lines: Iterable[Line]) -> str:
    found: list[str] = []
    before = ""
    marks = {"title": "# ", "head": "## ", "part": "### ", "item": "- ", "aside": "> "}
    for line in lines:
        if before == "item" and line.kind != "item":
            found.append("")
        if line.kind == "table":
            found += table_lines(line.rows[0], line.rows[1:])
        else:
            found.append(f"{marks.get(line.kind, '')}{escape(line.words)}")
            found += [] if line.kind == "item" else [""]
        before = line.kind
    return "\n".join(found)


def as_csv(minutes: Minutes, told: Told) -> str:
    """A row a note. What a spreadsheet could take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for block, part, group, note in minutes.notes():
        row = (block.title, told.time(part.at), part.prompt, group.title, note.text, told.whose(note))
        writer.writerow([csv_text(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def as_docx(minutes: Minutes, lines: list[Line]) -> bytes:
    # Imported here: only those who ask for a document wait for it.
    from docx import Document

    from app.reports.files.svg import valid_xml

    document = Document()
    document.core_properties.title = valid_xml(minutes.title)[:255]
    document.core_properties.author = valid_xml(minutes.space)[:255]
    document.core_properties.language = "en-GB"
    styles = {"item": "List Bullet", "aside": "Intense Quote"}
    levels = {"title": 0, "head": 1, "part": 2}
    for line in lines:
        if line.kind in levels:
            document.add_heading(valid_xml(line.words), levels[line.kind])
        elif line.kind == "table":
            _table(document, line.rows, valid_xml)
        else:
            document.add_paragraph(valid_xml(line.words), styles.get(line.kind))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, rows: tuple[tuple[str, ...], ...], valid: Any) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Light List Accent 1"
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = valid(words)
    document.add_paragraph()


def _named(minutes: Minutes, told: Told) -> Any:
    """The content with names where it has ids of people."""

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: _name(key, one, told) if key in PEOPLE else named(one) for key, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list | tuple) else value

    return named(msgspec.to_builtins(minutes))


PEOPLE = ("by", "reworded", "led", "tender", "answered_by")


def _name(key: str, value: Any, told: Told) -> Any:
    if isinstance(value, list | tuple):
        return [told.name(one) for one in value]
    if not value and key != "by":
        return ""
    return told.name(value)
