"""Histories of records as they are stored, with the words that are withheld from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select, update

from app.db import Tx, chunks
from app.records import find_store, store
from app.records.core.record import Record
from app.records.core.taken_out import Place, Titles
from app.records.tables import record, record_change, record_row


class StoredDeed(Struct):
    """A deed as JSON is read, and as it was before words were `withheld`: those may come back."""

    revision: int
    deed: dict[str, Any]
    withheld: dict[str, Any] | None
    sentences: dict[Place, str]  # of the cards whose words are withheld

    @property
    def whole(self) -> dict[str, Any]:
        return self.withheld or self.deed


async def quoting(tx: Tx, board_id: str) -> list[tuple[str, str]]:
    """(space, record) of the records that quote cards of a board."""
    query = select(record.c.space_id, record.c.id).join(record_row, record_row.c.record_id == record.c.id)
    rows = await tx.execute(query.where(record_row.c.board_id == board_id).distinct().order_by(record.c.id))
    return [(row.space_id, row.id) for row in rows]


async def quoted_boards(tx: Tx) -> set[str]:
    """The boards with cards that any record quotes."""
    query = select(record_row.c.board_id).where(record_row.c.board_id.is_not(None)).distinct()
    return set((await tx.execute(query)).scalars())


async def deeds(tx: Tx, record_id: str) -> list[StoredDeed]:
    """All that was done to a record, the first thing first."""
    query = select(record_change.c.revision, record_change.c.op).where(record_change.c.record_id == record_id)
    found = []
    for row in await tx.execute(query.order_by(record_change.c.revision)):
        deed = msgspec.json.decode(row.op)
        withheld, sentences = deed.pop("withheld", None), deed.pop("withheld_of", [])
        known = {(board, card): sentence for board, card, sentence in sentences}
        found.append(StoredDeed(row.revision, deed, withheld, known))
    return found


async def titles(tx: Tx, ids: Sequence[str]) -> dict[str, Titles]:
    """What these records are and were called, by id."""
    found = {}
    for some in chunks(ids):
        here = select(record.c.id, record.c.title, record_change.c.op).where(record.c.id.in_(some))
        rows = (await tx.execute(here.join(record_change, record_change.c.record_id == record.c.id))).all()
        for id in {row.id for row in rows}:
            named = {row.title for row in rows if row.id == id}
            deeds = [msgspec.json.decode(row.op) for row in rows if row.id == id]
            shown = {deed["op"]["title"] for deed in deeds if "title" in deed["op"]}
            whole = [(deed.get("withheld") or deed)["op"] for deed in deeds]
            ever = {op["title"] for op in whole if "title" in op}
            found[id] = Titles(named.pop(), frozenset(shown), frozenset(ever))
    return found


async def heads(tx: Tx, record_id: str) -> list[tuple[int, str, datetime]]:
    """(revision, by, at) of all changes, the first one first, also of those that cannot be read here."""
    columns = (record_change.c.revision, record_change.c.by, record_change.c.at)
    query = select(*columns).where(record_change.c.record_id == record_id)
    return [(row.revision, row.by, row.at) for row in await tx.execute(query.order_by(columns[0]))]


async def rewrite(tx: Tx, record_id: str, changed: StoredDeed) -> None:
    """Store a deed with other words in it. Who did it and when stays."""
    more: Mapping[str, Any] = {}
    if changed.withheld is not None:
        more = {
            "withheld": changed.withheld,
            "withheld_of": [(*place, say) for place, say in changed.sentences.items()],
        }
    op = msgspec.json.encode({**changed.deed, **more}).decode()
    here = (record_change.c.record_id == record_id, record_change.c.revision == changed.revision)
    await tx.execute(update(record_change).where(*here).values(op=op))


async def rewrite_head(tx: Tx, now: Record) -> None:
    """Store what the record is by its rewritten history."""
    await tx.execute(update(record).where(record.c.id == now.id).values(**store.head_values(now)))
    for row in now.rows:
        await tx.execute(update(record_row).where(record_row.c.id == row.id).values(**store.row_values(row)))
    await find_store.index(tx, [now])
    await find_store.erase_words(tx)
