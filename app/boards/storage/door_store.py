"""What people say at the doors of a workshop: how many share a phone, and what would help them to take part.

The first is a number for the head-count. The second is read by the facilitators alone, is in no backup, and
is gone at the end, or a day after the time that was booked.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, func, insert, select

from app.boards.storage.tables import access_need, board, shared_phone
from app.db import SyncTx, Tx


async def set_people(tx: Tx, board_id: str, stage_id: str, person: str, people: int) -> None:
    """So many are at the person's phone; of one alone nothing is kept."""
    is_mine = _phones(board_id, stage_id) & (shared_phone.c.person_id == person)
    await tx.execute(delete(shared_phone).where(is_mine))
    if people > 1:
        values = {"board_id": board_id, "stage_id": stage_id, "person_id": person, "people": people}
        await tx.execute(insert(shared_phone).values(**values))


async def people(tx: Tx, board_id: str, stage_id: str) -> dict[str, int]:
    """How many are at a phone, by its person, where it is more than one."""
    query = select(shared_phone.c.person_id, shared_phone.c.people).where(_phones(board_id, stage_id))
    return {row.person_id: row.people for row in await tx.execute(query)}


async def set_need(tx: Tx, board_id: str, person: str, words: str, at: datetime) -> None:
    """In place of what the person said before; no words take it back."""
    is_mine = (access_need.c.board_id == board_id) & (access_need.c.person_id == person)
    await tx.execute(delete(access_need).where(is_mine))
    if words:
        values = {"board_id": board_id, "person_id": person, "words": words, "at": at}
        await tx.execute(insert(access_need).values(**values))


async def needs(tx: Tx, board_id: str) -> dict[str, str]:
    """What people said, the first who did first. For facilitators, and each person's own."""
    query = select(access_need.c.person_id, access_need.c.words).where(access_need.c.board_id == board_id)
    rows = await tx.execute(query.order_by(access_need.c.at, access_need.c.person_id))
    return {row.person_id: row.words for row in rows}


async def last_said(tx: Tx) -> dict[str, datetime]:
    """By board, when somebody last said what would help."""
    query = select(access_need.c.board_id, func.max(access_need.c.at).label("at"))
    return {row.board_id: row.at for row in await tx.execute(query.group_by(access_need.c.board_id))}


def forget_needs(tx: SyncTx, board_id: str, before: datetime | None = None) -> None:
    """The workshop has ended; or nobody has ended it, and what was said `before` that is no longer of use."""
    query = delete(access_need).where(access_need.c.board_id == board_id)
    tx.execute(query if before is None else query.where(access_need.c.at <= before))


async def of_person(tx: Tx, person: str) -> list[Row]:
    """(board id, space id, title, words) of what the person said would help."""
    query = select(access_need.c.board_id, board.c.space_id, board.c.title, access_need.c.words)
    query = query.join(board, board.c.id == access_need.c.board_id)
    return list(await tx.execute(query.where(access_need.c.person_id == person)))


async def forget(tx: Tx, person: str) -> None:
    """All that the person said at doors."""
    await tx.execute(delete(access_need).where(access_need.c.person_id == person))
    await tx.execute(delete(shared_phone).where(shared_phone.c.person_id == person))


def _phones(board_id: str, stage_id: str) -> ColumnElement[bool]:
    return (shared_phone.c.board_id == board_id) & (shared_phone.c.stage_id == stage_id)
