"""What one person wrote in records, in the database: for downloading."""

from typing import Any

from sqlalchemy import or_, select

from app.db import Tx
from app.records.tables import record, record_change, record_row


async def changes_by(tx: Tx, person_id: str) -> list[Any]:
    """(title, kind, at, op as JSON) of all that the person did to records."""
    query = (
        select(record.c.title, record.c.kind, record_change.c.at, record_change.c.op)
        .join(record, record.c.id == record_change.c.record_id)
        .where(record_change.c.by == person_id)
    )
    return list(await tx.execute(query.order_by(record_change.c.at, record_change.c.record_id)))


async def rows_by(tx: Tx, person_id: str) -> list[Any]:
    """(title, list, fields as JSON, at) of the lines that the person signed, removed ones too."""
    query = (
        select(record.c.title, record_row.c.list, record_row.c.fields, record_row.c.at)
        .join(record, record.c.id == record_row.c.record_id)
        .where(record_row.c.by == person_id)
    )
    return list(await tx.execute(query.order_by(record_row.c.at, record_row.c.id)))


async def titles_kept(tx: Tx, person_id: str) -> list[str]:
    """The titles of what the person keeps true or was asked to."""
    theirs = or_(record.c.tender_id == person_id, record.c.offered_id == person_id)
    return list((await tx.execute(select(record.c.title).where(theirs).order_by(record.c.id))).scalars())
