"""Forty people of five organisations in one room, two who lead, and one who only looks on."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import uuid4

from app.access import Role
from app.db import Database
from app.people import actions as accounts
from app.spaces import actions as spaces
from tests.support.server import Server
from tests.support.until import until
from tests.support.world import World
from tests.workshops.forty.phones import Page, Phone

ORGANISATIONS = {"North": 14, "South": 12, "East": 8, "West": 4, "Isle": 2}  # with how many people
WANTS = ("stage:phone", "stage:phone", "items")  # by sockets; every fourth person has forms alone
THEMES, DOTS, MOST = 4, 3, 2


async def seat_forty(url: str, world: World) -> list[tuple[str, str]]:
    """Person and cookie of each."""
    db, found = Database(url), []
    try:
        async with db.write() as tx:
            for name, count in ORGANISATIONS.items():
                house = world.organisations.get(name) or await spaces.add_organisation(tx, world.space, name)
                for i in range(count):
                    person = await accounts.create_person(tx, f"{name} {i}")
                    await spaces.seat_person(tx, world.space, person, house, Role.MEMBER)
                    token = await accounts.start_session(tx, person, "a test")
                    found.append((person, f"tl_session={token}"))
    finally:
        await db.close()
    return found


class Room:
    def __init__(self, server: Server, world: World, forty: list[tuple[str, str]]) -> None:
        self.server, self.world = server, world
        self.lead, self.second = self._named("Ana", "items"), self._named("Cat", "items")
        self.walls = [self._named("Dan", "stage:projector"), self._named("Dan", "wall")]
        self.phones: list[Phone] = []
        self.pages: list[Page] = []
        for i, (person, cookie) in enumerate(forty):
            if i % 4 == 3:
                self.pages.append(Page(server, world.board, person, cookie))
            else:
                self.phones.append(Phone(server, world.board, person, cookie, WANTS[i % 4]))
        self.stage = str(uuid4())
        self.phase: str | None = None

    def _named(self, name: str, want: str) -> Phone:
        cookie = f"tl_session={self.world.tokens[name]}"
        return Phone(self.server, self.world.board, self.world.people[name], cookie, want)

    @property
    def sockets(self) -> list[Phone]:
        return [self.lead, self.second, *self.walls, *self.phones]

    @property
    def everyone(self) -> list[Phone | Page]:
        """The forty."""
        return [*self.phones, *self.pages]

    async def ask(self, prompt: str, **settings: Any) -> str:
        """Move on to the next phase; its id."""
        id = str(uuid4())
        op = {"do": "open_phase", "id": id, "from": self.phase, "prompt": prompt, **settings}
        ack = await self.lead.act(**op)
        assert "seq" in ack, ack
        self.phase = id
        return id

    async def settled(self, within: float = 15) -> None:
        """All that anybody has sent is answered."""
        await until(lambda: all(one.settled for one in self.sockets), within, "all is answered")

    async def die(self) -> None:
        """kill -9, and the same server again."""
        await self.server.kill9()
        await self.server.start()

    def heard_by_others(self, person: str) -> str:
        return "\n".join(text for one in self.sockets if one.person != person for text in one.heard)


@asynccontextmanager
async def gathered(server: Server, world: World, forty: list[tuple[str, str]]) -> AsyncIterator[Room]:
    """All of them on their lines, until the block ends."""
    room = Room(server, world, forty)
    async with AsyncExitStack() as stack:
        for page in room.pages:
            await stack.enter_async_context(page.http)
        async with asyncio.TaskGroup() as tasks:
            lines = [tasks.create_task(one.live()) for one in room.sockets]
            try:
                await until(lambda: all(one.welcomed for one in room.sockets), 15, "everyone is welcomed")
                yield room
            finally:
                for line in lines:
                    line.cancel()


def choice_of(i: int, things: list[str]) -> list[str]:
    """What the person with this number chooses: at most two dots on one thing."""
    first = i % THEMES
    second = first if i % 3 == 0 else (i + 1) % THEMES
    third = (first + 1 + i // 4 % 3) % THEMES
    return [things[at] for at in (first, second, third)][: 1 + i % DOTS]


def totals_of(votes: dict[str, list[str]], house: dict[str, str]) -> dict[str, tuple[int, dict[str, int]]]:
    """Counted by hand: the dots of each thing, and its people by organisation where both sides are five."""
    dots = Counter(choice for chosen in votes.values() for choice in chosen)
    voted = Counter(house[person] for person in votes)
    found = {}
    for thing in dots:
        cell = Counter(house[person] for person, chosen in votes.items() if thing in chosen)
        found[thing] = (dots[thing], {h: n for h, n in cell.items() if n >= 5 and voted[h] - n >= 5})
    return found
