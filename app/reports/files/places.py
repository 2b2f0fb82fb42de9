"""Places where files are made, shared fairly: one a person, spaces in turn."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from app.access import Code, Refused

AT_ONCE = 2  # each takes a processor and 150 MB
MOST_OF_SPACE = 8  # that wait
WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Customer(Struct, frozen=True):
    """Who asks for a file, of which space."""

    space: str
    person: str


class Places:
    """Who has a place and who waits. A person has one file made, and one more may wait."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._served: set[str] = set()  # people
        self._waiting: OrderedDict[str, deque[tuple[str, asyncio.Future[None]]]] = OrderedDict()

    @asynccontextmanager
    async def place(self, customer: Customer) -> AsyncIterator[None]:
        """Wait for a place, and hold it for as long as the block. Raises Refused."""
        await self._wait(customer)
        try:
            yield
        finally:
            self._served.discard(customer.person)
            self._fill()

    async def _wait(self, customer: Customer) -> None:
        line = self._waiting.get(customer.space, deque())
        if any(person == customer.person for person, _ in line):
            raise Refused(Code.UNAVAILABLE, self._already(customer))
        if len(line) >= MOST_OF_SPACE:
            say = "Many files of this space are being made at the moment. Try again in a minute."
            raise Refused(Code.UNAVAILABLE, say)
        mine = (customer.person, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(customer.space, line).append(mine)
        self._fill()
        try:
            await mine[1]
        except asyncio.CancelledError:
            if mine[1].done() and not mine[1].cancelled():
                self._served.discard(customer.person)  # the place came at the same moment: on to the next
            self._remove(customer.space, mine)
            self._fill()
            raise

    def _fill(self) -> None:
        """Give free places to those who are due; a space that had one goes to the end of the line."""
        while len(self._served) < self._at_once:
            due = next(
                (
                    (space, one)
                    for space, line in self._waiting.items()
                    for one in line
                    if one[0] not in self._served
                ),
                None,
            )
            if due is None:
                return
            space, (person, future) = due
            self._waiting.move_to_end(space)
            self._remove(space, due[1])
            if not future.done():
                self._served.add(person)
                future.set_result(None)

    def _remove(self, space: str, one: tuple[str, asyncio.Future[None]]) -> None:
        line = self._waiting.get(space)
        if line and one in line:
            line.remove(one)
            if not line:
                del self._waiting[space]

    def _already(self, customer: Customer) -> str:
        number = self._number(customer)
        word = WORDS[number - 1] if number <= len(WORDS) else f"number {number}"
        return f"A file is made for you, or waits: yours is {word} in line. Ask for another when you have it."

    def _number(self, customer: Customer) -> int:
        """The number in line of who waits, from 1, if each file takes as long: spaces in turn."""
        own = list(self._waiting)
        before = [person for person, _ in self._waiting[customer.space]].index(customer.person)
        place = own.index(customer.space)
        others = [len(line) for line in self._waiting.values()]
        ahead = (min(n, before + (i < place)) for i, n in enumerate(others) if i != place)
        return sum(ahead) + before + 1
