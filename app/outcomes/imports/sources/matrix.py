"""A table of years above and months at its side, or the other way round, as one row for each month. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.outcomes.imports.columns.period_column import OF_MONTHS
from app.outcomes.imports.sources.table_finder import NumberedRow
from app.outcomes.measures.marks import mark_of
from app.outcomes.measures.month_names import in_english
from app.outcomes.measures.period_forms import MON, QUARTER
from app.outcomes.measures.period_text import span_of

FEWEST = 2  # columns of years or months, and different months at their side
MONTH = re.compile(MON, re.ASCII)
OF_YEAR = re.compile(QUARTER)
NEXT = 3  # months from one row to the next: a quarter
QUARTERS = re.compile(r"(?i)quarter|qtr|trimest|quartal|kwart|kvart")  # else Q1 may be a question


class Matrix(NamedTuple):
    """The columns that have years or months above them, and the headings of the table that it becomes.

    `marks` are the columns of the marks of their numbers, -1 for none, and `value_at` is that of the numbers
    in the table that it becomes.
    """

    columns: list[int]
    marks: list[int]
    above: list[str]
    heading: list[str]
    value_at: int

    def rows(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """One row for each number or mark, all of a row with its number. Others stay under their letters."""
        width, away = self.value_at - 1, {*self.columns, *self.marks}
        for row in rows:
            cells = row.cells + [""] * (width + 1 - len(row.cells))
            beside = ["" if index in away else cell for index, cell in enumerate(cells[:width])]
            for index, mark_at, above in zip(self.columns, self.marks, self.above, strict=True):
                mark = cells[mark_at] if mark_at >= 0 else ""
                if cells[index] or (mark and mark_of(mark)):
                    yield NumberedRow(row.number, [*beside, above, cells[index], mark])


def found(heading: Sequence[str], below: Sequence[NumberedRow]) -> Matrix | None:
    """How to read a table as a matrix, or None for any other."""
    for of_columns, of_rows, name in ((_is_year, _is_month, "Year"), (_is_month, _is_year, "Month")):
        columns = [index for index, one in enumerate(heading) if of_columns(one, "")]
        sides = [index for index in range(len(heading)) if index not in columns]
        side = next((index for index in sides if _says(below, index, heading[index], of_rows)), None)
        if len(columns) >= FEWEST and side is not None:
            above = [heading[index] for index in columns]
            marks = [_marks(heading, below, index + 1, {side, *columns}) for index in columns]
            away = {*columns, *marks}
            left = ["" if index in away else one for index, one in enumerate(heading)]
            if any(map(_turns, [above] if name == "Month" else _runs(below, side))):
                left, name = _of_financial_years(left, side, name)
            of_marks = {heading[index] for index in marks if 0 <= index < len(heading)} - {""}
            return Matrix(columns, marks, above, [*left, name, "Value", *sorted(of_marks)[:1]], len(left) + 1)
    return None


def _marks(heading: Sequence[str], rows: Sequence[NumberedRow], column: int, others: Collection[int]) -> int:
    """This column where it has nothing but marks, below no heading or one that comes again. Else -1."""
    named = heading[column] if column < len(heading) else ""
    only_marks = None not in map(mark_of, _cells(rows, column))
    free = column not in others and (not named or heading.count(named) > 1)
    return column if free and only_marks else -1


def _runs(rows: Sequence[NumberedRow], side: int) -> list[list[str]]:
    """The months of each ward or the like: where a cell left of them changes, and months come again."""
    runs: list[list[str]] = []
    last: list[str] = []
    for row in rows:
        left = row.cells[:side]
        if not runs or (any(left) and left != last):
            runs.append([])
            last = left
        runs[-1] += row.cells[side : side + 1]
    whole: list[list[str]] = []
    for run in runs:
        if whole and not {*whole[-1]} & {*run}:
            whole[-1] += run
        else:
            whole.append(run)
    return whole


def _turns(months: Sequence[str]) -> bool:
    """Whether a year begins within them, read from their end where that is the first month.

    One year above or beside them is then a financial one.
    """
    begins = list(filter(None, dict.fromkeys(map(_begin, months))))
    falls = [one > other for one, other in pairwise(begins)]
    if all(falls):
        return begins[:2] == [12, 1]
    return any(falls) and (_begins_anew(begins) or _begins_anew(begins[::-1]))


def _begins_anew(begins: Sequence[int]) -> bool:
    """Whether January stands right behind December, or they are in the order of a year that begins later."""
    pairs = list(pairwise(begins))
    return (12, 1) in pairs or (sum(one > other for one, other in pairs) == 1 and begins[-1] < begins[0])


def _begin(month: str) -> int:
    """The number of a month, or of the first of a quarter; 0 for what is none."""
    span = span_of(f"{month} 2000")
    return span.start.month if span else 0


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
    if is_one is _is_month and not (OF_MONTHS.search(heading) or QUARTERS.search(heading) or _in_order(good)):
        return False  # names such as May, June and April
    return len({*good}) >= (1 if is_one is _is_year else FEWEST) and 3 * len(good) >= 2 * len(cells)


def _in_order(months: Sequence[str]) -> bool:
    """Whether they follow upon each other as in the calendar, forwards or backwards, with few left out."""
    begins = dict.fromkeys(map(_begin, months))
    steps = [(other - one) % 12 for one, other in pairwise(begins)]
    return all(one <= NEXT for one in steps) or all(one >= 12 - NEXT for one in steps)


def _is_year(text: str, _heading: str) -> bool:
    span = span_of(text)
    return span is not None and span.unit == "year"


def _is_month(text: str, heading: str) -> bool:
    """Whether it is a month, or below a heading that says so a quarter, without its year."""
    words = in_english(text.strip().casefold())
    return bool(MONTH.fullmatch(words) or (QUARTERS.search(heading) and OF_YEAR.fullmatch(words)))
