"""Who can change the sections of a board: the page of that, and what its two forms do."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath
from litestar.response import Template

from app.boards.library import actions as library
from app.boards.library.pages import AtBoardDoor, provide_board_door
from app.boards.seats import on_board, seat_of
from app.spaces.page_frame import page_of
from app.web import go, typed

Asking = Request[Any, Any, Any]


@get("/set-up", opt={"action": "board.set_up"})
async def show(request: Asking, board_id: FromPath[str]) -> Template:
    seat = seat_of(request)
    board = {"id": board_id, "title": seat.title, "set_up": seat.set_up}
    return page_of(seat.seat, "boards/set_up.html", here="boards", board=board)


@post("/set-up", opt={"action": "board.set_up"})
async def lock(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    """Lock the set-up, or (without `locked`) open it again."""
    await library.lock_set_up(board_door, board_id, locked=(await typed(request)).get("locked") == "yes")
    return go(request, f"/boards/{board_id}/set-up?done=board-set-up")


@post("/set-up/members", opt={"action": "board.who_sets_up"})
async def members(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    """Let members set up the board as well, or (without `members`) stewards alone."""
    by_members = (await typed(request)).get("members") == "yes"
    await library.let_members_set_up(board_door, board_id, by_members=by_members)
    return go(request, f"/boards/{board_id}/set-up?done=board-set-up")


routes = [
    Router(
        "/boards/{board_id:str}",
        route_handlers=[show, lock, members],
        guards=[on_board],
        dependencies={"board_door": Provide(provide_board_door)},
    )
]
