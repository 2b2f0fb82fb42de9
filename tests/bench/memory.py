"""What an idle socket holds, and whether comings and goings leave anything behind."""

import asyncio

from msgspec import Struct

from tests.bench.processes import memory
from tests.bench.stage import Stage

BEFORE = 200  # sockets that come first, so that what is made once is not counted
ROUND = 200  # sockets of one round


class Memory(Struct, frozen=True):
    """Kilobytes."""

    socket: float  # each idle socket
    growth: float  # over the second half of the rounds, all in all
    rounds: int


async def measure(on: Stage, sockets: int, rounds: int) -> Memory:
    people = len(on.cookies)
    async with on.viewers(BEFORE, people):
        await asyncio.sleep(2)
    before = memory(on.server.pid)
    async with on.viewers(sockets, people):
        await asyncio.sleep(2)
        each = (memory(on.server.pid) - before) / sockets / 1024
    left = []
    async with on.viewers(ROUND, people) as crowd:
        for _ in range(rounds):
            left.append(memory(on.server.pid))
            await crowd.ask("again")
            await asyncio.sleep(0.2)
    return Memory(each, (left[-1] - left[len(left) // 2]) / 1024, rounds)
