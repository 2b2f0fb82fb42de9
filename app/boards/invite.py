"""Inviting to one board: its QR code, join code and address, for the wall and on paper, and other ways in."""

from typing import Any

from litestar import Request, Router, get
from litestar.params import FromPath
from litestar.response import Template

from app.access import Thing, allowed
from app.boards.invitation import invitation_to
from app.boards.seats import on_board, seat_of
from app.web import Db, Settings, page


@get("/invite", opt={"action": "space.code"})
async def show(
    request: Request[Any, Any, Any], db: Db, settings: Settings, board_id: FromPath[str]
) -> Template:
    """The sheet to show in a room or to print."""
    seat = seat_of(request)
    thing = Thing(seat.state, seat.actor.person, seat.actor.organisation)
    ways = ("space.codes", "space.invite", "space.propose_organisation")
    return page(
        "boards/invite.html",
        board={"id": board_id, "title": seat.title},
        space=seat.space,
        seat=seat,
        invitation=await invitation_to(db, settings, seat),
        may={way for way in ways if allowed(seat.actor, way, thing)},
    )


routes = [Router("/boards/{board_id:str}", route_handlers=[show], guards=[on_board])]
