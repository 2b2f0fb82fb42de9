"""Brings the index of find for records up to date where changes did not: older records, or restored ones."""

from sqlalchemy import or_, select

from app.db import Tx
from app.records import find_store, store
from app.records.tables import find_record, record

ENTRIES = find_record.name
PORTION = 50  # records that are indexed in one transaction, so that no writer waits long


async def catch_up(tx: Tx) -> bool:
    """Index the next portion of what is not in the index as it now is; whether that was all.

    What somebody is changing is left to them: read without its lock, words that are being taken out could
    come into the index again. Should they change nothing, it is found the next time.
    """
    query = select(record).outerjoin(find_record, find_record.c.record_id == record.c.id)
    behind = or_(find_record.c.revision.is_(None), find_record.c.revision != record.c.revision)
    portion = query.where(behind).order_by(record.c.id).limit(PORTION)
    found = await store.read(tx, portion.with_for_update(of=record, key_share=True, skip_locked=True))
    await find_store.index(tx, found)
    return len(found) < PORTION
