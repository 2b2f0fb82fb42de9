"""Adds up several rows of one series and period, such as departments of one hospital. Pure.

Numerators are added to numerators and denominators to denominators, counts to counts; nothing else adds up.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow
from app.outcomes.imports.row_parser import parse_row
from app.outcomes.imports.rows import FileRow
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.values import PeriodValue, is_divided, period_value
from app.outcomes.spc.series import Unreadable

ALONE = "Only counts, and numerators with their denominators, can be added up."
PART = "Row {number}, a part of the same sum, has no number."


def sum_rows(rows: Iterable[FileRow], known: Lookup) -> Iterator[ParsedRow | RefusedRow]:
    """One row for all rows of the same series and period. If one of them is refused, all of them are."""
    by_id = {one.id: one.definition for one in known.measures.values()}
    for parts in _grouped((row, parse_row(row, known)) for row in rows):
        wrong = next((one for one in parts if isinstance(one, RefusedRow)), None)
        good = [one for one in parts if isinstance(one, ParsedRow)]
        if wrong:
            yield from (_refused_with(one, wrong) for one in parts)
        elif len(good) == 1:
            yield good[0]
        else:
            yield from _sum(good, by_id[good[0].series.measure])


def _grouped(read: Iterable[tuple[FileRow, ParsedRow | RefusedRow]]) -> list[list[ParsedRow | RefusedRow]]:
    """The rows of each sum together. A row that cannot be parsed is grouped by its texts."""
    pairs = [((row.measure, row.place.casefold(), row.period, row.breakdown), one) for row, one in read]
    keys = {texts: (one.series, one.period.start) for texts, one in pairs if isinstance(one, ParsedRow)}
    parts: dict[object, list[ParsedRow | RefusedRow]] = {}
    for texts, one in pairs:
        parts.setdefault(keys.get(texts, texts), []).append(one)
    return list(parts.values())


def _refused_with(one: ParsedRow | RefusedRow, wrong: RefusedRow) -> RefusedRow:
    return (
        one
        if isinstance(one, RefusedRow)
        else RefusedRow(one.number, f"Row {wrong.number} of the same sum: {wrong.why}")
    )


def _sum(rows: list[ParsedRow], definition: Definition) -> Iterator[ParsedRow | RefusedRow]:
    try:
        total = _summed(rows, definition)
    except Unreadable as why:
        yield from (RefusedRow(one.number, str(why)) for one in rows)
        return
    yield replace(rows[0], numbers=total, low95=None, high95=None)


def _summed(rows: list[ParsedRow], definition: Definition) -> PeriodValue:
    if all(one.numbers.status == "missing" and one.numbers.denominator is None for one in rows):
        return PeriodValue("missing")
    if is_divided(definition):
        n, d = _add(rows, "numerator"), _add(rows, "denominator")
        return period_value(definition, n, d, "missing")
    if definition.value_kind != "count":
        raise Unreadable(ALONE)
    return period_value(definition, "missing", "missing", _add(rows, "value"))


def _add(rows: list[ParsedRow], name: str) -> Decimal:
    numbers = [getattr(one.numbers, name) for one in rows]
    if None in numbers:
        lacking = rows[numbers.index(None)]
        alone = lacking.numbers.value is not None
        raise Unreadable(ALONE if alone else PART.format(number=lacking.number))
    return sum(numbers, Decimal(0))
