"""The links of projectors: each is one browser's, once it has been opened there."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, insert, select, update

from app.boards.core.board import Board
from app.boards.core.stage.read import stage_of
from app.boards.storage.tables import screen_link
from app.db import Tx

LASTS = timedelta(days=1)  # after the end of the workshop
UNENDED = timedelta(days=7)  # of one that nobody ends
LOGIN = "screen:"  # how the name of a projector begins where people have the id of their sign-in


class ScreenLink(Struct, frozen=True):
    id: str
    board_id: str
    stage_id: str
    made_at: datetime
    opened_at: datetime | None


def until(link: ScreenLink, board: Board) -> datetime | None:
    """When the link ends, by what the board says now; None where it was for an earlier workshop."""
    stage = stage_of(board)
    if stage is None or stage.id != link.stage_id:
        return None
    if stage.ended_at is not None:
        return datetime.fromtimestamp(stage.ended_at, UTC) + LASTS
    return link.made_at + UNENDED


async def add(tx: Tx, link: ScreenLink, token_sha256: str) -> None:
    """Links of earlier workshops of this board are deleted: they show nothing any more."""
    earlier = (screen_link.c.board_id == link.board_id) & (screen_link.c.stage_id != link.stage_id)
    await tx.execute(delete(screen_link).where(earlier))
    values = {"id": link.id, "board_id": link.board_id, "stage_id": link.stage_id}
    await tx.execute(insert(screen_link).values(**values, made_at=link.made_at, token_sha256=token_sha256))


async def open_by(tx: Tx, token_sha256: str, cookie_sha256: str, at: datetime) -> ScreenLink | None:
    """Exchange the token of an address, which opens once, for that of a cookie; None where it is not good."""
    fresh = (screen_link.c.token_sha256 == token_sha256) & screen_link.c.opened_at.is_(None)
    changed = await tx.execute(
        update(screen_link).where(fresh).values(token_sha256=cookie_sha256, opened_at=at)
    )
    return await by_cookie(tx, cookie_sha256) if changed.rowcount else None


async def by_cookie(tx: Tx, cookie_sha256: str) -> ScreenLink | None:
    """The link that this browser has opened; None where it has none, or that was withdrawn."""
    opened = (screen_link.c.token_sha256 == cookie_sha256) & screen_link.c.opened_at.is_not(None)
    row = (await tx.execute(select(screen_link).where(opened))).first()
    return _link(row) if row else None


async def by_token(tx: Tx, token_sha256: str) -> ScreenLink | None:
    """The link that an address is for, which nobody has opened yet."""
    fresh = (screen_link.c.token_sha256 == token_sha256) & screen_link.c.opened_at.is_(None)
    row = (await tx.execute(select(screen_link).where(fresh))).first()
    return _link(row) if row else None


async def of_board(tx: Tx, board_id: str) -> list[ScreenLink]:
    query = select(screen_link).where(screen_link.c.board_id == board_id)
    return [_link(row) for row in await tx.execute(query.order_by(screen_link.c.made_at))]


async def opened_in(tx: Tx, ids: Collection[str]) -> dict[str, ScreenLink]:
    """Those of the links that are opened and not withdrawn, by id."""
    rows = await tx.execute(select(screen_link).where(screen_link.c.id.in_(ids)))
    return {row.id: _link(row) for row in rows if row.opened_at is not None}


async def withdraw(tx: Tx, board_id: str, id: str) -> None:
    where = (screen_link.c.board_id == board_id) & (screen_link.c.id == id)
    await tx.execute(delete(screen_link).where(where))


def _link(row: object) -> ScreenLink:
    names = ("id", "board_id", "stage_id", "made_at", "opened_at")
    return ScreenLink(*(getattr(row, name) for name in names))
