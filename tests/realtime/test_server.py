"""The handle writes among uvicorn's own frames, in order, and knows when its socket is full or gone."""

import asyncio
import inspect
from collections.abc import Iterator
from importlib.metadata import version

import pytest
import uvicorn
from uvicorn.protocols.websockets import websockets_sansio_impl as upstream
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from app.realtime.fanout import FULL, Frame, Handle, forget_handshake
from app.realtime.server import LARGEST_MESSAGE, LiveProtocol, SocketHandle, config
from tests.realtime.live import End, Live, live

BIG = Frame(b"x" * 10_000)


@pytest.fixture(scope="module")
def running() -> Iterator[Live]:
    with live() as server:
        yield server


def test_uvicorn_still_has_every_part_that_we_touch() -> None:
    read = inspect.getsource(upstream.WebSocketsSansIOProtocol)

    assert version("uvicorn") == "0.54.0"
    assert "self.run_asgi()" in read
    assert '"extensions": {' in read
    for part in ("transport", "writable", "close_sent", "handshake_complete", "scope"):
        assert f"self.{part}" in read
    for part in ("request", "response"):  # set once, and read for the last time while accepting
        assert f"self.{part} = " in read.split("def handle_cont")[0]
        assert f"self.{part}" not in read.split("self.start_keepalive()")[-1]
    assert [name for name in vars(LiveProtocol) if not name.startswith("__")] == ["run_asgi"]


async def test_the_app_gets_the_servers_own_handle(running: Live) -> None:
    async with connect(running.url):
        end = await running.end()

        assert isinstance(end.handle, SocketHandle)


async def test_D8_frames_and_plain_sends_arrive_in_the_order_they_were_written(running: Live) -> None:
    async with connect(running.url) as browser:
        end = await running.end()

        async def mixed() -> None:
            for i in range(0, 300, 3):
                end.handle.write(Frame(b"%d" % i))
                await end.socket.send_text(str(i + 1))
                end.handle.write(Frame(b"%d" % (i + 2)))
            await end.socket.close(4403, "no longer a member")

        await running.wait(mixed())
        got = [message async for message in closing(browser)]

    assert got == [str(i) for i in range(300)]
    assert browser.close_code == 4403


async def test_frames_go_between_the_pongs_of_a_browser_that_pings(running: Live) -> None:
    async with connect(running.url) as browser:
        end = await running.end()
        for i in range(50):
            pong = await browser.ping()
            running.call(lambda i=i: end.handle.write(Frame(b"%d" % i)))  # type: ignore[misc]

            assert await browser.recv() == str(i)
            await asyncio.wait_for(pong, 5)


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536, 900_000])
async def test_a_frame_of_any_length_reaches_the_browser_whole(running: Live, size: int) -> None:
    async with connect(running.url) as browser:
        end = await running.end()
        running.call(lambda: end.handle.write(Frame(b"y" * size)))

        assert await browser.recv() == "y" * size


async def test_writing_after_the_close_frame_says_so_and_sends_nothing(running: Live) -> None:
    async with connect(running.url) as browser:
        end = await running.end()

        async def close_then_write() -> tuple[int, int]:
            await end.socket.close(4410)
            return end.handle.write(BIG), end.handle.pending()

        assert await running.wait(close_then_write()) == (-1, -1)
        with pytest.raises(ConnectionClosed):
            await browser.recv()


async def test_writing_to_a_browser_that_has_left_says_so(running: Live) -> None:
    async with connect(running.url):
        end = await running.end()
    assert await end.heard() == "closed"

    assert running.call(lambda: end.handle.write(BIG)) == -1
    assert running.call(end.handle.pending) == -1
    await asyncio.wait_for(running.wait(end.handle.drained()), 5)


async def test_a_socket_that_has_forgotten_its_handshake_works_on(running: Live) -> None:
    async with connect(running.url) as browser:
        end = await running.end()
        assert end.socket.headers["upgrade"] == "websocket"
        running.call(lambda: forget_handshake(end.socket))
        running.call(lambda: end.handle.write(Frame(b"still here")))

        assert end.socket.scope["headers"] == []
        assert await browser.recv() == "still here"
        await browser.send("and back")
        assert await end.heard() == "and back"
        await asyncio.wait_for(await browser.ping(), 5)
    assert await end.heard() == "closed"


