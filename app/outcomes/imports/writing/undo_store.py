"""Undoing an import, in the database."""

from datetime import datetime

from sqlalchemy import and_, not_, or_, select, update

from app.db import Tx
from app.outcomes.imports.writing.turn_store import PerSeries, per_series, restored
from app.outcomes.measures.measure import Observed
from app.outcomes.measures.observation_store import OBSERVED, counting
from app.outcomes.tables import batch, observation


async def undo(tx: Tx, batch_id: str, by: str, at: datetime) -> None:
    """No value of the import counts any more; what is marked to turn with it does."""
    await tx.execute(update(batch).where(batch.c.id == batch_id).values(undone_at=at, undone_by=by))


async def replaced(tx: Tx, batch_id: str) -> PerSeries:
    """How many revisions of which series count once the import is undone and do not count now."""
    return await per_series(tx, and_(restored(batch_id), not_(counting())))


async def values_without(tx: Tx, batch_id: str) -> dict[str, list[Observed]]:
    """The values that would count without the import, for the series that it has numbers of, by series."""
    touched = select(observation.c.series_id).where(observation.c.batch_id == batch_id).distinct()
    by_series: dict[str, list[Observed]] = {id: [] for id in (await tx.execute(touched)).scalars()}
    others = and_(counting(), observation.c.batch_id.is_distinct_from(batch_id))
    query = (
        select(*OBSERVED)
        .where(observation.c.series_id.in_(touched), or_(others, restored(batch_id)))
        .order_by(observation.c.series_id, observation.c.start)
    )
    for row in await tx.execute(query):
        by_series[row[0]].append(Observed(*row))
    return by_series
