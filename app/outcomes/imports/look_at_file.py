"""Looks at a file once from beginning to end: its layout, where its table is, what its columns hold. Pure."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from typing import Any

from msgspec.structs import replace

from app.outcomes.imports import fingertips, other_layouts, own_layout
from app.outcomes.imports.columns.column_look import ColumnLook, ColumnReader
from app.outcomes.imports.columns.number_column import decimal_sign
from app.outcomes.imports.columns.period_column import PeriodColumn, PeriodLook
from app.outcomes.imports.read_file import RowCount
from app.outcomes.imports.rows import FileLook, Layout, cell_under
from app.outcomes.imports.sources import encodings, table_finder
from app.outcomes.imports.sources import table as tables
from app.outcomes.imports.sources.table import Table, TablePlace
from app.outcomes.imports.sources.table_finder import NumberedRow
from app.outcomes.spc.series import Unreadable

NO_ROWS = "No row below the headings has a number. Say where the table is, or bring another file."
SAMPLE = 5  # rows shown on the page of the mapping
MOST_INDICATORS = 100
AT_ONCE = 2_000  # rows
LAST = 50  # rows at the end that may be notes
MOST_SPREAD = 1_000  # numbers in merged cells that are remembered
SHOWN = 6  # of the rows after the end


class _Indicators:
    """The indicators of a Fingertips file, with the sexes and ages of each."""

    def __init__(self, heading: list[str]) -> None:
        self._places = fingertips.columns(heading)
        self.names: dict[str, str] = {}
        self._headlines: dict[str, Counter[str]] = {}

    def add(self, cells: list[str]) -> None:
        id = cell_under(cells, self._places, "indicator id")
        if id not in self.names and len(self.names) >= MOST_INDICATORS:
            return
        self.names.setdefault(id, cell_under(cells, self._places, "indicator name"))
        if not cell_under(cells, self._places, "category type"):
            self._headlines.setdefault(id, Counter())[fingertips.headline(cells, self._places)] += 1

    def headlines(self) -> dict[str, tuple[str, ...]]:
        return {id: tuple(one for one, _ in found.most_common(20)) for id, found in self._headlines.items()}


def look(content: bytes, on_rows: RowCount, place: TablePlace | None = None) -> FileLook:
    """What a file contains. Raises Unreadable with a sentence where no table can be found in it.

    `place` is where somebody says the table is.
    """
    table = tables.read(content, place)
    layout = _layout(table.heading)
    found = _Indicators(table.heading) if layout == "fingertips" else None
    readers: list[ColumnReader] = []
    sample: list[tuple[str, ...]] = []
    last: deque[NumberedRow] = deque(maxlen=LAST)
    count, problem = 0, ""
    try:
        for some in _batches(_held_back(table.rows, last)):
            count += _add(some, table, readers, sample, found)
            on_rows(count)
    except Unreadable as why:
        problem = str(why)
    end = table.place.end or table_finder.end(last, len(table.heading), totals=layout != "long")
    count += _add([row for row in last if row.number <= end], table, readers, sample, found)
    columns = _seen([reader.look() for reader in readers])
    below = [row for row in last if row.number > end]
    return FileLook(
        layout,
        columns,
        tuple(sample),
        count,
        replace(table.place, end=end if below or table.place.end else 0),
        tuple(map(_as_texts, table.above)),
        tuple(map(_as_texts, below[:SHOWN])),
        tuple(table.sheets),
        _across(table.heading) if layout == "wide" else PeriodLook(),
        decimal_sign(column.numbers for column in columns),
        problem=problem or ("" if count else NO_ROWS),
        indicators=found.names if found else {},
        headlines=found.headlines() if found else {},
        **_told(table),
        encodings={} if table.sheets else encodings.fitting(content),
    )


def _told(table: Table) -> dict[str, Any]:
    """What is known of a table once all its rows are read."""
    return {
        "filled": len(set(table.filled)),
        "cleaned": len(table.cleaned),
        "cleaned_first": next(iter(table.cleaned), 0),
        "broken": len(table.broken),
        "broken_first": next(iter(table.broken), 0),
        "lacks_results": table.lacks_results,
        "spread": tuple(table.spread[:MOST_SPREAD]),
    }


def _seen(columns: list[ColumnLook]) -> tuple[ColumnLook, ...]:
    """The columns without the last ones that have neither a heading nor a value."""
    while columns and columns[-1].kind == "empty" and not columns[-1].heading:
        columns.pop()
    return tuple(columns)


def _layout(heading: list[str]) -> Layout:
    if fingertips.is_fingertips(heading):
        return "fingertips"
    if own_layout.is_long(heading):
        return "long"
    return "wide" if other_layouts.is_wide(heading) else "rows"


def _held_back(rows: Iterator[NumberedRow], last: deque[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows but for the last ones, which stay in `last` until it is known where the table ends."""
    for row in rows:
        if len(last) == LAST:
            yield last[0]
        last.append(row)


def _batches(rows: Iterator[NumberedRow]) -> Iterator[list[NumberedRow]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _add(
    rows: Sequence[NumberedRow],
    table: Table,
    readers: list[ColumnReader],
    sample: list[tuple[str, ...]],
    found: _Indicators | None,
) -> int:
    """Take rows into account; returns how many."""
    if not rows:
        return 0
    sample += [_as_texts(row)[1] for row in rows[: SAMPLE - len(sample)]]
    if found:
        for row in rows:
            found.add(row.cells)
    numbers = [row.number for row in rows]
    # the first entry is as long as the headings, so that there is a list for every column
    by_column = zip_longest(table.heading, *(row.cells for row in rows), fillvalue="")
    for index, (heading, *cells) in enumerate(by_column):
        if index == len(readers):
            readers.append(ColumnReader(index, heading, since_1904=table.since_1904))
        readers[index].add(numbers, cells)
    return len(rows)


def _as_texts(row: NumberedRow) -> tuple[int, tuple[str, ...]]:
    """A row as it can be stored: numbers of a spreadsheet as texts like all others."""
    return row.number, tuple(map(str, row.cells))


def _across(heading: Sequence[str]) -> PeriodLook:
    """How the periods are written in the headings themselves."""
    across = PeriodColumn("")
    chosen = set(range(len(heading))) - set(other_layouts.undated(heading))
    for index in sorted(chosen):
        across.add(heading[index])
    return across.look()
