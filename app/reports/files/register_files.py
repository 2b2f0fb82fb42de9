"""A register of records as CSV, workbook, JSON and Markdown. No text becomes a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from app.outcomes.measures.periods import long_date
from app.records.core.register import Cell, RegisterTable
from app.reports.files.as_text import csv_text, escape, table_lines
from app.reports.files.as_xlsx import OPTIONS, add_sheet, formats_of

FORMS = ("csv", "xlsx", "json", "md")


def json_file(records: list[dict[str, Any]]) -> bytes:
    """Records as other programs read them."""
    return msgspec.json.format(msgspec.json.encode({"records": records}), indent=1)


def table_file(table: RegisterTable, space: str, form: str) -> bytes:
    """The file in one of FORMS that are tables."""
    match form:
        case "csv":
            return _csv(table).encode()
        case "xlsx":
            return _workbook(table, space)
        case _:
            lines = [f"# {escape(table.title)}", "", f"{escape(space)}.", ""]
            return "\n".join([*lines, *table_lines(table.head, map(_words, table.rows))]).encode()


def _words(row: Sequence[Cell]) -> list[str]:
    return [long_date(cell) if isinstance(cell, date) else cell or "" for cell in row]


def _csv(table: RegisterTable) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.head)
    writer.writerows([csv_text(cell) for cell in row] for row in table.rows)
    return "\ufeff" + out.getvalue()


def _workbook(table: RegisterTable, space: str) -> bytes:
    # Imported here: only those who ask for a workbook wait for it.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": table.title, "author": space})
        add_sheet(book, table.title, table.head, table.rows, formats_of(book))
    return out.getvalue()
