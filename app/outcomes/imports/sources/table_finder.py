"""Finds the rows of headings below titles, joins them, and finds where a table ends. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.outcomes.imports.sources.cell import kind_of
from app.outcomes.measures.marks import IN_PLACE, Mark, mark_of, period_and_mark
from app.outcomes.measures.period_text import span_of

FIRST_ROWS = 60  # among which the headings are looked for
BELOW = 10  # rows below a heading that say what its columns hold
ALIKE = 0.6  # of the cells below a heading that are of the kind of their column
MOST_HEADINGS = 3  # rows
LETTERS_OF_MARKS = 4  # NULL is the longest that is no word
TOTALS = frozenset({"total", "totals", "grand total", "sum", "overall"})
BELOW_PERIODS = frozenset(  # that may be what rows count where no periods stand above them
    {"average", "averages", "mean", "median", "summe", "gesamt", "insgesamt", "totaal"}
)


class NumberedRow(NamedTuple):
    """A row with its number in the file, as a spreadsheet counts from 1."""

    number: int
    cells: list[str]


class MergedCells(NamedTuple):
    """One cell over several rows and columns, all counted from 1."""

    top: int
    bottom: int
    left: int
    right: int


def headings(rows: Sequence[NumberedRow], merged: Collection[MergedCells] = ()) -> tuple[int, int]:
    """The numbers of the first and the last row of headings, among the first rows that are not empty.

    Where there are none, so that the first row is one of the data, 0 and the number of the row before it.
    """
    last = next((place for place in range(len(rows) - 1) if _is_heading(rows, place)), None)
    if last is None:
        last = next((place for place, row in enumerate(rows) if _count(row) > 1), 0)
        if _is_like_those_below(rows, last):
            return 0, rows[last].number - 1
    first = last
    while first and last - first < MOST_HEADINGS - 1 and _belongs(rows[first - 1], rows[first], merged):
        first -= 1
    return rows[first].number, rows[last].number


def joined(rows: Sequence[NumberedRow], merged: Collection[MergedCells] = ()) -> list[str]:
    """One heading a column from one or several rows, such as Attendances Type 1."""
    width = max((len(row.cells) for row in rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(rows):
        cells = row.cells + [""] * (width - len(row.cells))
        if place < len(rows) - 1:
            cells = _over_columns(row.number, cells, rows[place + 1], merged)
        for column, cell in enumerate(cells):
            words = " ".join(cell.split())
            if words and words not in parts[column]:
                parts[column].append(words)
    names = [" ".join(words) for words in parts]
    while names and not names[-1]:
        names.pop()
    return names


def end(last_rows: Sequence[NumberedRow], width: int, *, totals: bool = True) -> int:
    """The number of the last row of the table: notes and totals below it do not belong. 0 for none.

    Without `totals`, as in our own layout, whose rows begin with the code of a measure, no row is one; nor is
    any where all rows would be.
    """
    for row in reversed(last_rows):
        filled = [cell for cell in row.cells if cell]
        enough = len(filled) >= min(2, width)
        if not enough or (totals and _is_total(row, last_rows)) or _explains(filled):
            continue
        if width < 2 or any(kind_of(cell) != "text" for cell in filled):
            return row.number
    return end(last_rows, width, totals=False) if totals else 0


def _is_total(row: NumberedRow, rows: Sequence[NumberedRow]) -> bool:
    """Whether a row sums up others by its first word: a mean or the like only in a column of periods."""
    column = next(place for place, cell in enumerate(row.cells) if cell)
    word = row.cells[column].casefold().strip(":")
    if word not in BELOW_PERIODS:
        return word in TOTALS
    above = [one.cells[column] for one in rows if one.number < row.number and column < len(one.cells)]
    kinds = Counter(
        kind_of(cell) for cell in above if cell.casefold().strip(":") not in TOTALS | BELOW_PERIODS
    )
    return kinds["period"] + kinds["year"] > kinds["text"] + kinds["number"]


def _explains(filled: Sequence[str]) -> bool:
    """Whether a row below the table says what a mark means, such as c and confidential.

    It is no row of the place E or C, in which marks stand for all numbers.
    """
    mark, *words = filled
    if not words or mark_of(mark) is None:
        return False
    if len(words) == 1 and len(words[0]) > LETTERS_OF_MARKS:
        explains = kind_of(words[0]) == "text" and words[0][0].isalpha()  # as in fewer than 5
        return explains or bool(_meanings(mark) & _meanings(words[0]))
    return all(kind_of(cell) == "text" and mark_of(cell) is None for cell in words)


def _meanings(cell: str) -> set[Mark | None]:
    """What a mark or its name says, beside a number or in place of one."""
    standing = IN_PLACE.get(cell.casefold())
    return {mark_of(cell), Mark(standing) if standing else None} - {None}


def _is_heading(rows: Sequence[NumberedRow], place: int) -> bool:
    row = rows[place]
    below = rows[place + 1 : place + 1 + BELOW]
    kinds = Counter(kind_of(cell) for cell in row.cells)
    if kinds["number"] or not (kinds["text"] or kinds["period"] + kinds["year"] > 1):
        return False
    widths = sorted(_count(one) for one in below)
    usual = widths[len(widths) // 2]
    # names of rows have no heading, as R writes them
    names_of_rows = _count(row) == 1 and not row.cells[0] and usual == _count(below[0]) == 2
    if (_count(row) < min(2, usual) and not names_of_rows) or 2 * _count(row) < usual:
        return False
    # a line with one cell right below headings names what follows, such as a group of wards
    begin = next((one for one in below if _count(one) > 1), below[0])
    if 2 * _count(row) <= _count(begin) and _has_periods_only(begin):
        return False
    return not _goes_on(row, below) and _is_data(begin, below)


def _is_like_those_below(rows: Sequence[NumberedRow], place: int) -> bool:
    """Whether each cell of a row is of the kind of those below it, and not all of them are words.

    Several numbers that may be periods, such as 202401, are none of data but beside a period; nor are codes
    of columns right of an empty corner.
    """
    below = rows[place + 1 : place + 1 + BELOW]
    kinds = [(column, _coarse(cell)) for column, cell in enumerate(rows[place].cells) if cell]
    usual = _usual_kinds(below)
    left = min(usual, default=0)
    corner = left not in dict(kinds) and all(any(one.cells[left : left + 1]) for one in below)
    if not below or all(kind == ("number" if corner else "text") for _, kind in kinds):
        return False
    plain = [period_and_mark(cell)[0] for cell in rows[place].cells if kind_of(cell) in ("number", "year")]
    if ("period" not in [kind for _, kind in kinds]) and len([one for one in plain if span_of(one)]) > 1:
        return False
    return all(usual.get(column, kind) == kind for column, kind in kinds)


def _usual_kinds(rows: Sequence[NumberedRow]) -> dict[int, str]:
    """What most cells of each column are that are not empty."""
    columns: dict[int, Counter[str]] = {}
    for row in rows:
        for column, cell in enumerate(row.cells):
            if cell:
                columns.setdefault(column, Counter())[_coarse(cell)] += 1
    return {column: kinds.most_common(1)[0][0] for column, kinds in columns.items()}


def _goes_on(row: NumberedRow, below: Sequence[NumberedRow]) -> bool:
    """Whether a row is itself one of the data: its period stands above periods, and no heading does."""
    for column, cell in enumerate(row.cells):
        if kind_of(cell) == "period":
            under = Counter(kind_of(one.cells[column]) for one in below if column < len(one.cells))
            if 2 * under["period"] > under.total() - under["empty"]:
                return True
    return False


def _has_periods_only(row: NumberedRow) -> bool:
    """Whether a row looks like headings, of which several are periods."""
    kinds = Counter(kind_of(cell) for cell in row.cells)
    return kinds["period"] + kinds["year"] > 1 and not kinds["number"]


def _is_data(begin: NumberedRow, below: Sequence[NumberedRow]) -> bool:
    """Whether the row where data would begin has numbers or periods, and is like the rows after it.

    A word may stand in the place of a number, such as "12 cases": else that row would be taken for headings.
    """
    first = [(column, _coarse(cell)) for column, cell in enumerate(begin.cells) if cell]
    if all(kind == "text" for _, kind in first):
        return False
    usual = _usual_kinds(below)
    alike = [kind for column, kind in first if usual[column] == kind]
    if len(alike) >= ALIKE * len(first):
        return True
    words = [column for column, kind in first if kind == "text" and usual[column] == "number"]
    return any(kind != "text" for kind in alike) and len(alike) + len(words) == len(first)


def _coarse(cell: str) -> str:
    kind = kind_of(cell)
    return "number" if kind == "year" else kind


def _belongs(above: NumberedRow, below: NumberedRow, merged: Collection[MergedCells]) -> bool:
    """Whether a row right above headings is a part of them, and no title."""
    filled = [column for column, cell in enumerate(above.cells) if cell]
    if above.number != below.number - 1 or not filled:
        return False
    if any(kind_of(above.cells[column]) == "number" for column in filled):
        return False
    if filled == [0]:
        return False
    if not above.cells[0] or any(one.top == above.number for one in merged):
        return True
    return _is_incomplete(below, filled)


def _is_incomplete(row: NumberedRow, columns: Collection[int] | None = None) -> bool:
    """Whether headings are missing or doubled, so that the row above, in these columns, tells them apart."""
    cells = [cell.casefold() for cell in row.cells]
    filled = sum(map(bool, cells))
    unclear = {at for at, cell in enumerate(cells) if (cells.count(cell) > 1 if cell else at < filled)}
    return bool(unclear if columns is None else unclear & set(columns))


def _over_columns(
    number: int, cells: list[str], below: NumberedRow, merged: Collection[MergedCells]
) -> list[str]:
    """The headings of a row with each that stands over several columns repeated over all of them."""
    wide = [one for one in merged if one.top <= number <= one.bottom and one.right > one.left]
    filled = list(cells)
    for one in wide:
        for column in range(one.left - 1, min(one.right, len(filled))):
            filled[column] = cells[one.left - 1]
    # a year above months is of all of them, as is a heading above doubled ones
    years = any(kind_of(cell) in ("year", "period") for cell in cells)
    if wide or not (years or _is_incomplete(below)):
        return filled
    under = below.cells + [""] * (len(filled) - len(below.cells))
    for column in range(1, len(filled)):
        if not filled[column] and under[column]:
            filled[column] = filled[column - 1]
    return filled


def _count(row: NumberedRow) -> int:
    return sum(map(bool, row.cells))
