"""Pages of all kinds, asked for faster than one by one, beside somebody who writes on a board."""

import asyncio
import time

from tests.bench import boards, writers
from tests.bench.figure import Figure
from tests.bench.phones.http_lines import HttpLines
from tests.bench.processes import processor
from tests.bench.stage import Stage

CARDS = 200
RATES = ((50.0, None, None), (100.0, 150.0, 15.0))  # pages a second, and goals: p95 of pages and of acks (ms)
WRITING = 10.0  # edits a second meanwhile


async def measure(on: Stage, seconds: float) -> list[Figure]:
    board = await boards.filled(on, "A board among pages", CARDS)
    people = await boards.enter(on, board)
    lines = HttpLines(on.server.port)
    try:
        await people.add_cards(20)
        found = []
        for rate, page_goal, ack_goal in RATES:
            found += await _beside(on, lines, _kinds(on, board), people, rate, seconds, page_goal, ack_goal)
        return found
    finally:
        lines.close()
        people.close()


def _kinds(on: Stage, board: str) -> list[str]:
    space, at = f"/spaces/{on.world.space}", f"/boards/{board}"
    return [
        *(space, f"{space}/people", f"{space}/records", f"{space}/outcomes", f"{space}/boards"),
        *(f"{space}/find?q=pharmacy", f"{at}/outline", f"{at}?view=canvas", f"{at}/wall", "/me"),
    ]


async def _beside(
    on: Stage,
    lines: HttpLines,
    kinds: list[str],
    people: writers.Writers,
    rate: float,
    seconds: float,
    page_goal: float | None,
    ack_goal: float | None,
) -> list[Figure]:
    took: list[float] = []
    codes: dict[int, int] = {}

    async def one(i: int) -> None:
        began = time.monotonic()
        cookie = on.cookies[i % (len(on.cookies) - 1)]
        code = (await lines.get(kinds[i % len(kinds)], cookie)).status
        took.append((time.monotonic() - began) * 1000)
        codes[code] = codes.get(code, 0) + 1

    people.clear()
    before, began = processor(on.server.pid), time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(people.edit_at(WRITING, seconds))
        for i in range(int(rate * seconds)):
            early = began + i / rate - time.monotonic()
            if early > 0:
                await asyncio.sleep(early)
            tasks.create_task(one(i))
    core = (processor(on.server.pid) - before) / (time.monotonic() - began)
    await people.settled()
    took.sort()
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    ack50, ack95 = people.took_ms(50, 95)
    what = f"{rate:g} pages/s, {len(on.cookies)} people in the space"
    answers = ", ".join(f"{count} times {code}" for code, count in sorted(codes.items()))
    return [
        Figure(f"{what}: p95", p95, "ms", page_goal, f"p50 {p50:.0f}; {answers}; {core:.0%} of a core"),
        Figure(f"{what}: acknowledged beside them, p95", ack95, "ms", ack_goal, f"p50 {ack50:.1f}"),
    ]
