"""Finds removed items and clears them away: the SQL of it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.boards.retention.clearing import Clearing, LogEntry
from app.boards.storage.commit import Moved
from app.boards.storage.tables import board, deed, item
from app.db import Tx

MOST = 500  # removed items looked at in one turn, and ids in one statement
PAGE = 1000  # entries of the log read at once
THERE = '%"removed":null%'  # in people's words a quote is escaped, so that none of them look like this


class _Item(Struct, frozen=True):
    removed: int


_item = msgspec.json.Decoder(_Item)


async def boards(tx: Tx, before: datetime) -> list[str]:
    """The boards that are old enough to have anything to clear."""
    return list((await tx.execute(select(board.c.id).where(board.c.created_at < before))).scalars())


async def removed(tx: Tx, board_id: str) -> dict[str, int]:
    """Removed items by the deed that removed them, those first that nobody has touched for longest."""
    gone = (item.c.board_id == board_id, item.c.state.not_like(THERE))
    rows = await tx.execute(select(item.c.id, item.c.state).where(*gone).order_by(item.c.seq).limit(MOST))
    found = {}
    for row in rows:
        with suppress(msgspec.MsgspecError):  # one that cannot be read is reported wherever it is loaded
            found[row.id] = _item.decode(row.state).removed
    return found


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


def clear(tx: Connection, it: Clearing, at: float) -> int:
    """Clear away, as a deed of nobody; gives its seq. Raises Moved when somebody wrote meanwhile.

    It is the new floor too: whoever stands before it, process or client, is given the whole board (rule D4).
    """
    seq = it.seq + 1
    head = update(board).where(board.c.id == it.board, board.c.seq == it.seq).values(seq=seq, floor=seq)
    if tx.execute(head).rowcount != 1:
        raise Moved
    gone = sorted(it.gone)
    for start in range(0, len(gone), MOST):
        ids = gone[start : start + MOST]
        tx.execute(delete(item).where(item.c.board_id == it.board, item.c.id.in_(ids)))
    if it.entries:
        rows = [{"of": it.board, "at_seq": e.seq, **_columns(e)} for e in it.entries]
        tx.execute(_REWRITE, rows)
    done = {"op": '{"do":"clear"}', "inverse": "[]", "outcome": f'{{"n":null,"seq":{seq}}}'}
    tx.execute(insert(deed).values(board_id=it.board, seq=seq, person_id="", client="", at=at, **done))
    return seq


_REWRITE = (
    update(deed)
    .where(deed.c.board_id == bindparam("of"), deed.c.seq == bindparam("at_seq"))
    .values(op=bindparam("new_op"), inverse=bindparam("new_inverse"), outcome=bindparam("new_outcome"))
)


def _columns(entry: LogEntry) -> dict[str, str]:
    return {"new_op": entry.op, "new_inverse": entry.inverse, "new_outcome": entry.outcome}
