"""The handle for servers without our extension, and for the test client: plain ASGI sends."""

import asyncio
import contextlib
from collections import deque
from typing import Protocol

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

# What a server raises when the browser has gone (OSError by the ASGI specification, the rest in practice).
GONE = (OSError, RuntimeError, WebSocketDisconnect)


class Payload(Protocol):
    """The part of a `fanout.Frame` that is needed here."""

    @property
    def payload(self) -> bytes: ...


class PlainHandle:
    """Queues what is written and sends it from a small task that lives only while there is something to send.

    Other sends to the same socket would overtake the queue: await `drained` before closing it.
    """

    __slots__ = ("_empty", "_open", "_size", "_socket", "_task", "_waiting")

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._open = True
        self._empty = asyncio.Event()
        self._empty.set()
        self._task: asyncio.Task[None] | None = None

    def write(self, frame: Payload) -> int:
        if self.pending() < 0:
            return -1
        self._waiting.append(frame.payload)
        self._size += len(frame.payload)
        self._empty.clear()
        if self._task is None:
            self._task = asyncio.create_task(self._send_waiting())
        return self._size

    def pending(self) -> int:
        return self._size if self._open and self._socket.connection_state != "disconnect" else -1

    def abort(self) -> None:
        """ASGI cannot cut a connection: drop what is waiting and close, without waiting for it."""
        if not self._open:
            return
        self._shut()
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._close())

    async def drained(self) -> None:
        await self._empty.wait()

    async def _send_waiting(self) -> None:
        try:
            while self._waiting:
                payload = self._waiting.popleft()
                await self._socket.send_text(payload)
                self._size -= len(payload)
        except GONE:
            self._shut()
        self._task = None
        self._empty.set()

    async def _close(self) -> None:
        with contextlib.suppress(*GONE):
            await self._socket.close(1011)

    def _shut(self) -> None:
        self._open = False
        self._waiting.clear()
        self._size = 0
        self._empty.set()
