"""A simulated person’s end of a line: says hello, connects again when cut off. What they do, others say."""

import asyncio
import random
import ssl
from collections import Counter
from uuid import uuid4

import msgspec

from app.rehearse import wire
from app.rehearse.address import Address
from app.rehearse.connection import PlayerConnection

RECONNECT_AFTER = 0.5, 1.5  # seconds after the connection was lost


class Meeting:
    """What all simulated people of one rehearsal share: where it is, what went wrong, whether it is over."""

    def __init__(self, at: Address, path: str) -> None:
        self.at, self.path = at, path
        self.trouble: Counter[str] = Counter()
        self.over = False


class Simulated:
    """A person; `line` is their connection, if any. `ready` is done after the first welcome."""

    want = "items"  # what they follow

    def __init__(self, number: int, cookie: str, meeting: Meeting) -> None:
        self.number, self.cookie, self.meeting = number, cookie, meeting
        self.client, self.cursor, self.n = str(uuid4()), 0, 0
        self.audience: str | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.line: PlayerConnection | None = None
        self.away = False
        self._reconnecting: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Open a connection; the hello is sent once it is open."""
        at, loop = self.meeting.at, asyncio.get_running_loop()
        tls = ssl.create_default_context() if at.tls else None
        request = wire.handshake(self.meeting.path, {**at.headers, "Cookie": self.cookie})
        await loop.create_connection(lambda: PlayerConnection(self, request), at.host, at.port, ssl=tls)

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

    def lose_line(self) -> None:
        """As a phone does in a lift: cut off in the middle, and away until `come_back`."""
        self.away = True
        if self.line is not None:
            self.line.transport.abort()

    def come_back(self) -> None:
        self.away = False

    # -- what arrives ------------------------------------------------------------------------------

    def say_hello(self, line: PlayerConnection) -> None:
        self.line = line
        hello = {
            "type": "hello",
            "v": 1,
            "client": self.client,
            "from": self.cursor,
            "audience": self.audience,
            "want": self.want,
        }
        line.write(wire.TEXT, msgspec.json.encode(hello))

    def receive(self, payload: bytes) -> None:
        """A message has come."""
        raise NotImplementedError

    def lost(self, line: PlayerConnection, why: str) -> None:
        """A connection ended. Unless the rehearsal is over, connect again a little later."""
        if line is not self.line and self.line is not None:
            return
        self.line = None
        if self.meeting.over:
            return
        if not self.away:
            self.meeting.trouble[why] += 1
        self._reconnecting = asyncio.get_running_loop().create_task(self._reconnect())

    async def _reconnect(self) -> None:
        while not self.meeting.over:
            await asyncio.sleep(random.uniform(*RECONNECT_AFTER))
            if self.away:
                continue
            try:
                await self.connect()
                return
            except OSError:
                self.meeting.trouble["no connection"] += 1
