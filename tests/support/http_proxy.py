"""A hostile proxy that understands HTTP: answers in the server's place, refuses bodies, or hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.support.proxy import Proxy

PAGE = b"<!doctype html><title>Guest network</title><p>Please accept the conditions of this network."
HEAD = 64 * 1024  # bytes of the head of a request


@dataclass(frozen=True)
class Asked:
    """A request as the proxy sees it."""

    method: str
    path: str
    upgrade: bool  # whether it asks for a websocket
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What the proxy answers in the server's place."""

    status: int
    body: bytes = PAGE
    kind: str = "text/html"
    headers: str = ""

    def encode(self) -> bytes:
        head = f"HTTP/1.1 {self.status} From the proxy\r\nContent-Type: {self.kind}\r\n{self.headers}"
        return f"{head}Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n".encode() + self.body


HANG = Answer(0)  # never answers
Rule = Callable[[Asked], Answer | None]  # None: pass it on


def pass_all(_: Asked) -> None:
    """The rule of a proxy that does no harm."""


class HttpProxy(Proxy):
    """One request a connection, each under `rule`; sockets then pass by the two ways of `Proxy`."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.rule: Rule = pass_all
        self.refused: list[Asked] = []

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        asked = await _asked(head, reader)
        answer = self.rule(asked)
        if answer is None:
            sent = head if asked.upgrade else _once(head)
            await self.pass_on(reader, writer, sent.encode("latin-1") + asked.body)
            return
        self.refused.append(asked)
        if answer is HANG:
            await reader.read()  # until the browser gives up
            return
        writer.write(answer.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def _asked(head: str, reader: asyncio.StreamReader) -> Asked:
    line, *lines = head.split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    method, path, _ = line.split(" ", 2)
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    return Asked(method, path, fields.get("upgrade", "").lower() == "websocket", body)


def _once(head: str) -> str:
    """The head with an end after one answer, so that each request comes under the rule of its moment."""
    line, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    kept = [one for one in lines if not one.lower().startswith("connection:")]
    return "\r\n".join([line, *kept, "Connection: close", "", ""])


@asynccontextmanager
async def http_proxy(port: int, own_port: int) -> AsyncIterator[HttpProxy]:
    """A proxy on loopback port `own_port` in front of the server on `port`."""
    proxy = HttpProxy("127.0.0.1", port)
    async with proxy.listening(own_port):
        yield proxy
