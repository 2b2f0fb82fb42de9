"""Opening the doors of a workshop: its stage begins on its board, and those who lead it facilitate."""

from typing import Any

from litestar import Request

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.ops import AddFacilitator, OpenStage
from app.boards.core.stage.read import running_stage
from app.boards.live import actions as live
from app.boards.live.rooms import Rooms
from app.boards.pace import take_turn
from app.boards.seats import find_seat
from app.spaces.actions import Door
from app.workshops.runsheet import actions
from app.workshops.runsheet.workshop import Workshop

NO_BOARD = "Choose the board of this workshop first."


async def open_doors(request: Request[Any, Any, Any], door: Door, rooms: Rooms, workshop: Workshop) -> str:
    """The board on which it runs then; opened twice it is the same workshop. Raises Refused."""
    if workshop.board is None:
        raise Refused(Code.INVALID, NO_BOARD)
    board_id = workshop.board
    now = await actions.opens(door, workshop.id)
    if now.stage in (await _board(rooms, board_id)).items:
        return board_id
    seat = await find_seat(request, board_id)
    op = OpenStage(now.stage or "", now.purpose, now.authority)
    seat = await take_turn(request, rooms, seat, op)
    # One behind the other in the queue: where the first is done late, so are they that let the others lead.
    others = [one for one in now.team if one != seat.actor.person]
    requests = [live.request(seat.actor, AddFacilitator(now.stage or "", one)) for one in others]
    requests = [live.request(seat.actor, op), *requests]
    result = live.result_of((await live.act(rooms, board_id, seat.seat, requests))[0])
    opened = running_stage(await _board(rooms, board_id))
    if result.code and (opened is None or opened.id != now.stage):
        await actions.other_board(door, workshop.id, now.stage or "")
        raise Refused(Code(result.code), result.say or "")
    return board_id  # who cannot write here any more is left out


async def _board(rooms: Rooms, board_id: str) -> Board:
    return (await rooms.open(board_id)).room.board
