"""What people write about the numbers of a measure, in the database: targets, rebases, annotations, stories.

Functions that read answer for many measures at once, by measure, without what was withdrawn.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, Table, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx, new_id
from app.outcomes.annotation_tables import annotation, commentary, rebase, target
from app.outcomes.measures.measure import Annotation, Commentary, Rebase, Target
from app.outcomes.measures.rules import AnnotationDraft, CommentaryDraft, TargetDraft

T = TypeVar("T")
Asked = Callable[[Collection[str]], tuple[Select[Any], dict[str, Any]]]
WITHDRAWABLE = {"target": target, "rebase": rebase, "annotation": annotation}


async def targets(tx: Tx, measure_ids: Collection[str]) -> dict[str, list[Target]]:
    """Targets by measure, in order of their first day."""
    return await _by_measure(tx, _targets, measure_ids, _as_target)


@built_once
def _targets(ids: Any) -> Select[Any]:
    return _not_withdrawn(target, ids).order_by(target.c.valid_from, target.c.id)


async def rebases(
    tx: Tx, measure_ids: Collection[str], *, withdrawn: bool = False
) -> dict[str, list[Rebase]]:
    """Rebases by measure in order of time, with the withdrawn ones where `withdrawn`."""
    return await _by_measure(tx, _all_rebases if withdrawn else _rebases, measure_ids, _as_rebase)


@built_once
def _rebases(ids: Any) -> Select[Any]:
    return _not_withdrawn(rebase, ids).order_by(rebase.c.begins, rebase.c.at)


@built_once
def _all_rebases(ids: Any) -> Select[Any]:
    return select(rebase).where(rebase.c.measure_id.in_(ids)).order_by(rebase.c.begins, rebase.c.at)


async def annotations(tx: Tx, measure_ids: Collection[str]) -> dict[str, list[Annotation]]:
    """Annotations by measure in order of time."""
    return await _by_measure(tx, _annotations, measure_ids, _as_annotation)


@built_once
def _annotations(ids: Any) -> Select[Any]:
    return _not_withdrawn(annotation, ids).order_by(annotation.c.starts, annotation.c.id)


async def commentaries(tx: Tx, measure_ids: Collection[str]) -> dict[str, list[Commentary]]:
    """Stories by measure, drafts included, the latest first."""
    return await _by_measure(tx, _commentaries, measure_ids, _as_commentary)


@built_once
def _commentaries(ids: Any) -> Select[Any]:
    query = select(commentary).where(commentary.c.measure_id.in_(ids))
    return query.order_by(commentary.c.until.desc(), commentary.c.at.desc(), commentary.c.id)


async def add_target(tx: Tx, measure_id: str, one: TargetDraft, by: str, at: datetime) -> None:
    row = {name: getattr(one, name) for name in one.__struct_fields__}
    await tx.execute(insert(target).values(id=new_id(), measure_id=measure_id, by=by, at=at, **row))


async def add_rebase(tx: Tx, measure_id: str, begins: Any, reason: str, by: str, at: datetime) -> None:
    row = {"id": new_id(), "measure_id": measure_id, "begins": begins, "reason": reason, "by": by, "at": at}
    await tx.execute(insert(rebase).values(row))


async def add_annotation(tx: Tx, measure_id: str, one: AnnotationDraft, by: str, at: datetime) -> None:
    row = {name: getattr(one, name) for name in one.__struct_fields__}
    await tx.execute(insert(annotation).values(id=new_id(), measure_id=measure_id, by=by, at=at, **row))


async def add_story(tx: Tx, measure_id: str, one: CommentaryDraft, by: str, at: datetime) -> None:
    row = {name: getattr(one, name) for name in one.__struct_fields__}
    await tx.execute(insert(commentary).values(id=new_id(), measure_id=measure_id, by=by, at=at, **row))


async def change_story(tx: Tx, story_id: str, one: CommentaryDraft, by: str, at: datetime) -> None:
    row = {name: getattr(one, name) for name in one.__struct_fields__}
    await tx.execute(update(commentary).where(commentary.c.id == story_id).values(by=by, at=at, **row))


async def approve(tx: Tx, story_id: str, by: str, at: datetime) -> None:
    approved = {"approved_by": by, "approved_at": at}
    await tx.execute(update(commentary).where(commentary.c.id == story_id).values(approved))


async def exists(tx: Tx, kind: str, measure_id: str, id: str) -> bool:
    """Whether the measure has this target, rebase or annotation (`kind`) and it was not withdrawn."""
    table = WITHDRAWABLE[kind]
    query = _not_withdrawn(table, [measure_id]).where(table.c.id == id)
    return (await tx.execute(query)).first() is not None


async def withdraw(tx: Tx, kind: str, id: str, by: str, at: datetime) -> None:
    """Mark a target, rebase or annotation (`kind`) as withdrawn. The row stays."""
    table = WITHDRAWABLE[kind]
    who = {"withdrawn_by": by} if table is rebase else {}
    await tx.execute(update(table).where(table.c.id == id).values(withdrawn_at=at, **who))


def _not_withdrawn(table: Table, measure_ids: Any) -> Select[Any]:
    return select(table).where(table.c.measure_id.in_(measure_ids), table.c.withdrawn_at.is_(None))


async def _by_measure(
    tx: Tx, asked: Asked, measure_ids: Collection[str], read: Callable[[Row[Any]], T]
) -> dict[str, list[T]]:
    by_measure: dict[str, list[T]] = {id: [] for id in measure_ids}
    for row in await tx.execute(*asked(measure_ids)):
        by_measure[row.measure_id].append(read(row))
    return by_measure


def _as_target(row: Row[Any]) -> Target:
    days = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    return Target(
        row.id,
        row.measure_id,
        row.value,
        row.comparator,
        row.kind,
        assures=row.assures,
        source=row.source,
        **days,
    )


def _as_rebase(row: Row[Any]) -> Rebase:
    gone = (row.withdrawn_at, row.withdrawn_by)
    return Rebase(row.id, row.measure_id, row.begins, row.reason, row.by, row.at, *gone)


def _as_annotation(row: Row[Any]) -> Annotation:
    return Annotation(row.id, row.measure_id, row.starts, row.words, row.kind, row.ends, row.by)


def _as_commentary(row: Row[Any]) -> Commentary:
    words = (row.until, row.story, row.action, row.owner, row.due)
    return Commentary(row.id, row.measure_id, *words, row.by, row.approved_by, row.at)
