"""Beginning a workshop over a board: what for, and what this group may decide."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from app.access import Code, Refused
from app.boards.core.stage.ops import OpenStage
from app.boards.core.stage.read import running_stage
from app.boards.live import actions
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.outline import form_ops
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat, on_board, seat_of
from app.refusals import STATUS
from app.spaces.actions import Door
from app.web import Db, drawn_for, go, page, services, typed
from app.workshops.runsheet import actions as plans

Asking = Request[Any, Any, Any]
BEGIN = {"action": "workshop.begin"}


@get("/workshop", opt=BEGIN)
async def show(request: Asking, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """The form; where a workshop runs already, that."""
    seat = seat_of(request)
    stage = running_stage((await rooms.open(board_id)).room.board)
    if stage is not None:
        leads = seat.actor.person in stage.facilitators
        return go(request, f"/boards/{board_id}/{'console' if leads else 'take-part'}")
    values = {"purpose": seat.space.purpose, "authority": ""}
    return await drawn_for(request, _page(board_id, seat.title, values, ""))


@post("/workshop", opt=BEGIN)
async def begin(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """Begin, and go to the console. Where it is refused the words stay in the form.

    It stands among the workshops of the space then, with no run-sheet, so that it has minutes too.
    """
    seat, form = seat_of(request), await typed(request)
    try:
        op = form_ops.read_op({**form, "do": "open_stage"})
        if not isinstance(op, OpenStage):
            raise Refused(Code.INVALID, form_ops.UNREADABLE)
        seat = await take_turn(request, rooms, seat, op)
        door = Door(db, rooms.ring, services(request).config, seat.seat.login, seat.space.id)
        await actions.whole(rooms, "a workshop that begins", _begin(rooms, door, seat, op))
    except Refused as refused:
        again = _page(board_id, seat.title, form, refused.say, STATUS[refused.code])
        return await drawn_for(request, again)
    return go(request, f"/boards/{board_id}/console?done=open_stage")


async def _begin(rooms: Rooms, door: Door, seat: BoardSeat, op: OpenStage) -> None:
    """On its board, and among the workshops of the space. Raises Refused."""
    result = await actions.act_once(rooms, seat.board_id, seat.seat, actions.request(seat.actor, op))
    if result.code and not await _is_begun(rooms, seat, op):
        raise Refused(Code(result.code), result.say or "")
    await plans.began(door, seat.board_id, op, seat.title)


async def _is_begun(rooms: Rooms, seat: BoardSeat, op: OpenStage) -> bool:
    """Whether it runs by the same form, sent before without an answer."""
    stage = running_stage((await rooms.open(seat.board_id)).room.board)
    return stage is not None and stage.id == op.id and seat.actor.person in stage.facilitators


def _page(board_id: str, title: str, values: dict[str, str], wrong: str, status: int = 200) -> Any:
    board = {"id": board_id, "title": title}
    return page("workshops/begin.html", status, board=board, values=values, wrong=wrong)


routes = [Router("/boards/{board_id:str}", route_handlers=[show, begin], guards=[on_board])]
