"""The projector over HTTP: its link is made on the console, and opened once, for a cookie and `/present`."""

from time import time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from app.access import NOT_FOUND, Code, Refused
from app.boards.live.rooms import LiveRooms
from app.boards.seats import seat_of
from app.boards.storage import screen_links
from app.web import Db, Settings, drawn_for, go, page, wants_fragment
from app.workshops.hat import led
from app.workshops.projector import draw, links
from app.workshops.projector.guard import by_screen

Asking = Request[Any, Any, Any]


@get("/", opt={"action": "screen.show"}, guards=[by_screen])
async def show(request: Asking, db: Db, rooms: LiveRooms, settings: Settings) -> Response[str]:
    """What the room sees. It has no tools, no names of people who look, and nothing private."""
    board = (await rooms.open(request.state.screen.board_id)).room.board
    drawn = await draw.context(db, settings, board)
    template = page(
        "workshops/projector/_body.html" if wants_fragment(request) else "workshops/projector/projector.html",
        **drawn,
        seq=board.seq,
        now=round(time(), 3),
    )
    return await drawn_for(request, template)


@get("/{token:str}", opt={"action": "screen.open"})
async def ask(request: Asking, db: Db, token: FromPath[str]) -> Response[str]:
    """One press opens it here: what only follows links uses none up."""
    await links.check_fresh(db, token)
    return await drawn_for(request, page("workshops/projector/open.html", token=token))


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
        "workshops/projector/link.html",
        address=f"{settings.base_url}/present/{token}",
        token=token,
        board_id=board_id,
        title=seat_of(request).title,
    )
    return await drawn_for(request, template)


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
    Router("/boards/{board_id:str}/console", route_handlers=[make, withdraw], guards=[led]),
]
