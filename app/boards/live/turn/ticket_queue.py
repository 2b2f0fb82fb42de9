"""The ops and dots that wait for a room, and those of its present turn."""

from collections import deque

from app.boards.core.stage.votes import CLOSING
from app.boards.live.stage.casts import CastTicket
from app.boards.live.turn.ticket import Ticket

Tickets = list[Ticket] | list[CastTicket]


class TicketQueue:
    """Tickets in the order in which they came. One that is closed takes none."""

    def __init__(self) -> None:
        self._waiting: deque[Ticket | CastTicket] = deque()
        self._taken: Tickets = []
        self.is_closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for an answer, in the present turn too."""
        return bool(self._waiting or self._taken)

    def put(self, ticket: Ticket | CastTicket) -> bool:
        """False where nobody will take it any more."""
        if not self.is_closed:
            self._waiting.append(ticket)
        return not self.is_closed

    def take_casts(self, most: int) -> list[CastTicket]:
        """The dots at the front, up to the first op and at most so many."""
        casts: list[CastTicket] = []
        while self._waiting and len(casts) < most and isinstance(first := self._waiting[0], CastTicket):
            casts.append(first)
            self._waiting.popleft()
        self._taken = casts
        return casts

    def take_ops(self, most: int) -> list[Ticket]:
        """The ops at the front, up to the first dot and at most so many. One that closes a vote comes alone.

        So every dot before it is in the database when the totals are made, and none that comes after it.
        """
        ops: list[Ticket] = []
        while self._waiting and len(ops) < most and not isinstance(first := self._waiting[0], CastTicket):
            if ops and _closes(first):
                break
            ops.append(first)
            self._waiting.popleft()
            if _closes(first):
                break
        self._taken = ops
        return ops

    def answered(self) -> None:
        """All that were taken have their answers."""
        self._taken = []

    def close(self) -> list[Ticket | CastTicket]:
        """Take no more; gives all that have no answer yet."""
        left: list[Ticket | CastTicket] = [*self._taken, *self._waiting]
        self._taken = []
        self._waiting.clear()
        self.is_closed = True
        return left


def _closes(ticket: Ticket) -> bool:
    return isinstance(ticket.request.op, CLOSING)
