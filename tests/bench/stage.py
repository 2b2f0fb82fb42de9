"""What is measured: the whole product with its people, and the bare relay beside it."""

import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import writers
from tests.bench.processes import Spoken, spoken
from tests.bench.writers import Writers
from tests.support import world
from tests.support.databases import migrated_to_newest, sqlite_url
from tests.support.server import Server

HELLO = '{"type":"hello","v":1,"client":"{client}","from":{from},"audience":{audience}}'


@dataclass
class Stage:
    """The product, serving a board that all of `cookies` belong to."""

    server: Server
    database_url: str
    world: world.World
    cookies: list[str]
    folder: Path

    @property
    def url(self) -> str:
        return self.board_url(self.world.board)

    def board_url(self, board: str) -> str:
        return f"{self.server.ws}/boards/{board}/live"

    async def writers(self, count: int, in_flight: int = 64) -> Writers:
        """The last of the people; the first ones look on."""
        return await writers.enter(self.url, self.cookies[-count:], self.server.url, in_flight)

    @asynccontextmanager
    async def viewers(self, count: int, people: int, *more: str) -> AsyncIterator[Spoken]:
        """So many sockets of the first `people`, all welcomed."""
        jar = self.folder / f"cookies-{people}"
        jar.write_text("\n".join(self.cookies[:people]))
        arguments = ("--cookies", str(jar), "--origin", self.server.url, "--hello", HELLO)
        async with crowd(self.url, count, *arguments, "--ready", '"type":"welcome"', *more) as viewers:
            yield viewers


@asynccontextmanager
async def crowd(url: str, count: int, *more: str) -> AsyncIterator[Spoken]:
    """So many viewers of any server, all in."""
    async with spoken("tests.bench.viewers", "--url", url, "--count", str(count), *more) as viewers:
        ready = await viewers.answer()
        assert ready["open"] == count, ready
        yield viewers


@asynccontextmanager
async def product(people: int, url: str = "") -> AsyncIterator[Stage]:
    """The product with so many members, on the database at `url` or a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="tl-bench-") as name:
        folder = Path(name)
        url = url or sqlite_url(folder / "throughline.db")
        await migrated_to_newest(url)
        made = await world.make_world(url)
        cookies = await world.people(url, made, people)
        server = Server(folder, url, LIMITS="off")
        await server.start()
        try:
            yield Stage(server, url, made, cookies, folder)
        finally:
            await server.close()


@asynccontextmanager
async def relay() -> AsyncIterator[tuple[int, str]]:
    """The baseline: its process, and where it listens."""
    async with spoken("tests.bench.deliveries.relay_baseline") as process:
        yield process.pid, f"ws://127.0.0.1:{json.dumps(await process.answer())}/"
