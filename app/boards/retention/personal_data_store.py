"""What one person did on boards, in the database: for downloading it and for erasing it."""

from typing import Any

from sqlalchemy import delete, select

from app.boards.core.words.log_words import LogEntry
from app.boards.storage.tables import board, deed, item, refusal
from app.db import Tx


async def deeds_of(tx: Tx, person_id: str) -> list[Any]:
    """(board id, space id, title, at, op as JSON) of all deeds of the person, by board and seq."""
    query = (
        select(deed.c.board_id, board.c.space_id, board.c.title, deed.c.at, deed.c.op)
        .join(board, board.c.id == deed.c.board_id)
        .where(deed.c.person_id == person_id)
    )
    return list(await tx.execute(query.order_by(deed.c.board_id, deed.c.seq)))


async def boards_of(tx: Tx, person_id: str) -> list[str]:
    """The boards on which the person did anything that is still kept, or something of theirs stands."""
    did = select(deed.c.board_id).where(deed.c.person_id == person_id)
    wrote = select(item.c.board_id).where(item.c.state.contains(_owned(person_id), autoescape=True))
    return sorted((await tx.execute(did.union(wrote))).scalars())


async def items_of(tx: Tx, person_id: str) -> list[Any]:
    """(board id, space id, title, item id, state) of what the person added and is still there."""
    query = (
        select(item.c.board_id, board.c.space_id, board.c.title, item.c.id, item.c.state)
        .join(board, board.c.id == item.c.board_id)
        .where(item.c.state.contains(_owned(person_id), autoescape=True))
    )
    return list(await tx.execute(query.order_by(item.c.board_id, item.c.seq)))


async def log_of(tx: Tx, board_id: str, person_id: str) -> list[LogEntry]:
    """The person's deeds on one board, as they are in the log."""
    mine = (deed.c.board_id == board_id, deed.c.person_id == person_id)
    rows = await tx.execute(select(deed.c.seq, deed.c.op, deed.c.inverse, deed.c.outcome).where(*mine))
    return [LogEntry(row.seq, row.op, row.inverse, row.outcome) for row in rows]


async def forget_refusals(tx: Tx, person_id: str) -> None:
    """Delete the stored refusals of the person: they may repeat what the person wrote."""
    await tx.execute(delete(refusal).where(refusal.c.person_id == person_id))


def _owned(person_id: str) -> str:
    """How the state of an item says whose it is; no text on a card looks like it: JSON escapes its quotes."""
    return f'"owner":"{person_id}"'
