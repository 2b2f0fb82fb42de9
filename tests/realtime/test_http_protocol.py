"""What a connection may send before it has asked for anything, and how long it may take over it."""

import asyncio
from collections.abc import Iterator

import pytest
from websockets.asyncio.client import connect

from app.realtime.http_protocol import LARGEST_HEAD, BoundedHttp
from tests.realtime.live import Live, live

BEGUN = b"GET /x HTTP/1.1\r\nHost: a\r\n"
FORM = b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"


class Hasty(BoundedHttp):
    head_within = 0.3
    body_within = 0.3


@pytest.fixture(scope="module")
def running() -> Iterator[Live]:
    with live() as server:
        yield server


@pytest.fixture(scope="module")
def hasty() -> Iterator[Live]:
    with live(http=Hasty) as server:
        yield server


async def answer(server: Live, *pieces: bytes) -> bytes:
    """All that comes back until the server closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionResetError:  # it was closed while we still wrote
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(BEGUN + b"Cookie: " + b"x" * LARGEST_HEAD + b"\r\n\r\n", id="one long line"),
        pytest.param(BEGUN + b"A: 0123456789\r\n" * 3000 + b"\r\n", id="many lines"),
        pytest.param(b"GET /" + b"x" * LARGEST_HEAD + b" HTTP/1.1\r\n\r\n", id="a long address"),
        pytest.param(BEGUN + b"Cookie: " + b"x" * LARGEST_HEAD, id="a line without end"),
    ],
)
async def test_a_head_that_is_too_large_is_refused(running: Live, head: bytes) -> None:
    assert (await answer(running, head)).startswith(b"HTTP/1.1 431 ")


async def test_a_head_of_almost_that_size_is_read(running: Live) -> None:
    head = BEGUN + b"Connection: close\r\nCookie: " + b"x" * (LARGEST_HEAD - 200) + b"\r\n\r\n"

    assert (await answer(running, head)).startswith(b"HTTP/1.1 404 ")


async def test_half_a_head_is_not_waited_for(hasty: Live) -> None:
    assert (await answer(hasty, BEGUN)).startswith(b"HTTP/1.1 408 ")


async def test_half_a_head_after_a_whole_request_is_not_waited_for(hasty: Live) -> None:
    answers = await answer(hasty, BEGUN + b"\r\n", BEGUN)

    assert answers.startswith(b"HTTP/1.1 404 ")
    assert b"HTTP/1.1 408 " in answers


async def test_a_connection_on_which_nothing_comes_is_closed_without_a_word(hasty: Live) -> None:
    assert await answer(hasty) == b""


async def test_half_a_body_is_not_waited_for(hasty: Live) -> None:
    told = await answer(hasty, FORM + b"half")

    assert told.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 404 "))  # or refused before it was whole


async def test_a_socket_stays_however_long_nobody_speaks(hasty: Live) -> None:
    async with connect(hasty.url) as browser:
        await hasty.end()
        assert await answer(hasty) == b""  # the bounds of requests have gone by meanwhile

        await asyncio.wait_for(await browser.ping(), 5)
