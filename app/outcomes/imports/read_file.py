"""From the bytes of a file to parsed rows. Pure."""

from collections.abc import Callable, Iterator
from itertools import islice

from msgspec import Struct

from app.outcomes.imports import fingertips, other_layouts, own_layout, unplaced
from app.outcomes.imports.aggregate import sum_rows
from app.outcomes.imports.columns import mark_column
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow, Repeats, refuse_repeats
from app.outcomes.imports.row_parser import parse_rows
from app.outcomes.imports.rows import ColumnMapping, FileRow, with_dates, with_plain_digits
from app.outcomes.imports.sharing import share_out
from app.outcomes.imports.sources import table as tables
from app.outcomes.imports.sources.table import Table
from app.outcomes.imports.taken_rows import EmptyCells, TakenRows
from app.outcomes.spc.series import Unreadable

EVERY = 2_000  # rows between two calls of `on_rows`
EXAMPLES = 3

RowCount = Callable[[int], None]  # called with how many rows are read so far


class ParsedFile(Struct, frozen=True):
    """The parsed and the refused rows, and how many there are of both.

    `left_out` counts rows that filters leave out. `texts` are some first rows as they were, to show how they
    were read. `shared` are rows of other organisations of the space, by their ids. `empty` are cells that are
    passed over where periods are headings, `filled` those that are read as the value above.
    """

    good: list[ParsedRow]
    bad: list[RefusedRow]
    rows: int
    left_out: int = 0
    texts: tuple[FileRow, ...] = ()
    shared: dict[str, list[FileRow]] = {}
    empty: EmptyCells = EmptyCells()
    filled: EmptyCells = EmptyCells()


def parse_file(content: bytes, mapping: ColumnMapping, known: Lookup, on_rows: RowCount) -> ParsedFile:
    """All rows of a file. Raises Unreadable for a faulty file, or one of which it is open whose it is."""
    good: list[ParsedRow] = []
    bad: list[RefusedRow] = []
    first: list[FileRow] = []
    taken = TakenRows(mapping, known)
    shared: dict[str, list[FileRow]] = {}
    repeats: Repeats = {}
    beside: unplaced.Beside = {}
    every = _counted(map(with_plain_digits, _rows(content, mapping, known, taken)), on_rows)
    read = _remembered(unplaced.watched(share_out.own_rows(every, known, shared), mapping, beside), first)
    for one in refuse_repeats(sum_rows(read, known)) if mapping.add_up else parse_rows(read, known, repeats):
        if isinstance(one, ParsedRow):
            good.append(one)
        else:
            bad.append(one)
    good, bad = unplaced.settled(good, bad, mapping, beside, repeats)
    if taken.question():
        _ask(content, mapping, known, good, bad)
    return ParsedFile(
        good, bad, len(good) + len(bad), taken.left_out, tuple(first), shared, taken.empty, taken.filled
    )


def _ask(
    content: bytes, mapping: ColumnMapping, known: Lookup, good: list[ParsedRow], bad: list[RefusedRow]
) -> None:
    """Raise UnclearPlaces where it is open whose the rows are that would be saved, without the others."""
    refused = {one.number for one in bad} - {one.number for one in good}
    taken = TakenRows(mapping, known, refused)
    for _ in _rows(content, mapping, known, taken):
        pass
    if question := taken.question():
        raise unplaced.UnclearPlaces(question, names_another=taken.names_another)


def _counted(rows: Iterator[FileRow], on_rows: RowCount) -> Iterator[FileRow]:
    for count, row in enumerate(rows, 1):
        if count % EVERY == 0:
            on_rows(count)
        yield row


def _remembered(rows: Iterator[FileRow], first: list[FileRow]) -> Iterator[FileRow]:
    first += islice(rows, EXAMPLES)
    yield from first
    yield from rows


def _rows(content: bytes, mapping: ColumnMapping, known: Lookup, taken: TakenRows) -> Iterator[FileRow]:
    if mapping.layout == "shared":
        return iter(share_out.rows_of(content))
    table = tables.read(content, mapping.table)
    if mapping.layout != "wide":
        taken.begin(table.heading, set())
        rows = _rows_of_table(table, mapping, taken)
        return map(with_dates, rows) if table.since_1904 else rows
    undated = other_layouts.undated(table.heading)
    taken.begin(table.heading, {*range(len(table.heading))} - {*undated})
    measure = known.measures.get(mapping.measure.casefold())
    if measure is None:
        raise Unreadable("Choose the measure that these numbers belong to.")
    unsure = mark_column.unsure(table.heading, undated)
    no_marks = mark_column.of_words(unsure, tables.read(content, mapping.table).rows if unsure else ())
    return other_layouts.wide_rows(table, mapping, measure.definition.frequency, taken, no_marks)


def _rows_of_table(table: Table, mapping: ColumnMapping, taken: TakenRows) -> Iterator[FileRow]:
    match mapping.layout:
        case "fingertips":
            return fingertips.rows(table, mapping)
        case "long":
            return own_layout.rows(table)
        case _:
            return other_layouts.rows(table, mapping, taken)
