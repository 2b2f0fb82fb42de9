"""Many boards at once: two thousand people on a hundred of them, and one that is archived at another process.

`python -m tests.soak.many_boards` prints one line of figures for each.
"""

import argparse
import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection

from app.db import Database
from tests.bench.processes import memory as held_by
from tests.bench.stage import HELLO
from tests.bench.viewer import Shared
from tests.bench.viewers import Crowd
from tests.history import Act, Line, What, check
from tests.live.writing import Writer, read
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.server import Server
from tests.support.until import until
from tests.support.world import World, make_world

GROWTH_AT_MOST = 8.0  # MB in the second half of the time
# Of a writer, who then only writes on: of so few each has all the earlier texts that a card keeps before the
# second half, in which what the boards hold stays as it is.
CARDS = 4
PACE = 2.0  # seconds from one op of a writer to the next, on average
FEW = 3  # answers of a kind, before a round of archiving goes on


class CalmWriter(Writer):
    """Somebody who thinks between two notes, with one op under way at a time."""

    in_flight = 1

    def __init__(self, world: World, lines: list[Line], seed: int, pace: float) -> None:
        super().__init__(world, "Ana", lines, seed)
        self.pace = pace
        self.told = {What.OK: 0, What.FAIL: 0}

    async def _fill(self, socket: ClientConnection) -> None:
        if not self.queue:
            await asyncio.sleep(self.pace * 2 * self.random.random())
            if self.stopping:
                await socket.close()
                return
        await super()._fill(socket)

    def _op(self) -> dict[str, Any]:
        return super()._op() if len(self.cards) < CARDS else self._edit()

    def _answered(self, ack: dict[str, Any]) -> None:
        before = len(self.lines)
        super()._answered(ack)
        if len(self.lines) > before:
            self.told[self.lines[-1].what] += 1

    async def told_more(self, what: What) -> None:
        goal = self.told[what] + FEW
        await until(lambda: self.told[what] >= goal, 30, f"the writer is told {what} some more times")


class Table:
    """One board with somebody who writes and many who follow it."""

    def __init__(self, server: Server, world: World, seed: int, followers: int) -> None:
        self.lines: list[Line] = []
        self.writer = CalmWriter(world, self.lines, seed, PACE)
        names = argparse.Namespace(
            url=f"{server.ws}/boards/{world.board}/live",
            hello=HELLO,
            ready='"type":"welcome"',
            origin=server.url,
            count=followers,
            at_once=followers,
            spread=0.0,
        )
        self.shared = Shared(names, lambda _payload: [])
        cookies = [world.cookie(name)["Cookie"] for name in ("Ben", "Cat", "Dan")]
        self.crowd = Crowd(names, self.shared, cookies)

    async def faults(self, server: Server) -> list[str]:
        """What is lost, doubled or made up here, or has not reached a follower."""
        final = await read(server.url, self.writer.world, "Ana")
        # Of what changes nothing, as restoring a card that is there, nobody is told.
        told = [one.seq or 0 for one in self.lines if one.what is What.OK and one.act in (Act.ADD, Act.OTHER)]
        try:
            await until(lambda: min(self.crowd.cursors()) >= max(told, default=0), 10, "all have followed")
        except AssertionError:
            return ["behind"]
        return [*check([*self.lines, final]).wrong(), *self.shared.closed]


