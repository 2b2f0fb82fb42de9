"""Holds many sockets in one cheap process and measures what arrives: `python -m tests.bench.viewers --help`.

Prints one JSON object a line: {"event": "ready"} when all are in, then answers each line on stdin:
`mark` begins to count anew, `report` tells the figures, `again` cuts all and connects all, `quit` ends.
"""

import argparse
import asyncio
import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import uvloop

from tests.bench.tally import Stamps, Tally
from tests.bench.wire import CLOSE, PING, PONG, TEXT, frames, handshake, masked

AT_ONCE = 100  # handshakes under way at the same time


class Shared:
    """What all viewers have in common; `parsed` remembers the last chunk, since all get the same bytes."""

    def __init__(self, options: argparse.Namespace, stamps: Stamps) -> None:
        self.url: str = options.url
        self.hello: str = options.hello
        self.ready_on: bytes = options.ready.encode()
        self.stamps = stamps
        self.tally = Tally()
        self.parsed: tuple[bytes, int, list[int]] = (b"", 0, [])
        self.closed: dict[str, int] = {}
        self.open = 0


class Viewer(asyncio.Protocol):
    """One socket that greets, answers pings and counts. `ready` is done once it is in."""

    def __init__(self, number: int, request: bytes, shared: Shared) -> None:
        self.number = number
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._shared = shared
        self._rest = b""
        self._shaken = False
        self._code = "cut"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self._shaken:
            data = self._shake_hands(self._rest + data)
        shared = self._shared
        if not self._rest and data == shared.parsed[0] and self.ready.done():
            _, count, stamps = shared.parsed
            shared.tally.add(self.number, count, len(data), stamps, time.monotonic_ns())
        elif data:
            self._take(self._rest + data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set_result(None)
        if self._shaken:
            self._shared.open -= 1
            self._shared.closed[self._code] = self._shared.closed.get(self._code, 0) + 1
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed before it was ready: {self._code}"))

    def _shake_hands(self, data: bytes) -> bytes:
        """What follows the server's answer to the handshake, if that is complete."""
        head, complete, rest = data.partition(b"\r\n\r\n")
        if not complete:
            self._rest = data
            return b""
        self._rest = b""
        if not head.startswith(b"HTTP/1.1 101"):
            self._code = head.split(b"\r\n")[0].decode()
            self.transport.abort()
            return b""
        self._shaken = True
        self._shared.open += 1
        if self._shared.hello:
            self.transport.write(masked(TEXT, self._shared.hello.replace("{client}", uuid4().hex).encode()))
        if not self._shared.ready_on:
            self.ready.set_result(None)
        return rest

    def _take(self, data: bytes) -> None:
        """Parse whole frames; what is left waits for more."""
        at, count, stamps, plain = 0, 0, list[int](), True
        for opcode, payload, at_next in frames(data):
            at = at_next
            if opcode == TEXT:
                count += 1
                stamps.extend(self._shared.stamps(payload))
                if not self.ready.done() and self._shared.ready_on in payload:
                    self.ready.set_result(None)
            else:
                plain = False
                self._answer(opcode, payload)
        self._rest = data[at:]
        self._shared.tally.add(self.number, count, at, stamps, time.monotonic_ns())
        if plain and not self._rest:
            self._shared.parsed = (data, count, stamps)

    def _answer(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.transport.write(masked(PONG, payload))
        elif opcode == CLOSE:
            self._code = str(int.from_bytes(payload[:2])) if payload else "1005"
            self.transport.write(masked(CLOSE, payload[:2]))
            self.transport.close()


class Crowd:
    """All viewers of this process."""

    def __init__(self, shared: Shared, count: int, cookies: list[str], origin: str) -> None:
        self.shared = shared
        self._requests = [handshake(shared.url, cookies[i % len(cookies)], origin) for i in range(count)]
        self._viewers: list[Viewer] = []

    async def enter(self) -> dict[str, Any]:
        """Connect everybody; how long that took, and who could not."""
        began, gate = time.monotonic(), asyncio.Semaphore(AT_ONCE)
        self._viewers = []
        outcomes = await asyncio.gather(
            *(self._enter(i, request, gate) for i, request in enumerate(self._requests)),
            return_exceptions=True,
        )
        failed = [str(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]
        seconds = round(time.monotonic() - began, 3)
        return {"event": "ready", "open": self.shared.open, "seconds": seconds, "failed": failed[:5]}

    async def leave(self) -> None:
        for viewer in self._viewers:
            viewer.transport.abort()
        await asyncio.gather(*(viewer.gone for viewer in self._viewers))

    async def _enter(self, number: int, request: bytes, gate: asyncio.Semaphore) -> None:
        parts = urlsplit(self.shared.url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 80
        async with gate, asyncio.timeout(60):
            loop = asyncio.get_running_loop()
            _, viewer = await loop.create_connection(lambda: Viewer(number, request, self.shared), host, port)
            self._viewers.append(viewer)
            await viewer.ready

    def report(self) -> dict[str, Any]:
        shared = self.shared
        figures = shared.tally.report(len(self._requests))
        used = round(time.process_time(), 3)
        return {
            "event": "report",
            "open": shared.open,
            "closed": shared.closed,
            "processor_s": used,
            **figures,
        }


async def serve(crowd: Crowd) -> None:
    """Answer the commands on stdin until it ends."""
    say(await crowd.enter())
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while (command := (await reader.readline()).decode().strip()) not in ("", "quit"):
        if command == "mark":
            crowd.shared.tally.clear()
            say({"event": "marked"})
        elif command == "again":
            await crowd.leave()
            say(await crowd.enter())
        elif command == "report":
            say(crowd.report())
        else:
            say({"event": "unknown", "command": command})
    say(crowd.report())


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", required=True, help="ws://127.0.0.1:8000/boards/ID/live")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--cookie", default="", help="sent by every viewer")
    parser.add_argument("--cookies", help="file with one cookie a line, used in turn")
    parser.add_argument("--origin", default="")
    parser.add_argument("--hello", default="", help="first message; {client} becomes a random id")
    parser.add_argument("--ready", default="", help="text of the message after which a viewer is in")
    parser.add_argument(
        "--stamp", default="tests.bench.tally:stamps_in_text", help="finds send times in a payload"
    )
    return parser.parse_args()


def main() -> None:
    options = parse()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    module, _, name = options.stamp.partition(":")
    shared = Shared(options, getattr(importlib.import_module(module), name))
    cookies = Path(options.cookies).read_text().split("\n") if options.cookies else [options.cookie]
    crowd = Crowd(shared, options.count, [c for c in cookies if c] or [""], options.origin)
    uvloop.run(serve(crowd))


if __name__ == "__main__":
    main()
