"""How many ops a second one board makes durable, with 64 of them under way at any time."""

import asyncio
import time

from msgspec import Struct

from tests.bench.processes import processor
from tests.bench.stage import Stage

CARDS = 400


class Durable(Struct, frozen=True):
    a_second: float
    ack_ms: tuple[float, float, float]  # p50, p95, p99
    core: float  # share of a core that the server used


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
