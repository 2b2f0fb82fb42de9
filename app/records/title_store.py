"""The titles of records that one can choose from."""

from msgspec import Struct
from sqlalchemy import select

from app.db import Tx
from app.records.core.record import Stands
from app.records.tables import record

MOST = 500  # the latest changed


class RecordTitle(Struct, frozen=True):
    """As much of a record as one needs to choose it."""

    id: str
    kind: str
    title: str


async def titles(tx: Tx, space_id: str) -> list[RecordTitle]:
    """What one can choose from: those that stand, so everyone sees them, the latest changed first."""
    query = select(record.c.id, record.c.kind, record.c.title).where(
        record.c.space_id == space_id, record.c.stands == Stands.STANDING, record.c.audience == "space"
    )
    rows = await tx.execute(query.order_by(record.c.changed_at.desc(), record.c.id).limit(MOST))
    return [RecordTitle(row.id, row.kind, row.title) for row in rows]
