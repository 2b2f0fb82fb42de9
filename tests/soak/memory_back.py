"""What heavy reads and large files leave behind in the server: `python -m tests.soak.memory_back`.

On each database eight people at once fetch a board of 5,000 cards as a file and by /changes, bring it again
as a new board, and upload 116,000 rows. They do so for a while, which makes what is made once, and as long
again: the server's own memory before the second time, at most, and a minute after the last answer. It ends
with 1 where it then holds more than ALLOWED times what it held before.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

import httpx
from msgspec import Struct

from tests.bench import boards, stage
from tests.bench.imports import _csv
from tests.bench.processes import memory
from tests.bench.stage import Stage
from tests.support.databases import Postgres, postgres_server

CARDS, AT_ONCE = 5_000, 8
ALLOWED = 1.1
AFTER = 60.0  # seconds
MB, ROWS = 1 << 20, _csv()


class Left(Struct, frozen=True):
    """MB of the server, and what was asked of it."""

    before: float
    most: float
    after: float
    answers: int
    refused: int


async def measure(on: Stage, seconds: float) -> Left:
    board = await boards.filled(on, "Large", CARDS)
    await _all_at_once(on, board, seconds, {"answers": 0, "refused": 0})
    await asyncio.sleep(AFTER)
    before, counts, most = memory(on.server.pid) / MB, {"answers": 0, "refused": 0}, 0.0
    work = asyncio.create_task(_all_at_once(on, board, seconds, counts))
    while not work.done():
        most = max(most, memory(on.server.pid) / MB)
        await asyncio.sleep(0.1)
    await work
    await asyncio.sleep(AFTER)
    return Left(before, most, memory(on.server.pid) / MB, **counts)


async def _all_at_once(on: Stage, board: str, seconds: float, counts: dict[str, int]) -> None:
    ends = time.monotonic() + seconds

    async def keep_on(number: int) -> None:
        while time.monotonic() < ends:
            await _once(on, board, counts, number)

    await asyncio.gather(*(keep_on(number) for number in range(AT_ONCE)))


async def _once(on: Stage, board: str, counts: dict[str, int], number: int) -> None:
    """One round of what is heavy, by one of the people."""
    name, _, value = on.cookies[number].partition("=")
    headers = {"Origin": on.server.url}
    url, base = f"/boards/{board}", f"/spaces/{on.world.space}"
    # each request on a line of its own: a server that is as busy as this closes one that rests at any moment
    alone = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=on.server.url, cookies={name: value}, headers=headers, timeout=300, limits=alone
    ) as http:

        async def ask(send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
            answer = await send()
            counts["answers" if answer.status_code < 400 else "refused"] += 1
            return answer

        await http.get(base)
        token = {"_csrf_token": http.cookies["tl_csrf"]}
        file = await ask(lambda: http.get(f"{url}/export.json"))
        await ask(lambda: http.get(f"{url}/changes?from=0"))
        if number % 4 == 0:
            sent = {"file": ("board.json", file.content)}
            await ask(lambda: http.post(f"{base}/boards/import", data=token, files=sent))
        if number % 4 == 1:
            rows = {"file": ("a.csv", ROWS)}
            await ask(lambda: http.post(f"{base}/outcomes/imports", data=token, files=rows))


async def play(url: str, name: str, seconds: float) -> bool:
    async with stage.product(AT_ONCE + 1, url) as on:
        left = await measure(on, seconds)
    ratio = left.after / left.before
    print(
        f"{name}: {left.before:.0f} MB before, {left.most:.0f} at most, {left.after:.0f} a minute after "
        f"({ratio:.2f} of it); {left.answers} answers, {left.refused} refused",
        flush=True,
    )
    return ratio <= ALLOWED


async def main(seconds: float) -> bool:
    well = await play("", "SQLite", seconds)
    with postgres_server() as folder:
        async with Postgres(folder).fresh() as url:
            return await play(url, "PostgreSQL", seconds) and well


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    sys.exit(0 if asyncio.run(main(parser.parse_args().seconds)) else 1)
