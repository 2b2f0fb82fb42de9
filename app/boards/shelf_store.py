"""Boards as wholes, in the database: their titles, and what lies on the shelf of a space."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, insert, select, update

from app.boards.tables import board
from app.db import Tx


class Shelved(Struct, frozen=True):
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


async def find(tx: Tx, board_id: str) -> Shelved | None:
    row = (await tx.execute(_query().where(board.c.id == board_id))).one_or_none()
    return _shelved(row) if row else None


async def of_space(tx: Tx, space_id: str) -> list[Shelved]:
    """All boards of a space, archived ones too, the latest changed first."""
    rows = await tx.execute(
        _query().where(board.c.space_id == space_id).order_by(board.c.changed_at.desc(), board.c.id)
    )
    return [_shelved(row) for row in rows]


async def rename(tx: Tx, board_id: str, title: str) -> None:
    await tx.execute(update(board).where(board.c.id == board_id).values(title=title))


async def set_archived(tx: Tx, board_id: str, at: datetime | None) -> None:
    await tx.execute(update(board).where(board.c.id == board_id).values(archived_at=at))


def _query() -> Select[Any]:
    return select(
        board.c.id, board.c.space_id, board.c.title, board.c.seq, board.c.changed_at, board.c.archived_at
    )


def _shelved(row: Row[Any]) -> Shelved:
    return Shelved(row.id, row.space_id, row.title, row.seq, row.changed_at, row.archived_at is not None)
