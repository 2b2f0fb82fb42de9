"""People who write: each on a socket of their own, sending ops and noting when each is acknowledged."""

import asyncio
import json
import time
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec

from app.rehearse.wire import CLOSE, PING, PONG, TEXT, masked
from tests.bench.tally import Tally, stamps_in_text
from tests.bench.wire import frames, handshake
from tests.support.until import until

WORDS = "The pharmacy is told the day before, so that nobody waits for tablets at the door."


class Ack(msgspec.Struct):
    n: int | None
    code: str | None = None


class Told(msgspec.Struct):
    """The parts of any message that a writer looks at."""

    type: str
    acks: list[Ack] = []


_told = msgspec.json.Decoder(Told)


def op(do: str, id: str, **fields: Any) -> bytes:
    """An op as JSON, its text stamped with the time so that whoever gets it knows how long it took."""
    return json.dumps({"do": do, "id": id, "text": f"{WORDS} t={time.monotonic_ns()}", **fields}).encode()


class Writer(asyncio.Protocol):
    """One socket. `took` has the nanoseconds from sending an op to its ack; `free` says that it may send."""

    def __init__(self, number: int, request: bytes, tally: Tally, in_flight: int) -> None:
        self.number, self.tally, self.in_flight = number, tally, in_flight
        self.took: list[int] = []
        self.refused: list[str] = []
        self.sent: dict[int, int] = {}
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.free = asyncio.Event()
        self.free.set()
        self.n = 0
        self._request, self._rest, self._shaken = request, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        if not self._shaken:
            head, self._shaken, data = _split(data)
            if not self._shaken:
                self._rest = head
                return
            hello = {"type": "hello", "v": 1, "client": uuid4().hex}
            self.transport.write(masked(TEXT, json.dumps(hello).encode()))
        at = 0
        for opcode, payload, at_next in frames(data):
            at = at_next
            self._take(opcode, payload)
        self._rest = data[at:]

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("A writer could not come in."))

    def send(self, op: bytes) -> None:
        self.n += 1
        self.sent[self.n] = time.monotonic_ns()
        self.transport.write(masked(TEXT, b'{"type":"op","n":%d,"op":%s}' % (self.n, op)))
        if len(self.sent) >= self.in_flight:
            self.free.clear()

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.transport.write(masked(PONG, payload))
        elif opcode == CLOSE:
            self.transport.close()
        elif opcode == TEXT:
            now, told = time.monotonic_ns(), _told.decode(payload)
            if told.type == "welcome" and not self.ready.done():
                self.ready.set_result(None)
            for ack in told.acks:
                self.took.append(now - self.sent.pop(ack.n or 0))
                if ack.code:
                    self.refused.append(ack.code)
            if told.acks:
                self.free.set()
            self.tally.add(self.number, 1, len(payload), stamps_in_text(payload), now)


def _split(data: bytes) -> tuple[bytes, bool, bytes]:
    """The answer to the handshake, whether it is whole, and what follows."""
    head, complete, rest = data.partition(b"\r\n\r\n")
    assert not complete or head.startswith(b"HTTP/1.1 101"), head[:60]
    return (head, True, rest) if complete else (data, False, b"")


class Writers:
    """Several writers on one board, and the cards they write on."""

    def __init__(self, writers: list[Writer], tally: Tally) -> None:
        self.all, self.tally = writers, tally
        self.cards: list[str] = []
        self.written = 0

    async def add_cards(self, count: int) -> None:
        """So many cards on the board, all acknowledged."""
        new = [str(uuid4()) for _ in range(count)]
        for i, id in enumerate(new):
            writer = self.all[i % len(self.all)]
            await writer.free.wait()
            place = {"x": 40 + i % 25 * 220, "y": 40 + i // 25 * 120}
            writer.send(op("add_card", id, kind="note", **place))
        self.cards += new
        await self.settled()

    def edit(self) -> None:
        """The next writer changes the next card."""
        writer, card = self.all[self.written % len(self.all)], self.cards[self.written % len(self.cards)]
        self.written += 1
        writer.send(op("edit_card", card))

    async def edit_at(self, rate: float, seconds: float) -> int:
        """Edit so many times a second; gives how many were sent."""
        count, began = int(rate * seconds), time.monotonic()
        for i in range(count):
            early = began + i / rate - time.monotonic()
            if early > 0:
                await asyncio.sleep(early)
            self.edit()
        return count

    async def settled(self, within: float = 60) -> None:
        """Until everything sent is acknowledged."""
        await until(lambda: not any(writer.sent for writer in self.all), within)

    def clear(self) -> None:
        self.tally.clear()
        for writer in self.all:
            writer.took.clear()

    def took_ms(self, *percents: int) -> list[float]:
        took = sorted(t for writer in self.all for t in writer.took)
        return [round(took[max(0, -(-len(took) * p // 100) - 1)] / 1e6, 2) if took else 0 for p in percents]

    def close(self) -> None:
        for writer in self.all:
            writer.transport.abort()


async def enter(url: str, cookies: list[str], origin: str, in_flight: int = 64) -> Writers:
    """One writer for each cookie, all welcomed."""
    loop, tally, parts = asyncio.get_running_loop(), Tally(), urlsplit(url)
    writers = []
    for i, cookie in enumerate(cookies):
        writer = Writer(i, handshake(url, cookie, origin), tally, in_flight)
        await loop.create_connection(partial(_given, writer), parts.hostname or "", parts.port or 80)
        await asyncio.wait_for(writer.ready, 20)
        writers.append(writer)
    return Writers(writers, tally)


def _given(writer: Writer) -> Writer:
    return writer
