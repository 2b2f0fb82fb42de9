"""Where the server offers no handle, plain ASGI sends do the same, only slower."""

import asyncio

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect

from app.realtime.asgi_handle import PlainHandle
from app.realtime.fanout import Frame
from tests.realtime.live import live

BIG = Frame(b"x" * 10_000)


async def test_on_a_server_without_our_extension_the_plain_handle_serves() -> None:
    with live(WebSocketsSansIOProtocol) as server:
        async with connect(server.url) as browser:
            end = await server.end()
            assert isinstance(end.handle, PlainHandle)
            waiting = server.call(lambda: [end.handle.write(Frame(b"%d" % i)) for i in range(10)])

            assert waiting == list(range(1, 11))
            assert [await browser.recv() for _ in range(10)] == [str(i) for i in range(10)]
            await asyncio.wait_for(server.wait(end.handle.drained()), 5)
            assert server.call(end.handle.pending) == 0


async def test_the_plain_handle_counts_what_waits_and_can_cut() -> None:
    with live(WebSocketsSansIOProtocol) as server:
        async with connect(server.url, max_queue=1, close_timeout=1):
            end = await server.end()
            sizes = server.call(lambda: [end.handle.write(BIG) for _ in range(2000)])
            drained = asyncio.ensure_future(server.wait(end.handle.drained()))

            assert sizes[-1] == 2000 * len(BIG.payload)
            assert (await asyncio.wait([drained], timeout=0.2))[0] == set()
            server.call(end.handle.abort)
            await asyncio.wait_for(drained, 5)
            assert server.call(lambda: end.handle.write(BIG)) == -1
