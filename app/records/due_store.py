"""Reads what somebody has to look at again: of a space, or what one person keeps true there."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.db import Tx
from app.records import store
from app.records.core.record import Record, Stands
from app.records.tables import record

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
