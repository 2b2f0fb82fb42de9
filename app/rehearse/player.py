"""One simulated person on a socket: writes, records what arrives, connects again when cut off."""

import asyncio
import random
import ssl
import time
from collections import Counter
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct, field

from app.rehearse import wire
from app.rehearse.address import Address, fetch
from app.rehearse.connection import PlayerConnection
from app.rehearse.outline import OutlineTally, seen_in, unpacked
from app.rehearse.script import Script
from app.rehearse.tally import Put, RehearsedOp, Tally

RECONNECT_AFTER = 0.5, 1.5  # seconds after the connection was lost


class Ack(Struct, frozen=True):
    n: int | None
    seq: int | None = None
    code: str | None = None


class WelcomePart(Struct, frozen=True):
    i: int
    of: int


class ServerMessage(Struct, frozen=True):
    """The fields of the server's messages that a player reads."""

    type: str
    from_: int = field(default=0, name="from")
    to: int = 0
    full: bool = False
    part: WelcomePart = WelcomePart(1, 1)
    audience: str | None = None
    puts: list[Put] = []
    acks: list[Ack] = []
    code: int = 0
    ask: list[str] | None = []
    cards: str = ""


class RehearsalState:
    """What all players share. Most frames are the same for all, so the last one is decoded only once."""

    def __init__(self, at: Address, path: str, tally: Tally, outline: OutlineTally) -> None:
        self.at, self.path, self.tally, self.outline = at, path, tally, outline
        self.trouble: Counter[str] = Counter()
        self.over = False
        self._decode = msgspec.json.Decoder(ServerMessage).decode
        self._last: tuple[bytes, ServerMessage] = (b"", ServerMessage(""))

    def decode(self, payload: bytes) -> ServerMessage:
        if payload != self._last[0]:
            self._last = (payload, self._decode(payload))
        return self._last[1]


class Player:
    """A person; `line` is their connection, if any. `ready` is done after the first welcome.

    On a `phone` they follow the outline: what changed comes drawn to them, or is asked for.
    """

    def __init__(
        self, number: int, cookie: str, script: Script, shared: RehearsalState, phone: bool = False
    ) -> None:
        self.number, self.cookie, self.script, self.shared = number, cookie, script, shared
        self.phone, self._asking = phone, set[asyncio.Task[None]]()
        self.client, self.cursor, self.n = str(uuid4()), 0, 0
        self.audience: str | None = None
        self.in_flight: dict[int, tuple[RehearsedOp, bytes]] = {}
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.line: PlayerConnection | None = None
        self._reconnecting: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Open a connection; the hello is sent once it is open."""
        at, loop = self.shared.at, asyncio.get_running_loop()
        tls = ssl.create_default_context() if at.tls else None
        request = wire.handshake(self.shared.path, {**at.headers, "Cookie": self.cookie})
        await loop.create_connection(lambda: PlayerConnection(self, request), at.host, at.port, ssl=tls)

    def act(self) -> None:
        """Send the next op of the script; without a connection it is sent after the next welcome."""
        op = self.script.next({deed.item for deed, _ in self.in_flight.values()})
        self.n += 1
        message: dict[str, Any] = {"type": "op", "n": self.n, "op": op}
        deed = self.shared.tally.sent(op["id"], time.monotonic_ns())
        if op["do"] == "edit_card" and deed.before is not None:
            message["base"] = deed.before.seq
        text = msgspec.json.encode(message)
        self.in_flight[self.n] = (deed, text)
        self.send(text)

    def ping(self) -> None:
        self.send(b'{"type":"ping"}')

    def send(self, text: bytes) -> None:
        if self.line is not None and self.line.open:
            self.line.write(wire.TEXT, text)

    def leave(self) -> None:
        if self._reconnecting is not None:
            self._reconnecting.cancel()
        if self.line is not None:
            self.line.write(wire.CLOSE, (1000).to_bytes(2, "big"))

    # -- what arrives ------------------------------------------------------------------------------

    def say_hello(self, line: PlayerConnection) -> None:
        self.line = line
        hello = {
            "type": "hello",
            "v": 1,
            "client": self.client,
            "from": self.cursor,
            "audience": self.audience,
            "want": "news" if self.phone else "items",
        }
        line.write(wire.TEXT, msgspec.json.encode(hello))

    def receive(self, payload: bytes) -> None:
        now, told = time.monotonic_ns(), self.shared.decode(payload)
        if told.type == "welcome":
            self._welcomed(told, now)
        elif told.type == "changes":
            self._changed(told, now)
        elif told.type == "news":
            self.shared.outline.received(self.number, unpacked(told.cards), now)
            if told.ask != []:
                self._ask(told.ask)
        elif told.type == "pong":
            self.cursor = told.to
        elif told.type == "bye":
            self.shared.trouble[f"sent away ({told.code})"] += not self.shared.over

    def lost(self, line: PlayerConnection, why: str) -> None:
        """A connection ended. Unless the rehearsal is over, connect again a little later."""
        if line is not self.line and self.line is not None:
            return
        self.line = None
        if self.shared.over:
            return
        self.shared.trouble[why] += 1
        self._reconnecting = asyncio.get_running_loop().create_task(self._reconnect())

    async def _reconnect(self) -> None:
        while not self.shared.over:
            await asyncio.sleep(random.uniform(*RECONNECT_AFTER))
            try:
                await self.connect()
                return
            except OSError:
                self.shared.trouble["no connection"] += 1

    def _ask(self, parts: list[str] | None) -> None:
        """Fetch sections, or all, as a page does where they do not come drawn."""
        path = f"{self.shared.path.removesuffix('/live')}/parts{'/' + ','.join(parts) if parts else ''}"

        async def get() -> None:
            try:
                html = await fetch(self.shared.at, path, self.cookie)
                self.shared.outline.received(self.number, seen_in(html), time.monotonic_ns())
            except (OSError, TimeoutError):
                self.shared.trouble["a section did not come"] += 1

        task = asyncio.get_running_loop().create_task(get())
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def _welcomed(self, told: ServerMessage, now: int) -> None:
        self.audience = told.audience
        if not self.phone:
            self.shared.tally.received(self.number, told.puts, now, whole=told.full)
        if told.part.i < told.part.of:
            return
        self.cursor = told.to
        if not self.ready.done():
            self.ready.set_result(None)
        for _, (_deed, text) in sorted(self.in_flight.items()):
            self.send(text)

    def _changed(self, told: ServerMessage, now: int) -> None:
        if told.from_ != self.cursor and not self.phone:  # a phone's moves on without a word
            self.shared.trouble["news out of turn"] += 1
        self.cursor, self.audience = told.to, told.audience or self.audience
        if not self.phone:
            self.shared.tally.received(self.number, told.puts, now)
        for ack in told.acks:
            deed, _ = self.in_flight.pop(ack.n or 0, (None, b""))
            if ack.seq is None:
                self.shared.trouble[f"refused ({ack.code})"] += 1
            if deed is not None:
                self.shared.tally.answered(deed, ack.seq, now)
