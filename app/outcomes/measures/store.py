"""Measures and their definitions in the database; `annotation_store` has targets, annotations, stories."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, Select, and_, func, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx
from app.outcomes.measures.annotation_store import annotations, commentaries, rebases, targets
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.tables import measure, measure_version

__all__ = ["annotations", "commentaries", "rebases", "targets"]


class DefinitionVersion(Struct, frozen=True):
    """A definition that was stored at `at`."""

    number: int
    definition: Definition
    at: datetime
    by: str


async def of_goal(tx: Tx, goal_id: str, *, archived: bool = False) -> list[Measure]:
    """The measures of a goal in use (or the archived ones), in order."""
    return await _measures(tx, *(_away_of_goal if archived else _of_goal)(goal_id))


async def of_space(tx: Tx, space_id: str) -> list[Measure]:
    """All measures in use of a space, in order."""
    return await _measures(tx, *_of_space(space_id))


async def find(tx: Tx, space_id: str, measure_id: str) -> Measure | None:
    """The measure, archived or not; None where it is of another space."""
    return next(iter(await _measures(tx, *_one(space_id, measure_id))), None)


async def by_code(tx: Tx, space_id: str) -> dict[str, Measure]:
    """The measures in use by the code that imported files name them by."""
    return {one.code: one for one in await of_space(tx, space_id)}


async def codes(tx: Tx, space_id: str) -> dict[str, str]:
    """The name of each measure by its code in lower case, archived ones too: their codes stay taken."""
    measures = await _measures(tx, _all().where(measure.c.space_id == space_id))
    return {one.code.casefold(): one.definition.name for one in measures}


async def versions(tx: Tx, measure_id: str) -> list[DefinitionVersion]:
    """All definitions of a measure, the newest first."""
    rows = await tx.execute(*_versions(measure_id))
    return [DefinitionVersion(row.version, _definition(row.definition), row.at, row.by) for row in rows]


@built_once
def _versions(measure_id: Any) -> Select[Any]:
    query = select(measure_version).where(measure_version.c.measure_id == measure_id)
    return query.order_by(measure_version.c.version.desc())


async def add(tx: Tx, space_id: str, one: Measure, by: str, at: datetime) -> None:
    """Insert a measure at the end of those of its goal."""
    count = select(func.count()).where(measure.c.goal_id == one.goal)
    place = (await tx.execute(count)).scalar_one()
    row = {"id": one.id, "space_id": space_id, "goal_id": one.goal, "code": one.code, "version": one.version}
    await tx.execute(insert(measure).values(position=place, **row))
    await _add_version(tx, one.id, one.version, one.definition, by, at)


async def redefine(tx: Tx, one: Measure, definition: Definition, by: str, at: datetime) -> None:
    """Store another definition as the newest version."""
    await _add_version(tx, one.id, one.version + 1, definition, by, at)
    await _set(tx, one.id, version=one.version + 1)


async def set_archived(tx: Tx, measure_id: str, at: datetime | None) -> None:
    await _set(tx, measure_id, archived_at=at)


async def set_order(tx: Tx, measure_ids: list[str]) -> None:
    for position, measure_id in enumerate(measure_ids):
        await _set(tx, measure_id, position=position)


async def _add_version(tx: Tx, id: str, number: int, definition: Definition, by: str, at: datetime) -> None:
    packed = msgspec.json.encode(definition).decode()
    row = {"measure_id": id, "version": number, "definition": packed, "at": at, "by": by}
    await tx.execute(insert(measure_version).values(row))


async def _set(tx: Tx, measure_id: str, **values: Any) -> None:
    await tx.execute(update(measure).where(measure.c.id == measure_id).values(values))


def _all() -> Select[Any]:
    newest = and_(
        measure_version.c.measure_id == measure.c.id, measure_version.c.version == measure.c.version
    )
    order = (measure.c.goal_id, measure.c.position, measure.c.id)
    return select(measure, measure_version.c.definition).join(measure_version, newest).order_by(*order)


def _query(*, archived: bool) -> Select[Any]:
    away = measure.c.archived_at.is_not(None) if archived else measure.c.archived_at.is_(None)
    return _all().where(away)


@built_once
def _of_goal(goal_id: Any) -> Select[Any]:
    return _query(archived=False).where(measure.c.goal_id == goal_id)


@built_once
def _away_of_goal(goal_id: Any) -> Select[Any]:
    return _query(archived=True).where(measure.c.goal_id == goal_id)


@built_once
def _of_space(space_id: Any) -> Select[Any]:
    return _query(archived=False).where(measure.c.space_id == space_id)


@built_once
def _one(space_id: Any, measure_id: Any) -> Select[Any]:
    return _all().where(measure.c.space_id == space_id, measure.c.id == measure_id)


async def _measures(tx: Tx, query: Select[Any], values: dict[str, Any] | None = None) -> list[Measure]:
    return [_as_measure(row) for row in await tx.execute(query, values)]


def _as_measure(row: Row[Any]) -> Measure:
    away = row.archived_at is not None
    return Measure(
        row.id, row.goal_id, row.code, row.version, _definition(row.definition), row.position, away
    )


@lru_cache(512)  # the same texts come again and again, and what they become never changes
def _definition(packed: str) -> Definition:
    return msgspec.json.decode(packed, type=Definition)
