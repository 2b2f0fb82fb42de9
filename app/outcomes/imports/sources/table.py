"""Reads an uploaded file as one table: CSV, XLSX, XLS or ODS. No bytes crash it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from app.characters import is_storable, storable
from app.outcomes.imports.sources import csv_text, day_count, encodings, matrix, table_finder, workbook
from app.outcomes.imports.sources.cell import Typed, in_plain_digits, kind_of
from app.outcomes.imports.sources.table_finder import FIRST_ROWS, MergedCells, NumberedRow
from app.outcomes.imports.sources.workbook import Sheet, Workbook
from app.outcomes.measures.marks import mark_of
from app.outcomes.spc.series import Unreadable

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_LETTERS = 2_000  # of a cell
INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))  # what web pages leave between letters
BROKEN = "\ufffd"  # stands for bytes that are no letter
AROUND = " \t\r\n\xa0\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"  # blanks and directions
OTHER_FILES = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"(?i)(<!doctype html|<html|<table|<meta|<head)"), "a web page"),
    (re.compile(rb"<\?xml"), "an XML file"),
    (re.compile(rb"[{\[]\s*[\"{\[]"), "a JSON file"),
    (re.compile(rb"\{\\rtf"), "a text document"),
    (re.compile(rb"\x1f\x8b"), "a compressed file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture"),
)


class TablePlace(Struct, frozen=True, omit_defaults=True):
    """Where a table is in its file: sheet, first and last row of headings, last row; 0 where nobody knows.

    A table without headings begins below `last_heading`, and has no first one. `encoding` is how a CSV file
    is read whose bytes do not say it by themselves, see `encodings`.
    """

    sheet: str = ""
    first_heading: int = 0
    last_heading: int = 0
    end: int = 0
    encoding: str = ""


class SpreadNumber(Struct, frozen=True):
    """A number in one merged cell over several rows, or several columns: that of all of them, perhaps."""

    row: int
    column: int
    text: str
    rows: bool


class Table(NamedTuple):
    """The headings, and the rows below them, which may be shorter; in a CSV file they are never longer.

    `above` are the first rows of the file as they are. While the rows are read, `cleaned` grows by the
    numbers of those of which characters were left out that no text can hold, `broken` by those with signs
    that could not be read, `filled` by those where a merged cell was filled down, and `spread` by the
    numbers in such cells. `lacks_results`: the sheet has formulas that nobody has computed.
    `since_1904`: plain numbers of days in its cells count from then.
    """

    heading: list[str]
    rows: Iterator[NumberedRow]
    cleaned: list[int]
    broken: list[int]
    filled: list[int]
    place: TablePlace
    above: list[NumberedRow]
    sheets: list[Sheet]
    lacks_results: bool = False
    spread: Sequence[SpreadNumber] = ()
    since_1904: bool = False


def read(content: bytes, place: TablePlace | None = None) -> Table:
    """The table in a file, where `place` says or where it is found.

    Raises Unreadable with a sentence, also later, while its rows are read.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 20 MB.")
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Unreadable("The file is empty.")
    begin = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind := next((name for pattern, name in OTHER_FILES if pattern.match(begin)), ""):
        raise Unreadable(f"This is {kind}, whatever its name says. Save the table as XLSX, ODS or CSV.")
    place = place or TablePlace()
    book = workbook.Workbook(content) if workbook.is_workbook(content) else None
    sheets = book.sheets if book else []
    place = replace(place, encoding="" if book else encodings.taken(content, place.encoding))
    merged, texts = _texts(book, place) if book else ([], csv_text.rows(content, place.encoding))
    cleaned: list[int] = []
    broken: list[int] = []
    rows = _within_limits(texts, cleaned, broken)
    first = list(islice(rows, FIRST_ROWS))
    if not first:
        raise Unreadable("The file has no rows.")
    place = _found(first, merged, place, sheets)
    heading, row = _heading(first, merged, place)
    since_1904 = bool(book) and day_count.since_1904(content)
    heading = list(map(day_count.as_date, heading)) if since_1904 else heading
    filled: list[int] = []
    spread: list[SpreadNumber] = []
    years = matrix.found(heading, [row for row in first if row.number > place.last_heading])
    moved = dict.fromkeys(years.columns, years.value_at) if years else {}
    below = _filled_down(_below(chain(first, rows), place), merged, filled, spread, moved)
    if not sheets:  # cells of a spreadsheet stay under their letter, also where nothing stands above them
        below = _not_wider(below, heading, row)
    if years:
        heading, below = years.heading, years.rows(below)
    lacks_results = bool(book and book.lacks_results)
    return Table(
        heading, below, cleaned, broken, filled, place, first[:12], sheets, lacks_results, spread, since_1904
    )


