"""What an import would do, row by row, before anything is done: add, change, nothing, or refuse and why."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from app.outcomes.imports.rows import FileRow
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Measure, Observed, Status
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue, counted, number
from app.outcomes.spc.series import Unreadable

Effect = Literal["added", "changed", "same"]
MOST_WORDS = 200  # letters of a place, a note or a category
MOST_PAIRS = 6


class Known(Struct, frozen=True):
    """Whom and what the rows may speak of. `measures` by code in small letters; `places` id by name.

    `closed` says of a measure why this person brings no numbers for it; `own` is their organisation.
    """

    measures: Mapping[str, Measure]
    closed: Mapping[str, str]
    places: Mapping[str, str]
    own: str
    called: str = ""  # what the file calls it


class LineKey(Struct, frozen=True):
    """Whose line of which measure: an organisation of the space or an area, and one breakdown."""

    measure: str
    organisation: str | None
    area: str
    breakdown: tuple[tuple[str, str], ...]


class ParsedRow(Struct, frozen=True):
    """A row that was understood."""

    number: int
    spot: LineKey
    area_name: str
    period: Period
    counted: PeriodValue
    low95: Decimal | None = None
    high95: Decimal | None = None


class RefusedRow(Struct, frozen=True, omit_defaults=True):
    """A row that is refused. `twice`: its period was there before, for the same line."""

    number: int
    why: str
    twice: bool = False


class PlannedRow(Struct, frozen=True):
    """What one row does: `before` is what counts until then."""

    wish: ParsedRow
    effect: Effect
    before: Observed | None


def understood(rows: Iterable[FileRow], known: Known) -> Iterator[ParsedRow | RefusedRow]:
    """Each row as a wish or a refusal. A period that comes twice is refused the second time."""
    return once(wish_of(row, known) for row in rows)


def once(found: Iterable[ParsedRow | RefusedRow]) -> Iterator[ParsedRow | RefusedRow]:
    """The same, where what comes for the second time is refused."""
    seen: dict[tuple[LineKey, date], int] = {}
    for one in found:
        if isinstance(one, RefusedRow):
            yield one
            continue
        first = seen.get((one.spot, one.period.start))
        if first is not None:
            why = f"{one.period.label} is there twice for the same line, first in row {first}."
            yield RefusedRow(one.number, why, twice=True)
            continue
        seen[one.spot, one.period.start] = one.number
        yield one


def steps(
    wishes: Iterable[ParsedRow], there: Mapping[tuple[LineKey, date], Observed]
) -> Iterator[PlannedRow]:
    """What each wish changes of what is there."""
    for wish in wishes:
        before = there.get((wish.spot, wish.period.start))
        yield PlannedRow(wish, "added" if before is None else _effect(wish, before), before)


def fingerprint(found: Iterable[PlannedRow]) -> str:
    """Two plans that do the same have the same."""
    digest = hashlib.sha256()
    for step in found:
        if step.effect != "same":
            one, kept = step.wish, step.wish.counted
            whose = (one.spot.measure, one.spot.organisation, one.spot.area, one.spot.breakdown)
            numbers = (kept.status, kept.value, kept.numerator, kept.denominator, kept.typed, kept.note)
            revision = step.before.revision if step.before else 0
            ends = (one.period.start.toordinal(), one.period.end.toordinal(), one.low95, one.high95, revision)
            digest.update(f"{whose}{numbers}{ends}".encode())
    return digest.hexdigest()


def wish_of(row: FileRow, known: Known) -> ParsedRow | RefusedRow:
    """A row as a wish, or refused."""
    try:
        return _wish(row, known)
    except Unreadable as why:
        return RefusedRow(row.number, str(why))


def _wish(row: FileRow, known: Known) -> ParsedRow:
    measure = _measure(row, known)
    definition = measure.definition
    organisation, area = _place(row, measure, known)
    period = _period(row, definition)
    breakdown = _breakdown(row)
    return ParsedRow(
        row.number,
        LineKey(measure.id, organisation, area, breakdown),
        row.place_name[:MOST_WORDS],
        period,
        _counted(row, definition),
        _limit(row.low95),
        _limit(row.high95),
    )


def _measure(row: FileRow, known: Known) -> Measure:
    code = row.measure.strip()
    measure = known.measures.get(code.casefold())
    if measure is None:
        none = f"There is no measure with the code “{code[:40]}” in this space."
        raise Unreadable(none if code else "It names no measure.")
    if measure.id in known.closed:
        raise Unreadable(known.closed[measure.id])
    return measure


def _place(row: FileRow, measure: Measure, known: Known) -> tuple[str | None, str]:
    """The organisation or area. Of the space's organisations one brings only the numbers of one's own."""
    words = " ".join(row.place.split())
    if not words or (known.called and words.casefold() == known.called.casefold()):
        return known.own, ""
    if len(words) > MOST_WORDS:
        raise Unreadable("The name of the organisation or area is too long.")
    organisation = known.places.get(words.casefold())
    if organisation is not None and organisation != known.own:
        raise Unreadable(f"{words} brings its own numbers; you can bring those of your organisation.")
    return organisation, "" if organisation else words


def _period(row: FileRow, definition: Definition) -> Period:
    if not row.period:
        raise Unreadable("It has no period.")
    if definition.pooled and definition.frequency in periods.YEARS:
        return periods.read_pooled(row.period)
    period = periods.read(row.period, definition.frequency)
    if not row.end:
        return period
    end = periods.day_of(row.end)
    if end is None:
        raise Unreadable(f"“{row.end[:40]}” is not a date. Write it like 2024-01-31.")
    if definition.frequency == "irregular":
        if end < period.start:
            raise Unreadable("The period ends before it begins.")
        return Period(period.start, end, f"{periods.long_date(period.start)} to {periods.long_date(end)}")
    if not period.start <= end <= period.end:
        ends, should = periods.long_date(end), periods.long_date(period.end)
        raise Unreadable(f"The period ends on {ends}, but {period.label} on {should}.")
    return period


def _counted(row: FileRow, definition: Definition) -> PeriodValue:
    of = definition.multiplier if definition.value_kind == "proportion" else 100
    n, d, v = (number(text, percent_of=of) for text in (row.numerator, row.denominator, row.value))
    note = row.note[:MOST_WORDS]
    if row.fraction and isinstance(v, Decimal) and not row.value.endswith("%"):
        if definition.value_kind != "proportion" or not 0 <= v <= 1:
            raise Unreadable("Only a share between 0 and 1 can be taken so.")
        v = v * definition.multiplier
    if row.complement:
        n, v = _left(n, d, v, definition)
    if row.as_given:
        return _given(n, d, v, note)
    found = counted(definition, n, d, v, note)
    return found._replace(status="provisional") if row.provisional and found.status == "final" else found


def _left(
    n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, definition: Definition
) -> tuple[Decimal | Status, Decimal | Status]:
    """What is left of the denominator, or of the whole: of those who waited too long, those who did not."""
    if definition.value_kind != "proportion":
        raise Unreadable("Only a proportion has a complement.")
    if isinstance(n, Decimal) and isinstance(d, Decimal):
        if n > d:
            raise Unreadable("The numerator is larger than the denominator.")
        n = d - n
    elif isinstance(n, Decimal):
        raise Unreadable("There is a numerator, but no denominator.")
    return n, definition.multiplier - v if isinstance(v, Decimal) else v


def _given(n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, note: str) -> PeriodValue:
    """A value as its publisher worked it out."""
    if not isinstance(v, Decimal):
        return PeriodValue("suppressed" if v == "suppressed" else "missing", note=note)
    counts = [one if isinstance(one, Decimal) else None for one in (n, d)]
    return PeriodValue("final", v, counts[0], counts[1], note=note)


def _breakdown(row: FileRow) -> tuple[tuple[str, str], ...]:
    found = tuple(sorted({(name.strip(), word.strip()) for name, word in row.breakdown if word.strip()}))
    if len(found) > MOST_PAIRS or any(len(name) + len(word) > MOST_WORDS for name, word in found):
        raise Unreadable("The breakdown is too long.")
    return found


def _limit(text: str) -> Decimal | None:
    found = number(text)
    return found if isinstance(found, Decimal) else None


def _effect(wish: ParsedRow, before: Observed) -> Effect:
    one = wish.counted
    new = (one.status, one.value, one.numerator, one.denominator, one.typed, one.note)
    old = (before.status, before.value, before.numerator, before.denominator, before.typed, before.note)
    around = (wish.low95, wish.high95, wish.period.end) == (before.low95, before.high95, before.end)
    return "same" if new == old and around else "changed"
