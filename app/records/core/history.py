"""The history of a record: all that was done to it, from which it can be made again. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from app.access import Actor
from app.records.core.ops import Deed
from app.records.core.record import Record
from app.records.core.rules import apply


class Change(Struct, frozen=True):
    """One deed of a record's history, with the revision that it led to."""

    revision: int
    deed: Deed

    @property
    def by(self) -> Actor:
        return self.deed.actor


def replay(changes: Sequence[Change], id: str, space: str) -> list[Record]:
    """The record at each revision, the first one first. The last is what it is now."""
    past: list[Record] = []
    for change in changes:
        past.append(apply(past[-1] if past else None, change.deed, id, space, past))
    return past