async def test_abort_cuts_at_once_whatever_is_waiting(running: Live) -> None:
    async with connect(running.url, max_queue=1, close_timeout=1) as browser:
        end = await running.end()
        await stall(running, end)
        running.call(end.handle.abort)

        assert await end.heard() == "closed"
        assert running.call(lambda: end.handle.write(BIG)) == -1
        with pytest.raises(ConnectionClosedError):
            async for _ in browser:
                pass


async def test_D10_a_reader_that_stops_is_seen_as_full_and_goes_on_when_it_reads(running: Live) -> None:
    async with connect(running.url, max_queue=1) as browser:
        end = await running.end()
        written, drained = await stall(running, end)

        assert running.call(end.handle.pending) > FULL
        # Little of it lies in the kernel, so a slow reader is skipped before it is megabytes behind.
        assert written * len(BIG.wire) < 2_000_000

        for _ in range(written):
            assert await browser.recv() == "x" * 10_000
        await asyncio.wait_for(drained, 5)
        assert running.call(end.handle.pending) == 0


async def test_D10_waiting_for_a_full_socket_ends_when_it_is_cut(running: Live) -> None:
    async with connect(running.url, max_queue=1, close_timeout=1):
        end = await running.end()
        _written, drained = await stall(running, end)
        running.call(end.handle.abort)

        await asyncio.wait_for(drained, 5)
        assert await end.heard() == "closed"


async def test_a_message_above_the_limit_closes_its_own_socket_with_1009(running: Live) -> None:
    async with connect(running.url) as browser:
        end = await running.end()
        await browser.send("z" * LARGEST_MESSAGE)
        assert len(await end.heard()) == LARGEST_MESSAGE
        await browser.send("z" * (LARGEST_MESSAGE + 1))
        with pytest.raises(ConnectionClosedError):
            await browser.recv()

        assert browser.close_code == 1009
        assert await end.heard() == "closed"


async def test_deflate_is_never_agreed_on(running: Live) -> None:
    async with connect(running.url, compression="deflate") as browser:
        end = await running.end()

        assert browser.response is not None
        assert "Sec-WebSocket-Extensions" not in browser.response.headers
        assert "Server" not in browser.response.headers
    assert await end.heard() == "closed"


async def test_the_app_says_goodbye_with_its_own_code_before_the_server_closes_the_rest() -> None:
    goodbyes: list[asyncio.Task[None]] = []
    with live() as server:
        async with connect(server.url) as told, connect(server.url) as untold:
            end = await server.end()
            server.farewell = lambda: goodbyes.append(
                asyncio.create_task(end.socket.close(4503, "restarting"))
            )
            await asyncio.to_thread(server.stop)
            for browser in (told, untold):
                with pytest.raises(ConnectionClosedError):
                    await browser.recv()

    assert (told.close_code, untold.close_code) == (4503, 1012)


def test_forwarded_headers_are_believed_only_from_named_proxies() -> None:
    assert config(None).proxy_headers is False
    named = config(None, proxies=["10.0.0.1"])
    assert (named.proxy_headers, named.forwarded_allow_ips) == (True, ["10.0.0.1"])
    assert named.ws is LiveProtocol
    assert isinstance(named, uvicorn.Config)


async def stall(running: Live, end: End) -> tuple[int, asyncio.Future[None]]:
    """Write until the buffer is full and stays full: the frames written, and the wait for it to drain."""
    written = 0
    while written < 2000:
        waiting = running.call(lambda: fill(end.handle))
        written += len(waiting)
        drained = asyncio.ensure_future(running.wait(end.handle.drained()))
        if not (await asyncio.wait([drained], timeout=0.3))[0]:
            return written, drained
    raise AssertionError("The buffer never stayed full.")


def fill(handle: Handle) -> list[int]:
    """Write until the socket is full; the bytes waiting after each write, which only grow."""
    waiting = [handle.write(BIG)]
    while waiting[-1] <= FULL:
        waiting.append(handle.write(BIG))
    assert waiting == sorted(waiting)
    return waiting


async def closing(browser: object):  # type: ignore[no-untyped-def]
    """Every message until the other side closes with a code of its own."""
    try:
        async for message in browser:  # type: ignore[attr-defined]
            yield message
    except ConnectionClosedError as closed:
        if closed.rcvd is None:
            raise
