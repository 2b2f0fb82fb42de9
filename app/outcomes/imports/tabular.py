"""Reads an uploaded file as a table of texts: any common CSV, or XLSX. No bytes crash it. Pure."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from app.characters import is_storable, storable
from app.outcomes.imports import xlsx
from app.outcomes.spc.series import Unreadable

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_LETTERS = 2_000  # of a cell
SEPARATORS = ",;\t|"
MOST_TITLES = 20  # rows above the heading
QUOTED = re.compile('"[^"]*"')


class NumberedRow(NamedTuple):
    """A row with its number in the file, as a spreadsheet counts: the heading is row 1."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """The heading, and the rows below it, which may be shorter than the heading but not longer.

    `cleaned` grows while the rows are read: the numbers of those of which characters were left out that no
    text can hold.
    """

    heading: list[str]
    rows: Iterator[NumberedRow]
    cleaned: list[int]


def read(name: str, content: bytes) -> Table:
    """The table in a file. Raises Unreadable with a sentence, also later, while its rows are read."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 20 MB.")
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Unreadable("The file is empty.")
    texts = xlsx.rows(content) if xlsx.is_workbook(content) else _csv(name, content)
    cleaned: list[int] = []
    rows = _within_limits(texts, cleaned)
    first, below = _find_heading(rows)
    heading = _trimmed(first.cells)
    return Table(heading, _not_wider(below, heading, first.number), cleaned)


def _find_heading(rows: Iterator[NumberedRow]) -> tuple[NumberedRow, Iterator[NumberedRow]]:
    """The heading and the rows below it. Rows of a single cell above it are titles."""
    titles: list[NumberedRow] = []
    for row in rows:
        if sum(map(bool, row.cells)) > 1:
            return row, rows
        titles.append(row)
        if len(titles) == MOST_TITLES:
            break
    if not titles:
        raise Unreadable("The file has no rows.")
    return titles[0], chain(titles[1:], rows)


def _csv(name: str, content: bytes) -> Iterator[list[str]]:
    if content[:4] == b"\xd0\xcf\x11\xe0" or name.casefold().endswith((".xls", ".xlsb", ".ods")):
        raise Unreadable("Save this spreadsheet as XLSX or CSV, and upload that.")
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        yield from reader
    except csv.Error as fault:
        raise Unreadable(
            f"Row {reader.line_num} cannot be read: perhaps a quotation mark is not closed."
        ) from fault


def _separator(text: str) -> str:
    """The separator that most of the first rows have equally often: texts and numbers have commas too."""
    lines = [line for line in QUOTED.sub("", text[:10_000]).splitlines()[:40] if line.strip()]

    def equal_rows(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        return max(((lines, count) for count, lines in counts.items() if count), default=(0, 0))

    return max(SEPARATORS, key=equal_rows)


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16, with a byte order mark or without, else as Windows writes it in western Europe."""
    guess = json.detect_encoding(content)  # by the first four bytes: an ASCII sign in UTF-16 has a zero byte
    if guess.startswith("utf-16"):
        return content.decode(guess, errors="replace").removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _within_limits(rows: Iterator[list[str]], cleaned: list[int]) -> Iterator[NumberedRow]:
    """The rows that are not empty, with trimmed cells. Raises Unreadable for too many rows or columns."""
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Import it in parts.")
        if len(row) > MOST_COLUMNS and any(cell.strip() for cell in row[MOST_COLUMNS:]):
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS} columns.")
        cells = [storable(cell).strip()[:MOST_LETTERS] for cell in row[:MOST_COLUMNS]]
        if not all(map(is_storable, row[:MOST_COLUMNS])):
            cleaned.append(number)
        if any(cells):
            yield NumberedRow(number, cells)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _not_wider(rows: Iterator[NumberedRow], heading: list[str], above: int) -> Iterator[NumberedRow]:
    width = len(heading)
    for row in rows:
        if len(row.cells) > width and any(row.cells[width:]):
            begins = next(filter(None, heading))[:40]
            raise Unreadable(
                f"Row {row.number} has more cells than the heading in row {above}, which begins with "
                f"“{begins}”. Remove what is above the table, and give every column a heading."
            )
        yield NumberedRow(row.number, row.cells[:width])
