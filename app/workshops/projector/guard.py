"""Who a projector is: a browser with the cookie of a link that holds. It is let in at its own page alone."""

from typing import Any

from litestar.handlers import BaseRouteHandler

from app.access import Actor, Code, Refused, Role, Thing, decide
from app.boards.storage import screen_links
from app.db import now
from app.people.tokens import hashed
from app.web import services
from app.workshops.projector import links
from app.workshops.projector.links import Connection


async def by_screen(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of what a projector may see: its cookie opens one board, and nothing else of the product."""
    link = await screen_of(connection)
    if link is None:
        raise Refused(Code.NOT_FOUND, "This projector shows nothing now. Make a new link on the console.")
    refusal = decide(Actor(Role.SCREEN), handler.opt["action"], Thing())
    if refusal:
        raise refusal
    connection.state.screen = link


async def screen_of(connection: Connection) -> screen_links.ScreenLink | None:
    """The link that this browser has opened, while it lasts."""
    running: Any = services(connection)
    cookie = links.cookie_of(connection, running.config)
    async with running.db.read() as tx:
        link = await screen_links.by_cookie(tx, hashed(cookie)) if cookie else None
    if link is None:
        return None
    ends = screen_links.until(link, (await running.rooms.open(link.board_id)).room.board)
    return link if ends is not None and now() < ends else None
