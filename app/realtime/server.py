"""uvicorn, with a handle for each WebSocket that writes ready frames straight to the transport."""

import asyncio
import gc
import logging
import os
import socket
from collections.abc import Callable, Coroutine, Sequence
from threading import Thread, Timer
from types import FrameType
from typing import Any, cast

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.realtime.fanout import EXTENSION, FULL, Frame
from app.realtime.http_protocol import BoundedHttp

Farewell = Callable[[], Coroutine[Any, Any, None]]

LARGEST_MESSAGE = 1024 * 1024  # bytes; a longer one closes its socket with 1009
PARTING = 3  # seconds that the last messages to clients may take
BACKLOG = 2048  # connections that may wait to be taken: a whole workshop comes at once
GRACE = 5  # seconds that requests under way may take when the server ends
WITHIN = 9  # seconds from the first signal until the process has ended, whatever still runs
SAYING = 0.5  # seconds more in which it may say so
log = logging.getLogger(__name__)


class SocketHandle:
    """A `fanout.OfferedHandle` that writes straight to the transport of uvicorn's protocol."""

    __slots__ = ("_protocol", "_transport")

    def __init__(self, protocol: "LiveProtocol") -> None:
        self._protocol = protocol
        self._transport = protocol.transport

    def write(self, frame: Frame) -> int:
        if self._shut():
            return -1
        self._transport.write(frame.wire)
        return self._transport.get_write_buffer_size()

    def pending(self) -> int:
        return -1 if self._shut() else self._transport.get_write_buffer_size()

    def abort(self) -> None:
        self._transport.abort()

    async def drained(self) -> None:
        # Set by uvicorn when the transport resumes writing, and when the connection is lost.
        await self._protocol.writable.wait()

    def forget_handshake(self) -> None:
        # uvicorn keeps both for the life of the socket and reads neither after `accept`.
        for part in ("request", "response"):
            vars(self._protocol).pop(part, None)

    def _shut(self) -> bool:
        # Before the handshake, and after a close frame, a data frame would be a protocol error.
        protocol = self._protocol
        return protocol.close_sent or self._transport.is_closing() or not protocol.handshake_complete


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's sans-I/O WebSocket protocol, offering a handle as a scope extension."""

    async def run_asgi(self) -> None:
        self.transport.set_write_buffer_limits(high=FULL)
        _keep_little_in_the_kernel(self.transport)
        extensions = cast(dict[str, Any], self.scope["extensions"])
        extensions[EXTENSION] = SocketHandle(self)
        try:
            await super().run_asgi()
        finally:
            extensions.clear()  # the handle and its protocol would keep each other


class Server(uvicorn.Server):
    """uvicorn's server, which lets the app say goodbye before it closes every socket with 1012.

    `ready` is called once it serves.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        ready: Callable[[], None] = lambda: None,
        leaving: Farewell | None = None,
    ) -> None:
        super().__init__(config)
        self.ready, self.leaving = ready, leaving

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to end. No thread can be stopped from outside, so the first begins a countdown as well."""
        if not self.should_exit:
            countdown = Timer(WITHIN, _end_at_once)
            countdown.daemon = True  # whatever ends sooner does not wait for it
            countdown.start()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is loaded now stays: without this, every full collection would stop everything for 40 ms.
        gc.collect()
        gc.freeze()
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()  # first, so that clients that are sent away do not come back to this process
        try:
            if self.leaving is not None:
                await asyncio.wait_for(self.leaving(), PARTING)
        except TimeoutError:
            pass  # clients that could not be told by now only see the connection close
        finally:
            await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """The socket that the server listens on; connections wait there until it serves. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=host == "::")


def config(app: Any, *, proxies: Sequence[str] = ()) -> uvicorn.Config:
    """How we run uvicorn. `proxies` are the addresses whose X-Forwarded headers are believed."""
    return uvicorn.Config(
        app,
        backlog=BACKLOG,
        loop="uvloop",
        http=BoundedHttp,
        ws=LiveProtocol,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,  # costs two to five times the processor
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="on",
        interface="asgi3",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        server_header=False,
        access_log=False,  # the app has its own
        log_config=None,
        log_level="warning",  # uvicorn's "accepted" line would log the query string
        timeout_graceful_shutdown=GRACE,
    )


def _end_at_once() -> None:
    """As a kill would: what was acknowledged is stored, and work that was not done is done anew."""
    saying = Thread(target=_say_so, daemon=True)
    saying.start()
    saying.join(SAYING)
    os._exit(0)


def _say_so() -> None:
    """May never come back: the log may be what is stuck."""
    log.warning("Something still ran %s s after the server was to end; it is left", WITHIN)
    logging.shutdown()


def _keep_little_in_the_kernel(transport: asyncio.Transport) -> None:
    """Make a slow reader's backlog visible here, where it is skipped, not in megabytes of kernel buffer."""
    lowat = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    raw = transport.get_extra_info("socket")
    if lowat is not None and raw is not None and raw.family in (socket.AF_INET, socket.AF_INET6):
        raw.setsockopt(socket.IPPROTO_TCP, lowat, FULL)
