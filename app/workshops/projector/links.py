"""Links of projectors: made on the console, opened once on the machine that projects."""

from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import running_stage
from app.boards.storage import screen_links
from app.boards.storage.screen_links import UNENDED, ScreenLink
from app.config import Config
from app.db import Database, new_id, now
from app.people.tokens import hashed, new_token

Connection = ASGIConnection[Any, Any, Any, Any]
OVER = "This link has been used already, or was withdrawn. Make a new one on the console."


async def make(db: Database, board: Board) -> str:
    """A new link for the workshop that runs here: its token, which is kept nowhere. Raises locked."""
    stage = running_stage(board)
    if stage is None:
        raise Refused(Code.LOCKED, "No workshop is running here now.")
    token = new_token()
    async with db.write() as tx:
        await screen_links.add(tx, ScreenLink(new_id(), board.id, stage.id, now(), None), hashed(token))
    return token


async def exchange(db: Database, token: str) -> tuple[ScreenLink, str]:
    """Open the link here: what it is, and the token for the cookie. Raises not_found."""
    cookie = new_token()
    async with db.write() as tx:
        link = await screen_links.open_by(tx, hashed(token), hashed(cookie), now())
    if link is None:
        raise Refused(Code.NOT_FOUND, OVER)
    return link, cookie


async def check_fresh(db: Database, token: str) -> None:
    """Raise not_found unless this link can still be opened."""
    async with db.read() as tx:
        if await screen_links.by_token(tx, hashed(token)) is None:
            raise Refused(Code.NOT_FOUND, OVER)


async def of_board(db: Database, board: Board) -> list[ScreenLink]:
    """The links of the present workshop, the oldest first."""
    async with db.read() as tx:
        links = await screen_links.of_board(tx, board.id)
    return [one for one in links if screen_links.until(one, board)]


def set_cookie(response: Response[Any], config: Config, token: str) -> None:
    """Lax, so that the page opens from the exchange; read at `/present` alone."""
    response.cookies.append(
        Cookie(
            key=_name(config),
            value=token,
            path="/",
            httponly=True,
            secure=config.https,
            samesite="lax",
            max_age=int(UNENDED.total_seconds()),
        )
    )


def cookie_of(connection: Connection, config: Config) -> str:
    return connection.cookies.get(_name(config), "")


def _name(config: Config) -> str:
    return "__Host-tl_screen" if config.https else "tl_screen"
