"""A hostile network: a TCP proxy that delays, stalls, swallows, and cuts where it hurts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 16 * 1024


class Cut(Exception):
    """The connection ends here and now."""


class Way:
    """One direction of all connections through the proxy. Set what should go wrong; it holds at once."""

    def __init__(self) -> None:
        self.delay = 0.0  # seconds each chunk spends on the way; order is kept
        self.swallow = False  # take everything and pass on nothing, as on a half-open connection
        self.passed = 0  # bytes passed on so far
        self._left: int | None = None
        self._unswallowed: int | None = None
        self._reading = asyncio.Event()
        self._reading.set()

    def stop_reading(self) -> None:
        """Take nothing more, so that the sender's buffers fill."""
        self._reading.clear()

    def read_again(self) -> None:
        self._reading.set()

    def cut_after(self, size: int) -> None:
        """Pass `size` more bytes, wherever that falls inside a frame, then cut that connection."""
        self._left = size

    def swallow_after(self, size: int) -> None:
        """Pass `size` more bytes, wherever that falls, and then nothing more."""
        self._unswallowed = size

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass bytes on until the sender ends in order. Raises Cut where the connection is to be cut."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while chunk := await self._read(reader):
            chunk = self._not_swallowed(chunk)
            passing = self._within_limit(chunk)
            self.passed += len(passing)
            if self.delay:
                due = max(due + 1e-6, loop.time() + self.delay)
                loop.call_at(due, writer.write, passing)
            else:
                writer.write(passing)
                await writer.drain()
            if len(passing) < len(chunk) or self._left == 0:
                self._left = None
                raise Cut
        if not self.swallow:
            await asyncio.sleep(due - loop.time())  # what is still on its way arrives before the end
            writer.write_eof()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        while True:
            await self._reading.wait()
            chunk = await reader.read(CHUNK)
            await self._reading.wait()
            if not self.swallow or not chunk:
                return chunk

    def _not_swallowed(self, chunk: bytes) -> bytes:
        if self._unswallowed is None:
            return chunk
        passing = chunk[: self._unswallowed]
        self._unswallowed -= len(passing)
        return passing

    def _within_limit(self, chunk: bytes) -> bytes:
        if self._left is None:
            return chunk
        passing = chunk[: self._left]
        self._left -= len(passing)
        return passing


class Proxy:
    """Listens on `port`; `up` is what clients send, `down` what the server sends."""

    def __init__(self, host: str, port: int | None) -> None:
        """In front of `host:port`; without a port `host` is the path of a Unix socket."""
        self.up, self.down = Way(), Way()
        self.refusing = False  # cut new connections at once
        self.accepted = 0
        self.port = 0
        self._target = (host, port)
        self._open: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many are open now."""
        return len(self._open)

    def cut_all(self) -> None:
        """Drop every connection, both ways, in the middle of whatever it carries."""
        for task in self._open:
            task.cancel()

    def go_half_open(self) -> None:
        """What is open now stays open and carries nothing any more; new connections are carried."""
        self.up.swallow = self.down.swallow = True
        self.up, self.down = Way(), Way()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            if not self.refusing:
                await self.join(reader, writer)
        except* (Cut, OSError, EOFError, asyncio.CancelledError):
            pass  # cut by the test, or by one of the two ends: that is what we are for
        finally:
            self._open.discard(task)
            writer.transport.abort()

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What becomes of one connection."""
        await self.pass_on(reader, writer)

    async def pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b""
    ) -> None:
        """Carry both ways until both ends are through; `first` was read already."""
        host, port = self._target
        far_reader, far_writer = await (
            asyncio.open_unix_connection(host) if port is None else asyncio.open_connection(host, port)
        )
        try:
            far_writer.write(first)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self.up.carry(reader, far_writer))
                ways.create_task(self.down.carry(far_reader, writer))
        finally:
            far_writer.transport.abort()

    def lose_answers(self) -> None:
        """What is open now still carries what clients send, but no answers; new connections carry both."""
        self.down.swallow = True
        self.down = Way()

    @asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncIterator[None]:
        """Accept connections on this loopback port; 0 finds a free one."""
        listening = await asyncio.start_server(self.accept, "127.0.0.1", port)
        self.port = listening.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            listening.close()
            self.cut_all()
            await listening.wait_closed()


@asynccontextmanager
async def hostile_proxy(host: str, port: int | None) -> AsyncIterator[Proxy]:
    """A proxy in front of `host:port` (see `Proxy`), itself on a free loopback port."""
    proxy = Proxy(host, port)
    async with proxy.listening():
        yield proxy
