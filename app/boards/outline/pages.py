"""The outline over HTTP: the page, its parts one by one, and what was removed."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from app.access import NOT_FOUND, Code, Refused
from app.boards.library import pages as library_pages
from app.boards.live.rooms import LiveRooms
from app.boards.outline import document
from app.boards.outline.feedback import DONE
from app.boards.outline.view import sheet
from app.boards.seats import on_board, seat_of
from app.web import Db, wants_fragment

Asking = Request[Any, Any, Any]


@get("/outline", opt={"action": "board.show"})
async def show(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    item: FromQuery[str] = "",
    show: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Response[str]:
    """The board as a document. With `item` and `show` the form about that item is open."""
    found = await sheet(request, db, rooms, seat_of(request))
    asked = {name: value for name, value in request.query_params.items() if name in ("section", "of")}
    opened = found.open(item, show, asked) if show else None
    if not wants_fragment(request):
        return await found.outline(open=opened, flash=DONE.get(done, ""))
    if show in ("new_section", "no_section"):
        return await found.fragment("boards/_new_section.html", open=opened)
    if opened is None:
        raise Refused(Code.NOT_FOUND, "That is no longer here.")
    return await found.fragment("boards/_open.html", open=opened)


@get("/parts", opt={"action": "board.show"})
async def parts(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """All parts as one fragment: for when sections came, went or changed their turn."""
    found = await sheet(request, db, rooms, seat_of(request))
    return await found.fragment("boards/_parts.html", parts=found.parts())


@get("/parts/{part_ids:str}", opt={"action": "board.show"})
async def part(
    request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str], part_ids: FromPath[str]
) -> Response[str]:
    """Sections, or `loose`, as they are now; several ids are parted by commas. Those gone are left out."""
    found = await sheet(request, db, rooms, seat_of(request))
    asked = [document.part(found.board, found.viewer, id) for id in part_ids.split(",")[:50]]
    there = [one for one in asked if one]
    if not there:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return await found.fragment("boards/_parts.html", parts=there)


@get("/removed", opt={"action": "board.show"})
async def removed(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """What was removed and can be brought back."""
    found = await sheet(request, db, rooms, seat_of(request))
    gone = document.gone(found.board, found.viewer)
    return await found.fragment("boards/removed.html", **found.whole(), gone=gone)


routes = [
    Router("/boards/{board_id:str}", route_handlers=[show, parts, part, removed], guards=[on_board]),
    *library_pages.routes,
]
