"""Imports that are still being written, in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from app import db
from app.db import DatabaseFault, Tx
from app.outcomes.annotation_tables import excluded_point
from app.outcomes.measures import exclusion_store, observation_store
from app.outcomes.measures import store as measure_store
from app.outcomes.readings import store as reading_store
from app.outcomes.tables import batch, observation, reading, series


def is_taken(fault: DatabaseFault) -> bool:
    """Whether a row with the same key is there already."""
    return isinstance(fault, IntegrityError)


async def mark(tx: Tx, measure_ids: Collection[str]) -> list[Any]:
    """All that the readings of these measures are computed from: equal only while nothing of it has changed.

    Of their values only two numbers, which change with them.
    """
    ids = sorted(measure_ids)
    return [
        await observation_store.mark_of(tx, ids),
        await reading_store.definitions(tx, ids),
        await measure_store.targets(tx, ids),
        await measure_store.rebases(tx, ids),
        await exclusion_store.reasons(tx, ids),
        await reading_store.profiles(tx, ids),
    ]


async def count(tx: Tx, batch_id: str) -> int:
    """How many values of an import are there."""
    found = select(func.count()).where(observation.c.batch_id == batch_id)
    return (await tx.execute(found)).scalar_one()


async def gather_statistics(tx: Tx, values: int, new: int) -> None:
    """Let the database know of so many values, and of so many new series with their readings."""
    await db.gather_statistics(tx, {observation.name: values, series.name: new, reading.name: new})


async def in_force(tx: Tx, batch_id: str) -> None:
    """The import is written: its values count."""
    await tx.execute(update(batch).where(batch.c.id == batch_id).values(staged_for=None))


async def staged_for(tx: Tx, upload_id: str) -> list[str]:
    """Imports of this file that are not finished."""
    return list((await tx.execute(select(batch.c.id).where(batch.c.staged_for == upload_id))).scalars())


async def staged_before(tx: Tx, at: datetime) -> list[tuple[str, str]]:
    """Imports that began before `at` and are not finished, each with its space."""
    query = select(batch.c.id, batch.c.space_id).where(batch.c.staged_for.is_not(None), batch.c.at < at)
    return [(row.id, row.space_id) for row in await tx.execute(query)]


async def clear_some(tx: Tx, batch_id: str, most: int) -> bool:
    """Delete the values of an unfinished import in so many series, at last the import itself.

    Series that only it had go with their values. Gives whether more is left.
    """
    unfinished = select(batch.c.id).where(batch.c.id == batch_id, batch.c.staged_for.is_not(None))
    of_batch = observation.c.batch_id.in_(unfinished)
    some = select(observation.c.series_id).where(of_batch).distinct().limit(most)
    ids = list((await tx.execute(some)).scalars())
    if not ids:
        await tx.execute(delete(batch).where(batch.c.id == batch_id, batch.c.staged_for.is_not(None)))
        return False
    await tx.execute(delete(observation).where(of_batch, observation.c.series_id.in_(ids)))
    used = [exists().where(one.c.series_id == series.c.id) for one in (observation, reading, excluded_point)]
    await tx.execute(delete(series).where(series.c.id.in_(ids), *(~one for one in used)))
    return True
