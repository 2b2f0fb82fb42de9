"""Databases that stop, lines to them that die, and a full disk, while people write on many boards.

`python -m tests.soak.faults` prints one line of figures for each: what was acknowledged, what of it is lost,
doubled or made up (by the history checker), what pages said meanwhile, and how soon every board went on.
"""

import argparse
import asyncio
import resource
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import psutil
from msgspec import Struct

from tests.history import Line, check
from tests.live.writing import Writer, read
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.proxy import Proxy, Way, hostile_proxy
from tests.support.server import Server
from tests.support.until import until
from tests.support.world import make_world

BACK_WITHIN = 5.0  # seconds from healing until every board goes on
SENTENCE = "does not answer at the moment"
WARM = 3  # acks of each writer before the fault


class Fault(Struct, frozen=True):
    """Something that goes wrong for a while, and the status of a page meanwhile."""

    name: str
    begin: Callable[[], None]
    heal: Callable[[], None]
    pages: int


class Crowd:
    """One writer on each of several boards, each of a space of its own."""

    def __init__(self, writers: list[Writer], lines: list[list[Line]]) -> None:
        self.writers, self.lines = writers, lines

    def acks(self) -> int:
        return sum(one.acks for one in self.writers)

    async def more(self, each: int, within: float) -> None:
        """Until every writer has so many more acks."""
        goals = [one.acks + each for one in self.writers]

        def done() -> bool:
            return all(one.acks >= goal for one, goal in zip(self.writers, goals, strict=True))

        await until(done, within, "every board goes on")


async def crowd_on(url: str, boards: int) -> Crowd:
    lines: list[list[Line]] = [[] for _ in range(boards)]
    writers = [Writer(await make_world(url), "Ana", lines[i], i) for i in range(boards)]
    return Crowd(writers, lines)


async def suffer(server: Server, crowd: Crowd, fault: Fault, seconds: float) -> tuple[bool, str]:
    """Whether all went well, and the figures."""
    server.tracebacks_expected = True
    tasks = [asyncio.create_task(one.live(server.ws)) for one in crowd.writers]
    try:
        await crowd.more(WARM, 60)
        fault.begin()
        page = await _page(server, crowd.writers[0])
        await asyncio.sleep(seconds)
        fault.heal()
        began = time.monotonic()
        await crowd.more(1, 60)
        back = time.monotonic() - began
        for one in crowd.writers:
            one.stopping = True
        await asyncio.wait_for(asyncio.gather(*tasks), 60)
    finally:
        for task in tasks:
            task.cancel()
    wrong = [await _wrong(server, one, lines) for one, lines in zip(crowd.writers, crowd.lines, strict=True)]
    said = f"pages {page[0]}" + (", with a sentence" if page[1] else "")
    well = not any(wrong) and back <= BACK_WITHIN and page == (fault.pages, fault.pages == 503)
    counted = (
        f"{len([one for one in wrong if one])} boards wrong" if any(wrong) else "0 lost, doubled or made up"
    )
    return well, (
        f"{fault.name}: {len(crowd.writers)} boards, {crowd.acks():,} acknowledged, {counted}; "
        f"{said}; all went on after {back:.1f} s"
    )


async def _page(server: Server, one: Writer) -> tuple[int, bool]:
    """What somebody who opens a page is told."""
    async with httpx.AsyncClient(headers=one.world.cookie(one.name), timeout=30) as http:
        answer = await http.get(f"{server.url}/boards/{one.world.board}/outline")
        return answer.status_code, SENTENCE in answer.text


async def _wrong(server: Server, one: Writer, lines: list[Line]) -> dict[str, list[str]]:
    return check([*lines, await read(server.url, one.world, one.name)]).wrong()


@asynccontextmanager
async def running(folder: Path, url: str) -> AsyncIterator[Server]:
    server = Server(folder, url, LIMITS="off")
    await server.start(60)
    try:
        yield server
    finally:
        await server.close()


