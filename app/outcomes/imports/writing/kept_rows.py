"""The rows that the dry run parsed, packed to be kept beside the file: writing need not parse it again. Pure.

They are good for one mapping and lookup only: a measure, a name or the day may have changed since.
"""

import hashlib
import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec import DecodeError, Struct, json, msgpack
from msgspec.structs import replace

from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow, SeriesKey
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.measures.measure import Status
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue

FORMAT = 1  # raised when rows are packed otherwise; a newer version too writes what a person was shown
LEVEL = 1  # of compression: more takes longer than it is worth


class _Columns(Struct, frozen=True, array_like=True):
    """The rows column by column."""

    number: list[int]
    series_at: list[int]
    name_at: list[int]
    period_at: list[int]
    status: list[Status]
    value: list[Decimal | None]
    numerator: list[Decimal | None]
    denominator: list[Decimal | None]
    typed: list[Decimal | None]
    note: list[str]
    low95: list[Decimal | None]
    high95: list[Decimal | None]
    parts: list[int]
    doubled: list[bool]


class _Kept(Struct, frozen=True, array_like=True):
    """All that is packed. Series, names of areas and periods are here once, in the rows by their index."""

    mark: str
    series: list[SeriesKey]
    names: list[str]
    periods: list[Period]
    good: _Columns
    bad: list[RefusedRow]
    left_out: int


def packed(parsed: ParsedFile, mapping: ColumnMapping, known: Lookup) -> bytes | None:
    """The parsed rows; None where some are of other organisations, who get them as they stand in the file."""
    if parsed.shared:
        return None
    good = parsed.good
    series, series_at = _indexed(row.series for row in good)
    names, name_at = _indexed(row.area_name for row in good)
    periods, period_at = _indexed(row.period for row in good)
    values = [[row.numbers[place] for row in good] for place in range(len(PeriodValue._fields))]
    columns: list[Any] = [
        *([row.number for row in good], series_at, name_at, period_at, *values),
        *([row.low95 for row in good], [row.high95 for row in good]),
        *([row.parts for row in good], [row.doubled for row in good]),
    ]
    kept = _Kept(
        mark(mapping, known), series, names, periods, _Columns(*columns), parsed.bad, parsed.left_out
    )
    return zlib.compress(msgpack.encode(kept), LEVEL)


def unpacked(content: bytes | None, mapping: ColumnMapping, known: Lookup) -> ParsedFile | None:
    """The same rows, but for what only the dry run shows. None where the file must be parsed again."""
    if content is None:
        return None
    try:
        kept = msgpack.decode(zlib.decompress(content), type=_Kept)
    except (DecodeError, zlib.error):  # as another version packed it
        return None
    if kept.mark != mark(mapping, known):
        return None
    good = list(_rows(kept, kept.good))
    return ParsedFile(good, kept.bad, len(good) + len(kept.bad), kept.left_out)


def mark(mapping: ColumnMapping, known: Lookup) -> str:
    """A hash of all that the same file is parsed by."""
    parsed_by = (FORMAT, replace(mapping, leave_out=False), known)
    return hashlib.sha256(json.encode(parsed_by, order="sorted")).hexdigest()


def _rows(kept: _Kept, good: _Columns) -> Iterable[ParsedRow]:
    values = (good.status, good.value, good.numerator, good.denominator, good.typed, good.note)
    return map(
        ParsedRow,
        good.number,
        map(kept.series.__getitem__, good.series_at),
        map(kept.names.__getitem__, good.name_at),
        map(kept.periods.__getitem__, good.period_at),
        map(PeriodValue, *values),
        good.low95,
        good.high95,
        good.parts,
        good.doubled,
    )


def _indexed(items: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """Each different item once, in order of appearance, and for each item the index of it."""
    places: dict[Any, int] = {}
    at = [places.setdefault(item, len(places)) for item in items]
    return list(places), at
