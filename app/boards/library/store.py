"""Boards as wholes, in the database: their titles, and what lies on the shelf of a space."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Select, delete, insert, literal, select, update

from app.boards.storage.tables import board, item
from app.db import Tx, Utc

REHEARSAL = "rehearsal"  # the template of copies that live no longer than their rehearsal


class BoardSummary(Struct, frozen=True):
    """A board as its space's shelf knows it."""

    id: str
    space: str
    title: str
    seq: int
    changed_at: datetime
    archived: bool


async def add(tx: Tx, board_id: str, space_id: str, title: str, template: str, by: str, at: datetime) -> None:
    await tx.execute(
        insert(board).values(
            id=board_id,
            space_id=space_id,
            title=title,
            seq=0,
            floor=0,
            template=template,
            created_at=at,
            created_by=by,
            changed_at=at,
        )
    )


async def find(tx: Tx, board_id: str) -> BoardSummary | None:
    row = (await tx.execute(_query().where(board.c.id == board_id))).one_or_none()
    return _shelved(row) if row else None


async def of_space(tx: Tx, space_id: str) -> list[BoardSummary]:
    """All boards of a space, archived ones too, the latest changed first."""
    rows = await tx.execute(
        _query().where(board.c.space_id == space_id).order_by(board.c.changed_at.desc(), board.c.id)
    )
    return [_shelved(row) for row in rows]


async def rename(tx: Tx, board_id: str, title: str) -> None:
    await tx.execute(update(board).where(board.c.id == board_id).values(title=title))


async def set_archived(tx: Tx, board_id: str, at: datetime | None) -> None:
    await tx.execute(update(board).where(board.c.id == board_id).values(archived_at=at))


async def copy(tx: Tx, board_id: str, made: str, title: str, template: str, at: datetime) -> None:
    """A second board with the very items of the first; its log begins after theirs."""
    head = {
        "id": literal(made),
        "space_id": board.c.space_id,
        "title": literal(title),
        "seq": board.c.seq,
        "floor": board.c.seq,
        "epoch": board.c.epoch,
        "template": literal(template),
        "created_at": literal(at, Utc),
        "created_by": board.c.created_by,
        "changed_at": literal(at, Utc),
    }
    same = select(*(value.label(name) for name, value in head.items())).where(board.c.id == board_id)
    await tx.execute(insert(board).from_select(list(head), same))
    items = select(literal(made).label("board_id"), item.c.id, item.c.seq, item.c.state)
    to = ["board_id", "id", "seq", "state"]
    await tx.execute(insert(item).from_select(to, items.where(item.c.board_id == board_id)))


async def rehearsals(tx: Tx, space_id: str, before: datetime) -> list[str]:
    """The copies of rehearsals that began before."""
    query = select(board.c.id).where(board.c.space_id == space_id, board.c.template == REHEARSAL)
    return list((await tx.execute(query.where(board.c.created_at < before))).scalars())


async def remove_rehearsal(tx: Tx, board_id: str) -> None:
    """The only boards that ever go wholly, with all that is on them: nobody's work, only noise."""
    await tx.execute(delete(board).where(board.c.id == board_id, board.c.template == REHEARSAL))


def begin_anew(tx: Connection, epoch: int) -> None:
    """After a restore: browsers may hold what now never was, so each is given the whole board."""
    tx.execute(update(board).values(epoch=epoch))


def _query() -> Select[Any]:
    return select(
        board.c.id, board.c.space_id, board.c.title, board.c.seq, board.c.changed_at, board.c.archived_at
    )


def _shelved(row: Row[Any]) -> BoardSummary:
    return BoardSummary(row.id, row.space_id, row.title, row.seq, row.changed_at, row.archived_at is not None)