async def first_process(postgres: Postgres) -> psutil.Process:
    """The process of this PostgreSQL that started all its others."""
    connection = await asyncpg.connect(user="postgres", database="postgres", host=postgres.folder)
    backend = psutil.Process(await connection.fetchval("SELECT pg_backend_pid()"))
    first = backend.parent()
    await connection.close()
    assert first is not None
    return first


async def stopped(postgres: Postgres, folder: Path, boards: int, seconds: float) -> tuple[bool, str]:
    """As when the machine of the database hangs."""
    async with postgres.fresh() as url, running(folder / "stopped", url) as server:
        crowd, first = await crowd_on(url, boards), await first_process(postgres)

        def signalled(sign: signal.Signals) -> None:
            for process in [first, *first.children(recursive=True)]:
                process.send_signal(sign)

        fault = Fault(
            f"PostgreSQL stopped for {seconds:.0f} s",
            lambda: signalled(signal.SIGSTOP),
            lambda: signalled(signal.SIGCONT),
            503,
        )
        try:
            return await suffer(server, crowd, fault, seconds)
        finally:
            signalled(signal.SIGCONT)


async def lines_that_die(
    postgres: Postgres, folder: Path, boards: int, seconds: float
) -> list[tuple[bool, str]]:
    told, socket = [], f"{postgres.folder}/.s.PGSQL.5432"
    for name in ("bytes", "answers"):
        async with postgres.fresh() as direct, hostile_proxy(socket, None) as proxy:
            database = direct.partition("?")[0].rpartition("/")[2]
            url = f"postgresql+asyncpg://postgres@127.0.0.1:{proxy.port}/{database}"
            async with running(folder / name, url) as server:
                crowd = await crowd_on(direct, boards)
                told.append(await suffer(server, crowd, _line_fault(proxy, name, seconds), seconds))
    return told


def _line_fault(proxy: Proxy, name: str, seconds: float) -> Fault:
    """All lines, old and new, carry nothing, or no answers, until they are cut and new ones carry again."""

    def swallow() -> None:
        proxy.down.swallow = True
        proxy.up.swallow = name == "bytes"

    def heal() -> None:
        proxy.cut_all()
        proxy.up, proxy.down = Way(), Way()

    return Fault(f"Lines to PostgreSQL that swallow {name} for {seconds:.0f} s", swallow, heal, 503)


async def full_disk(folder: Path, boards: int, seconds: float) -> tuple[bool, str]:
    """No file of the server may grow, as on a disk that is full."""
    url = copy_sqlite(await make_sqlite_template(folder), folder)
    async with running(folder / "disk", url) as server:
        crowd = await crowd_on(url, boards)
        _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)

        def limit(most: int) -> None:
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (most, hard))

        fault = Fault(f"A disk full for {seconds:.0f} s, SQLite", lambda: limit(1), lambda: limit(hard), 200)
        return await suffer(server, crowd, fault, seconds)


async def everything(boards: int, seconds: float, names: list[str]) -> bool:
    told: list[tuple[bool, str]] = []

    def add(*more: tuple[bool, str]) -> None:
        for one in more:
            print(one[1] + ("" if one[0] else " (FAILED)"), flush=True)
        told.extend(more)

    with tempfile.TemporaryDirectory(prefix="tl-faults-") as name, postgres_server() as socket:
        folder, postgres = Path(name), Postgres(socket)
        if not names or "disk" in names:
            add(await full_disk(folder, boards, seconds))
        if not names or "lines" in names:
            add(*await lines_that_die(postgres, folder, boards, seconds))
        if not names or "stopped" in names:
            add(await stopped(postgres, folder, boards, seconds))
    return all(well for well, _ in told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="disk, lines, stopped; all where none is named")
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    sys.exit(0 if asyncio.run(everything(given.boards, given.seconds, given.names)) else 1)


if __name__ == "__main__":
    main()
