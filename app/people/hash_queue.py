"""Who may have a password hashed next: known devices first, then the network asked for least of late."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil

from msgspec import Struct

from app.access import Code, Refused

AT_ONCE = 2  # each takes 64 MB and a tenth of a second
PATIENCE, PATIENCE_KNOWN = 1.5, 10.0  # seconds in the queue, after which one is asked to come again
EVERY_STRANGER = 4  # while known devices wait, every fourth turn is a stranger's all the same
MOST_OF_NETWORK, MOST_OF_KNOWN = 30, 2  # that wait in one lane: a ward shares a network, nobody a device
REMEMBERED = 400  # turns after which what networks have had counts half


class TooBusy(Refused):
    """No turn came in time. `seconds` is when to try again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        say = f"Many people are signing in at this moment. Try again in {seconds} seconds."
        super().__init__(Code.UNAVAILABLE, say)


class Asker(Struct, frozen=True):
    """Who wants a turn: a network or, where it is `known`, somebody who has proved who they are before."""

    lane: str
    known: bool = False


SERVER = Asker("server", known=True)  # what nobody outside asked for
Waiting = dict[str, deque[asyncio.Future[None]]]


class HashQueue:
    """Turns for work that takes a processor. In each lane it is first come, first served."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free, self._patience = at_once, patience
        self._known: Waiting = {}
        self._strangers: Waiting = {}
        self._served: Counter[str] = Counter()
        self._turns = 0

    @asynccontextmanager
    async def turn(self, asker: Asker) -> AsyncIterator[None]:
        """Wait for a turn, and hold it for as long as the block. Raises TooBusy."""
        await self._wait(asker)
        try:
            yield
        finally:
            self._next()

    async def _wait(self, asker: Asker) -> None:
        if self._free:
            self._free -= 1
            self._note(asker.lane)
            return
        lanes = self._known if asker.known else self._strangers
        lane = lanes.setdefault(asker.lane, deque())
        if len(lane) >= (MOST_OF_KNOWN if asker.known and asker != SERVER else MOST_OF_NETWORK):
            raise TooBusy(self._seconds())
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.append(mine)
        try:
            async with asyncio.timeout(PATIENCE_KNOWN if asker.known else self._patience):
                await mine
        except (TimeoutError, asyncio.CancelledError) as gave_up:
            if mine.done() and not mine.cancelled():
                self._next()  # the turn came at the same moment: on to the next
            self._remove(lanes, asker.lane, mine)
            if isinstance(gave_up, TimeoutError):
                raise TooBusy(self._seconds()) from None
            raise

    def _next(self) -> None:
        """Give the turn that is over to whoever is due, or keep it free."""
        self._turns += 1
        while self._known or self._strangers:
            strangers_due = self._strangers and self._turns % EVERY_STRANGER == 0
            lanes = self._strangers if strangers_due or not self._known else self._known
            name = min(lanes, key=self._served.__getitem__)
            first = lanes[name][0]
            self._remove(lanes, name, first)
            if not first.done():  # else it has given up at this moment
                self._note(name)
                first.set_result(None)
                return
        self._free += 1

    def _note(self, name: str) -> None:
        self._served[name] += 1
        if self._served.total() > REMEMBERED:
            self._served = Counter({one: had // 2 for one, had in self._served.items() if had > 1})

    def _remove(self, lanes: Waiting, name: str, one: asyncio.Future[None]) -> None:
        if one in lanes.get(name, ()):
            lanes[name].remove(one)
        if name in lanes and not lanes[name]:
            del lanes[name]

    def _seconds(self) -> int:
        """When a network that waits now will have had its turn: one a network, ten turns a second."""
        return max(3, ceil(len(self._strangers) / 10))
