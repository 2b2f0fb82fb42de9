"""Tables of other people: one row per period with columns to choose from, or one column per period."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from app.outcomes.imports.rows import ColumnMapping, FileRow, cell_under
from app.outcomes.imports.tabular import NumberedRow, Table
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Frequency
from app.outcomes.spc.series import Unreadable

TEMPLATE = """organisation,part,January 2026,February 2026,March 2026
,numerator,112,118,121
,denominator,140,139,144
"""
KINDS: tuple[Frequency, ...] = ("day", "financial_year")  # the first reads days and months, the other years
FEWEST = 2  # a table with so many headings that are periods has the wide layout


def is_wide(heading: Sequence[str]) -> bool:
    """Whether the periods are columns."""
    return any(len(_periods(heading, kind)) >= FEWEST for kind in KINDS)


def other_headings(heading: Sequence[str]) -> list[str]:
    """The headings that are not periods."""
    dated = {name for kind in KINDS for name, _ in _periods(heading, kind)}
    return [name for name in heading if name not in dated]


def rows(table: Table, mapping: ColumnMapping) -> Iterator[FileRow]:
    """The rows of a table with one row per period. Raises Unreadable where a mapped column is missing."""
    places = _places(table.heading, mapping)
    for row in table.rows:
        cells = row.cells
        if not _is_chosen(cells, places, mapping):
            continue
        first, second = cell_under(cells, places, mapping.first), cell_under(cells, places, mapping.second)
        breakdown = [(name, cell_under(cells, places, name)) for name in mapping.breakdown]
        yield _row(
            mapping,
            row.number,
            cell_under(cells, places, mapping.place),
            cell_under(cells, places, mapping.period),
            (first, second),
            tuple((name, word) for name, word in breakdown if word),
        )


def wide_rows(table: Table, mapping: ColumnMapping, frequency: Frequency) -> Iterator[FileRow]:
    """One row per cell with a number, of a table with one column per period.

    For a ratio two rows of the table make one: numerators and denominators. Raises Unreadable.
    """
    places = _places(table.heading, mapping)
    columns = _periods(table.heading, frequency)
    if not columns:
        raise Unreadable("No heading of this file is a period in which the measure is counted.")
    if mapping.second:
        yield from _paired(table, mapping, places, columns)
        return
    for row in table.rows:
        if (
            mapping.part
            and cell_under(row.cells, places, mapping.part).casefold() != mapping.first.casefold()
        ):
            continue
        if _is_chosen(row.cells, places, mapping):
            for heading, column in columns:
                cell = row.cells[column] if column < len(row.cells) else ""
                if cell:
                    place, breakdown = _place_and_breakdown(row, places, mapping)
                    yield _row(mapping, row.number, place, heading, (cell, ""), breakdown)


def _paired(
    table: Table, mapping: ColumnMapping, places: dict[str, int], columns: list[tuple[str, int]]
) -> Iterator[FileRow]:
    """Pairs each row of numerators with the row of its denominators, whichever comes first."""
    waiting: dict[tuple[object, ...], NumberedRow] = {}
    mapping = replace(mapping, first=mapping.first.casefold(), second=mapping.second.casefold())
    for row in table.rows:
        word = cell_under(row.cells, places, mapping.part).casefold()
        if word not in (mapping.first, mapping.second) or not _is_chosen(row.cells, places, mapping):
            continue
        place, breakdown = _place_and_breakdown(row, places, mapping)
        other = waiting.pop(
            (place, breakdown, mapping.second if word == mapping.first else mapping.first), None
        )
        if other is None:
            if (place, breakdown, word) in waiting:
                raise Unreadable(f"Row {row.number} has “{word[:60]}” of “{place[:60]}” for the second time.")
            waiting[place, breakdown, word] = row
            continue
        first, second = (row, other) if word == mapping.first else (other, row)
        for heading, column in columns:
            pair = tuple(one.cells[column] if column < len(one.cells) else "" for one in (first, second))
            if any(pair):
                yield _row(mapping, row.number, place, heading, (pair[0], pair[1]), breakdown)
    for (_, _, half), row in waiting.items():
        lacking = mapping.second if half == mapping.first else mapping.first
        raise Unreadable(
            f"Row {row.number} says “{half}” in “{mapping.part}”, but no row of the same says “{lacking}”."
        )


def _place_and_breakdown(
    row: NumberedRow, places: dict[str, int], mapping: ColumnMapping
) -> tuple[str, tuple[tuple[str, str], ...]]:
    pairs = [(name, cell_under(row.cells, places, name)) for name in mapping.breakdown]
    return cell_under(row.cells, places, mapping.place), tuple((name, word) for name, word in pairs if word)


def _row(
    mapping: ColumnMapping,
    number: int,
    place: str,
    period: str,
    numbers: tuple[str, str],
    breakdown: tuple[tuple[str, str], ...],
) -> FileRow:
    complement = mapping.take in ("complement", "ratio_complement")
    first, second = numbers
    if mapping.take in ("as_is", "fraction", "complement"):
        fraction = mapping.take == "fraction"
        one = FileRow(number, mapping.measure, place, period, value=first, breakdown=breakdown)
        return replace(one, complement=complement, fraction=fraction)
    return FileRow(
        number, mapping.measure, place, period, first, second, breakdown=breakdown, complement=complement
    )


def _is_chosen(cells: list[str], places: dict[str, int], mapping: ColumnMapping) -> bool:
    return not mapping.only_column or cell_under(cells, places, mapping.only_column) == mapping.only_value


def _places(heading: list[str], mapping: ColumnMapping) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(heading):
        places.setdefault(name, place)
    columns = [mapping.place, mapping.only_column, *mapping.breakdown]
    columns += [mapping.part] if mapping.layout == "wide" else [mapping.period, mapping.first, mapping.second]
    for name in columns:
        if name and name not in places:
            raise Unreadable(f"There is no column “{name[:60]}” in this file.")
    return places


def _periods(heading: Sequence[str], frequency: Frequency) -> list[tuple[str, int]]:
    """The headings that are periods, each with its index."""
    dated = []
    for place, name in enumerate(heading):
        try:
            periods.read(name, frequency)
        except Unreadable:
            continue
        dated.append((name, place))
    return dated