def _heading(
    first: Sequence[NumberedRow], merged: list[MergedCells], place: TablePlace
) -> tuple[list[str], NumberedRow]:
    """The headings, and the row by which there are so many columns: their last one, or the first of data."""
    if not place.first_heading:
        row = next(row for row in first if row.number > place.last_heading)
        return [""] * len(row.cells), row
    upper = [row for row in first if place.first_heading <= row.number <= place.last_heading]
    heading = list(map(_plain_period, table_finder.joined(upper, merged)))
    if not heading:
        raise Unreadable(f"Row {place.last_heading} has no headings. Choose another row.")
    return heading, upper[-1]


def _plain_period(heading: str) -> str:
    """A heading that is a period in other digits than 0 to 9, in those; any other as it is."""
    return in_plain_digits(heading) if kind_of(heading) in ("period", "year") else heading


def _texts(book: Workbook, place: TablePlace) -> tuple[list[MergedCells], Iterator[list[str]]]:
    names = [one.name for one in book.sheets]
    if not names:
        raise Unreadable("The file has no rows.")
    return book.rows(place.sheet if place.sheet in names else names[0])


def _found(
    first: Sequence[NumberedRow], merged: list[MergedCells], place: TablePlace, sheets: Sequence[Sheet]
) -> TablePlace:
    """The place with what nobody has chosen. A row of headings that is not there is looked for again."""
    if sheets and place.sheet not in [one.name for one in sheets]:
        place = TablePlace(sheets[0].name)
    numbers = {row.number for row in first}
    if place.first_heading in numbers and place.last_heading in numbers:
        return place
    begins, ends = table_finder.headings(first, merged)
    return replace(place, first_heading=begins, last_heading=ends)


def _below(rows: Iterator[NumberedRow], place: TablePlace) -> Iterator[NumberedRow]:
    for row in rows:
        if place.end and row.number > place.end:
            return
        if row.number > place.last_heading:
            yield row


def _filled_down(
    rows: Iterator[NumberedRow],
    merged: Sequence[MergedCells],
    filled: list[int],
    spread: list[SpreadNumber],
    moved: Mapping[int, int],
) -> Iterator[NumberedRow]:
    """The rows with the value of a merged cell in each row that it stands over. `spread` grows by numbers.

    Each with its column, or with that of `moved` to which a matrix brings it.
    """
    large = {(one.top, one.left - 1): one for one in merged}
    if not large:
        yield from rows
        return
    over: dict[int, tuple[int, str]] = {}  # by column: until which row, and the value
    for row in rows:
        for column, cell in enumerate(row.cells):
            until, value = over.get(column, (0, ""))
            if not cell and row.number <= until:
                row.cells[column] = value
                filled.append(row.number)
            if one := large.get((row.number, column)):
                over[column] = (one.bottom, cell)
                if kind_of(cell) == "number" and any(map(str.isdigit, cell)):
                    at = moved.get(column, column)
                    spread.append(SpreadNumber(row.number, at, str(cell)[:40], one.bottom > one.top))
        yield row


def _within_limits(rows: Iterator[list[str]], cleaned: list[int], broken: list[int]) -> Iterator[NumberedRow]:
    """The rows that are not empty; their cells are trimmed already. Raises Unreadable for too many."""
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Import it in parts.")
        if len(row) > MOST_COLUMNS and any(cell.strip() for cell in row[MOST_COLUMNS:]):
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS} columns.")
        if number == 1 and len(row) <= 2 and row[:1] and row[0].casefold().startswith("sep="):
            continue
        together = "".join(row)
        if BROKEN in together:
            broken.append(number)
        if len(together) <= MOST_LETTERS and together.isprintable():  # most are: at a fifth of the time
            cells = row[:MOST_COLUMNS]
        else:
            cells = [_clean(cell, number, cleaned) for cell in row[:MOST_COLUMNS]]
        if any(cells):
            yield NumberedRow(number, cells)


def _clean(cell: str, number: int, cleaned: list[int]) -> str:
    if isinstance(cell, Typed):
        return cell
    if not is_storable(cell) and cleaned[-1:] != [number]:
        cleaned.append(number)
    return storable(cell).translate(INVISIBLE).strip(AROUND)[:MOST_LETTERS]


def _not_wider(rows: Iterator[NumberedRow], heading: list[str], above: NumberedRow) -> Iterator[NumberedRow]:
    """The rows, none longer than that of the headings, whose last columns have none where they hold marks.

    Any other cell there may be the rest of a number with a comma, such as 1,234, and the row is not read.
    """
    named, width = len(heading), max(len(heading), len(above.cells))
    for row in rows:
        if len(row.cells) > named and (any(row.cells[width:]) or None in map(mark_of, row.cells[named:])):
            begins = next(filter(None, heading), "")[:40]
            row_above = f"the heading in row {above.number}, which begins with “{begins}”"
            raise Unreadable(
                f"Row {row.number} has more cells than {row_above if begins else f'row {above.number}'}. "
                "Remove what is above the table, and give every column a heading."
            )
        yield row if len(row.cells) <= width else NumberedRow(row.number, row.cells[:width])
