"""An open page of records is told of each change in its space, and of nothing once one may not see them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.conftest import Running
from tests.support.server import Server
from tests.support.world import World, make_world

SOON = 2.0  # seconds in which a change is on every open page


@asynccontextmanager
async def open_page(server: Server, world: World, name: str) -> AsyncIterator[ClientConnection]:
    address = f"{server.url.replace('http', 'ws')}/spaces/{world.space}/records/live"
    cookie = world.cookie(name) if name in world.tokens else {}
    async with connect(address, origin=Origin(server.url), additional_headers=cookie) as socket:
        yield socket


async def heard(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(SOON):
        message: dict[str, Any] = json.loads(await socket.recv())
        return message


async def keep(server: Server, world: World, name: str) -> None:
    async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as http:
        http.cookies.set("tl_session", world.tokens[name])
        await http.get("/sign-in")
        fields = {"kind": "dilemma", "title": "Quick and slow", "step": "stand", "cards": ""}
        token = {"_csrf_token": http.cookies["tl_csrf"]}
        answer = await http.post(f"/spaces/{world.space}/records/keep", data={**fields, **token})
        assert answer.status_code == 303, answer.text


async def test_whoever_has_a_page_open_is_told_of_a_change_and_never_of_what_it_is(running: Running) -> None:
    server, url = running
    world = await make_world(url)
    async with open_page(server, world, "Dan") as dan, open_page(server, world, "Cat") as cat:
        assert (await heard(dan))["type"] == (await heard(cat))["type"] == "welcome"
        await keep(server, world, "Ana")
        told = await heard(dan)

        assert set(told) == {"type", "to"}
        assert told["type"] == (await heard(cat))["type"] == "changed"
        await dan.send(json.dumps({"type": "ping"}))
        assert (await heard(dan))["type"] == "pong"


async def test_a_stranger_and_somebody_who_has_left_hear_nothing(running: Running) -> None:
    server, url = running
    world = await make_world(url)
    async with open_page(server, world, "nobody") as stranger:
        assert (await heard(stranger))["code"] == 4403
    async with open_page(server, world, "Ben") as ben:
        assert (await heard(ben))["type"] == "welcome"
        async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as http:
            http.cookies.set("tl_session", world.tokens["Ben"])
            await http.get("/sign-in")
            token = {"_csrf_token": http.cookies["tl_csrf"]}
            left = await http.post(f"/spaces/{world.space}/leave", data=token)
            assert left.status_code == 303, left.text

        assert (await heard(ben))["code"] == 4403
