"""What an import would do with each row: add, change, leave the same, or refuse with a reason. Pure."""

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
from app.outcomes.measures.values import PeriodValue, number, period_value
from app.outcomes.spc.series import Unreadable

Effect = Literal["added", "changed", "same"]
MOST_LETTERS = 200  # in a place, a note or a category
MOST_DIMENSIONS = 6  # of a breakdown


class Lookup(Struct, frozen=True):
    """What rows can name: measures by code in lower case, and organisations (id) by name (`places`).

    `closed` has the reason by measure why this person cannot import numbers for it. `own` is the id of their
    organisation, `called` its name in the file.
    """

    measures: Mapping[str, Measure]
    closed: Mapping[str, str]
    places: Mapping[str, str]
    own: str
    called: str = ""


class SeriesKey(Struct, frozen=True):
    """What identifies a series: the measure, an organisation of the space or an area, and one breakdown."""

    measure: str
    organisation: str | None
    area: str
    breakdown: tuple[tuple[str, str], ...]


class ParsedRow(Struct, frozen=True):
    """A row whose texts were understood."""

    number: int
    series: SeriesKey
    area_name: str
    period: Period
    numbers: PeriodValue
    low95: Decimal | None = None
    high95: Decimal | None = None


class RefusedRow(Struct, frozen=True, omit_defaults=True):
    """A row that is refused. `twice`: an earlier row has the same series and period."""

    number: int
    why: str
    twice: bool = False


class PlannedRow(Struct, frozen=True):
    """What one row does. `before` is the value that counts now, None for a new one."""

    row: ParsedRow
    effect: Effect
    before: Observed | None


def parse_rows(rows: Iterable[FileRow], known: Lookup) -> Iterator[ParsedRow | RefusedRow]:
    """Parse each row. A period that comes twice for a series is refused the second time."""
    return refuse_repeats(parse_row(row, known) for row in rows)


def refuse_repeats(rows: Iterable[ParsedRow | RefusedRow]) -> Iterator[ParsedRow | RefusedRow]:
    """The same rows, where a period that comes again for its series is refused."""
    seen: dict[tuple[SeriesKey, date], int] = {}
    for one in rows:
        if isinstance(one, RefusedRow):
            yield one
            continue
        first = seen.get((one.series, one.period.start))
        if first is not None:
            why = f"{one.period.label} appears twice for the same line, first in row {first}."
            yield RefusedRow(one.number, why, twice=True)
            continue
        seen[one.series, one.period.start] = one.number
        yield one


def plan_rows(
    rows: Iterable[ParsedRow], known: Mapping[tuple[SeriesKey, date], Observed]
) -> Iterator[PlannedRow]:
    """What each row changes of the known values."""
    for row in rows:
        before = known.get((row.series, row.period.start))
        yield PlannedRow(row, "added" if before is None else _effect(row, before), before)


def fingerprint(plan: Iterable[PlannedRow]) -> str:
    """A hash that is equal for plans that do the same."""
    digest = hashlib.sha256()
    for step in plan:
        if step.effect != "same":
            one, kept = step.row, step.row.numbers
            series = (one.series.measure, one.series.organisation, one.series.area, one.series.breakdown)
            numbers = (kept.status, kept.value, kept.numerator, kept.denominator, kept.typed, kept.note)
            revision = step.before.revision if step.before else 0
            ends = (one.period.start.toordinal(), one.period.end.toordinal(), one.low95, one.high95, revision)
            digest.update(f"{series}{numbers}{ends}".encode())
    return digest.hexdigest()


def parse_row(row: FileRow, known: Lookup) -> ParsedRow | RefusedRow:
    """One row, parsed or refused."""
    try:
        return _parsed(row, known)
    except Unreadable as why:
        return RefusedRow(row.number, str(why))


def _parsed(row: FileRow, known: Lookup) -> ParsedRow:
    measure = _measure(row, known)
    definition = measure.definition
    organisation, area = _place(row, measure, known)
    period = _period(row, definition)
    breakdown = _breakdown(row)
    return ParsedRow(
        row.number,
        SeriesKey(measure.id, organisation, area, breakdown),
        row.place_name[:MOST_LETTERS],
        period,
        _numbers(row, definition),
        _limit(row.low95),
        _limit(row.high95),
    )


