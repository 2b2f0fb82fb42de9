"""Reads what asks for somebody's attention: what is due in a space, and what concerns one person there."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from app.compiled_statements import built_once
from app.db import Tx
from app.records import store
from app.records.core.record import Record, Stands
from app.records.tables import record, record_row

MOST = 200  # the soonest


async def nobodys(tx: Tx, space_id: str, left: Collection[str], most: int) -> list[Record]:
    """What stands and nobody keeps true, the latest changed first; `left` take part no more."""
    held = record.c.tender_id.is_(None) | record.c.tender_id.in_(left)
    query = select(record).where(record.c.space_id == space_id, record.c.stands == Stands.STANDING, held)
    return await store.read(tx, query.order_by(record.c.changed_at.desc(), record.c.id).limit(most))


async def due(tx: Tx, space_id: str, until: date, tender: str | None = None) -> list[Record]:
    """What stands with a day up to `until`, the soonest first; of one `tender`, or of all. `see` them."""
    query = select(record).where(
        record.c.space_id == space_id, record.c.stands == Stands.STANDING, record.c.look_again <= until
    )
    if tender is not None:
        query = query.where(record.c.tender_id == tender)
    return await store.read(tx, query.order_by(record.c.look_again, record.c.id).limit(MOST))


async def concerning(tx: Tx, person_id: str, space_id: str) -> list[Record]:
    """What somebody keeps true, was asked to keep true, or has as a draft, in one space; heads alone."""
    return await store.read(tx, *_concerning(person_id, space_id), parts=store.HEADS)


async def quoting(tx: Tx, person_id: str, space_id: str) -> list[Record]:
    """The records that came from notes of somebody."""
    return await store.read(tx, *_quoting(person_id, space_id))


@built_once
def _concerning(person_id: Any, space_id: Any) -> Select[Any]:
    theirs = or_(
        record.c.tender_id == person_id,
        record.c.offered_id == person_id,
        (record.c.made_by == person_id) & (record.c.stands == Stands.DRAFT),
    )
    query = select(record).where(record.c.space_id == space_id, theirs, record.c.stands != Stands.CLOSED)
    return query.order_by(record.c.changed_at, record.c.id)


@built_once
def _quoting(person_id: Any, space_id: Any) -> Select[Any]:
    ids = select(record_row.c.record_id).where(
        record_row.c.by == person_id, record_row.c.list == "sources", record_row.c.removed.is_(False)
    )
    query = select(record).where(record.c.space_id == space_id, record.c.id.in_(ids))
    return query.order_by(record.c.changed_at.desc(), record.c.id)
