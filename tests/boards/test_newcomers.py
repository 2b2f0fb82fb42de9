"""A crowd that comes in at once is never refused: sockets wait, or are told to come again in a moment."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest

from app import connections
from app.boards.core.closing import Close
from app.connections import NO_ANSWER
from app.limits.newcomers import BUSY, Busy, Entrance
from app.main import services
from tests.spaces.house import BASE, house
from tests.support.until import until
from tests.support.world import World, make_world

Sent = list[dict[str, Any]]
HELLO = json.dumps({"type": "hello", "v": 1, "client": str(uuid4()), "from": 0, "audience": None})


async def knock(app: Any, path: str, cookie: str) -> Sent:
    """All that a socket is told until it is closed, or has nothing to hear for now."""
    sent: Sent = []
    heard = asyncio.Event()
    waiting = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": HELLO}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        heard.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    headers = {"host": BASE.removeprefix("http://"), "origin": BASE, "cookie": cookie}
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 8000),
        "subprotocols": [],
        "extensions": {},
    }
    task = asyncio.create_task(app(scope, receive, send))
    listening = asyncio.create_task(heard.wait())
    await asyncio.wait([task, listening], return_when=asyncio.FIRST_COMPLETED)
    for one in (task, listening):
        one.cancel()
    await asyncio.wait([task, listening])
    return sent


def goodbye(sent: Sent) -> tuple[str, Any]:
    """What it is told and its code of closing; it was accepted before, so that its browser hears them."""
    assert [one["type"] for one in sent] == ["websocket.accept", "websocket.send", "websocket.close"]
    bye = json.loads(sent[1]["text"])
    assert bye["type"] == "bye"
    assert bye["retry_after"] > 0
    return bye["say"], sent[2]["code"]


def doors(world: World) -> list[str]:
    return [f"/boards/{world.board}/live", f"/spaces/{world.space}/records/live", "/present/live"]


@pytest.mark.parametrize("door", range(3))
async def test_a_socket_that_finds_no_free_connection_is_told_to_come_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, door: int
) -> None:
    monkeypatch.setattr(connections, "POOL_WAIT", 0.05)
    world = await make_world(postgres_url)
    async with house(postgres_url) as home, AsyncExitStack() as held:
        await services(home.app).tasks.stop()  # jobs take connections too
        pool: Any = home.db.engine.pool
        for _ in range(pool.size() + pool._max_overflow):
            await held.enter_async_context(home.db.read())

        sent = await knock(home.app, doors(world)[door], world.cookie("Ana")["Cookie"])

        assert goodbye(sent) == (NO_ANSWER, Close.UNAVAILABLE)


async def test_one_who_finds_no_turn_inside_is_told_to_come_again(sqlite_url: str) -> None:
    world = await make_world(sqlite_url)
    async with house(sqlite_url) as home:
        services(home.app).rooms.entrance = Entrance(at_once=0, patience=0.01)
        sent = await knock(home.app, doors(world)[0], world.cookie("Ana")["Cookie"])

    assert goodbye(sent) == (BUSY, Close.UNAVAILABLE)


async def test_who_waits_for_a_slow_board_keeps_nobody_out_of_another(sqlite_url: str) -> None:
    world, others = await make_world(sqlite_url), await make_world(sqlite_url)
    async with house(sqlite_url) as home:
        rooms = services(home.app).rooms
        rooms.entrance = Entrance(at_once=1, patience=0.05)
        slow = rooms._opening.setdefault(world.board, asyncio.Lock())
        async with slow:
            waiting = asyncio.create_task(knock(home.app, doors(world)[0], world.cookie("Ana")["Cookie"]))
            await until(lambda: slow._waiters, why="the first waits for the board to open")
            sent = await knock(home.app, doors(others)[0], others.cookie("Ana")["Cookie"])
        first = await waiting

    assert [json.loads(one[1]["text"])["type"] for one in (sent, first)] == ["welcome", "welcome"]


async def test_who_is_not_signed_in_is_told_so_without_a_turn(sqlite_url: str) -> None:
    world = await make_world(sqlite_url)
    async with house(sqlite_url) as home:
        services(home.app).rooms.entrance = Entrance(at_once=0, patience=0.01)
        sent = await knock(home.app, doors(world)[0], "")

    assert json.loads(sent[1]["text"])["say"] == "Sign in to continue."
    assert sent[2]["code"] == Close.SIGNED_OUT


async def test_of_a_crowd_so_many_are_led_in_at_once_and_each_gives_the_turn_on() -> None:
    entrance, inside = Entrance(at_once=2, patience=0.05), asyncio.Event()
    led_in: list[int] = []

    async def come(one: int) -> None:
        async with entrance.turn():
            led_in.append(one)
            await inside.wait()

    first = [asyncio.create_task(come(one)) for one in range(2)]
    others = await asyncio.gather(*(come(one) for one in range(2, 5)), return_exceptions=True)
    inside.set()
    await asyncio.gather(*first)
    await come(5)

    assert [type(one) for one in others] == [Busy] * 3
    assert led_in == [0, 1, 5]
