"""The guard of what only those may do who facilitate the workshop of a board."""

from typing import Any

from litestar.handlers import BaseRouteHandler
from msgspec import structs

from app.access import decide
from app.boards.core.stage.checks import on_stage
from app.boards.seats import find_seat
from app.spaces.seats import Connection


async def led(connection: Connection, handler: BaseRouteHandler) -> None:
    """Stores the seat, as `on_board` does. Raises Refused for all others, with the same words as there."""
    seat = await find_seat(connection, connection.path_params["board_id"])
    running: Any = connection.app.state.services
    board = (await running.rooms.open(seat.board_id)).room.board
    thing = on_stage(structs.replace(board, state=seat.state), seat.thing, seat.actor)
    refusal = decide(seat.actor, handler.opt["action"], thing)
    if refusal:
        raise refusal
    connection.state.seat = seat
