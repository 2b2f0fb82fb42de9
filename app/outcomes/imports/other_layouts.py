"""Tables of other people: one row per period with columns to choose from, or one column per period."""

import re
from collections.abc import Collection, Iterator, Sequence

from app.outcomes.imports import unplaced
from app.outcomes.imports.columns.heading_words import is_calendar, is_fiscal
from app.outcomes.imports.columns.mark_column import is_of_marks
from app.outcomes.imports.rows import ColumnMapping, FileRow, cell_at, cells_at, folded
from app.outcomes.imports.sources.cell import in_plain_digits
from app.outcomes.imports.sources.table import Table
from app.outcomes.imports.sources.table_finder import NumberedRow
from app.outcomes.imports.taken_rows import TakenRows
from app.outcomes.measures import periods
from app.outcomes.measures.marks import period_and_mark
from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import PLAIN, PeriodStyle
from app.outcomes.spc.series import Unreadable

KINDS: tuple[Frequency, ...] = ("day", "month", "week", "quarter", "calendar_year", "financial_year")
STYLES = (PLAIN, PeriodStyle("mdy"))
QUARTERS = re.compile(r"(?i)quarter|qtr|^q$|trimest|quartal|kwartaal")
OF_TWO_YEARS = "financial year "
FEWEST = 2  # a table with so many headings that are periods has the wide layout


def is_wide(heading: Sequence[str]) -> bool:
    """Whether the periods are columns."""
    return any(len(dated(heading, kind, style)) >= FEWEST for kind in KINDS for style in STYLES)


def undated(heading: Sequence[str]) -> list[int]:
    """The indices of the headings that are not periods."""
    periodic = {index for kind in KINDS for style in STYLES for index, _ in dated(heading, kind, style)}
    return [index for index in range(len(heading)) if index not in periodic]


def dated(heading: Sequence[str], frequency: Frequency, style: PeriodStyle = PLAIN) -> list[tuple[int, str]]:
    """The headings that are periods of this frequency, each with its index."""
    found = []
    for index, name in enumerate(heading):
        try:
            periods.read(name, frequency, style)
        except Unreadable:
            continue
        found.append((index, name))
    return found


def rows(table: Table, mapping: ColumnMapping, taken: TakenRows) -> Iterator[FileRow]:
    """The rows of a table with one row per period. `taken` is told of each."""
    for row in _chosen(table, mapping, taken):
        cells = row.cells
        period = cell_at(cells, mapping.period_at)
        if mapping.month_at is not None:
            period = joined_period(
                period,
                cell_at(cells, mapping.month_at),
                cell_at(table.heading, mapping.period_at),
                cell_at(table.heading, mapping.month_at),
            )
        numbers = cells_at(cells, mapping.firsts), cells_at(cells, mapping.seconds)
        end, marks = cell_at(cells, mapping.end_at), (cell_at(cells, mapping.marks_at),)
        period = mapping.one_period or period
        if period and any((*numbers[0], *numbers[1], *marks)):
            taken.add(row, row.number)
        yield _row(mapping, table.heading, row, period, numbers, end, marks)


def joined_period(year: str, month: str, of_year: str, of_month: str) -> str:
    """The period that two cells say together: 2023 and Apr, 2023/24 and April, 2023 and 4, 2022/23 and Q1.

    `of_year` and `of_month` are their headings. One year alone of a financial one is not known: it may begin
    or end in it, unless a calendar year is headed so. 4 is April, but among quarters the last of a year.
    """
    if not year or not month:
        return ""
    year, month = in_plain_digits(year), in_plain_digits(month)
    sure = is_calendar(of_year) and not month.isdigit()
    if year.isdigit() and not sure and (is_fiscal(of_year) or is_fiscal(of_month)):
        return f"{OF_TWO_YEARS}{year}, {month}"
    if not month.isdigit():
        return f"{year} {month}"
    if QUARTERS.search(of_month):
        return f"{year} Q{month}"
    return f"{year}M{month}" if year.isdigit() else f"{year} {month}"


def wide_rows(
    table: Table,
    mapping: ColumnMapping,
    frequency: Frequency,
    taken: TakenRows,
    no_marks: Collection[int] = (),
) -> Iterator[FileRow]:
    """One row per cell with a number, of a table with one column per period.

    For a ratio two rows of the table make one: numerators and denominators. Columns in `no_marks` have none,
    whatever their headings say. Raises Unreadable.
    """
    columns = dated(table.heading, frequency, mapping.style)
    if not columns:
        raise Unreadable("No heading of this file is a period in which the measure is counted.")
    _refuse_other_parts(table.heading, frequency, mapping.style)
    chosen = _chosen(table, mapping, taken)
    if mapping.second_word:
        yield from _paired(table.heading, chosen, mapping, columns, taken, no_marks)
        return
    for row in chosen:
        if mapping.part_at is not None and folded(cell_at(row.cells, mapping.part_at)) != folded(
            mapping.first_word
        ):
            taken.left_out += 1
            continue
        if any(cells_at(row.cells, [index for index, _ in columns])):
            taken.add(row, row.number)
        for index, period in columns:
            cell, mark = cell_at(row.cells, index), _mark(table.heading, row.cells, index, no_marks)
            if cell or mark:
                yield _row(mapping, table.heading, row, period, ((cell,), ()), marks=(mark,))
            else:
                taken.empty = taken.empty.and_one(row.number, period)


