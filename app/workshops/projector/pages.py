"""The projector over HTTP: its link is made on the console, and opened once, for a cookie and `/present`."""

from time import time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from app.access import NOT_FOUND, Actor, Code, Refused, Role, Thing, decide
from app.boards.live.rooms import LiveRooms
from app.boards.seats import seat_of
from app.boards.storage import screen_links
from app.db import now
from app.people.tokens import hashed
from app.web import Db, Settings, go, page, render_in_thread, services, wants_fragment
from app.workshops.console.pages import PATH as CONSOLE
from app.workshops.hat import led
from app.workshops.projector import draw, links
from app.workshops.projector.links import Connection

Asking = Request[Any, Any, Any]


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


@get("/", opt={"action": "screen.show"}, guards=[by_screen])
async def show(request: Asking, db: Db, rooms: LiveRooms, settings: Settings) -> Response[str]:
    """What the room sees. It has no tools, no names of people who look, and nothing private."""
    board = (await rooms.open(request.state.screen.board_id)).room.board
    drawn = await draw.context(db, settings, board)
    template = page(
        "workshops/_projector_body.html" if wants_fragment(request) else "workshops/projector.html",
        **drawn,
        seq=board.seq,
        now=round(time(), 3),
    )
    return await render_in_thread(request, template)


@get("/{token:str}", opt={"action": "screen.open"})
async def ask(request: Asking, db: Db, token: FromPath[str]) -> Response[str]:
    """One press opens it here: what only follows links uses none up."""
    await links.check_fresh(db, token)
    return await render_in_thread(request, page("workshops/projector_open.html", token=token))


@post("/{token:str}", opt={"action": "screen.open"})
async def open_here(request: Asking, db: Db, settings: Settings, token: FromPath[str]) -> Response[Any]:
    """The token is good once; from here on the browser has a cookie, and an address that may be filmed."""
    if not token or len(token) > 100:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    _, cookie = await links.exchange(db, token)
    answer = go(request, "/present")
    links.set_cookie(answer, settings, cookie)
    return answer


@post("/screens", opt={"action": "workshop.lead"})
async def make(
    request: Asking, db: Db, rooms: LiveRooms, settings: Settings, board_id: FromPath[str]
) -> Response[str]:
    """A new link, shown this once."""
    token = await links.make(db, (await rooms.open(board_id)).room.board)
    template = page(
        "workshops/projector_link.html",
        address=f"{settings.base_url}/present/{token}",
        token=token,
        board_id=board_id,
        title=seat_of(request).title,
    )
    return await render_in_thread(request, template)


@post("/screens/{screen_id:str}/withdraw", opt={"action": "workshop.lead"})
async def withdraw(
    request: Asking, db: Db, board_id: FromPath[str], screen_id: FromPath[str]
) -> Response[Any]:
    """That projector shows nothing from now on, wherever it is."""
    async with db.write() as tx:
        await screen_links.withdraw(tx, board_id, screen_id)
    return go(request, f"/boards/{board_id}/console?done=withdrawn")


routes = [
    Router("/present", route_handlers=[show, ask, open_here]),
    Router(CONSOLE, route_handlers=[make, withdraw], guards=[led]),
]
