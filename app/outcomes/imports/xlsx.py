"""Reads a spreadsheet as rows of texts. A formula counts with its last result; formulas are not run. Pure."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.outcomes.spc.series import Unreadable

MOST_UNPACKED = 400_000_000  # bytes; 100,000 rows of 27 columns are about 150 MB of XML
MOST_RATIO = 200  # a zip bomb packs much tighter than a spreadsheet
MOST_PARTS = 2_000
MOST_CELLS = 20_000_000  # in the rectangle from the first cell to the last, because all of it is read
AT_ONCE = 1_000_000  # bytes
# Cells beyond column Z or row 99,999. Most sheets have few, so only they are looked at first.
FAR = re.compile(rb"""\sr=["'](?:([A-Za-z]{2,9})|[A-Za-z])([0-9]{6,12}|(?<=[A-Za-z]{2})[0-9]{1,5})["']""")
# A cell with contents, and its address: <c r="AB12" s="1"><v>, with or without a prefix.
CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,9})([0-9]{1,12})["'][^<>]*(?<!/)>""")
TOO_FAR = "The cells of this spreadsheet are too far apart. Upload only the part with the numbers."
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, OSError, EOFError, RuntimeError)
NOT_A_SHEET = "This is not a spreadsheet that can be read. Save it as XLSX or CSV, and upload that."


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a ZIP archive, as XLSX files do."""
    return content[:4] == b"PK\x03\x04"


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first visible sheet that has any. Raises Unreadable with a sentence.

    Call it in a process that may crash: the library ends its process where there is too little memory.
    """
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
    """Raise Unreadable for an archive that would unpack to far more than a real spreadsheet (a zip bomb).

    Sizes are those that the archive states; longer parts fail as damaged. The process that reads it has a
    memory limit as well.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size > MOST_RATIO * len(content) + 1_000_000:
            raise Unreadable("This spreadsheet unpacks to far more than it should, so it was not opened.")
        for part in parts:
            _check_room(archive, part)
    except Unreadable:
        raise
    except DAMAGED as fault:
        raise Unreadable(NOT_A_SHEET) from fault


def _check_room(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raise Unreadable where cells are so far apart that the rectangle of all would not fit in memory."""
    with archive.open(part) as unpacked:
        if _room(unpacked, FAR, 99_999, 26) <= MOST_CELLS:
            return
    with archive.open(part) as unpacked:
        if _room(unpacked, CELL) > MOST_CELLS:
            raise Unreadable(TOO_FAR)


def _room(unpacked: IO[bytes], cells: re.Pattern[bytes], tall: int = 0, wide: int = 0) -> int:
    """The size of the rectangle in cells up to the last of these, at least `tall` by `wide`."""
    tail = b""
    while some := unpacked.read(AT_ONCE):
        text = tail + some
        for column, row in cells.findall(text):
            tall, wide = max(tall, int(row)), max(wide, _column_number(column))
        tail = text[text.rfind(b"<") :] if b"<" in text[-2_000:] else b""
    return tall * wide


@cache
def _column_number(column: bytes) -> int:
    """1 for A, 26 for Z, 27 for AA."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number


def _texts(sheet: Any) -> Iterator[list[str]]:
    """All rows from the first on, empty ones too, so that rows keep their numbers."""
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
