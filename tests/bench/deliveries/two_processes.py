"""The viewers of one board at two processes on one PostgreSQL: what both take beside what one alone takes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from tests.bench.deliveries.fan_out import PATIENCE, calm
from tests.bench.figure import Figure
from tests.bench.processes import Spoken, processor
from tests.bench.stage import Stage
from tests.bench.writers import Writers
from tests.support.server import Server
from tests.support.until import until

VIEWERS, CARDS = 250, 40  # in each of two crowds
RATES = (20.0, 100.0)  # updates a second
GOAL = 1.5  # times the processor of one process


async def measure(on: Stage, seconds: float) -> list[Figure]:
    """In turns, so that both see the same machine. Needs PostgreSQL: SQLite has one process."""
    server = Server(on.folder, on.database_url, LIMITS="off", BASE_URL=on.server.url)
    await server.start()
    try:
        beside, found = replace(on, server=server), []
        for rate in RATES:
            one = [await _share(on, on, rate, seconds), 0.0]
            two = await _share(on, beside, rate, seconds)
            one[1] = await _share(on, on, rate, seconds)
            what = f"{2 * VIEWERS} viewers x {rate:g}/s, two processes beside one"
            shares = f"{two:.0%} of a core, {one[0]:.0%} and {one[1]:.0%}"
            found.append(Figure(what, two * 2 / sum(one), "times", GOAL, shares))
        return found
    finally:
        await server.close()


async def _share(first: Stage, second: Stage, rate: float, seconds: float) -> float:
    """Of a core that all processes take, with half of the viewers and of the writers at either."""
    stages = [first] if first is second else [first, second]
    some = ("--at-once", "8")  # more would be told to come again, on a busy machine
    async with (
        first.viewers(VIEWERS, VIEWERS, *some) as here,
        second.viewers(VIEWERS, VIEWERS, *some) as there,
    ):
        people = [await stage.writers(2) for stage in stages]
        try:
            await people[0].add_cards(CARDS)
            for one in people:
                one.cards = people[0].cards
            await calm(here)
            return await _under_load(stages, (here, there), people, rate, seconds)
        finally:
            for one in people:
                one.close()


async def _under_load(
    stages: Sequence[Stage], crowds: Sequence[Spoken], people: Sequence[Writers], rate: float, seconds: float
) -> float:
    used = [processor(stage.server.pid) for stage in stages]
    for crowd in crowds:
        await crowd.ask("mark")
    sent = await asyncio.gather(*(one.edit_at(rate / len(people), seconds) for one in people))

    async def have_all() -> bool:
        reports = [await crowd.ask("report") for crowd in crowds]
        return all(one["deliveries"] >= sum(sent) * VIEWERS for one in reports)

    await until(have_all, PATIENCE, "every viewer has every update")
    took = sum(processor(stage.server.pid) for stage in stages) - sum(used)
    return took / seconds
