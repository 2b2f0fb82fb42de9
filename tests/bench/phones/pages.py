"""Pages of all kinds, asked for faster than one by one, beside somebody who writes on a board."""

import asyncio
import time

import httpx

from tests.bench import boards, writers
from tests.bench.figure import Figure
from tests.bench.processes import processor
from tests.bench.stage import Stage

CARDS = 200
RATES = ((50.0, None, None), (100.0, 150.0, 15.0))  # pages a second, and goals: p95 of pages and of acks (ms)
WRITING = 10.0  # edits a second meanwhile
AT_FIRST = 4  # of each kind, asked for one by one


async def measure(on: Stage, seconds: float) -> list[Figure]:
    board = await boards.filled(on, "A board among pages", CARDS)
    people = await boards.enter(on, board)
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    try:
        await people.add_cards(20)
        async with httpx.AsyncClient(base_url=on.server.url, timeout=30, limits=limits) as http:
            kinds = _kinds(on, board)
            found = [await _alone(on, http, kinds)]
            for rate, page_goal, ack_goal in RATES:
                found += await _beside(on, http, kinds, people, rate, seconds, page_goal, ack_goal)
            return found
    finally:
        people.close()


def _kinds(on: Stage, board: str) -> list[str]:
    space, at = f"/spaces/{on.world.space}", f"/boards/{board}"
    return [
        *(space, f"{space}/people", f"{space}/records", f"{space}/outcomes", f"{space}/boards"),
        *(f"{space}/find?q=pharmacy", f"{at}/outline", f"{at}?view=canvas", f"{at}/wall", "/me"),
    ]


async def _alone(on: Stage, http: httpx.AsyncClient, kinds: list[str]) -> Figure:
    """The processor for a page of each kind, the dearest of all."""
    took = {}
    for path in kinds:
        await _get(on, http, path, 0)
        before = processor(on.server.pid)
        for _ in range(AT_FIRST * 4):
            await _get(on, http, path, 0)
        took[path.split("/")[-1].split("?")[0][:10]] = (
            (processor(on.server.pid) - before) / AT_FIRST / 4 * 1000
        )
    beside = ", ".join(f"{name} {ms:.0f}" for name, ms in took.items())
    return Figure("processor for a page, the dearest kind", max(took.values()), "ms", 8, beside)


async def _beside(
    on: Stage,
    http: httpx.AsyncClient,
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
        code = await _get(on, http, kinds[i % len(kinds)], i)
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


async def _get(on: Stage, http: httpx.AsyncClient, path: str, i: int) -> int:
    cookie = on.cookies[i % (len(on.cookies) - 1)]
    return (await http.get(path, headers={"Cookie": cookie})).status_code
