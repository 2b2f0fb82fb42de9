"""What an import would do with each row: add, change, leave the same, or refuse with a reason. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, msgpack

from app.outcomes.imports.rows import folded
from app.outcomes.measures.measure import Measure, Observed
from app.outcomes.measures.period_forms import PLAIN, PeriodStyle
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue

Effect = Literal["added", "changed", "same"]
OVERLAP = (
    "{label} overlaps {other} in row {number}. Say in the measure that its periods overlap, so that no "
    "limits are drawn, or keep one window for each period."
)


class Lookup(Struct, frozen=True):
    """What rows can name: measures by code in lower case, and organisations (id) by name or code (`places`).

    `closed` has the reason by measure why this person cannot import numbers for it. `own` is the id of their
    organisation, `called` its names in the file, with semicolons between. `style` and `decimal` are how its
    periods and numbers are written; a period that begins after `today` is refused.
    """

    measures: Mapping[str, Measure]
    closed: Mapping[str, str]
    places: Mapping[str, str]
    own: str
    called: str = ""
    style: PeriodStyle = PLAIN
    decimal: str = "."
    today: date | None = None

    @property
    def own_names(self) -> frozenset[str]:
        """What the file calls the organisation of who imports, folded."""
        return frozenset(map(folded, self.called.split(";"))) - {""}


class SeriesKey(Struct, frozen=True, cache_hash=True):
    """What identifies a series: the measure, an organisation of the space or an area, and one breakdown."""

    measure: str
    organisation: str | None
    area: str
    breakdown: tuple[tuple[str, str], ...]


class ParsedRow(Struct, frozen=True):
    """A row whose texts were understood.

    `parts` says of how many rows it is the sum; `doubled`: one of them is as large as all others together.
    """

    number: int
    series: SeriesKey
    area_name: str
    period: Period
    numbers: PeriodValue
    low95: Decimal | None = None
    high95: Decimal | None = None
    parts: int = 1
    doubled: bool = False


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


Repeats = dict[
    tuple[SeriesKey, date], list[ParsedRow]
]  # the rows of each period that comes again for its series


def refuse_repeats(
    rows: Iterable[ParsedRow | RefusedRow], repeats: Repeats | None = None
) -> Iterator[ParsedRow | RefusedRow]:
    """The same rows, where a period that comes again for its series is refused. `repeats` grows by them."""
    seen: dict[tuple[SeriesKey, date], ParsedRow] = {}
    for one in rows:
        if isinstance(one, RefusedRow):
            yield one
            continue
        place = (one.series, one.period.start)
        first = seen.setdefault(place, one)
        if first is one:
            yield one
            continue
        if repeats is not None:
            repeats.setdefault(place, [first]).append(one)
        why = f"{one.period.label} appears twice for the same line, first in row {first.number}."
        yield RefusedRow(one.number, why, twice=True)


def refuse_overlaps(
    rows: Iterable[ParsedRow | RefusedRow], known: Lookup
) -> Iterator[ParsedRow | RefusedRow]:
    """The same rows, where a window that overlaps an earlier one of its series is refused.

    Only weeks and irregular windows can overlap; those of a measure that says so may.
    """
    can = {
        one.id
        for one in known.measures.values()
        if one.definition.frequency in ("week", "irregular") and not one.definition.pooled
    }
    if not can:
        yield from rows
        return
    latest: dict[SeriesKey, ParsedRow] = {}
    rows = list(rows)
    overlapping: dict[int, ParsedRow] = {}
    concerned = [one for one in rows if isinstance(one, ParsedRow) and one.series.measure in can]
    for later in sorted(concerned, key=lambda one: one.period.start):
        before = latest.get(later.series)
        if before is not None and later.period.start <= before.period.end:
            overlapping[id(later)] = before
        else:
            latest[later.series] = later
    for one in rows:
        if isinstance(one, ParsedRow) and (other := overlapping.get(id(one))):
            why = OVERLAP.format(label=one.period.label, other=other.period.label, number=other.number)
            yield RefusedRow(one.number, why)
        else:
            yield one


def plan_rows(
    rows: Iterable[ParsedRow], known: Mapping[tuple[SeriesKey, date], Observed]
) -> Iterator[PlannedRow]:
    """What each row changes of the known values."""
    for row in rows:
        before = known.get((row.series, row.period.start))
        yield PlannedRow(row, "added" if before is None else _effect(row, before), before)


def fingerprint(plan: Iterable[PlannedRow]) -> str:
    """A hash that is equal for plans that do the same.

    It stays as it is: during a deploy what one version checked is imported by another.
    """
    digest = hashlib.sha256()
    for series, numbers, ends in _done(plan):
        digest.update(f"{series}{numbers}{ends}".encode())
    return digest.hexdigest()


def packed_fingerprint(plan: Iterable[PlannedRow]) -> str:
    """The same as versions of 29 November 2026 made it: what they checked can still be imported."""
    digest, encoder = hashlib.sha256(), msgpack.Encoder()
    for one in _done(plan):
        digest.update(encoder.encode(one))
    return digest.hexdigest()


def _done(plan: Iterable[PlannedRow]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]]:
    """What a plan does: the series, the numbers and the rest of each row that changes something."""
    for step in plan:
        if step.effect != "same":
            one, kept = step.row, step.row.numbers
            series = (one.series.measure, one.series.organisation, one.series.area, one.series.breakdown)
            numbers = (kept.status, kept.value, kept.numerator, kept.denominator, kept.typed, kept.note)
            revision = step.before.revision if step.before else 0
            ends = (one.period.start.toordinal(), one.period.end.toordinal(), one.low95, one.high95, revision)
            yield series, numbers, ends


def _effect(row: ParsedRow, before: Observed) -> Effect:
    one = row.numbers
    new = (one.status, one.value, one.numerator, one.denominator, one.typed, one.note)
    old = (before.status, before.value, before.numerator, before.denominator, before.typed, before.note)
    same_frame = (row.low95, row.high95, row.period.end) == (before.low95, before.high95, before.end)
    return "same" if new == old and same_frame else "changed"
