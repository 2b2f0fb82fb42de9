"""A board on the wall of a room: everybody reads it, so it has no drafts of the person who projects."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from app.access import Actor, Thing, allowed
from app.boards.core.ops import FREE
from app.boards.core.sight import viewer_of
from app.boards.invitation import invitation_to
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.outline import document
from app.boards.seats import BoardSeat, on_board, seat_of
from app.db import Database
from app.spaces import seats
from app.web import Db, Settings, drawn_for, page, wants_fragment

Asking = Request[Any, Any, Any]
AXIS_ENDS = ("left", "right", "top", "bottom")


@get("/wall", opt={"action": "board.show"})
async def show(
    request: Asking, db: Db, rooms: LiveRooms, settings: Settings, board_id: FromPath[str]
) -> Response[str]:
    """The page, or for a wall that is open its sections as they are now.

    Only those who may show the join code have it there.
    """
    seat = seat_of(request)
    context = await _context(db, rooms, seat)
    if wants_fragment(request):
        return await drawn_for(request, page("boards/_wall_sections.html", **context))
    shows_code = allowed(seat.actor, "space.code", Thing(seat.state))
    invitation = await invitation_to(db, settings, seat) if shows_code else None
    return await drawn_for(request, page("boards/wall.html", invitation=invitation, **context))


async def _context(db: Database, rooms: Rooms, seat: BoardSeat) -> dict[str, Any]:
    board = (await rooms.open(seat.board_id)).room.board
    viewer = viewer_of(Actor(seat.actor.role), board)  # owns nothing, so that `see` gives it no draft
    people = await db.run_long_read(lambda tx: seats.people_by_id(tx, seat.space.id))
    parts = [part for part in document.parts(board, viewer) if part.section or part.count]
    return {
        "board": {"id": seat.board_id, "title": seat.title},
        "space": seat.space,
        "seq": board.seq,
        "parts": parts,
        "maps": {part.id: document.cards_of(board, viewer, part.id) for part in parts if _is_map(part)},
        "people": people,
    }


def _is_map(part: document.SectionEntry) -> bool:
    """Whether hands put its cards between axes that have names."""
    fields = part.fields
    return fields["layout"] == FREE and any(fields.get(f"axis_{end}") for end in AXIS_ENDS)


routes = [Router("/boards/{board_id:str}", route_handlers=[show], guards=[on_board])]
