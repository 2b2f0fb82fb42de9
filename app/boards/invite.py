"""Inviting to one board: its QR code, join code and address, for the wall and on paper, and other ways in."""

from typing import Any

from litestar import Request, Router, get
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import Thing, allowed
from app.boards.seats import BoardSeat, on_board, seat_of
from app.config import Config
from app.db import Database
from app.spaces.joining import join
from app.spaces.joining.paths import path_to_join
from app.spaces.joining.qr_code import qr
from app.spaces.space import JoinCode
from app.web import Db, Settings, page


class BoardInvitation(Struct, frozen=True):
    """How guests come to a board now."""

    code: JoinCode
    address: str  # with the board in it
    short: str  # to type: the code brings one to the space, and its link to the board

    @property
    def picture(self) -> str:
        return qr(self.address)


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


async def invitation_to(db: Database, settings: Config, seat: BoardSeat) -> BoardInvitation | None:
    """What to show to guests; None where no code works now."""
    async with db.read() as tx:
        code = await join.active_code(tx, seat.space.id)
    if code is None:
        return None
    address = settings.base_url + path_to_join(code.code, seat.board_id)
    return BoardInvitation(code, address, f"{settings.base_url}/join")


routes = [Router("/boards/{board_id:str}", route_handlers=[show], guards=[on_board])]
