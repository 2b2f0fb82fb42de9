"""A board on the wall of a room: everybody reads it, so it has no drafts of the person who projects."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from app.access import Thing, allowed
from app.boards.core.sight import Viewer
from app.boards.invite import invitation_to
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.outline import document
from app.boards.seats import BoardSeat, on_board, seat_of
from app.config import Config
from app.db import Database
from app.spaces import seats
from app.web import Db, page, render_in_thread

Asking = Request[Any, Any, Any]


@get("/wall", opt={"action": "board.show"})
async def sections(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """The sections as they are now, for a wall that is open."""
    return await render_in_thread(
        request, page("boards/_wall_sections.html", **await _context(db, rooms, seat_of(request)))
    )


async def wall_page(
    request: Asking, db: Database, rooms: Rooms, settings: Config, seat: BoardSeat
) -> Response[str]:
    """The whole page. Only those who may show the join code have it there."""
    shows_code = allowed(seat.actor, "space.code", Thing(seat.state))
    invitation = await invitation_to(db, settings, seat) if shows_code else None
    context = await _context(db, rooms, seat)
    return await render_in_thread(request, page("boards/wall.html", invitation=invitation, **context))


async def _context(db: Database, rooms: Rooms, seat: BoardSeat) -> dict[str, Any]:
    board = (await rooms.open(seat.board_id)).room.board
    viewer = Viewer(seat.actor.role)  # owns nothing, so that `see` gives it no draft
    async with db.read() as tx:
        people = await seats.people_of(tx, seat.space.id)
    parts = [part for part in document.parts(board, viewer) if part.section or part.count]
    return {
        "board": {"id": seat.board_id, "title": seat.title},
        "space": seat.space,
        "seq": board.seq,
        "parts": parts,
        "people": {one.id: one for one in people},
    }


routes = [Router("/boards/{board_id:str}", route_handlers=[sections], guards=[on_board])]
