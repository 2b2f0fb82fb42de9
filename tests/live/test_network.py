"""Bad wifi, in front of a real server: half-open lines, cuts inside a frame, readers that stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from tests.conftest import StartServer
from tests.history import Line, check
from tests.live.killing import acknowledged
from tests.live.writing import Writer, read
from tests.support.proxy import Proxy, hostile_proxy
from tests.support.server import Server
from tests.support.wire import Tab, tab
from tests.support.world import World, make_world, people

CROWD = 200
Place = tuple[World, Server, Proxy]


@pytest.fixture
async def place(start_server: StartServer, sqlite_url: str) -> AsyncIterator[Place]:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url, LIMITS="off")
    async with hostile_proxy("127.0.0.1", server.port) as proxy:
        yield world, server, proxy


def far(place: Place, name: str) -> connect:
    """A socket through the bad network."""
    world, server, proxy = place
    url = f"ws://127.0.0.1:{proxy.port}/boards/{world.board}/live"
    who = world.cookie(name)
    return connect(url, origin=Origin(server.url), additional_headers=who, compression=None, max_queue=None)


@pytest.mark.timeout(90)
async def test_cuts_inside_frames_lose_nothing(place: Place) -> None:
    world, server, proxy = place
    lines: list[Line] = []
    writers = [Writer(world, name, lines, seed) for seed, name in enumerate(("Ana", "Ben", "Cat"))]
    # the handshake names the server as its origin, whatever way it takes
    tasks = [
        asyncio.create_task(writer.live(f"ws://127.0.0.1:{proxy.port}", server.url)) for writer in writers
    ]
    for i in range(12):
        await acknowledged(writers, 25)
        (proxy.up if i % 2 else proxy.down).cut_after(37 * (i + 1))
        if i % 4 == 3:
            proxy.cut_all()
    for writer in writers:
        writer.stopping = True
    await asyncio.wait_for(asyncio.gather(*tasks), 30)
    lines += [await read(server.url, world, name) for name in world.people]

    assert check(lines).wrong() == {}


async def test_D10_a_reader_that_stops_holds_up_nobody_and_gets_the_newest(place: Place) -> None:
    world, server, proxy = place
    async with far(place, "Cat") as socket, tab(server, world, "Ana") as ana:
        cat = Tab(socket, str(uuid4()))
        await cat.hello()
        id = await ana.card("begin")
        proxy.down.stop_reading()
        for i in range(300):
            await ana.act(do="edit_card", id=id, text=f"{i} " + "word " * 700)
        proxy.down.read_again()
        await cat.until(
            lambda _: cat.items.get(id, {}).get("fields", {}).get("text", "").startswith("299 "), within=10
        )

        assert cat.items[id] == ana.items[id]
        assert len(cat.frames) < 200  # the states in between were never queued for it


async def test_a_half_open_line_leaves_the_others_alone(place: Place) -> None:
    world, server, proxy = place
    async with (
        far(place, "Cat") as socket,
        tab(server, world, "Ana") as ana,
        tab(server, world, "Ben") as ben,
    ):
        cat = Tab(socket, str(uuid4()))
        await cat.hello()
        proxy.down.swallow = proxy.up.swallow = True
        id = await ana.card("still here")

        assert (await ben.see(id))["fields"]["text"] == "still here"
        socket.transport.abort()


@pytest.mark.timeout(180)
async def test_everybody_comes_back_at_once(start_server: StartServer, sqlite_url: str) -> None:
    world = await make_world(sqlite_url)
    cookies = await people(sqlite_url, world, CROWD)
    server = await start_server(sqlite_url)
    async with (
        hostile_proxy("127.0.0.1", server.port) as proxy,
        tab(server, world, "Ana") as ana,
        AsyncExitStack() as crowd,
    ):
        url = f"ws://127.0.0.1:{proxy.port}/boards/{world.board}/live"
        first = [await crowd.enter_async_context(_seat(url, server, cookie)) for cookie in cookies]
        kept = await ana.card("before the storm")
        await asyncio.gather(*(one.see(kept) for one in first))
        proxy.cut_all()
        missed = await ana.card("while nobody was there")
        back = await asyncio.gather(
            *(
                crowd.enter_async_context(_seat(url, server, cookie, one))
                for cookie, one in zip(cookies, first, strict=True)
            )
        )
        new = await ana.card("after the storm")
        await asyncio.gather(*(one.see(new) for one in back))

        assert [one for one in back if set(one.items) != {kept, missed, new}] == []


@asynccontextmanager
async def _seat(url: str, server: Server, cookie: str, before: Tab | None = None) -> AsyncIterator[Tab]:
    """A welcomed tab of whoever the cookie signs in; it goes on from where it was `before`."""
    headers = {"Cookie": cookie}
    async with connect(
        url, origin=Origin(server.url), additional_headers=headers, compression=None
    ) as socket:
        one = Tab(socket, before.client if before else str(uuid4()))
        if before:
            one.items, one.cursor, one.audience = dict(before.items), before.cursor, before.audience
        await one.hello()
        yield one
