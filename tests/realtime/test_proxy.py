"""The hostile proxy does what it says, seen from both ends of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.proxy import Proxy, hostile_proxy
from tests.support.until import until

BLOCK = bytes(range(256)) * 64


class Far:
    """A server that remembers what it got and lets the test answer."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.ended = 0
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        try:
            while chunk := await reader.read(65536):
                self.got += chunk
        except ConnectionResetError:
            pass
        self.ended += 1
        writer.close()


@pytest.fixture
async def far() -> AsyncIterator[tuple[Far, Proxy]]:
    end = Far()
    server = await asyncio.start_server(end.serve, "127.0.0.1", 0)
    async with hostile_proxy("127.0.0.1", server.sockets[0].getsockname()[1]) as proxy:
        yield end, proxy
    server.close()
    await server.wait_closed()


async def test_without_orders_it_passes_everything_both_ways(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(BLOCK * 20)
    await until(lambda: bytes(end.got) == BLOCK * 20)
    end.writers[0].write(b"answer")
    assert await reader.readexactly(6) == b"answer"
    writer.write_eof()

    assert await reader.read() == b""
    assert end.ended == 1
    await until(lambda: proxy.connections == 0)
    writer.close()


async def test_a_delay_keeps_the_order_and_loses_nothing(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    _reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    loop = asyncio.get_running_loop()
    proxy.up.delay = 0.2
    began = loop.time()
    for part in (b"one ", b"two ", b"three"):
        writer.write(part)
        await writer.drain()
    writer.close()
    await until(lambda: end.ended == 1)

    assert bytes(end.got) == b"one two three"
    assert loop.time() - began >= 0.2


async def test_a_half_open_connection_takes_all_and_passes_nothing(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    _reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"heard")
    await until(lambda: bytes(end.got) == b"heard")
    proxy.up.swallow = True
    for _ in range(200):
        writer.write(BLOCK)
        await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert bytes(end.got) == b"heard"
    assert end.ended == 0


async def test_when_it_stops_reading_the_sender_fills_up_and_later_goes_on(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    _reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    proxy.up.stop_reading()
    sending = asyncio.ensure_future(send(writer, BLOCK, 1000))
    assert (await asyncio.wait([sending], timeout=0.3))[0] == set()
    proxy.up.read_again()
    await asyncio.wait_for(sending, 10)

    await until(lambda: len(end.got) == 1000 * len(BLOCK))
    writer.close()


async def test_it_cuts_after_the_very_byte_that_was_asked_for(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    proxy.up.cut_after(1001)
    writer.write(BLOCK)

    assert await reader.read() == b""
    await until(lambda: end.ended == 1)
    assert bytes(end.got) == BLOCK[:1001]
    writer.close()


async def test_it_cuts_all_and_can_refuse_newcomers(far: tuple[Far, Proxy]) -> None:
    end, proxy = far
    pairs = [await asyncio.open_connection("127.0.0.1", proxy.port) for _ in range(3)]
    await until(lambda: len(end.writers) == 3)
    proxy.refusing = True
    proxy.cut_all()

    for reader, writer in pairs:
        assert await reader.read() == b""
        writer.close()
    await until(lambda: end.ended == 3)
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert await reader.read() == b""
    writer.close()
    assert len(end.writers) == 3


async def send(writer: asyncio.StreamWriter, block: bytes, times: int) -> None:
    for _ in range(times):
        writer.write(block)
        await writer.drain()
