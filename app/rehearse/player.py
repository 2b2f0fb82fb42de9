"""One simulated person on a board: writes, and records what arrives."""

import asyncio
import time
from typing import Any

import msgspec
from msgspec import Struct, field

from app.rehearse.address import Address, fetch
from app.rehearse.outline import OutlineTally, seen_in, unpacked
from app.rehearse.script import Script
from app.rehearse.simulated import Meeting, Simulated
from app.rehearse.tally import Put, RehearsedOp, Tally


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


class RehearsalState(Meeting):
    """What all players share. Most frames are the same for all, so the last one is decoded only once."""

    def __init__(self, at: Address, path: str, tally: Tally, outline: OutlineTally) -> None:
        super().__init__(at, path)
        self.tally, self.outline = tally, outline
        self._decode = msgspec.json.Decoder(ServerMessage).decode
        self._last: tuple[bytes, ServerMessage] = (b"", ServerMessage(""))

    def decode(self, payload: bytes) -> ServerMessage:
        if payload != self._last[0]:
            self._last = (payload, self._decode(payload))
        return self._last[1]


class Player(Simulated):
    """A person who writes on a board.

    On a `phone` they follow the outline: what changed comes drawn to them, or is asked for.
    """

    def __init__(
        self, number: int, cookie: str, script: Script, shared: RehearsalState, phone: bool = False
    ) -> None:
        super().__init__(number, cookie, shared)
        self.script, self.shared = script, shared
        self.phone, self.want = phone, "news" if phone else "items"
        self._asking = set[asyncio.Task[None]]()
        self.in_flight: dict[int, tuple[RehearsedOp, bytes]] = {}

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

    # -- what arrives ------------------------------------------------------------------------------

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
