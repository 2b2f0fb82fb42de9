"""Several rows of one line and period, such as departments of one hospital, made one by adding them up. Pure.

Numerators are added to numerators and denominators to denominators, counts to counts; nothing else adds up.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.imports.plan import Known, ParsedRow, RefusedRow, wish_of
from app.outcomes.imports.rows import FileRow
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.values import PeriodValue, counted, is_divided
from app.outcomes.spc.series import Unreadable

ALONE = "Only counts, and numerators with their denominators, can be added up."
PART = "Row {number}, a part of the same sum, has no number."


def added_up(rows: Iterable[FileRow], known: Known) -> Iterator[ParsedRow | RefusedRow]:
    """One wish for all rows of the same line and period. A sum without one of its parts is refused whole."""
    by_id = {one.id: one.definition for one in known.measures.values()}
    for found in _together((row, wish_of(row, known)) for row in rows):
        wrong = next((one for one in found if isinstance(one, RefusedRow)), None)
        wishes = [one for one in found if isinstance(one, ParsedRow)]
        if wrong:
            yield from (_without(one, wrong) for one in found)
        elif len(wishes) == 1:
            yield wishes[0]
        else:
            yield from _sum(wishes, by_id[wishes[0].spot.measure])


def _together(read: Iterable[tuple[FileRow, ParsedRow | RefusedRow]]) -> list[list[ParsedRow | RefusedRow]]:
    """The parts of each sum. Of what cannot be read only the words tell where it belongs."""
    told = [((row.measure, row.place.casefold(), row.period, row.breakdown), one) for row, one in read]
    spots = {words: (one.spot, one.period.start) for words, one in told if isinstance(one, ParsedRow)}
    parts: dict[object, list[ParsedRow | RefusedRow]] = {}
    for words, one in told:
        parts.setdefault(spots.get(words, words), []).append(one)
    return list(parts.values())


def _without(one: ParsedRow | RefusedRow, wrong: RefusedRow) -> RefusedRow:
    return (
        one
        if isinstance(one, RefusedRow)
        else RefusedRow(one.number, f"Row {wrong.number} of the same sum: {wrong.why}")
    )


def _sum(wishes: list[ParsedRow], definition: Definition) -> Iterator[ParsedRow | RefusedRow]:
    try:
        whole = _counted(wishes, definition)
    except Unreadable as why:
        yield from (RefusedRow(one.number, str(why)) for one in wishes)
        return
    yield replace(wishes[0], counted=whole, low95=None, high95=None)


def _counted(wishes: list[ParsedRow], definition: Definition) -> PeriodValue:
    if all(one.counted.status == "missing" and one.counted.denominator is None for one in wishes):
        return PeriodValue("missing")
    if is_divided(definition):
        n, d = _of(wishes, "numerator"), _of(wishes, "denominator")
        return counted(definition, n, d, "missing")
    if definition.value_kind != "count":
        raise Unreadable(ALONE)
    return counted(definition, "missing", "missing", _of(wishes, "value"))


def _of(wishes: list[ParsedRow], name: str) -> Decimal:
    numbers = [getattr(one.counted, name) for one in wishes]
    if None in numbers:
        lacking = wishes[numbers.index(None)]
        alone = lacking.counted.value is not None
        raise Unreadable(ALONE if alone else PART.format(number=lacking.number))
    return sum(numbers, Decimal(0))
