"""Finds removed items in the database, and deletes them."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from app.boards.core.words.log_words import LogEntry
from app.boards.retention.clearing import Clearing
from app.boards.storage import find_store, log_words
from app.boards.storage.errors import GuardFailed
from app.boards.storage.tables import board, deed, item
from app.db import Tx

MOST = 500  # removed items looked at in one round, and ids in one statement
PAGE = 1000  # entries of the log read at once
NOT_REMOVED = '%"removed":null%'  # no text on a card can look like this: JSON escapes its quotes


class _Item(Struct, frozen=True):
    removed: int


_item = msgspec.json.Decoder(_Item)


async def boards(tx: Tx, before: datetime) -> list[str]:
    """The boards that are old enough to have anything to clear."""
    return list((await tx.execute(select(board.c.id).where(board.c.created_at < before))).scalars())


async def removed(tx: Tx, board_id: str, most: int | None = MOST) -> dict[str, int]:
    """Removed items, each with the deed that removed it: at most so many, the longest untouched first."""
    gone = (item.c.board_id == board_id, item.c.state.not_like(NOT_REMOVED))
    rows = await tx.execute(select(item.c.id, item.c.state).where(*gone).order_by(item.c.seq).limit(most))
    removed_by = {}
    for row in rows:
        with suppress(msgspec.MsgspecError):  # one that cannot be read is reported wherever it is loaded
            removed_by[row.id] = _item.decode(row.state).removed
    return removed_by


async def done_at(tx: Tx, board_id: str, seqs: list[int]) -> dict[int, float]:
    """When deeds were done, in unix seconds."""
    query = select(deed.c.seq, deed.c.at).where(deed.c.board_id == board_id, deed.c.seq.in_(seqs))
    return {row.seq: row.at for row in await tx.execute(query)}


async def entries(tx: Tx, board_id: str, first: int) -> AsyncIterator[LogEntry]:
    """The log from deed `first` on."""
    query = select(deed.c.seq, deed.c.op, deed.c.inverse, deed.c.outcome).where(deed.c.board_id == board_id)
    query = query.order_by(deed.c.seq).limit(PAGE)
    while rows := (await tx.execute(query.where(deed.c.seq >= first))).all():
        for row in rows:
            yield LogEntry(row.seq, row.op, row.inverse, row.outcome)
        first = rows[-1].seq + 1


def clear(tx: Connection, clearing: Clearing, at: float) -> int:
    """Clear away, by a deed of nobody at `at` (unix seconds); returns its seq. Raises GuardFailed.

    It is the new floor too: a process or client with an earlier cursor gets the whole board (rule D4).
    """
    seq = clearing.seq + 1
    head = (
        update(board)
        .where(board.c.id == clearing.board, board.c.seq == clearing.seq)
        .values(seq=seq, floor=seq)
    )
    if tx.execute(head).rowcount != 1:
        raise GuardFailed
    gone = sorted(clearing.items)
    for start in range(0, len(gone), MOST):
        ids = gone[start : start + MOST]
        tx.execute(delete(item).where(item.c.board_id == clearing.board, item.c.id.in_(ids)))
    find_store.remove(tx, clearing.board, gone)
    find_store.erase_words(tx)
    log_words.rewrite(tx, clearing.board, clearing.entries)
    done = {"op": '{"do":"clear"}', "inverse": "[]", "outcome": f'{{"n":null,"seq":{seq}}}'}
    tx.execute(insert(deed).values(board_id=clearing.board, seq=seq, person_id="", client="", at=at, **done))
    return seq
