"""One frame, built once and written to every socket; each socket says how much it still has to send."""

from typing import Protocol, cast

from litestar import WebSocket

from app.realtime.asgi_handle import PlainHandle

EXTENSION = "throughline.handle"

# Above this many bytes waiting a socket is full: write no more, and let drained() say when to go on.
FULL = 64 * 1024


class Frame:
    """A message for one audience: its JSON `payload`, and `wire`, the WebSocket frame that holds it."""

    __slots__ = ("payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.wire = _head(len(payload)) + payload


class Handle(Protocol):
    """The sending side of one accepted socket. Nothing here waits, except `drained`."""

    def write(self, frame: Frame) -> int:
        """Send, and return the bytes now waiting in the socket's buffer; -1 once it is closed."""

    def pending(self) -> int:
        """The bytes waiting in the socket's buffer; -1 once it is closed."""

    def abort(self) -> None:
        """Cut the connection at once, whatever is waiting."""

    async def drained(self) -> None:
        """Return when a full buffer has emptied again, or the socket is closed."""


class OfferedHandle(Handle, Protocol):
    """What our server puts into the scope."""

    def forget_handshake(self) -> None:
        """Free the request of the handshake and the answer to it."""


def handle_of(socket: WebSocket) -> Handle:
    """The server's own handle where it offers one, else a slower one over plain ASGI sends."""
    return _offered(socket) or PlainHandle(socket)


def forget_handshake(socket: WebSocket) -> None:
    """Free what only the handshake needed: about 5 KB for each socket."""
    cast(list[tuple[bytes, bytes]], socket.scope["headers"]).clear()
    if (offered := _offered(socket)) is not None:
        offered.forget_handshake()


def _offered(socket: WebSocket) -> OfferedHandle | None:
    return cast(OfferedHandle | None, (socket.scope.get("extensions") or {}).get(EXTENSION))


def _head(size: int) -> bytes:
    """The header of one whole unmasked text frame (RFC 6455, section 5.2)."""
    if size < 126:
        return bytes((0x81, size))
    if size < 1 << 16:
        return bytes((0x81, 126)) + size.to_bytes(2)
    return bytes((0x81, 127)) + size.to_bytes(8)
