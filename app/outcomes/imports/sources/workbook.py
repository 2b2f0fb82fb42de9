"""Reads XLSX, XLS and ODS as rows of texts. A formula counts with its last result and is not run. Pure."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import IO, Any

from msgspec import Struct
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.outcomes.imports.sources import shown_as
from app.outcomes.imports.sources.cell import Typed
from app.outcomes.imports.sources.shown_as import DAMAGED, Columns
from app.outcomes.imports.sources.table_finder import MergedCells
from app.outcomes.spc.series import Unreadable

MOST_UNPACKED = 400_000_000  # bytes; 100,000 rows of 27 columns are about 150 MB of XML
MOST_RATIO = 200  # a zip bomb packs much tighter than a spreadsheet
MOST_PARTS = 2_000
MOST_CELLS = 20_000_000  # in the rectangle from the first cell to the last, because all of it is read
AT_ONCE = 1_000_000  # bytes
SCORED = 200  # rows of a sheet that say whether it holds a table
# Cells beyond column Z or row 99,999. Most sheets have few, so only they are looked at first.
FAR = re.compile(rb"""r=["'](?:([A-Za-z]{2,9})|[A-Za-z])([0-9]{6,12}|(?<=[A-Za-z]{2})[0-9]{1,5})["']""")
# A cell with contents, and its address: <c r="AB12" s="1"><v>, with or without a prefix.
CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,9})([0-9]{1,12})["'][^<>]*(?<!/)>""")
TOO_FAR = "The cells of this spreadsheet are too far apart. Upload only the part with the numbers."
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the part of an XLSX that has a password
LOCKED = "This spreadsheet is protected by a password. Save it without one, and upload that."
NOT_A_SHEET = "This is not a spreadsheet that can be read. Save it as XLSX, ODS or CSV, and upload that."


class Sheet(Struct, frozen=True, omit_defaults=True):
    """One sheet of a workbook, with its size. `score`: how much it looks like a table of numbers."""

    name: str
    rows: int
    columns: int
    hidden: bool = False
    score: int = 0


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a spreadsheet: a ZIP archive (XLSX, ODS), or an older XLS."""
    return content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Workbook:
    """A workbook, of which each sheet is read at most once more than the largest. Raises Unreadable.

    Call it in a process that may crash: the library ends its process where there is too little memory.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._formulas = _check(content)
        self._largest: tuple[str, CalamineSheet | None] = ("", None)
        self._size = 0
        self.lacks_results = False
        self.sheets = self._found()

    def rows(self, sheet_name: str) -> tuple[list[MergedCells], Iterator[list[str]]]:
        """The merged cells and all rows of a sheet. Raises Unreadable with a sentence.

        `lacks_results` then says whether its formulas have none.
        """
        name, sheet = self._largest
        self._largest = ("", None)  # its cells are let go as soon as their texts are read
        if name != sheet_name or sheet is None:
            with _opened(self._content) as book:
                sheet = book.get_sheet_by_name(sheet_name)
        percentages, self.lacks_results = shown_as.of_sheet(self._content, sheet_name, self._formulas)
        merged = [
            MergedCells(top + 1, bottom + 1, left + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        return merged, _texts(sheet, percentages)

    def _found(self) -> list[Sheet]:
        """All sheets that hold cells, the likeliest first: visible, and with many numbers."""
        with _opened(self._content) as book:
            kinds = SheetTypeEnum.WorkSheet
            found = [self._looked_at(book, one) for one in book.sheets_metadata if one.typ == kinds]
        most = max((one.score for one in found if not one.hidden), default=0)
        # the first of those with about as many numbers as the best
        return sorted(
            (one for one in found if one.rows),
            key=lambda one: (one.hidden, 2 * one.score < most or not one.score),
        )

    def _looked_at(self, book: CalamineWorkbook, one: SheetMetadata) -> Sheet:
        sheet = book.get_sheet_by_name(one.name)
        found = _sheet(sheet, one)
        if self._size < found.rows * found.columns:
            self._size, self._largest = found.rows * found.columns, (one.name, sheet)
        return found


@contextmanager
def _opened(content: bytes) -> Iterator[CalamineWorkbook]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            yield book
    except (CalamineError, OSError, ValueError) as fault:
        locked = ENCRYPTED in content or "password" in str(fault).casefold()
        raise Unreadable(LOCKED if locked else NOT_A_SHEET) from fault


def _sheet(sheet: CalamineSheet, one: SheetMetadata) -> Sheet:
    # bool before int: a workbook of ticks is no table of numbers, but one of dates is
    numbers = sum(
        isinstance(cell, int | float | date) and not isinstance(cell, bool)
        for row in sheet.to_python(nrows=SCORED)
        for cell in row
    )
    hidden = one.visible != SheetVisibleEnum.Visible
    last = sheet.end or (-1, -1)
    return Sheet(one.name, last[0] + 1, last[1] + 1, hidden, numbers)


def _check(content: bytes) -> set[str]:
    """The parts that may hold formulas.

    Raises Unreadable for an archive that would unpack to far more than a real spreadsheet (a zip bomb).

    Sizes are those that the archive states; longer parts fail as damaged. The process that reads it has a
    memory limit as well.
    """
    if content[:2] != b"PK":
        return set()  # an older XLS, which is not packed
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size > MOST_RATIO * len(content) + 1_000_000:
            raise Unreadable("This spreadsheet unpacks to far more than it should, so it was not opened.")
        return {part.filename for part in parts if _check_room(archive, part)}
    except Unreadable:
        raise
    except DAMAGED as fault:
        raise Unreadable(NOT_A_SHEET) from fault


def _check_room(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part may hold formulas.

    Raises Unreadable where cells are so far apart that the rectangle of all would not fit in memory.
    """
    with archive.open(part) as unpacked:
        room, formulas = _room(unpacked, FAR, 99_999, 26)
    if room > MOST_CELLS:
        with archive.open(part) as unpacked:
            if _room(unpacked, CELL)[0] > MOST_CELLS:
                raise Unreadable(TOO_FAR)
    return formulas


def _room(unpacked: IO[bytes], cells: re.Pattern[bytes], tall: int = 0, wide: int = 0) -> tuple[int, bool]:
    """The size of the rectangle in cells up to the last of these, at least `tall` by `wide`.

    And whether formulas may be among them.
    """
    tail, formulas = b"", False
    while some := unpacked.read(AT_ONCE):
        text = tail + some
        formulas = formulas or shown_as.FORMULA in text
        for column, row in cells.findall(text):
            tall, wide = max(tall, int(row)), max(wide, _column_number(column))
        tail = text[text.rfind(b"<") :] if b"<" in text[-2_000:] else b""
    return tall * wide, formulas


@cache
def _column_number(column: bytes) -> int:
    """1 for A, 26 for Z, 27 for AA."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number


def _texts(sheet: Any, percentages: Columns) -> Iterator[list[str]]:
    """All rows from 1 on, empty ones too, and all columns from A on, so that both keep their names."""
    left = (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows(), 1):  # which has all rows, but not all columns
        texts = [""] * left + [_text(cell) for cell in row]
        if shown := percentages.get(number):
            for column, cell in enumerate(row, left):
                if shown >> column & 1 and isinstance(cell, int | float) and not isinstance(cell, bool):
                    texts[column] = _percentage(cell)
        yield texts


def _percentage(cell: float) -> Typed:
    """95% for 0.95."""
    return Typed(f"{(Decimal(repr(cell)) * 100).normalize():f}%")


def _text(cell: Any) -> str:
    if type(cell) is str:
        return cell.strip()
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
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else Typed(repr(cell))
        case _:
            return str(cell)
