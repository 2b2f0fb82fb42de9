"""People, times and records for tests of records."""

from datetime import UTC, datetime, timedelta
from itertools import count

from app.access import Actor, Role, State
from app.records.core import ops
from app.records.core.history import Change, changed, replay
from app.records.core.ops import Deed, Op, Quote
from app.records.core.record import Record
from app.records.core.rules import apply, may

ANA = Actor(Role.MEMBER, "ana", "north")
ABE = Actor(Role.STEWARD, "abe", "north")
BEN = Actor(Role.MEMBER, "ben", "south")
GIL = Actor(Role.GUEST, "gil", None)
OLA = Actor(Role.OBSERVER, "ola", "south")
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

DILEMMA = {"pole_a": "Flow", "pole_b": "Choice"}
TEST = {"do": "Ring each family", "threshold": "At least 20 of 30 say yes"}


class Kept:
    """A record with its history, as the database has it."""

    def __init__(self, kind: str = "dilemma", by: Actor = ANA, **more: object) -> None:
        self.changes: list[Change] = []
        self.past: list[Record] = []
        self.clock = count()
        fields = {"dilemma": DILEMMA, "test": TEST}.get(kind, {})
        self.do(by, ops.Keep(kind=kind, **{"title": "Quick and slow", "fields": fields, **more}))  # type: ignore[arg-type]

    @property
    def now(self) -> Record:
        return self.past[-1]

    def do(self, by: Actor, op: Op, *quotes: Quote, tender_left: bool = False) -> Record:
        """The record after the op. Raises Refused."""
        at = AT + timedelta(seconds=next(self.clock))
        deed = Deed(op, by, at, quotes, tender_left, today=AT.date())
        before = self.past[-1] if self.past else None
        if before is None:
            after = apply(None, deed, "r1", "s1")
        else:
            refused = may(before, by, op, State.OPEN, tender_left=tender_left)
            if refused:
                raise refused
            after = changed(before, deed, State.OPEN, history=self.changes, tender_left=tender_left)
        self.past.append(after)
        self.changes.append(Change(after.revision, deed))
        return after

    def replayed(self) -> Record:
        return replay(self.changes, "r1", "s1")[-1]


def row(id: str, list_: str, **fields: str) -> ops.AddRow:
    return ops.AddRow(ops.NewRow(id, list_, fields))
