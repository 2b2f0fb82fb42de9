"""The client's half of RFC 6455 as plain functions: cheap enough that the load client does not dominate."""

import base64
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


def handshake(url: str, cookie: str, origin: str) -> bytes:
    """The request that opens a WebSocket."""
    parts = urlsplit(url)
    lines = [
        f"GET {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(secrets.token_bytes(16)).decode()}",
        *([f"Origin: {origin}"] if origin else []),
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def masked(opcode: int, payload: bytes) -> bytes:
    """A whole frame as clients must send it. The mask is zero: it protects proxies, which are not here."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2)
    else:
        head = bytes((0x80 | opcode, 0x80 | 127)) + size.to_bytes(8)
    return head + bytes(4) + payload


def frames(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each whole unfragmented frame in `data`: opcode, payload, and where the next one begins."""
    at, end = 0, len(data)
    while end - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
        elif size == 127:
            size, start = int.from_bytes(data[at + 2 : at + 10]), at + 10
        if start > end or start + size > end:
            return
        assert data[at] & 0x80, "A fragmented frame: no server that we measure sends one."
        at_next = start + size
        yield data[at] & 0x0F, data[start:at_next], at_next
        at = at_next
