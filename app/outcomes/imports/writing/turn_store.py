"""Revisions that an import replaces or gives back, in the database.

They are marked with the import beforehand, by its id in `turns_with`, which changes nothing. When it takes
effect or is undone, all of them turn at once: those that it replaces count no more, those that it gives back
count again (`observation_store.counting`). Then they are settled, some after the other: `current` says by
itself what counts, and the marks are gone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, update

from app.db import Tx
from app.outcomes.tables import batch, observation

Place = tuple[str, date, int]  # a revision by its series, first day and number


async def mark(tx: Tx, batch_id: str, places: Sequence[Place], *, counting: bool) -> None:
    """Mark these revisions so that they turn with the import; but for those that no longer are as they were.

    All of them count now, or none does. What turned with other imports must be settled.
    """
    turns = observation.c.turns_with
    if counting:
        staged = select(batch.c.id).where(batch.c.staged_for.is_not(None))
        as_before = and_(observation.c.current, or_(turns.is_(None), turns.in_(staged)))
    else:
        undone = select(batch.c.id).where(batch.c.undone_at.is_not(None))
        as_before = and_(~observation.c.current, or_(turns.is_(None), turns.not_in(undone)))
    marking = (
        update(observation)
        .where(
            observation.c.series_id == bindparam("of_series"),
            observation.c.start == bindparam("of_start"),
            observation.c.revision == bindparam("of_revision"),
            as_before,
        )
        .values(turns_with=batch_id)
    )
    names = ("of_series", "of_start", "of_revision")
    if places:
        await tx.execute(marking, [dict(zip(names, place, strict=True)) for place in places])


async def marked(tx: Tx, batch_id: str) -> int:
    """How many revisions turn with an import."""
    found = select(func.count()).where(observation.c.turns_with == batch_id)
    return (await tx.execute(found)).scalar_one()


async def to_settle(tx: Tx, batch_id: str) -> list[str]:
    """The series in which an import has left something to settle."""
    own = and_(observation.c.batch_id == batch_id, observation.c.current, exists(_undone(batch_id)))
    found = [
        (await tx.execute(select(observation.c.series_id).where(where).distinct())).scalars()
        for where in (observation.c.turns_with == batch_id, own)
    ]
    return sorted({id for ids in found for id in ids})


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
