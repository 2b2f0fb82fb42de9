"""Which of the waiting tickets a room takes in one transaction. What it takes is gone from the queue."""

from collections import deque

from app.boards.core.stage.votes import CLOSING
from app.boards.live.casts import CastTicket
from app.boards.live.ticket import Ticket

Waiting = deque[Ticket | CastTicket]


def take_casts(waiting: Waiting, most: int) -> list[CastTicket]:
    """The dots at the front of the queue, up to the first op."""
    taken: list[CastTicket] = []
    while waiting and len(taken) < most and isinstance(waiting[0], CastTicket):
        taken.append(waiting[0])
        waiting.popleft()
    return taken


def take_ops(waiting: Waiting, most: int) -> list[Ticket]:
    """The ops at the front, up to the first dot. One that closes a vote comes alone.

    So every dot before it is in the database when the totals are made, and none that comes after it.
    """
    taken: list[Ticket] = []
    while waiting and len(taken) < most:
        first = waiting[0]
        if isinstance(first, CastTicket) or (taken and _closes(first)):
            break
        taken.append(first)
        waiting.popleft()
        if _closes(first):
            break
    return taken


def _closes(ticket: Ticket) -> bool:
    return isinstance(ticket.request.op, CLOSING)
