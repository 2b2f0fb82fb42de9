"""Everybody cut at once, and everybody back: how long it takes, and whether anything was missed."""

import asyncio
import contextlib

from msgspec import Struct

from tests.bench.processes import processor
from tests.bench.stage import Stage

RATE = 10  # updates a second, going on all the while
CARDS = 600
SPREAD = 0.5  # seconds over which browsers come back for the first time, each at random (rule C10)


class Storm(Struct, frozen=True):
    sockets: int
    seconds: float  # until the last one is welcomed
    longest: float  # seconds from connecting to being welcomed, of the slowest
    cost: float  # milliseconds of processor for one return
    failed: int
    lost: int
    doubled: int


async def measure(on: Stage, sockets: int) -> Storm:
    people = await on.writers(5)
    spread = ("--at-once", str(sockets), "--spread", str(SPREAD))
    try:
        await people.add_cards(CARDS)
        async with on.viewers(sockets, len(on.cookies) - 5, *spread) as crowd:
            await asyncio.sleep(3)
            await crowd.ask("mark")
            writing = asyncio.create_task(people.edit_at(RATE, 60))
            await asyncio.sleep(1)
            await crowd.ask("leave")
            used = processor(on.server.pid)
            back = await crowd.ask("enter")
            used = processor(on.server.pid) - used
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing
            await people.settled()
            await asyncio.sleep(2)
            report = await crowd.ask("report")
    finally:
        people.close()
    sent = people.written
    lost = sent - report["updates"] + report["updates_not_at_all"]
    return Storm(
        sockets,
        back["seconds"],
        back["longest"] or 0,
        used / sockets * 1e3,
        sockets - back["open"],
        lost,
        report["updates_doubled"],
    )
