"""Readings, the definitions they are computed from and the chosen profiles, in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from msgspec import json, structs
from sqlalchemy import Row, Select, and_, delete, func, insert, select

from app.compiled_statements import built_once
from app.db import Tx, chunks
from app.outcomes.annotation_tables import chosen_profile
from app.outcomes.measures.measure import Definition
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.profiles import MDC_R
from app.outcomes.tables import measure, measure_version, reading, series

ReadingRow = dict[str, Any]  # of the table `reading`


async def definitions(tx: Tx, measure_ids: Collection[str]) -> dict[str, Definition]:
    """The newest definition of each measure."""
    newest = and_(
        measure_version.c.measure_id == measure.c.id, measure_version.c.version == measure.c.version
    )
    query = select(measure.c.id, measure_version.c.definition).join_from(measure, measure_version, newest)
    rows = await _within(tx, query, measure.c.id, measure_ids)
    return {row.id: json.decode(row.definition, type=Definition) for row in rows}


async def load(tx: Tx, measure_ids: Collection[str], day: date) -> dict[str, dict[str, Reading]]:
    """The stored readings by measure and series, `overdue_since` as of the day."""
    loaded: dict[str, dict[str, Reading]] = {measure_id: {} for measure_id in measure_ids}
    for some in chunks(sorted(measure_ids)):
        for row in await tx.execute(*_of_measures(some)):
            loaded[row.measure_id][row.series_id] = _as_of(row.found, day)
    return loaded


@built_once
def _of_measures(ids: Any) -> Select[Any]:
    query = select(series.c.measure_id, reading.c.series_id, reading.c.found).join_from(reading, series)
    return query.where(series.c.measure_id.in_(ids))


@lru_cache(512)  # of 10 to 30 KB: each page of a goal shows the same, and what a text becomes never changes
def _as_of(packed: str, day: date) -> Reading:
    found = json.decode(packed, type=Reading)
    return structs.replace(found, overdue_since=found.due) if found.due and found.due < day else found


async def profiles(tx: Tx, measure_ids: Collection[str]) -> dict[str, str]:
    """The name of the profile that each measure is read with: the default unless its space chose another."""
    chosen = func.coalesce(chosen_profile.c.profile, MDC_R.name).label("profile")
    query = select(measure.c.id, chosen).outerjoin(
        chosen_profile, chosen_profile.c.space_id == measure.c.space_id
    )
    return {row.id: row.profile for row in await _within(tx, query, measure.c.id, measure_ids)}


async def profile_of(tx: Tx, space_id: str) -> str:
    """The name of the profile that all measures of a space are read with."""
    query = select(chosen_profile.c.profile).where(chosen_profile.c.space_id == space_id)
    return (await tx.execute(query)).scalar() or MDC_R.name


async def choose_profile(tx: Tx, space_id: str, profile: str, by: str, at: datetime) -> None:
    """Store the choice. The readings have to be computed with it in the same transaction."""
    await tx.execute(delete(chosen_profile).where(chosen_profile.c.space_id == space_id))
    await tx.execute(insert(chosen_profile).values(space_id=space_id, profile=profile, by=by, at=at))


async def measures_of(tx: Tx, space_id: str) -> list[str]:
    """Ids of all measures of a space, archived ones too, because they may be restored."""
    query = select(measure.c.id).where(measure.c.space_id == space_id).order_by(measure.c.id)
    return list((await tx.execute(query)).scalars())


async def by_other_engines(tx: Tx, engine: str) -> dict[str, list[str]]:
    """Ids of measures with readings of another engine than this, by space."""
    query = (
        select(measure.c.space_id, measure.c.id)
        .join_from(reading, series)
        .join(measure, measure.c.id == series.c.measure_id)
        .where(reading.c.engine != engine)
        .distinct()
        .order_by(measure.c.space_id, measure.c.id)
    )
    by_space: dict[str, list[str]] = {}
    for row in await tx.execute(query):
        by_space.setdefault(row.space_id, []).append(row.id)
    return by_space


async def count(tx: Tx, space_id: str) -> int:
    """How many series of a space have a reading."""
    read = select(func.count()).select_from(reading).join(series).join(measure)
    return (await tx.execute(read.where(measure.c.space_id == space_id))).scalar_one()


def row_of(series_id: str, reading: Reading, at: datetime) -> ReadingRow:
    """A reading as a row of the database."""
    return {
        "series_id": series_id,
        "found": json.encode(reading).decode(),
        "engine": reading.engine,
        "at": at,
    }


async def replace(tx: Tx, series_ids: Sequence[str], rows: Sequence[ReadingRow]) -> None:
    """Delete the readings of these series, and insert these rows."""
    for ids in chunks(series_ids):
        await tx.execute(delete(reading).where(reading.c.series_id.in_(ids)))
    for some in chunks(rows):
        await tx.execute(insert(reading), some)


async def _within(tx: Tx, query: Any, column: Any, ids: Collection[str]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for some in chunks(sorted(ids)):
        rows += await tx.execute(query.where(column.in_(some)))
    return rows