async def sit(url: str, folder: Path, boards: int, sockets: int, seconds: float) -> tuple[bool, str]:
    """So many people on so many boards of one server for a while, one in each of them writing."""
    server = Server(folder, url, LIMITS="off")
    await server.start()
    try:
        tables = [Table(server, await make_world(url), i, sockets // boards - 1) for i in range(boards)]
        for one in tables:
            await one.crowd.enter()
        writing = [asyncio.create_task(one.writer.live(server.ws)) for one in tables]
        await asyncio.sleep(seconds / 2)
        before = held_by(server.pid)
        await asyncio.sleep(seconds / 2)
        grown = (held_by(server.pid) - before) / 1024**2
        for one in tables:
            one.writer.stopping = True
        await asyncio.wait_for(asyncio.gather(*writing), 60)
        wrong = [fault for one in tables for fault in await one.faults(server)]
        for one in tables:
            await one.crowd.leave()
    finally:
        await server.close()
    acks, kind = sum(one.writer.acks for one in tables), "SQLite" if "sqlite" in url else "PostgreSQL"
    counts = ", ".join(sorted(set(wrong))) or "0 lost, doubled, made up or behind"
    return not wrong and grown <= GROWTH_AT_MOST, (
        f"{kind}: {sockets} on {boards} boards for {seconds:.0f} s, {acks:,} acknowledged, {counts}; "
        f"{grown:.1f} MB more in the second half"
    )


async def archived_elsewhere(url: str, folder: Path, rounds: int) -> tuple[bool, str]:
    """One process takes what somebody writes while another archives the board, and opens it again."""
    world, lines, late = await make_world(url), list[Line](), 0
    db = Database(url)
    writer = CalmWriter(world, lines, 7, 0.002)
    async with AsyncExitStack() as stack:
        here, there = (Server(folder / name, url, LIMITS="off") for name in ("here", "there"))
        for server in (here, there):
            await server.start()
            stack.push_async_callback(server.close)
        stack.push_async_callback(db.close)
        steward = await stack.enter_async_context(_steward(there, world))
        writing = asyncio.create_task(writer.live(here.ws))
        for _ in range(rounds):
            await writer.told_more(What.OK)
            await _press(steward, world, "archive")
            at_once = await _head(db, world)
            await writer.told_more(What.FAIL)
            late += await _head(db, world) != at_once
            await _press(steward, world, "restore")
        await writer.told_more(What.OK)
        writer.stopping = True
        await asyncio.wait_for(writing, 60)
        wrong = check([*lines, await read(here.url, world, "Ana")]).wrong()
    counts = ", ".join(wrong) or "0 lost, doubled or made up"
    return not wrong and not late, (
        f"Archived at another process amid commits, {rounds} rounds: {writer.acks:,} answered, {counts}; "
        f"{late} times something was stored afterwards"
    )


def _steward(server: Server, world: World) -> httpx.AsyncClient:
    cookies = {"tl_session": world.tokens["Ana"]}
    return httpx.AsyncClient(base_url=server.url, cookies=cookies, headers={"Origin": server.url}, timeout=30)


async def _press(http: httpx.AsyncClient, world: World, what: str) -> None:
    if "tl_csrf" not in http.cookies:
        await http.get("/join")
    token = {"_csrf_token": http.cookies["tl_csrf"]}
    answer = await http.post(f"/boards/{world.board}/{what}", data=token)
    assert answer.status_code < 400, answer.text


async def _head(db: Database, world: World) -> tuple[Any, ...]:
    """The last deed that is stored, and when the board was archived."""
    async with db.read() as tx:
        row = await tx.execute(text("SELECT seq, archived_at FROM board WHERE id = :id"), {"id": world.board})
        return tuple(row.one())


async def everything(boards: int, sockets: int, seconds: float, rounds: int) -> bool:
    told = []
    with tempfile.TemporaryDirectory(prefix="tl-boards-") as name, postgres_server() as socket:
        folder, postgres = Path(name), Postgres(socket)
        async with postgres.fresh() as url:
            told.append(await archived_elsewhere(url, folder, rounds))
            print(told[-1][1], flush=True)
        sqlite = copy_sqlite(await make_sqlite_template(folder), folder)
        async with postgres.fresh() as url:
            for one in (sqlite, url):
                told.append(await sit(one, folder / "sit", boards, sockets, seconds))
                print(told[-1][1], flush=True)
    return all(well for well, _ in told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boards", type=int, default=100)
    parser.add_argument("--sockets", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    asked = (given.boards, given.sockets, given.seconds, given.rounds)
    sys.exit(0 if asyncio.run(everything(*asked)) else 1)


if __name__ == "__main__":
    main()
