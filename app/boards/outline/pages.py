"""The outline over HTTP: the page, its parts one by one, and what was removed."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from app.access import NOT_FOUND, Code, Refused
from app.boards.live.rooms import LiveRooms
from app.boards.outline import document
from app.boards.outline.feedback import DONE
from app.boards.outline.removed import removed_entries, removed_groups
from app.boards.outline.view import load_outline
from app.boards.seats import on_board, seat_of
from app.boards.storage import store
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
    outline = await load_outline(request, db, rooms, seat_of(request))
    typed = {name: value for name, value in request.query_params.items() if name in ("section", "of")}
    opened = outline.open_form(item, show, typed) if show else None
    if not wants_fragment(request):
        return await outline.page(open=opened, flash=DONE.get(done, ""))
    if show in ("new_section", "no_section"):
        return await outline.fragment("boards/_new_section.html", open=opened)
    if opened is None:
        raise Refused(Code.NOT_FOUND, "That is no longer here.")
    return await outline.fragment("boards/_open.html", open=opened)


@get("/parts", opt={"action": "board.show"})
async def parts(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """All parts as one fragment: for when sections came, went or changed their turn."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    return await outline.fragment("boards/_parts.html", parts=document.parts(outline.board, outline.viewer))


@get("/parts/{part_ids:str}", opt={"action": "board.show"})
async def part(
    request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str], part_ids: FromPath[str]
) -> Response[str]:
    """Sections, or `loose`, as they are now; several ids are parted by commas. Those gone are left out."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    entries = [document.part(outline.board, outline.viewer, id) for id in part_ids.split(",")[:50]]
    parts = [one for one in entries if one]
    if not parts:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return await outline.fragment("boards/_parts.html", parts=parts)


@get("/removed", opt={"action": "board.show"})
async def removed(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """What was removed and can be brought back, by who removed it and when."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    entries = removed_entries(outline.board, outline.viewer)
    async with db.read() as tx:
        done = await store.done(tx, board_id, [one.deed for one in entries])
    groups = removed_groups(entries, done)
    return await outline.fragment("boards/removed.html", **outline.page_context(), groups=groups)


routes = [Router("/boards/{board_id:str}", route_handlers=[show, parts, part, removed], guards=[on_board])]