def _measure(row: FileRow, known: Lookup) -> Measure:
    code = row.measure.strip()
    measure = known.measures.get(code.casefold())
    if measure is None:
        none = f"There is no measure with the code “{code[:40]}” in this space."
        raise Unreadable(none if code else "This row names no measure.")
    if measure.id in known.closed:
        raise Unreadable(known.closed[measure.id])
    return measure


def _place(row: FileRow, measure: Measure, known: Lookup) -> tuple[str | None, str]:
    """The organisation or area. People import numbers only for their own organisation and for areas."""
    words = " ".join(row.place.split())
    if not words or (known.called and words.casefold() == known.called.casefold()):
        return known.own, ""
    if len(words) > MOST_LETTERS:
        raise Unreadable("The name of the organisation or area is too long.")
    organisation = known.places.get(words.casefold())
    if organisation is not None and organisation != known.own:
        raise Unreadable(f"{words} imports its own numbers; you can import those of your organisation.")
    return organisation, "" if organisation else words


def _period(row: FileRow, definition: Definition) -> Period:
    if not row.period:
        raise Unreadable("This row has no period.")
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


def _numbers(row: FileRow, definition: Definition) -> PeriodValue:
    of = definition.multiplier if definition.value_kind == "proportion" else 100
    n, d, v = (number(text, percent_of=of) for text in (row.numerator, row.denominator, row.value))
    note = row.note[:MOST_LETTERS]
    if row.fraction and isinstance(v, Decimal) and not row.value.endswith("%"):
        if definition.value_kind != "proportion" or not 0 <= v <= 1:
            raise Unreadable("Only a share between 0 and 1 can be read this way.")
        v = v * definition.multiplier
    if row.complement:
        n, v = _complement(n, d, v, definition)
    if row.as_given:
        return _as_given(n, d, v, note)
    value = period_value(definition, n, d, v, note)
    return value._replace(status="provisional") if row.provisional and value.status == "final" else value


def _complement(
    n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, definition: Definition
) -> tuple[Decimal | Status, Decimal | Status]:
    """Numerator and value of the complement: from those who waited too long to those who did not."""
    if definition.value_kind != "proportion":
        raise Unreadable("Only a share of all can be turned into what is left of it.")
    if isinstance(n, Decimal) and isinstance(d, Decimal):
        if n > d:
            raise Unreadable("The numerator is larger than the denominator.")
        n = d - n
    elif isinstance(n, Decimal):
        raise Unreadable("There is a numerator, but no denominator.")
    return n, definition.multiplier - v if isinstance(v, Decimal) else v


def _as_given(n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, note: str) -> PeriodValue:
    """A value as its publisher computed it."""
    if not isinstance(v, Decimal):
        return PeriodValue("suppressed" if v == "suppressed" else "missing", note=note)
    counts = [one if isinstance(one, Decimal) else None for one in (n, d)]
    return PeriodValue("final", v, counts[0], counts[1], note=note)


def _breakdown(row: FileRow) -> tuple[tuple[str, str], ...]:
    pairs = tuple(sorted({(name.strip(), word.strip()) for name, word in row.breakdown if word.strip()}))
    if len(pairs) > MOST_DIMENSIONS or any(len(name) + len(word) > MOST_LETTERS for name, word in pairs):
        raise Unreadable("The breakdown is too long.")
    return pairs


def _limit(text: str) -> Decimal | None:
    limit = number(text)
    return limit if isinstance(limit, Decimal) else None


def _effect(row: ParsedRow, before: Observed) -> Effect:
    one = row.numbers
    new = (one.status, one.value, one.numerator, one.denominator, one.typed, one.note)
    old = (before.status, before.value, before.numerator, before.denominator, before.typed, before.note)
    same_frame = (row.low95, row.high95, row.period.end) == (before.low95, before.high95, before.end)
    return "same" if new == old and same_frame else "changed"
