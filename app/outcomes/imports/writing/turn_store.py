"""Revisions that an import replaces or gives back, in the database.

They are marked with the import beforehand, by its id in `turns_with`, which changes nothing. When it takes
effect or is undone, all of them turn at once: those that it replaces count no more, those that it gives back
count again (`observation_store.counting`). Then they are settled, some after the other: `current` says by
itself what counts, and the marks are gone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_, update

from app.db import Tx
from app.outcomes.measures.observation_store import counting
from app.outcomes.tables import batch, observation

PerSeries = Mapping[str, int]  # how many revisions, by series


async def mark_replaced(tx: Tx, batch_id: str, series_ids: Sequence[str]) -> None:
    """Mark what counts in these series where the import, which is stored already, has other values.

    What turned with other imports must be settled.
    """
    own = observation.alias("own")
    other = exists().where(
        own.c.series_id == observation.c.series_id,
        own.c.start == observation.c.start,
        own.c.series_id.in_(series_ids),
        func.coalesce(own.c.batch_id, "") == batch_id,
    )
    staged = select(batch.c.id).where(batch.c.staged_for.is_not(None))
    turns = observation.c.turns_with
    as_before = and_(observation.c.current, or_(turns.is_(None), turns.in_(staged)), counting())
    await _mark(tx, batch_id, series_ids, as_before, observation.c.batch_id.is_distinct_from(batch_id), other)


async def mark_restored(tx: Tx, batch_id: str, series_ids: Sequence[str]) -> None:
    """Mark what counts again in these series once the import is undone. What turned must be settled."""
    undone = select(batch.c.id).where(batch.c.undone_at.is_not(None))
    turns = observation.c.turns_with
    as_before = and_(~observation.c.current, or_(turns.is_(None), turns.not_in(undone)))
    await _mark(tx, batch_id, series_ids, as_before, restored(batch_id, series_ids))


def restored(batch_id: str, series_ids: Sequence[str] | None = None) -> ColumnElement[bool]:
    """For each period of the import, the last revision that is not of it nor of an import that was undone.

    In all series, or only in these.
    """
    of_batch = observation.alias("of_batch")
    place = and_(of_batch.c.series_id == observation.c.series_id, of_batch.c.start == observation.c.start)
    last = (
        select(observation.c.series_id, observation.c.start, func.max(observation.c.revision))
        .join_from(observation, of_batch, place)
        .outerjoin(batch, batch.c.id == observation.c.batch_id)
        .where(
            or_(
                observation.c.batch_id.is_(None),
                and_(batch.c.id != batch_id, batch.c.undone_at.is_(None), batch.c.staged_for.is_(None)),
            )
        )
        .group_by(observation.c.series_id, observation.c.start)
    )
    if series_ids is None:
        last = last.where(of_batch.c.batch_id == batch_id)
    else:
        by_series = (observation.c.series_id.in_(series_ids), of_batch.c.series_id.in_(series_ids))
        last = last.where(*by_series, func.coalesce(of_batch.c.batch_id, "") == batch_id)
    return tuple_(observation.c.series_id, observation.c.start, observation.c.revision).in_(last)


async def marked(tx: Tx, batch_id: str) -> int:
    """How many revisions turn with an import."""
    found = select(func.count()).where(observation.c.turns_with == batch_id)
    return (await tx.execute(found)).scalar_one()


async def to_settle(tx: Tx, batch_id: str) -> PerSeries:
    """In which series an import has left how much to settle."""
    own = and_(observation.c.batch_id == batch_id, observation.c.current, exists(_undone(batch_id)))
    found: Counter[str] = Counter()
    for where in (observation.c.turns_with == batch_id, own):
        found.update(await per_series(tx, where))
    return found


async def per_series(tx: Tx, where: ColumnElement[bool]) -> PerSeries:
    """How many revisions of which series are so."""
    query = (
        select(observation.c.series_id, func.count().label("rows"))
        .where(where)
        .group_by(observation.c.series_id)
    )
    return {row.series_id: row.rows for row in await tx.execute(query)}


async def settle_in(tx: Tx, batch_id: str, series_ids: Sequence[str]) -> None:
    """Set `current` in these series as it is by now, and take the marks of an import away."""
    of_batch = select(batch.c.staged_for, batch.c.undone_at).where(batch.c.id == batch_id)
    found = (await tx.execute(of_batch)).one_or_none()
    turned: dict[str, Any] = {"turns_with": None}
    if found is not None and found.undone_at is not None:
        await _set(tx, series_ids, observation.c.batch_id, batch_id, current=False)
        undone = select(batch.c.id).where(batch.c.undone_at.is_not(None))
        turned["current"] = or_(observation.c.batch_id.is_(None), observation.c.batch_id.not_in(undone))
    elif found is not None and found.staged_for is None:
        turned["current"] = False
    await _set(tx, series_ids, observation.c.turns_with, batch_id, **turned)


async def unsettled(tx: Tx, space_id: str, since: datetime) -> list[str]:
    """Imports of a space that took effect, or were undone since, and left something to settle."""
    query = select(batch.c.id).where(batch.c.space_id == space_id, _left_something(since))
    return list((await tx.execute(query)).scalars())


async def unsettled_spaces(tx: Tx, since: datetime) -> list[str]:
    """The spaces that have such imports."""
    query = select(batch.c.space_id).where(_left_something(since)).distinct()
    return list((await tx.execute(query)).scalars())


def _left_something(since: datetime) -> ColumnElement[bool]:
    marks = select(observation.c.turns_with).where(observation.c.turns_with.is_not(None)).distinct()
    own = exists().where(observation.c.batch_id == batch.c.id, observation.c.current)
    left = or_(batch.c.id.in_(marks), (batch.c.undone_at >= since) & own)
    return and_(batch.c.staged_for.is_(None), left)


def _undone(batch_id: str) -> Select[str]:
    return select(batch.c.id).where(batch.c.id == batch_id, batch.c.undone_at.is_not(None))


async def _mark(tx: Tx, batch_id: str, series_ids: Sequence[str], *which: ColumnElement[bool]) -> None:
    of_series = observation.c.series_id.in_(series_ids)
    await tx.execute(update(observation).where(of_series, *which).values(turns_with=batch_id))


async def _set(
    tx: Tx, series_ids: Sequence[str], column: ColumnElement[str], batch_id: str, **values: Any
) -> None:
    """Set values where a column names the import: found by series, not by the index of the column.

    By that the database would go over all of the import for each few series.
    """
    named = func.coalesce(column, "") == batch_id
    await tx.execute(
        update(observation).where(observation.c.series_id.in_(series_ids), named).values(**values)
    )
