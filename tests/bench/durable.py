"""How many ops a second one board makes durable, with 64 of them under way at any time."""

import asyncio
import time
from itertools import count

from msgspec import Struct

from app.access import Actor, Role
from app.boards.core.ops import AddCard, EditCard
from app.boards.live.actions import request
from app.boards.live.rooms import Rooms
from app.boards.live.turn.ticket import Ticket
from app.db import Database, new_id
from tests.bench.processes import processor
from tests.bench.stage import Stage
from tests.bench.writers import WORDS

CARDS = 400


class Durable(Struct, frozen=True):
    a_second: float
    ack_ms: tuple[float, float, float]  # p50, p95, p99
    core: float  # share of a core that the server used


async def of_engine(on: Stage, seconds: float) -> float:
    """The same without sockets: ops a second that a room decides, applies, commits and answers."""
    db = Database(on.database_url)
    rooms = Rooms(db, lambda topic, number: None, limited=False)
    live = await rooms.open(on.world.board)
    actor = Actor(Role.MEMBER, on.world.people["Ben"], on.world.organisations["North"])
    ids, numbers, done = [new_id() for _ in range(CARDS)], count(1), count(0)
    ended, until = asyncio.Event(), time.monotonic() + 3600

    def ask(_answer: object = None) -> None:
        next(done)
        if time.monotonic() > until:
            ended.set()
            return
        n = next(numbers)
        text = f"{WORDS} {n}"
        op = AddCard(ids[n - 1], "note", text) if n <= CARDS else EditCard(ids[n % CARDS], text)
        live.room.submit(Ticket(request(actor, op, client="bench", n=n), "", None, ask))

    for _ in range(64):
        ask()
    await asyncio.sleep(seconds / 3)
    before, began = next(done), time.monotonic()
    until = began + seconds
    await ended.wait()
    a_second = (next(done) - before) / (time.monotonic() - began)
    await rooms.stop()
    await db.close()
    return a_second


async def measure(on: Stage, seconds: float) -> Durable:
    """One writer, for as long as it takes to see."""
    people = await on.writers(1, in_flight=64)
    try:
        await people.add_cards(CARDS)
        people.clear()
        (writer,) = people.all
        began, used = time.monotonic(), processor(on.server.pid)
        while time.monotonic() < began + seconds:
            await asyncio.wait_for(writer.free.wait(), 20)
            while writer.free.is_set():
                people.edit()
        await people.settled()
        took, used = time.monotonic() - began, processor(on.server.pid) - used
        assert not writer.refused, writer.refused[:3]
        p50, p95, p99 = people.took_ms(50, 95, 99)
        return Durable(people.written / took, (p50, p95, p99), used / took)
    finally:
        people.close()
