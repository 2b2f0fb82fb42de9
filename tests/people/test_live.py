"""Open boards close when their person's sign-in ends, on a running server."""

import asyncio

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.conftest import StartServer
from tests.support.server import Server
from tests.support.wire import tab
from tests.support.world import World, make_world


async def post(server: Server, world: World, name: str, path: str) -> int:
    """As that person's browser posts a form."""
    headers = {"Origin": server.url}
    cookies = {"tl_session": world.tokens[name]}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, cookies=cookies) as http:
        await http.get("/me")
        token = {"_csrf_token": http.cookies["tl_csrf"], "sure": "yes"}
        return (await http.post(path, data=token)).status_code


@pytest.mark.parametrize("way", ["/sign-out", "/me/sign-out-everywhere", "/me/erase"])
async def test_within_a_second_of_going_ones_boards_are_closed(
    start_server: StartServer, database_url: str, way: str
) -> None:
    world = await make_world(database_url)
    server = await start_server(database_url)
    async with tab(server, world, "Ben") as ben, tab(server, world, "Ana") as ana:
        loop = asyncio.get_running_loop()
        status = await post(server, world, "Ben", way)
        start = loop.time()
        with pytest.raises(ConnectionClosed) as closed:
            await ben.until(lambda _: False)
        took = loop.time() - start

        assert status in (200, 303)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code in (4401, 4403)
        assert took < 1
        await ana.card("Ana goes on")
