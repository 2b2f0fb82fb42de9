"""One socket of the load client: greets, answers pings, follows its board and counts what arrives."""

import argparse
import asyncio
import re
import time
from typing import cast
from uuid import uuid4

from app.rehearse.wire import CLOSE, PING, PONG, TEXT, masked
from tests.bench.tally import Stamps, Tally
from tests.bench.wire import frames

# Of a board's frames: how far the client has followed, and by whose eyes.
PLACE = re.compile(rb'^\{"type":"(?:welcome|changes|pong)"[^[]*?"to":(\d+)')
AUDIENCE = re.compile(rb'"audience":("[^"]*")')


class Shared:
    """What all viewers have in common; `parsed` remembers the last chunk, since all get the same bytes."""

    def __init__(self, options: argparse.Namespace, stamps: Stamps) -> None:
        self.url: str = options.url
        self.hello: str = options.hello
        self.ready_on: bytes = options.ready.encode()
        self.stamps = stamps
        self.tally = Tally()
        self.parsed: tuple[bytes, int, list[int], bytes] = (b"", 0, [], b"")
        self.closed: dict[str, int] = {}
        self.open = 0


class Place:
    """Where a viewer stands on its board: what it says when it comes again."""

    __slots__ = ("audience", "client", "cursor")

    def __init__(self) -> None:
        self.client, self.cursor, self.audience = uuid4().hex, b"0", b"null"

    def fill(self, hello: str) -> bytes:
        filled = hello.replace("{client}", self.client).replace("{from}", self.cursor.decode())
        return filled.replace("{audience}", self.audience.decode()).encode()


class Viewer(asyncio.Protocol):
    """One socket that greets, answers pings and counts. `ready` is done once it is in."""

    def __init__(self, number: int, request: bytes, place: Place, shared: Shared) -> None:
        self.number, self.place = number, place
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
            _, count, stamps, self.place.cursor = shared.parsed
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
            self.transport.write(masked(TEXT, self.place.fill(self._shared.hello)))
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
                self._note_place(payload)
                if not self.ready.done() and self._shared.ready_on in payload:
                    self.ready.set_result(None)
            else:
                plain = False
                self._answer(opcode, payload)
        self._rest = data[at:]
        self._shared.tally.add(self.number, count, at, stamps, time.monotonic_ns())
        if plain and not self._rest:
            self._shared.parsed = (data, count, stamps, self.place.cursor)

    def _note_place(self, payload: bytes) -> None:
        if found := PLACE.match(payload):
            self.place.cursor = found[1]
        if not self.ready.done() and (found := AUDIENCE.search(payload)):
            self.place.audience = found[1]

    def _answer(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.transport.write(masked(PONG, payload))
        elif opcode == CLOSE:
            self._code = str(int.from_bytes(payload[:2])) if payload else "1005"
            self.transport.write(masked(CLOSE, payload[:2]))
            self.transport.close()
