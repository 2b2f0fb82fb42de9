"""One phone on the outline, as its page behaves: a socket for news, and a line to fetch sections by."""

import asyncio
import base64
import json
import time
import zlib
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

from app.rehearse.wire import CLOSE, PING, PONG, TEXT, masked
from tests.bench.tally import stamps_in_text
from tests.bench.wire import frames, handshake

GATHER = 1.0  # seconds that a page waits before it fetches what has changed


class Phone(asyncio.Protocol):
    """`seen` has when each stamp was first on its screen, in nanoseconds."""

    def __init__(self, url: str, cookie: str, origin: str, want: str) -> None:
        self.url, self.cookie, self.origin, self.want = url, cookie, origin, want
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.seen: dict[int, int] = {}
        self.bytes, self.failed = 0, 0
        self.asked: set[str] = set()
        self.fetching: asyncio.Task[None] | None = None
        self._rest, self._shaken = b"", False
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def connect(self) -> None:
        parts = urlsplit(self.url)
        await asyncio.get_running_loop().create_connection(
            lambda: self, parts.hostname or "", parts.port or 80
        )
        await asyncio.wait_for(self.ready, 60)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(handshake(self.url, self.cookie, self.origin))

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        data = self._rest + data
        if not self._shaken:
            _, complete, rest = data.partition(b"\r\n\r\n")
            if not complete:
                self._rest = data
                return
            self._shaken, data = True, rest
            hello = {"type": "hello", "v": 1, "client": uuid4().hex, "want": self.want}
            self.transport.write(masked(TEXT, json.dumps(hello).encode()))
        at = 0
        for opcode, payload, at_next in frames(data):
            at = at_next
            if opcode == PING:
                self.transport.write(masked(PONG, payload))
            elif opcode == CLOSE:
                self.failed += 1
            elif opcode == TEXT:
                self._take(json.loads(payload))
        self._rest = data[at:]

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "welcome" and not self.ready.done():
            self.ready.set_result(None)
        if message["type"] == "news":
            self._show(_unpacked(message))
        if asked := message.get("parts") or message.get("ask"):
            self.asked |= set(asked)
            if self.fetching is None:
                self.fetching = asyncio.create_task(self._fetch())

    def _show(self, html: bytes) -> None:
        now = time.monotonic_ns()
        for stamp in stamps_in_text(html):
            self.seen.setdefault(stamp, now)

    async def _fetch(self) -> None:
        while self.asked:
            await asyncio.sleep(GATHER)
            wanted, self.asked = ",".join(sorted(self.asked)), set()
            status, body = await self._get(wanted)
            self.failed += status != 200
            self._show(body)
        self.fetching = None

    async def _get(self, wanted: str) -> tuple[int, bytes]:
        if self._line is None:
            parts = urlsplit(self.url)
            self._line = await asyncio.open_connection(parts.hostname, parts.port)
        reader, writer = self._line
        path = urlsplit(self.url).path.removesuffix("/live")
        lines = [f"GET {path}/parts/{wanted} HTTP/1.1", f"Host: {urlsplit(self.url).netloc}"]
        lines += [f"Cookie: {self.cookie}", "hx-request: true", "Accept: text/html", "Accept-Encoding: gzip"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        body = await _body(reader, head)
        self.bytes += len(head) + len(body)
        return int(head.split(" ")[1]), zlib.decompress(body, 31) if "gzip" in head else body

    def close(self) -> None:
        if self.fetching is not None:
            self.fetching.cancel()
        if self._line is not None:
            self._line[1].close()
        self.transport.abort()


async def _body(reader: asyncio.StreamReader, head: str) -> bytes:
    if "content-length: " in head:
        return await reader.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body


def _unpacked(message: dict[str, Any]) -> bytes:
    """The cards in a frame of news, as JSON."""
    return zlib.decompress(base64.b64decode(message["cards"]), -zlib.MAX_WBITS) if message["cards"] else b""
