"""HTTP as cheap as it gets: a client that takes as much processor as the server would measure itself."""

import asyncio
import time

from msgspec import Struct

IDLE = 4.0  # seconds; the server gives up a connection that nobody used for five


class Answer(Struct, frozen=True):
    """`status`, and how many bytes the body has as it came."""

    status: int
    size: int


class HttpLines:
    """Connections that are kept; each request takes one that is free, or a new one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str, cookie: str) -> Answer:
        """Ask as a browser does that takes brotli. The connection of a request that fails is closed."""
        reader, writer = await self._line()
        try:
            head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nCookie: {cookie}\r\n"
            writer.write(f"{head}Accept: text/html\r\nAccept-Encoding: br\r\n\r\n".encode())
            answer = await _answer(reader)
        except BaseException:
            writer.close()
            raise
        self._free.append((time.monotonic(), reader, writer))
        return answer

    async def _line(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._free:
            used, reader, writer = self._free.pop()
            if time.monotonic() - used < IDLE and not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)

    def close(self) -> None:
        for _, _, writer in self._free:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if line)
    size = int(headers.get("content-length", 0))
    await reader.readexactly(size)
    return Answer(int(status.split()[1]), size)
