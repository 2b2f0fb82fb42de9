"""A real server on uvloop in a thread of its own, so that tests can act on both ends of a socket."""

import asyncio
import contextlib
import queue
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import uvloop
from litestar import Litestar, WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import WebsocketRouteHandler

from app.realtime import server
from app.realtime.fanout import handle_of
from app.realtime.http_protocol import BoundedHttp

T = TypeVar("T")


class End:
    """The server's end of one connection."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.handle = handle_of(socket)
        self.received: queue.SimpleQueue[str] = queue.SimpleQueue()

    async def heard(self) -> str:
        """The next message that arrived, or "closed"."""
        return await asyncio.to_thread(self.received.get, True, 10)

    async def listen(self) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self.received.put(await self.socket.receive_text())
        self.received.put("closed")


class Live:
    """A server listening at `url`."""

    def __init__(self, ws: type | None = None, http: type[BoundedHttp] = BoundedHttp) -> None:
        self._joined: queue.SimpleQueue[End] = queue.SimpleQueue()
        self.farewell: Callable[[], None] = lambda: None  # what the app does before the server closes
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"ws://127.0.0.1:{self.port}/"
        config = server.config(Litestar([self._handler()]))
        config.http = http
        if ws is not None:
            config.ws = ws
        self.server = server.Server(config, leaving=self._leaving)
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def call(self, work: Callable[[], T]) -> T:
        """Run `work` in the server's loop and hand back what it returns."""

        async def run() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    async def wait(self, work: Awaitable[T]) -> T:
        """Await something of the server's loop from the test's."""

        async def run() -> T:
            return await work

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(run(), self._loop))

    async def end(self) -> End:
        """The server's end of the next connection, in the order of connecting."""
        return await asyncio.to_thread(self._joined.get, True, 10)

    def start(self) -> None:
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        self.server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        uvloop.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.call_soon(self._started.set)
        await self.server.serve(sockets=[self._listening])

    async def _leaving(self) -> None:
        self.farewell()

    def _handler(self) -> WebsocketRouteHandler:
        @websocket("/")
        async def live(socket: WebSocket) -> None:
            await socket.accept()
            end = End(socket)
            self._joined.put(end)
            await end.listen()

        return live


@contextlib.contextmanager
def live(ws: type | None = None, http: type[BoundedHttp] = BoundedHttp) -> Iterator[Live]:
    """A running server; `ws` another protocol class than ours, `http` ours with other bounds."""
    running = Live(ws, http)
    running.start()
    try:
        yield running
    finally:
        running.stop()
