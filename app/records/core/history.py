"""The history of a record: all that was done to it, from which it can be made again. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from app.access import Actor, Code, Refused
from app.records.core.ops import Deed
from app.records.core.record import Record
from app.records.core.rules import NEWER, apply


class Change(Struct, frozen=True):
    """One deed of a record's history, with the revision that it led to."""

    revision: int
    deed: Deed

    @property
    def by(self) -> Actor:
        return self.deed.actor


class Newer(Refused):
    """A newer version of the product wrote something that this one cannot read."""

    def __init__(self) -> None:
        super().__init__(Code.UNAVAILABLE, NEWER)


def replay(changes: Sequence[Change], id: str, space: str) -> list[Record]:
    """The record at each revision, the first one first. The last is what it is now. Raises Newer."""
    past: list[Record] = []
    for change in changes:
        try:
            past.append(apply(past[-1] if past else None, change.deed, id, space, past))
        except Refused as refused:  # what was stored was allowed by whoever stored it
            raise Newer from refused
    return past
