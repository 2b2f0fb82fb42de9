"""Undoing an import, in the database."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, tuple_, update

from app.db import Tx
from app.outcomes.imports.writing.turn_store import Place
from app.outcomes.measures.measure import Observed
from app.outcomes.measures.observation_store import OBSERVED, counting
from app.outcomes.tables import batch, observation


async def undo(tx: Tx, batch_id: str, by: str, at: datetime) -> None:
    """No value of the import counts any more; what is marked to turn with it does."""
    await tx.execute(update(batch).where(batch.c.id == batch_id).values(undone_at=at, undone_by=by))


async def replaced(tx: Tx, batch_id: str) -> list[Place]:
    """The revisions that count once the import is undone and do not count now."""
    columns = (observation.c.series_id, observation.c.start, observation.c.revision)
    query = select(*columns).where(_restored(batch_id), not_(counting()))
    return [(row.series_id, row.start, row.revision) for row in await tx.execute(query)]


async def values_without(tx: Tx, batch_id: str) -> dict[str, list[Observed]]:
    """The values that would count without the import, for the series that it has numbers of, by series."""
    touched = select(observation.c.series_id).where(observation.c.batch_id == batch_id).distinct()
    by_series: dict[str, list[Observed]] = {id: [] for id in (await tx.execute(touched)).scalars()}
    others = and_(counting(), observation.c.batch_id.is_distinct_from(batch_id))
    query = (
        select(*OBSERVED)
        .where(observation.c.series_id.in_(touched), or_(others, _restored(batch_id)))
        .order_by(observation.c.series_id, observation.c.start)
    )
    for row in await tx.execute(query):
        by_series[row[0]].append(Observed(*row))
    return by_series


def _restored(batch_id: str) -> ColumnElement[bool]:
    """For each period of the import, the last revision that is not of it nor of an import that was undone."""
    of_batch = observation.alias("of_batch")
    place = and_(of_batch.c.series_id == observation.c.series_id, of_batch.c.start == observation.c.start)
    last = (
        select(observation.c.series_id, observation.c.start, func.max(observation.c.revision))
        .join_from(observation, of_batch, and_(place, of_batch.c.batch_id == batch_id))
        .outerjoin(batch, batch.c.id == observation.c.batch_id)
        .where(
            or_(
                observation.c.batch_id.is_(None),
                and_(batch.c.id != batch_id, batch.c.undone_at.is_(None), batch.c.staged_for.is_(None)),
            )
        )
        .group_by(observation.c.series_id, observation.c.start)
    )
    return tuple_(observation.c.series_id, observation.c.start, observation.c.revision).in_(last)
