"""What the people of waiting ops may do now, where that may have changed since the ops came in (rule O5)."""

from collections.abc import Collection, Mapping

from msgspec import Struct, structs

from app.access import Code, Refused, Role, State
from app.boards.core.board import SetUp
from app.boards.core.group_commit import OpRequest
from app.boards.live.turn.ticket import Ticket
from app.boards.storage import store
from app.db import Tx
from app.spaces import seats
from app.spaces.space import Seat

LEFT = Refused(Code.NOT_ALLOWED, "You are no longer part of this space.")


class PresentRights(Struct, frozen=True):
    """The seats by sign-in at `epoch`, without those that are gone, and the state that decides the rest."""

    seats: Mapping[str, Seat]
    epoch: int
    state: State
    space_state: State
    set_up: SetUp


async def read(tx: Tx, space_id: str, board_id: str, logins: Collection[str]) -> PresentRights:
    """Raises store.Missing."""
    epoch = await seats.rights_of(tx, space_id)  # first: it must not be newer than what is read after it
    seat_by_login = await seats.seats(tx, space_id, logins)
    head = await store.head_of(tx, board_id)
    return PresentRights(seat_by_login, epoch, head.state, await seats.state_of(tx, space_id), head.set_up)


def as_now(tickets: list[Ticket], now: PresentRights) -> list[OpRequest]:
    """The requests by what their people may do now."""
    requests = []
    for ticket in tickets:
        request, seat = ticket.request, now.seats.get(ticket.login)
        if seat is not None:
            request = structs.replace(request, actor=seat.actor)
        elif request.actor.role is not Role.JOB:
            request = structs.replace(request, op=LEFT)
        requests.append(request)
    return requests
