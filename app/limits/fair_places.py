"""Places for what takes long, such as making a file, shared fairly: one a person, spaces in turn."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from msgspec import Struct

from app.access import Code, Refused

AT_ONCE = 2  # each takes a processor and 150 MB
MOST_OF_SPACE = 8  # that wait
FILES = "A file is made for you, or waits: yours is {} in line. Ask for another when you have it."
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Customer(Struct, frozen=True):
    """Who asks, in which space or of which board."""

    space: str
    person: str


class Places:
    """Who has a place and who waits. A person has one place, and `in_line` more may wait.

    `told` is said to those who ask for more, with the number in line of their first.
    """

    def __init__(self, at_once: int = AT_ONCE, in_line: int = 1, told: str = FILES) -> None:
        self._at_once, self._in_line, self._told = at_once, in_line, told
        self._served: set[str] = set()  # people
        self._waiting: OrderedDict[str, deque[tuple[str, asyncio.Future[None]]]] = OrderedDict()

    @asynccontextmanager
    async def place(self, customer: Customer) -> AsyncIterator[Callable[[], None]]:
        """Wait for a place, and hold it for as long as the block, or until what it gives is called.

        Raises Refused.
        """
        await self._wait(customer)
        holds = True

        def leave() -> None:
            nonlocal holds
            if holds:
                holds = False
                self._served.discard(customer.person)
                self._fill()

        try:
            yield leave
        finally:
            leave()

    async def _wait(self, customer: Customer) -> None:
        line = self._waiting.get(customer.space, deque())
        if sum(person == customer.person for person, _ in line) >= self._in_line:
            raise Refused(Code.UNAVAILABLE, self._told.format(self._ordinal(customer)))
        if len(line) >= MOST_OF_SPACE * self._in_line:
            say = "Many people of this space ask for something large at the moment. Try again in a minute."
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

    def _ordinal(self, customer: Customer) -> str:
        number = self._number(customer)
        return ORDINALS[number - 1] if number <= len(ORDINALS) else f"number {number}"

    def _number(self, customer: Customer) -> int:
        """The number in line of who waits, from 1, if each file takes as long: spaces in turn."""
        own = list(self._waiting)
        before = [person for person, _ in self._waiting[customer.space]].index(customer.person)
        place = own.index(customer.space)
        others = [len(line) for line in self._waiting.values()]
        ahead = (min(n, before + (i < place)) for i, n in enumerate(others) if i != place)
        return sum(ahead) + before + 1
