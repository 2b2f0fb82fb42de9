"""Up to which change whoever keeps a record true has seen it, in the database."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from app.compiled_statements import insert_in
from app.db import Tx, chunks
from app.records.tables import record, record_look

Looks = Mapping[tuple[str, str], int]  # the revision, by record and person


async def note(tx: Tx, looks: Looks) -> None:
    """Store these in place of earlier ones; those at records that are gone are left out."""
    there = select(record.c.id).where(record.c.id.in_({id for id, _ in looks}))
    known = set((await tx.execute(there)).scalars())
    rows = [
        {"record_id": id, "person_id": person, "revision": revision}
        for (id, person), revision in sorted(looks.items())  # in the same order in all processes
        if id in known
    ]
    fresh = insert_in(tx.dialect.name, record_look)
    keys, new = [record_look.c.record_id, record_look.c.person_id], {"revision": fresh.excluded["revision"]}
    for part in chunks(rows):
        await tx.execute(fresh.on_conflict_do_update(index_elements=keys, set_=new), part)


async def seen(tx: Tx, person_id: str, ids: Collection[str]) -> dict[str, int]:
    """By record, the revision that the person has seen; without those that they never opened."""
    found: dict[str, int] = {}
    for some in chunks(sorted(ids)):
        query = select(record_look.c.record_id, record_look.c.revision)
        here = (record_look.c.person_id == person_id, record_look.c.record_id.in_(some))
        found |= {row.record_id: row.revision for row in await tx.execute(query.where(*here))}
    return found


async def forget(tx: Tx, person_id: str) -> None:
    await tx.execute(delete(record_look).where(record_look.c.person_id == person_id))
