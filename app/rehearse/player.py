"""One simulated person on a socket: writes, records what arrives, connects again when cut off."""

import asyncio
import random
import ssl
import time
from collections import Counter
from typing import Any, cast
from uuid import uuid4

import msgspec
from msgspec import Struct, field

from app.rehearse import wire
from app.rehearse.address import Address
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


class RehearsalState:
    """What all players share. Most frames are the same for all, so the last one is decoded only once."""

    def __init__(self, at: Address, path: str, tally: Tally) -> None:
        self.at, self.path, self.tally = at, path, tally
        self.trouble: Counter[str] = Counter()
        self.over = False
        self._decode = msgspec.json.Decoder(ServerMessage).decode
        self._last: tuple[bytes, ServerMessage] = (b"", ServerMessage(""))

    def decode(self, payload: bytes) -> ServerMessage:
        if payload != self._last[0]:
            self._last = (payload, self._decode(payload))
        return self._last[1]


class Player:
    """A person; `line` is their connection, if any. `ready` is done after the first welcome."""

    def __init__(self, number: int, cookie: str, script: Script, shared: RehearsalState) -> None:
        self.number, self.cookie, self.script, self.shared = number, cookie, script, shared
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
        await loop.create_connection(lambda: PlayerConnection(self), at.host, at.port, ssl=tls)

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

    def say_hello(self, line: "PlayerConnection") -> None:
        self.line = line
        hello = {
            "type": "hello",
            "v": 1,
            "client": self.client,
            "from": self.cursor,
            "audience": self.audience,
        }
        line.write(wire.TEXT, msgspec.json.encode(hello))

    def receive(self, payload: bytes) -> None:
        now, told = time.monotonic_ns(), self.shared.decode(payload)
        if told.type == "welcome":
            self._welcomed(told, now)
        elif told.type == "changes":
            self._changed(told, now)
        elif told.type == "pong":
            self.cursor = told.to
        elif told.type == "bye":
            self.shared.trouble[f"sent away ({told.code})"] += not self.shared.over

    def lost(self, line: "PlayerConnection", why: str) -> None:
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

    def _welcomed(self, told: ServerMessage, now: int) -> None:
        self.audience = told.audience
        self.shared.tally.received(self.number, told.puts, now, whole=told.full)
        if told.part.i < told.part.of:
            return
        self.cursor = told.to
        if not self.ready.done():
            self.ready.set_result(None)
        for _, (_deed, text) in sorted(self.in_flight.items()):
            self.send(text)

    def _changed(self, told: ServerMessage, now: int) -> None:
        if told.from_ != self.cursor:
            self.shared.trouble["news out of turn"] += 1
        self.cursor, self.audience = told.to, told.audience or self.audience
        self.shared.tally.received(self.number, told.puts, now)
        for ack in told.acks:
            deed, _ = self.in_flight.pop(ack.n or 0, (None, b""))
            if ack.seq is None:
                self.shared.trouble[f"refused ({ack.code})"] += 1
            if deed is not None:
                self.shared.tally.answered(deed, ack.seq, now)


class PlayerConnection(asyncio.Protocol):
    """One connection of one player: bytes in, whole messages out."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.open = False
        self._rest = b""
        self._message: list[bytes] = []
        self._why = "cut off"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        shared = self.player.shared
        headers = {**shared.at.headers, "Cookie": self.player.cookie}
        self.transport.write(wire.handshake(shared.path, headers))

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self.open:
            data = self._shake_hands(data)
        at = 0
        for opcode, ends, payload, following in wire.frames(data):
            at = following
            self._take(opcode, ends, payload)
        self._rest = data[at:] if self.open else data

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        self.player.lost(self, self._why)

    def write(self, opcode: int, payload: bytes) -> None:
        self.transport.write(wire.masked(opcode, payload))

    def _shake_hands(self, data: bytes) -> bytes:
        """Read the response to the handshake; gives the bytes after it, or all while it is incomplete."""
        head, whole, rest = data.partition(b"\r\n\r\n")
        if not whole:
            return data
        if not head.startswith(b"HTTP/1.1 101"):
            self._why = f"not let on the board ({head[9:12].decode('latin-1')})"
            self.transport.abort()
            return b""
        self.open = True
        self.player.say_hello(self)
        return rest

    def _take(self, opcode: int, ends: bool, payload: bytes) -> None:
        if opcode == wire.PING:
            self.write(wire.PONG, payload)
        elif opcode == wire.CLOSE:
            self._why = f"closed ({int.from_bytes(payload[:2], 'big')})" if payload else "closed"
            self.write(wire.CLOSE, payload[:2])
            self.transport.close()
        elif ends and not self._message:
            self.player.receive(payload)
        else:
            self._message.append(payload)
            if ends:
                whole, self._message = b"".join(self._message), []
                self.player.receive(whole)
