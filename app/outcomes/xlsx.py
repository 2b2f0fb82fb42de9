"""Spreadsheets that people bring, as rows of texts. What a formula last gave counts; formulas are not run."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.outcomes.series import Unreadable

MOST_UNPACKED = 400_000_000  # bytes; 100,000 rows of 27 columns are about 150 MB of XML
MOST_RATIO = 200  # a zip bomb packs much tighter than a spreadsheet
MOST_PARTS = 2_000
NOT_A_SHEET = "This is not a spreadsheet that can be read. Save it as XLSX or CSV, and bring that."


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first visible sheet that has any. Raises Unreadable with a sentence."""
    _check(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for one in book.sheets_metadata:
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_name(one.name)
                if sheet.total_height:
                    yield from _texts(sheet)
                    return
    except (CalamineError, OSError, ValueError) as fault:
        raise Unreadable(NOT_A_SHEET) from fault


def _check(content: bytes) -> None:
    """Refuse what would unpack to more than any honest spreadsheet, before anything is unpacked.

    Sizes are those the archive states; the worker that reads it has a limit of memory besides.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise Unreadable(NOT_A_SHEET) from fault
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size > MOST_RATIO * len(content) + 1_000_000:
        raise Unreadable("This spreadsheet unpacks to far more than it should, so it was not opened.")


def _texts(sheet: Any) -> Iterator[list[str]]:
    """From the first row on, blank ones too, so that rows keep their numbers."""
    above = sheet.start[0] if sheet.start else 0
    for _ in range(above):
        yield []
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return str(cell).upper()
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case time() | timedelta():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case _:
            return str(cell)
