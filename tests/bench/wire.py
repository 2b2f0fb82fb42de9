"""A rehearsal's half of RFC 6455, as the load clients use it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from app.rehearse import wire


def handshake(url: str, cookie: str, origin: str) -> bytes:
    """The request that opens a WebSocket."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Host": parts.netloc, "Origin": origin, "Cookie": cookie}
    return wire.handshake(path, {name: value for name, value in headers.items() if value})


def frames(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each whole frame in `data`: opcode, payload, and where the next one begins."""
    for opcode, ends, payload, following in wire.frames(data):
        assert ends, "A fragmented frame: no server that we measure sends one."
        yield opcode, payload, following