def _refuse_other_parts(heading: Sequence[str], frequency: Frequency, style: PeriodStyle) -> None:
    """Raise Unreadable for headings that are another part of a period than is said of all of them."""
    for index, _ in dated(heading, frequency, style._replace(role="any")):
        periods.read(heading[index], frequency, style)


def _paired(
    heading: Sequence[str],
    rows: Iterator[NumberedRow],
    mapping: ColumnMapping,
    columns: list[tuple[int, str]],
    taken: TakenRows,
    no_marks: Collection[int],
) -> Iterator[FileRow]:
    """Pairs each row of numerators with the row of its denominators, whichever comes first."""
    waiting: dict[tuple[object, ...], NumberedRow] = {}
    halves = (folded(mapping.first_word), folded(mapping.second_word))
    for row in rows:
        word = folded(cell_at(row.cells, mapping.part_at))
        if word not in halves:
            taken.left_out += 1
            continue
        whose = (cell_at(row.cells, mapping.place_at), _breakdown(mapping, heading, row.cells))
        other = waiting.pop((*whose, halves[1] if word == halves[0] else halves[0]), None)
        if other is None:
            if (*whose, word) in waiting:
                if unplaced.is_open(mapping):
                    raise unplaced.unclear(mapping, waiting[*whose, word].number, row.number)
                raise Unreadable(
                    f"Row {row.number} has “{word[:60]}” of “{whose[0][:60]}” for the second time."
                )
            waiting[*whose, word] = row
            continue
        first, second = (row, other) if word == halves[0] else (other, row)
        for one in (first, second):
            if any(cells_at(one.cells, [index for index, _ in columns])):
                taken.add(one, row.number)
        for index, period in columns:
            pair = (cell_at(first.cells, index), cell_at(second.cells, index))
            marks = tuple(_mark(heading, one.cells, index, no_marks) for one in (first, second))
            if any(pair) or any(marks):
                yield _row(mapping, heading, row, period, ((pair[0],), (pair[1],)), marks=marks)
            else:
                taken.empty = taken.empty.and_one(row.number, period)
    _refuse_alone(waiting, mapping, heading)


def _refuse_alone(
    waiting: dict[tuple[object, ...], NumberedRow], mapping: ColumnMapping, heading: Sequence[str]
) -> None:
    for (*_, half), row in waiting.items():
        is_first = half == folded(mapping.first_word)
        lacking = mapping.second_word if is_first else mapping.first_word
        name = heading[mapping.part_at] if mapping.part_at is not None else ""
        raise Unreadable(
            f"Row {row.number} says “{half}” in “{name}”, but no row of the same says “{lacking}”."
        )


def _chosen(table: Table, mapping: ColumnMapping, taken: TakenRows) -> Iterator[NumberedRow]:
    """The rows that the filters leave, with empty cells filled down where they mean the value above."""
    filters = [(one.column, frozenset(map(folded, one.words))) for one in mapping.only_rows]
    last = dict.fromkeys(mapping.fill_down, "")
    if not filters and not last:
        yield from table.rows
        return
    for row in table.rows:
        for column in last:
            if not cell_at(row.cells, column) and last[column]:
                row.cells.extend([""] * (column + 1 - len(row.cells)))
                row.cells[column] = last[column]
                taken.filled = taken.filled.and_one(row.number, last[column])
            last[column] = cell_at(row.cells, column)
        if all(folded(cell_at(row.cells, column)) in words for column, words in filters):
            yield row
        else:
            taken.left_out += 1


def _row(
    mapping: ColumnMapping,
    heading: Sequence[str],
    row: NumberedRow,
    period: str,
    numbers: tuple[tuple[str, ...], tuple[str, ...]],
    end: str = "",
    marks: tuple[str, ...] = (),
) -> FileRow:
    period, of_period = period_and_mark(in_plain_digits(period))
    place = str(cell_at(row.cells, mapping.place_at))
    divided = mapping.take in ("ratio", "ratio_complement")
    return FileRow(
        row.number,
        mapping.measure,
        place,
        period,
        numbers[0] if divided else (),
        numbers[1] if divided else (),
        () if divided else numbers[0],
        end,
        breakdown=_breakdown(mapping, heading, row.cells),
        complement=mapping.take in ("complement", "ratio_complement"),
        fraction=mapping.take == "fraction",
        nameless=not place and mapping.place_at is not None and mapping.blank != "own",
        marks=tuple(str(one) for one in (*marks, of_period) if one),
    )


def _mark(heading: Sequence[str], cells: list[str], index: int, no_marks: Collection[int]) -> str:
    """What stands right of a number, below no heading, as in files of Eurostat, or below one of marks."""
    beside = index + 1
    named = heading[beside] if beside < len(heading) else ""
    return cell_at(cells, beside) if is_of_marks(named) and beside not in no_marks else ""


def _breakdown(
    mapping: ColumnMapping, heading: Sequence[str], cells: list[str]
) -> tuple[tuple[str, str], ...]:
    if not mapping.breakdown_at:
        return ()
    pairs = [
        (heading[index] if index < len(heading) else "", cell_at(cells, index))
        for index in mapping.breakdown_at
    ]
    return tuple((name, str(word)) for name, word in pairs if word)
