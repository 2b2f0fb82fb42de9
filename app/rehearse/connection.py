"""One connection of a simulated person: bytes in, whole messages out."""

import asyncio
from typing import Protocol, cast

from app.rehearse import wire


class Listener(Protocol):
    """Whom a connection belongs to."""

    def say_hello(self, line: "PlayerConnection") -> None:
        """It is open."""

    def receive(self, payload: bytes) -> None:
        """A message has come."""

    def lost(self, line: "PlayerConnection", why: str) -> None:
        """It has ended."""


class PlayerConnection(asyncio.Protocol):
    """Belongs to one player, who is told of each message and of the end."""

    def __init__(self, player: Listener, request: bytes) -> None:
        self.player, self._request = player, request
        self.open = False
        self._rest = b""
        self._message: list[bytes] = []
        self._why = "cut off"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name
        self.transport.write(self._request)

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
