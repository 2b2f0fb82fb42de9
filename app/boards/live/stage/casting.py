"""How dots reach a board: pages, sockets and programs all come through here."""

import asyncio
from functools import partial

from app.access import Refused
from app.boards.core.stage.votes import Cast
from app.boards.live.actions import in_time
from app.boards.live.live_board import Live
from app.boards.live.rooms import Rooms
from app.boards.live.stage.casts import CastTicket, own_dots
from app.spaces.space import Seat


async def cast(rooms: Rooms, board_id: str, seat: Seat, one: Cast) -> Refused | None:
    """Place, move or take back a dot; None once that is durable, else why not.

    Raises store.Missing, NoAnswer.
    """
    live = await rooms.open(board_id)
    answered: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
    submit(live, seat, one, answered)
    return await in_time(answered)


def submit(live: Live, seat: Seat, one: Cast, answered: asyncio.Future[Refused | None]) -> None:
    """Put a dot in the queue; it counts even if nobody waits for the answer any more."""

    def settle(answer: Refused | None) -> None:
        if not answered.done():
            answered.set_result(answer)

    live.room.submit(CastTicket(seat.actor, seat.login, seat.space.rights, one, settle))


async def dots_of(rooms: Rooms, board_id: str, person: str) -> dict[int, str]:
    """What a person has chosen in the present phase, by slot; slot 0 is "I have finished".

    For that person's own page: nobody else is shown it (rule P5). Raises store.Missing.
    """
    room = (await rooms.open(board_id)).room
    read = partial(own_dots, secret=rooms.secret, board=room.board, person=person)
    return await rooms.db.run_read(lambda tx: tx.run_sync(lambda sync: read(sync)))
