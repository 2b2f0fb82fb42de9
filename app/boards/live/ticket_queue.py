"""The ops that wait for a room, and those of its present turn."""

from collections import deque

from app.boards.live.ticket import Ticket


class TicketQueue:
    """Tickets in the order in which they came. One that is closed takes none."""

    def __init__(self) -> None:
        self._waiting: deque[Ticket] = deque()
        self._taken: list[Ticket] = []
        self.is_closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for an answer, in the present turn too."""
        return bool(self._waiting or self._taken)

    def put(self, ticket: Ticket) -> bool:
        """False where nobody will take it any more."""
        if not self.is_closed:
            self._waiting.append(ticket)
        return not self.is_closed

    def take(self, most: int) -> list[Ticket]:
        """The first ones, at most so many. Those taken before have their answers."""
        self._taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        return self._taken

    def answered(self) -> None:
        """All that were taken have their answers."""
        self._taken = []

    def close(self) -> list[Ticket]:
        """Take no more; gives all that have no answer yet."""
        left, self._taken = [*self._taken, *self._waiting], []
        self._waiting.clear()
        self.is_closed = True
        return left
