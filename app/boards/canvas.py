"""The canvas page, and the shell that browsers store so that boards open without a network."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.types import ControllerRouterHandler
from msgspec import to_builtins

from app.access import State, Thing, allowed
from app.boards.api import welcome
from app.boards.core.sight import see_removed, viewer_of
from app.boards.core.stage.read import running_stage
from app.boards.live import codec
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.seats import BoardSeat, on_board, seat_of
from app.boards.storage import store
from app.config import ROOT
from app.web import Db, StaticFiles, page

Asking = Request[Any, Any, Any]
WORKER = ROOT / "static" / "js" / "sw.js"
MOST_IN_PAGE = 512 * 1024  # characters


@get("/", opt={"action": "board.show"})
async def show(
    request: Asking,
    rooms: LiveRooms,
    board_id: FromPath[str],
    view: FromQuery[str] = "",
    joined: FromQuery[str] = "",
    card: FromQuery[str] = "",
) -> Template | Redirect:
    """The canvas; on a phone, unless asked for, the outline; with `?wall` the board on the wall of a room.

    Who has just joined while a workshop runs takes part in it.
    """
    seat = seat_of(request)
    if "wall" in request.url.query.split("&"):
        return Redirect(f"/boards/{board_id}/wall")
    workshop = running_stage((await rooms.open(board_id)).room.board)
    if workshop and joined:
        return Redirect(f"/boards/{board_id}/take-part?joined=yes")
    if view != "canvas" and _is_phone(request):
        kept = {"joined": "yes" if joined else "", "card": card}
        query = urlencode({name: value for name, value in kept.items() if value})
        return Redirect(f"/boards/{board_id}/outline" + (f"?{query}" if query else ""))
    board = {"id": board_id, "title": seat.title, "archived": seat.state is State.ARCHIVED}
    snapshot = await _snapshot(rooms, seat)
    invites = allowed(seat.actor, "space.code", Thing(seat.state))
    return page(
        "boards/show.html",
        board=board,
        space=seat.space,
        seat=seat,
        snapshot=snapshot,
        may_invite=invites,
        workshop=workshop,
        may_begin=workshop is None and allowed(seat.actor, "workshop.begin", seat.thing),
    )


@get("/removed.json", opt={"action": "board.show"}, media_type="application/json")
async def removed(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[bytes]:
    """What this person may restore, as items with who `removed` them and when; the latest first."""
    seat = seat_of(request)
    board = (await rooms.open(board_id)).room.board
    gone = [item for item in board.items.values() if item.removed is not None]
    views = [
        (v, item.removed) for item in gone if (v := see_removed(board, item, viewer_of(seat.actor, board)))
    ]
    views.sort(key=lambda one: one[0].seq, reverse=True)
    async with db.read() as tx:
        done = await store.done(tx, board_id, [deed for _, deed in views if deed])
    listed = [{**to_builtins(view), "removed": done.get(deed or 0)} for view, deed in views]
    return Response(codec.encode(listed), media_type="application/json")


@get("/shell", opt={"action": "server.show"})
async def shell() -> Template:
    """The canvas page without a board and without anybody's data."""
    return page("boards/_shell.html")


@get("/shell.json", opt={"action": "server.show"})
async def shell_files(static: StaticFiles) -> dict[str, Any]:
    """What the service worker stores: files by their hashed addresses, nothing personal."""
    return {"version": static.base, "files": ["/shell", *static.kept()]}


@get("/sw.js", opt={"action": "server.show"}, media_type="text/javascript")
async def worker(static: StaticFiles) -> Response[str]:
    """Served from the root, since a service worker controls only the paths below its own."""
    return Response(
        WORKER.read_text().replace("__VERSION__", static.base),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


async def _snapshot(rooms: Rooms, seat: BoardSeat) -> str | None:
    """The board as the page carries it (rule D7), safe in a script element; a large one comes by socket."""
    live = await rooms.open(seat.board_id)
    rooms.looks.glance(seat.board_id, seat.actor.person, live.room.board.seq)
    text = codec.encode(welcome(live, seat, 0, None, 0)).decode()
    if len(text) > MOST_IN_PAGE:
        return None
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _is_phone(request: Asking) -> bool:
    mobile = request.headers.get("sec-ch-ua-mobile")
    return mobile == "?1" if mobile else "Mobi" in request.headers.get("user-agent", "")


routes: list[ControllerRouterHandler] = [
    Router("/boards/{board_id:str}", route_handlers=[show, removed], guards=[on_board]),
    shell,
    shell_files,
    worker,
]
