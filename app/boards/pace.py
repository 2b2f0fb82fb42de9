"""How fast ops come in over HTTP, as over a socket: above the pace of their person they wait."""

from time import monotonic

from app.access import Refused
from app.boards.core.ops import Doing
from app.boards.live import codec
from app.boards.live.quotas import Place
from app.boards.live.rooms import Rooms
from app.boards.seats import BoardSeat, find_seat
from app.spaces.seats import Connection

AT_ONCE = 0.4  # seconds: after a longer wait rights are read again


async def take_turn(
    connection: Connection, rooms: Rooms, seat: BoardSeat, op: Doing | Refused | None
) -> BoardSeat:
    """Wait until the person may do this op too, or (None) place a dot. Their seat after that (rule O5).

    Behind batches that may be minutes. Raises Refused where they have none any more.
    """
    began = monotonic()
    place = Place(seat.actor.person or "", seat.board_id, seat.space.id)
    await rooms.quotas.pace(place).turn()
    if op is not None:
        rooms.quotas.charge(place, op, 0 if isinstance(op, Refused) else len(codec.encode(op)))
    return await find_seat(connection, seat.board_id) if monotonic() - began > AT_ONCE else seat
