"""A table of years above and months at its side, or the other way round, as one row for each month. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.outcomes.imports.sources.table_finder import NumberedRow
from app.outcomes.measures.month_names import in_english
from app.outcomes.measures.period_forms import MON, QUARTER
from app.outcomes.measures.period_text import span_of

FEWEST = 2  # columns of years or months, and different months at their side
MONTH = re.compile(MON, re.ASCII)
OF_YEAR = re.compile(QUARTER)
QUARTERS = re.compile(r"(?i)quarter|qtr|trimest|quartal|kwart|kvart")  # else Q1 may be a question


class Matrix(NamedTuple):
    """The columns that have years or months above them, and the headings of the table that it becomes."""

    columns: list[int]
    above: list[str]
    heading: list[str]

    def rows(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """One row for each number, all of a row with its number. Other cells stay under their letters."""
        width = len(self.heading) - 2
        for row in rows:
            cells = row.cells[:width] + [""] * (width - len(row.cells))
            beside = ["" if index in self.columns else cell for index, cell in enumerate(cells)]
            for index, above in zip(self.columns, self.above, strict=True):
                if cells[index]:
                    yield NumberedRow(row.number, [*beside, above, cells[index]])


def found(heading: Sequence[str], below: Sequence[NumberedRow]) -> Matrix | None:
    """How to read a table as a matrix, or None for any other."""
    for of_columns, of_rows, name in ((_is_year, _is_month, "Year"), (_is_month, _is_year, "Month")):
        columns = [index for index, one in enumerate(heading) if of_columns(one, "")]
        sides = [index for index in range(len(heading)) if index not in columns]
        side = next((index for index in sides if _says(below, index, heading[index], of_rows)), None)
        if len(columns) >= FEWEST and side is not None:
            above = [heading[index] for index in columns]
            left = ["" if index in columns else one for index, one in enumerate(heading)]
            if _turns(above if name == "Month" else [*_cells(below, side)]):
                left, name = _of_financial_years(left, side, name)
            return Matrix(columns, above, [*left, name, "Value"])
    return None


def _turns(months: Sequence[str]) -> bool:
    """Whether January comes behind December: one year above or beside them is then a financial one."""
    spans = (span_of(f"{one} 2000") for one in dict.fromkeys(months))
    return any(one.start > other.start for one, other in pairwise(filter(None, spans)))


def _of_financial_years(heading: list[str], side: int, name: str) -> tuple[list[str], str]:
    """The headings with one that says so, so that a year alone is refused with the reason."""
    if name == "Year":
        return heading, "Financial year"
    return [f"Financial year: {one}" if index == side else one for index, one in enumerate(heading)], name


def _cells(rows: Sequence[NumberedRow], column: int) -> Iterator[str]:
    return (row.cells[column] for row in rows if column < len(row.cells) and row.cells[column])


def _says(rows: Sequence[NumberedRow], column: int, heading: str, is_one: Callable[[str, str], bool]) -> bool:
    """Whether most cells of a column are months, or years: below them may be a total and notes."""
    cells = list(_cells(rows, column))
    good = [cell for cell in cells if is_one(cell, heading)]
    return len({*good}) >= (1 if is_one is _is_year else FEWEST) and 3 * len(good) >= 2 * len(cells)


def _is_year(text: str, _heading: str) -> bool:
    span = span_of(text)
    return span is not None and span.unit == "year"


def _is_month(text: str, heading: str) -> bool:
    """Whether it is a month, or below a heading that says so a quarter, without its year."""
    words = in_english(text.strip().casefold())
    return bool(MONTH.fullmatch(words) or (QUARTERS.search(heading) and OF_YEAR.fullmatch(words)))
