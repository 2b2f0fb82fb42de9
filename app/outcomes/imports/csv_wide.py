"""Other people's tables: one row a period with columns to choose, or periods as columns."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from app.outcomes.imports.rows import ColumnMapping, FileRow, of_cells
from app.outcomes.imports.tabular import NumberedRow, Table
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Frequency
from app.outcomes.spc.series import Unreadable

TEMPLATE = """organisation,part,January 2026,February 2026,March 2026
,numerator,112,118,121
,denominator,140,139,144
"""
KINDS: tuple[Frequency, ...] = ("day", "financial_year")  # one reads months and days, the other years
FEWEST = 2  # headings that are periods make a table a wide one


def is_wide(heading: Sequence[str]) -> bool:
    """Whether the periods stand side by side."""
    return any(len(_periods(heading, kind)) >= FEWEST for kind in KINDS)


def beside(heading: Sequence[str]) -> list[str]:
    """The headings that are no periods."""
    dated = {name for kind in KINDS for name, _ in _periods(heading, kind)}
    return [name for name in heading if name not in dated]


def rows(sheet: Table, asked: ColumnMapping) -> Iterator[FileRow]:
    """One row a period. Raises Unreadable where the mapping names a column that is not there."""
    places = _places(sheet.heading, asked)
    for line in sheet.lines:
        cells = line.cells
        if not _counts(cells, places, asked):
            continue
        first, second = of_cells(cells, places, asked.first), of_cells(cells, places, asked.second)
        breakdown = [(name, of_cells(cells, places, name)) for name in asked.breakdown]
        yield _row(
            asked,
            line.number,
            of_cells(cells, places, asked.place),
            of_cells(cells, places, asked.period),
            (first, second),
            tuple((name, word) for name, word in breakdown if word),
        )


def wide(sheet: Table, asked: ColumnMapping, frequency: Frequency) -> Iterator[FileRow]:
    """One row a cell. Two rows of the file make one where a ratio is asked for. Empty cells are no rows."""
    places = _places(sheet.heading, asked)
    columns = _periods(sheet.heading, frequency)
    if not columns:
        raise Unreadable("No heading of this file is a period in which the measure is counted.")
    if asked.second:
        yield from _paired(sheet, asked, places, columns)
        return
    for line in sheet.lines:
        if asked.part and of_cells(line.cells, places, asked.part).casefold() != asked.first.casefold():
            continue
        if _counts(line.cells, places, asked):
            for heading, column in columns:
                cell = line.cells[column] if column < len(line.cells) else ""
                if cell:
                    place, breakdown = _whose(line, places, asked)
                    yield _row(asked, line.number, place, heading, (cell, ""), breakdown)


def _paired(
    sheet: Table, asked: ColumnMapping, places: dict[str, int], columns: list[tuple[str, int]]
) -> Iterator[FileRow]:
    """Numerators wait for the row with their denominators, or the other way round."""
    waiting: dict[tuple[object, ...], NumberedRow] = {}
    asked = replace(asked, first=asked.first.casefold(), second=asked.second.casefold())
    for line in sheet.lines:
        word = of_cells(line.cells, places, asked.part).casefold()
        if word not in (asked.first, asked.second) or not _counts(line.cells, places, asked):
            continue
        place, breakdown = _whose(line, places, asked)
        other = waiting.pop((place, breakdown, asked.second if word == asked.first else asked.first), None)
        if other is None:
            if (place, breakdown, word) in waiting:
                raise Unreadable(
                    f"Row {line.number} has “{word[:60]}” of “{place[:60]}” for the second time."
                )
            waiting[place, breakdown, word] = line
            continue
        first, second = (line, other) if word == asked.first else (other, line)
        for heading, column in columns:
            pair = tuple(one.cells[column] if column < len(one.cells) else "" for one in (first, second))
            if any(pair):
                yield _row(asked, line.number, place, heading, (pair[0], pair[1]), breakdown)
    for (_, _, half), line in waiting.items():
        lacking = asked.second if half == asked.first else asked.first
        raise Unreadable(
            f"Row {line.number} says “{half}” in “{asked.part}”, but no row of the same says “{lacking}”."
        )


def _whose(
    line: NumberedRow, places: dict[str, int], asked: ColumnMapping
) -> tuple[str, tuple[tuple[str, str], ...]]:
    found = [(name, of_cells(line.cells, places, name)) for name in asked.breakdown]
    return of_cells(line.cells, places, asked.place), tuple((name, word) for name, word in found if word)


def _row(
    asked: ColumnMapping,
    number: int,
    place: str,
    period: str,
    numbers: tuple[str, str],
    breakdown: tuple[tuple[str, str], ...],
) -> FileRow:
    complement = asked.take in ("complement", "ratio_complement")
    first, second = numbers
    if asked.take in ("as_is", "fraction", "complement"):
        fraction = asked.take == "fraction"
        one = FileRow(number, asked.measure, place, period, value=first, breakdown=breakdown)
        return replace(one, complement=complement, fraction=fraction)
    return FileRow(
        number, asked.measure, place, period, first, second, breakdown=breakdown, complement=complement
    )


def _counts(cells: list[str], places: dict[str, int], asked: ColumnMapping) -> bool:
    return not asked.only_column or of_cells(cells, places, asked.only_column) == asked.only_value


def _places(heading: list[str], asked: ColumnMapping) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(heading):
        places.setdefault(name, place)
    columns = [asked.place, asked.only_column, *asked.breakdown]
    columns += [asked.part] if asked.layout == "wide" else [asked.period, asked.first, asked.second]
    for name in columns:
        if name and name not in places:
            raise Unreadable(f"There is no column “{name[:60]}” in this file.")
    return places


def _periods(heading: Sequence[str], frequency: Frequency) -> list[tuple[str, int]]:
    """The headings that are periods, each with its place."""
    found = []
    for place, name in enumerate(heading):
        try:
            periods.read(name, frequency)
        except Unreadable:
            continue
        found.append((name, place))
    return found
