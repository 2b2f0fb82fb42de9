"""A pretend person’s phone in a workshop: writes, places dots, finishes; keeps all until it is answered."""

import time
from typing import Any

import msgspec
from msgspec import Struct

from app.rehearse.address import Address
from app.rehearse.simulated import Meeting, Simulated
from app.rehearse.workshop.minds import Act, Question
from app.rehearse.workshop.tally import WorkshopTally


class NoteAck(Struct, frozen=True):
    n: int | None
    seq: int | None = None
    code: str | None = None


class Part(Struct, frozen=True):
    i: int
    of: int


class PhoneMessage(Struct, frozen=True):
    """The fields of the server's messages that a phone reads."""

    type: str
    to: int = 0
    audience: str | None = None
    part: Part = Part(1, 1)
    acks: list[NoteAck] = []
    slot: int = 0
    code: int | str | None = None
    html: str = ""
    phase: str = ""


class Workshop(Meeting):
    """What all phones share: the phase that everybody is told of and when that began, and the tally."""

    def __init__(self, at: Address, path: str) -> None:
        super().__init__(at, path)
        self.tally = WorkshopTally()
        self.trouble = self.tally.trouble
        self.now = ("", 0)
        self.decode = msgspec.json.Decoder(PhoneMessage).decode


class PretendPhone(Simulated):
    """One person. Notes and dots stay here until they are answered, and go out again after a gap."""

    want = "stage:phone"

    def __init__(self, number: int, cookie: str, workshop: Workshop) -> None:
        super().__init__(number, cookie, workshop)
        self.workshop = workshop
        self.phase = ""  # on its screen
        self._notes: dict[int, tuple[int, dict[str, Any]]] = {}  # by n: when, what
        self._dots: dict[tuple[str, int], tuple[int, dict[str, Any]]] = {}  # by phase and slot

    @property
    def settled(self) -> bool:
        return not self._notes and not self._dots

    def act(self, one: Act, of: Question) -> None:
        """Do it now; without a line it is sent after the next welcome."""
        if one.do == "note":
            self.n += 1
            op = {"do": "add_card", "id": one.id, "kind": of.kind, "text": one.text, "phase": of.phase}
            op |= {"section": one.section} if one.section else {}
            message: dict[str, Any] = {"type": "op", "n": self.n, "op": op}
            self._notes[self.n] = (time.monotonic_ns(), message)
        else:
            choice = one.choice if one.do == "dot" else "yes"
            message = {"type": "cast", "phase": of.phase, "slot": one.slot, "choice": choice}
            self._dots[of.phase, one.slot] = (time.monotonic_ns(), message)
        self._say(message)

    def _say(self, message: dict[str, Any]) -> None:
        if self.ready.done():
            self.send(msgspec.json.encode(message))

    def receive(self, payload: bytes) -> None:
        told, at = self.workshop.decode(payload), time.monotonic_ns()
        if told.type == "welcome" and told.part.i == told.part.of:
            self._welcomed()
        if told.type in ("welcome", "changes"):
            self.cursor, self.audience = told.to, told.audience or self.audience
        for ack in told.acks:
            self._acknowledged(ack, at)
        if told.type == "cast":
            self._counted(told, at)
        elif told.type == "stage":
            self._shown(told.html, at)
        elif told.type == "bye":
            self.workshop.trouble[f"sent away ({told.code})"] += not self.workshop.over

    def _welcomed(self) -> None:
        if not self.ready.done():
            self.ready.set_result(None)
        for _, message in [*self._notes.values(), *self._dots.values()]:
            self._say(message)

    def _acknowledged(self, ack: NoteAck, at: int) -> None:
        sent = self._notes.pop(ack.n or 0, None)
        if sent is None:
            return
        began, message = sent
        if ack.seq is None:
            self.workshop.tally.refuse(ack.code)
            return
        self.workshop.tally.saved_note(message["op"]["id"], at - began)

    def _counted(self, told: PhoneMessage, at: int) -> None:
        sent = self._dots.pop((told.phase, told.slot), None)
        if sent is None:
            return
        began, message = sent
        if told.code:
            self.workshop.tally.refuse(told.code)
            return
        self.workshop.tally.saved_dot(told.phase, self.number, told.slot, message["choice"], at - began)

    def _shown(self, html: str, at: int) -> None:
        phase, began = self.workshop.now
        if phase and phase != self.phase and f'data-phase="{phase}"' in html:
            self.phase = phase
            self.workshop.tally.phase_ns.append(at - began)
