"""What a form of the phone does: one op through the board's one door, or one dot."""

from collections.abc import Mapping
from typing import Any

from litestar import Request
from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.ops import Undo
from app.boards.core.stage.notes import check_question
from app.boards.core.stage.read import Phase, phase_of, present_phase
from app.boards.core.stage.votes import FINISHED, Cast
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.live.stage import casting
from app.boards.outline import form_ops
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat
from app.workshops.phone import dots
from app.workshops.phone.gathering import is_gathering, op_of

Asking = Request[Any, Any, Any]
NOTES = frozenset({"add_card", "edit_card", "remove_card"})
GONE = Refused(Code.LOCKED, "The workshop has moved on, so this does not count any more.")


class Done(Struct, frozen=True):
    """The word for what was done, and the deed that it can be taken back by, where that is offered."""

    word: str
    undo: int | None = None


async def do(request: Asking, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]) -> Done:
    """Raises Refused."""
    if form.get("do") in NOTES:
        return Done(await _write(request, rooms, seat, form))
    if is_gathering(form):
        return await _gather(request, rooms, seat, form)
    return Done(await _cast(request, rooms, seat, form))


async def _gather(request: Asking, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]) -> Done:
    op = op_of(form)
    seat = await take_turn(request, rooms, seat, op)
    result = await actions.act_once(rooms, seat.board_id, seat.seat, actions.request(seat.actor, op))
    if result.code:
        raise Refused(Code(result.code), result.say or "")
    if isinstance(op, Undo):
        return Done("undone")
    return Done(str(op.__struct_config__.tag), result.seq)


async def _write(request: Asking, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]) -> str:
    given = dict(form)
    board = (await rooms.open(seat.board_id)).room.board
    phase = phase_of(board, form.get("phase"))
    if "as_question" in form and phase is not None:
        given["text"] = as_question(form.get("text", ""))
    op = form_ops.read_op(given)
    base, read = form_ops.base_of(given), form_ops.read_of(given)
    seat = await take_turn(request, rooms, seat, op)
    asked = actions.request(seat.actor, op, base=base, read=read)
    result = await actions.act_once(rooms, seat.board_id, seat.seat, asked)
    if result.code:
        raise Refused(Code(result.code), result.say or "")
    item = (await rooms.open(seat.board_id)).room.board.items.get(form.get("id", ""))
    is_shown = form["do"] == "add_card" and item is not None and item.shown is not None
    return "shown" if is_shown else form["do"]


async def _cast(request: Asking, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]) -> str:
    phase = present_phase((await rooms.open(seat.board_id)).room.board)
    if phase is None or phase.id != form.get("phase"):
        raise GONE
    word, choice = form.get("do", ""), form.get("choice", "")
    own = await casting.dots_of(rooms, seat.board_id, seat.actor.person or "")
    match word:
        case "finish":
            one = Cast(phase.id, FINISHED, "yes")
        case "go_on":
            one = Cast(phase.id, FINISHED, None)
        case "place":
            one = dots.to_place(phase, own, choice, form.get("free", ""))
        case "take_back":
            one = dots.to_take_back(phase, own, choice, form.get("last", ""))
        case _:
            raise Refused(Code.INVALID, form_ops.UNREADABLE)
    seat = await take_turn(request, rooms, seat, None)
    refused = await casting.cast(rooms, seat.board_id, seat.seat, one)
    if refused:
        raise refused
    return word


def is_no_question(everyone: Phase | None, text: str) -> bool:
    """Whether the phase asks for a question and these words are none, so that they can be turned into one."""
    if everyone is None or not text.strip():
        return False
    try:
        check_question(everyone, text)
    except Refused:
        return True
    return False


def as_question(text: str) -> str:
    """The words with a question mark at their end."""
    return text.rstrip().rstrip(".!…").rstrip() + "?"
