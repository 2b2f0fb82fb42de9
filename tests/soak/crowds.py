"""Crowds on a real server: all cut at once and back, coming and going, and sitting still.

`python -m tests.soak.crowds` prints one line of figures for each.
"""

import argparse
import asyncio
import sys

from tests.bench import memory, storm
from tests.bench.processes import memory as held_by
from tests.bench.stage import Stage, product

PEOPLE = 505  # eight sockets each at most
BACK_WITHIN = 20.0  # seconds
SOCKET_AT_MOST = 40.0  # kilobytes
GROWTH_AT_MOST = (
    4096.0  # kilobytes, over half of the rounds or of the minutes: what an allocator may hold on to
)


async def cut(sockets: int) -> tuple[bool, str]:
    """Everybody loses the line at the same moment while five people go on writing."""
    async with product(PEOPLE) as on:
        found = await storm.measure(on, sockets)
    wrong = found.failed or found.lost or found.doubled or found.seconds > BACK_WITHIN
    missing = f"{found.failed} failed, {found.lost} lost, {found.doubled} doubled"
    return not wrong, f"{sockets} cut at once: all back in {found.seconds:.1f} s, {missing}"


async def come_and_go(on: Stage, sockets: int, rounds: int) -> tuple[bool, str]:
    """What a socket that does nothing holds, and what rounds of coming and leaving leave behind."""
    found = await memory.measure(on, sockets, rounds)
    wrong = found.socket > SOCKET_AT_MOST or found.growth > GROWTH_AT_MOST
    figures = f"{found.socket:.1f} KB; {found.growth:.0f} KB more after the second half of {rounds} rounds"
    return not wrong, f"An idle socket: {figures} of 200 coming and leaving"


async def sit(on: Stage, sockets: int, seconds: int) -> tuple[bool, str]:
    """What mere time leaves behind, while the sockets are kept alive."""
    async with on.viewers(sockets, PEOPLE):
        await asyncio.sleep(seconds / 2)
        growth = await _growth(on, seconds / 2)
    return (
        growth <= GROWTH_AT_MOST,
        f"{sockets} sockets for {seconds} s: {growth:.0f} KB more in the second half",
    )


async def _growth(on: Stage, seconds: float) -> float:
    before = held_by(on.server.pid)
    await asyncio.sleep(seconds)
    return (held_by(on.server.pid) - before) / 1024


async def everything(sockets: int, rounds: int, seconds: int) -> bool:
    told = [await cut(sockets)]
    # these look at memory alone, so they may run beside each other, each on a server of its own
    async with product(PEOPLE) as one, product(PEOPLE) as other:
        told += await asyncio.gather(come_and_go(one, 1000, rounds), sit(other, 500, seconds))
    for _, figures in told:
        print(figures)
    return all(good for good, _ in told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=600)
    given = parser.parse_args()
    sys.exit(0 if asyncio.run(everything(given.sockets, given.rounds, given.seconds)) else 1)


if __name__ == "__main__":
    main()
