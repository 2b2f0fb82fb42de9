"""Whole boards in the database: their titles, and the list of a space's boards."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Select, delete, insert, literal, select, update

from app.boards.storage.tables import board, item
from app.compiled_statements import built_once
from app.db import Tx, Utc

REHEARSAL = "rehearsal"  # the template of copies that live no longer than their rehearsal


class BoardSummary(Struct, frozen=True):
    """A board as the list of its space shows it."""

    id: str
    space: str
    title: str
    seq: int
    changed_at: datetime
    archived: bool
    members_set_up: bool


async def add(tx: Tx, board_id: str, space_id: str, title: str, template: str, by: str, at: datetime) -> None:
    """Insert a board without any items; `by` is the person who creates it."""
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
    """The board, archived or not; None where there is none."""
    row = (await tx.execute(*_one(board_id))).one_or_none()
    return _summary(row) if row else None


@built_once
def _one(board_id: Any) -> Select[Any]:
    return _query().where(board.c.id == board_id)


async def of_space(tx: Tx, space_id: str) -> list[BoardSummary]:
    """All boards of a space, archived ones too, the latest changed first."""
    return [_summary(row) for row in await tx.execute(*_of_space(space_id))]


@built_once
def _of_space(space_id: Any) -> Select[Any]:
    return _query().where(board.c.space_id == space_id).order_by(board.c.changed_at.desc(), board.c.id)


async def rename(tx: Tx, board_id: str, title: str) -> None:
    await tx.execute(update(board).where(board.c.id == board_id).values(title=title))


async def set_archived(tx: Tx, board_id: str, at: datetime | None) -> None:
    """`at` is when it was archived; None opens it again."""
    await tx.execute(update(board).where(board.c.id == board_id).values(archived_at=at))


async def set_up(tx: Tx, board_id: str, **values: bool) -> None:
    """`locked`: whether its sections are; `by_members`: whether members may change them all the same."""
    columns = {"locked": board.c.set_up_locked, "by_members": board.c.members_set_up}
    given = {columns[name]: value for name, value in values.items()}
    await tx.execute(update(board).where(board.c.id == board_id).values(given))


async def copy(tx: Tx, board_id: str, new_id: str, title: str, template: str, at: datetime) -> None:
    """A second board with the same items; its log begins after the deeds of the first."""
    head = {
        "id": literal(new_id),
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
    head_row = select(*(value.label(name) for name, value in head.items())).where(board.c.id == board_id)
    await tx.execute(insert(board).from_select(list(head), head_row))
    items = select(literal(new_id).label("board_id"), item.c.id, item.c.seq, item.c.state)
    to = ["board_id", "id", "seq", "state"]
    await tx.execute(insert(item).from_select(to, items.where(item.c.board_id == board_id)))


async def rehearsals(tx: Tx, space_id: str, before: datetime) -> list[str]:
    """The ids of copies that rehearsals made before that time."""
    query = select(board.c.id).where(board.c.space_id == space_id, board.c.template == REHEARSAL)
    return list((await tx.execute(query.where(board.c.created_at < before))).scalars())


async def remove_rehearsal(tx: Tx, board_id: str) -> None:
    """Delete the copy that a rehearsal made. No other boards are ever deleted."""
    await tx.execute(delete(board).where(board.c.id == board_id, board.c.template == REHEARSAL))


def begin_anew(tx: Connection, epoch: int) -> None:
    """Give all boards a new epoch, so that every browser loads its boards whole.

    Needed after a restore from backup: browsers may hold newer items than the database.
    """
    tx.execute(update(board).values(epoch=epoch))


def _query() -> Select[Any]:
    return select(board)


def _summary(row: Row[Any]) -> BoardSummary:
    archived = row.archived_at is not None
    return BoardSummary(
        row.id, row.space_id, row.title, row.seq, row.changed_at, archived, row.members_set_up
    )
