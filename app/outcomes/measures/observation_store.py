"""The observed values of series, in the database. Rows are only added: a correction is a new revision."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Dialect,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from app.compiled_statements import BoundStatement, bind_rows
from app.db import Tx, chunks
from app.outcomes.measures.measure import Observed
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue
from app.outcomes.tables import batch, observation
from app.outcomes.tables import series as series_table

ROWS = 5_000  # in one statement
OBSERVED = tuple(  # the columns of a value, in the order of its fields
    observation.c["series_id" if name == "series" else name] for name in Observed.__struct_fields__
)


class WriteContext(Struct, frozen=True):
    """Who writes, when, and in which import if any."""

    by: str
    at: datetime
    batch: str | None = None


class Revision(Struct, frozen=True):
    """The next revision of one period of a series."""

    series: str
    period: Period
    numbers: PeriodValue
    revision: int
    low95: Any = None
    high95: Any = None


class PreparedRevisions(Struct, frozen=True):
    """Revisions of some series, ready for the driver."""

    series: frozenset[str]
    insert: BoundStatement


async def observed(tx: Tx, series_ids: Collection[str]) -> dict[str, list[Observed]]:
    """The newest revision of every period of each series, in order of time."""
    by_series: dict[str, list[Observed]] = {series_id: [] for series_id in series_ids}
    for ids in chunks(sorted(series_ids)):
        query = (
            select(*OBSERVED)
            .where(observation.c.series_id.in_(ids), counting())
            .order_by(observation.c.series_id, observation.c.start)
        )
        for row in await tx.execute(query):
            by_series[row[0]].append(Observed(*row))
    return by_series


async def append(tx: Tx, revisions: Sequence[Revision], writing: WriteContext) -> None:
    """Add revisions, and let them count from now on. Each must have the number after the last one."""
    earlier = [(one.series, one.period.start) for one in revisions if one.revision > 1]
    if earlier:
        await _unset_current(tx, earlier)
    for some in prepared(tx.dialect, revisions, writing):
        await put(tx, some)


def prepared(
    dialect: Dialect, revisions: Sequence[Revision], writing: WriteContext
) -> Iterator[PreparedRevisions]:
    """The rows that `append` would write, in parts of ROWS, ready for the driver."""
    for part in chunks(revisions, ROWS):
        yield PreparedRevisions(
            frozenset(one.series for one in part),
            bind_rows(dialect, INSERT, [_row(one, writing) for one in part]),
        )


async def put(tx: Tx, some: PreparedRevisions) -> None:
    """Write prepared revisions. Earlier ones that count are to be marked too."""
    await tx.exec_driver_sql(*some.insert)


def counting() -> ColumnElement[bool]:
    """Whether a revision is the one of its period that counts: none of an import that was undone does.

    What an import replaced counts while it is staged, not while it is in force, and again once it is undone:
    at once, though `current` is set some time after.
    """
    undone = select(batch.c.id).where(batch.c.undone_at.is_not(None))
    standing = select(batch.c.id).where(batch.c.undone_at.is_(None), batch.c.staged_for.is_(None))
    kept = or_(observation.c.batch_id.is_(None), observation.c.batch_id.not_in(undone))
    turns = observation.c.turns_with
    stays = and_(observation.c.current, or_(turns.is_(None), turns.not_in(standing)))
    again = and_(turns.is_not(None), turns.in_(undone))
    return and_(or_(stays, again), in_force(), kept)


def in_force() -> ColumnElement[bool]:
    """Whether a revision is more than a part of an import that is still being written."""
    staged = select(batch.c.id).where(batch.c.staged_for.is_not(None))
    return or_(observation.c.batch_id.is_(None), observation.c.batch_id.not_in(staged))


async def mark_of(tx: Tx, measure_ids: Collection[str]) -> tuple[int, int]:
    """Two numbers of which one changes with each change of the values of these measures.

    The first grows with each revision that is added, the second falls with each import that is undone.
    """
    found = [(await tx.execute(_mark(ids))).one() for ids in chunks(sorted(measure_ids))]
    return sum(row[0] for row in found), sum(row[1] or 0 for row in found)


def _mark(measure_ids: Collection[str]) -> Select[int, int]:
    counted = func.sum(case((counting(), observation.c.revision), else_=0))
    query = select(func.count(), counted).join_from(observation, series_table)
    return query.where(series_table.c.measure_id.in_(measure_ids), in_force())


async def newest(tx: Tx, series_ids: Collection[str]) -> dict[tuple[str, date], int]:
    """The number of the last revision by (series, first day), also where an import was undone."""
    return newest_of(await observed(tx, series_ids), await not_counting(tx, series_ids))


def newest_of(
    known: Mapping[str, Sequence[Observed]], others: Mapping[tuple[str, date], int]
) -> dict[tuple[str, date], int]:
    """The same from the values that count, and the numbers of those that do not."""
    numbers = {(id, one.start): one.revision for id, observed in known.items() for one in observed}
    for place, number in others.items():
        numbers[place] = max(numbers.get(place, 0), number)
    return numbers


async def not_counting(tx: Tx, series_ids: Collection[str]) -> dict[tuple[str, date], int]:
    """The number of the last revision that does not count, by (series, first day)."""
    numbers: dict[tuple[str, date], int] = {}
    place = (observation.c.series_id, observation.c.start)
    for ids in chunks(sorted(series_ids)):
        query = select(*place, func.max(observation.c.revision)).group_by(*place)
        found = await tx.execute(query.where(observation.c.series_id.in_(ids), ~counting()))
        numbers.update({(series, start): number for series, start, number in found})
    return numbers


def as_written(one: Revision) -> Observed:
    """The revision as it will be read once it is written."""
    kept = one.numbers
    return Observed(
        one.series,
        one.period.start,
        one.period.end,
        one.revision,
        kept.value,
        kept.numerator,
        kept.denominator,
        kept.typed,
        one.low95,
        one.high95,
        kept.status,
        one.period.label,
        kept.note,
    )


def _row(one: Revision, writing: WriteContext) -> dict[str, Any]:
    return {
        "series_id": one.series,
        "start": one.period.start,
        "revision": one.revision,
        "current": True,
        "end": one.period.end,
        "label": one.period.label,
        "numerator": one.numbers.numerator,
        "denominator": one.numbers.denominator,
        "value": one.numbers.value,
        "typed": one.numbers.typed,
        "low95": one.low95,
        "high95": one.high95,
        "status": one.numbers.status,
        "note": one.numbers.note,
        "batch_id": writing.batch,
        "at": writing.at,
        "by": writing.by,
    }


INSERT = insert(observation)


async def _unset_current(tx: Tx, places: list[tuple[str, date]]) -> None:
    """Mark what counted of these periods. After an import was undone that is not the last revision."""
    mark = (
        update(observation)
        .where(
            observation.c.series_id == bindparam("of_series"),
            observation.c.start == bindparam("of_start"),
            or_(observation.c.current, observation.c.turns_with.is_not(None)),
        )
        .values(current=False, turns_with=None)
    )
    names = ("of_series", "of_start")
    await tx.execute(mark, [dict(zip(names, place, strict=True)) for place in places])
