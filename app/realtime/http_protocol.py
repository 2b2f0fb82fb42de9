"""uvicorn's HTTP protocol with bounds on what a connection may send and how long it may take over it."""

from asyncio import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

LARGEST_HEAD = 32 * 1024  # bytes of a request before its body


class BoundedHttp(HttpToolsProtocol):
    """Closes connections whose request does not begin, or does not go on; refuses heads that are too large.

    Without this a head grows without bound, and half a request stays for as long as its sender likes.
    A body whose reader here is slow is no fault of its sender: that time does not count.
    """

    head_within = 10.0  # seconds from the first byte, or from the connection, to the end of the head
    body_within = 30.0  # seconds without a byte of a body that is not whole

    def connection_made(self, transport: Any) -> None:
        self._head = 0  # bytes that came while one was awaited
        self._in_head = True
        self._late: TimerHandle | None = None
        super().connection_made(transport)
        self._expect(self.head_within)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > LARGEST_HEAD:
            self._refuse(431)

    def on_message_begin(self) -> None:
        self._in_head, self._head = True, max(self._head, 1)
        self._expect(self.head_within)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LARGEST_HEAD:
            self._refuse(431)
            raise ValueError  # nothing more of it is read
        self._in_head, self._head = False, 0
        self._expect(self.body_within)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._expect(self.body_within)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._expect(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._expect(None)
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        self._refuse(400)

    def _refuse(self, status: int) -> None:
        """Close the connection; with an answer where it has begun to ask for one and has none yet."""
        self._expect(None)
        if self.transport.is_closing():
            return
        asked = self._head > 0 if self._in_head else not self.cycle.response_started
        if asked:
            self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _expect(self, seconds: float | None) -> None:
        """Close the connection unless more has come in so many seconds; None expects nothing."""
        if self._late is not None:
            self._late.cancel()
        self._late = None if seconds is None else self.loop.call_later(seconds, self._is_late)

    def _is_late(self) -> None:
        if self.flow.read_paused:
            self._expect(self.body_within)
        else:
            self._refuse(408)
