"""Values left out of the limits, in the database. What was undone stays, and counts no more."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx, new_id
from app.outcomes.annotation_tables import excluded_point
from app.outcomes.measures.measure import ExcludedPoint


async def of_measure(tx: Tx, measure_id: str) -> list[ExcludedPoint]:
    """All of a measure in order of time, also those undone."""
    return [
        ExcludedPoint(
            row.id,
            row.measure_id,
            row.series_id,
            row.start,
            row.reason,
            row.by,
            row.at,
            row.withdrawn_at,
            row.withdrawn_by,
        )
        for row in await tx.execute(*_of_measure(measure_id))
    ]


@built_once
def _of_measure(measure_id: Any) -> Select[Any]:
    query = select(excluded_point).where(excluded_point.c.measure_id == measure_id)
    return query.order_by(excluded_point.c.start, excluded_point.c.at, excluded_point.c.id)


async def reasons(tx: Tx, measure_ids: Collection[str]) -> dict[str, dict[date, str]]:
    """Why values are left out, by series and first day of the period."""
    query = select(excluded_point.c.series_id, excluded_point.c.start, excluded_point.c.reason)
    query = query.where(excluded_point.c.measure_id.in_(measure_ids), excluded_point.c.withdrawn_at.is_(None))
    by_series: dict[str, dict[date, str]] = defaultdict(dict)
    for row in await tx.execute(query):
        by_series[row.series_id][row.start] = row.reason
    return by_series


async def add(
    tx: Tx, measure_id: str, series_id: str, start: date, reason: str, by: str, at: datetime
) -> None:
    row = {"measure_id": measure_id, "series_id": series_id, "start": start, "reason": reason}
    await tx.execute(insert(excluded_point).values(id=new_id(), by=by, at=at, **row))


async def undo(tx: Tx, measure_id: str, id: str, by: str, at: datetime) -> bool:
    """Let the value count again. False where the measure has no such point, or it counts already."""
    own = (excluded_point.c.measure_id == measure_id, excluded_point.c.id == id)
    query = update(excluded_point).where(*own, excluded_point.c.withdrawn_at.is_(None))
    done = await tx.execute(query.values(withdrawn_at=at, withdrawn_by=by).returning(excluded_point.c.id))
    return done.first() is not None
