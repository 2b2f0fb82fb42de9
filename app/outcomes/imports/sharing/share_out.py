"""Sets the rows of other organisations apart, and keeps them as written until each confirms its own. Pure."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from app.outcomes.imports.plan import Lookup, RefusedRow, Repeats
from app.outcomes.imports.row_parser import parse_rows
from app.outcomes.imports.rows import ColumnMapping, FileRow, folded
from app.outcomes.imports.sources.cell import Typed


class SharedRows(Struct, frozen=True, omit_defaults=True):
    """How many rows of a file are those of another organisation, and how many of them cannot be read."""

    organisation: str
    rows: int
    unreadable: int = 0


def own_rows(rows: Iterable[FileRow], known: Lookup, shared: dict[str, list[FileRow]]) -> Iterator[FileRow]:
    """The rows of the one who imports and of areas; `shared` grows by those of other organisations."""
    whose: dict[str, str | None] = {"": None}  # by what a row says
    called = known.own_names
    for row in rows:
        if row.place not in whose:
            word = folded(row.place)
            other = None if word in called else known.places.get(word)
            whose[row.place] = None if other == known.own else other
        other = whose[row.place]
        if other is None:
            yield row
        else:
            shared.setdefault(other, []).append(row)


def unreadable(rows: Sequence[FileRow], known: Lookup) -> int:
    """How many rows of another organisation it could not import either."""
    theirs = replace(known, closed={})
    repeats: Repeats = {}
    found = parse_rows((replace(row, place="") for row in rows), theirs, repeats)
    return sum(isinstance(one, RefusedRow) for one in found) + len(repeats)  # with the first of each


def counted(
    shared: Mapping[str, Sequence[FileRow]], known: Lookup, names: Mapping[str, str]
) -> tuple[SharedRows, ...]:
    """What the file has for other organisations, by their names."""
    return tuple(
        SharedRows(names[id], len(rows), unreadable(rows, known))
        for id, rows in sorted(shared.items(), key=lambda one: names[one[0]].casefold())
    )


def packed(rows: Sequence[FileRow], decimal: str) -> bytes:
    """The rows of one organisation as a file for it, in which all are its own."""
    return zlib.compress(json.encode([_plain(row, decimal) for row in rows]), 1)


def rows_of(content: bytes) -> list[FileRow]:
    """The rows of such a file."""
    return json.decode(content, type=list[FileRow])


def mapping_for(mapping: ColumnMapping) -> ColumnMapping:
    """How to read such a file: what its columns meant is already in its rows."""
    return ColumnMapping("shared", add_up=mapping.add_up, style=mapping.style, decimal=mapping.decimal)


def _plain(row: FileRow, decimal: str) -> FileRow:
    """The row with texts only: a number that a spreadsheet stored gets the decimal sign of the file."""

    def said(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_text(one, decimal) for one in texts)

    return replace(
        row,
        place="",
        place_name="",
        period=str(row.period),
        end=str(row.end),
        numerator=said(row.numerator),
        denominator=said(row.denominator),
        value=said(row.value),
        low95=_text(row.low95, decimal),
        high95=_text(row.high95, decimal),
        note=str(row.note),
        breakdown=tuple((str(name), str(word)) for name, word in row.breakdown),
    )


def _text(one: str, decimal: str) -> str:
    return one.replace(".", decimal) if isinstance(one, Typed) else str(one)
