"""The history of a record: all that was done to it, from which it can be made again. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from app.access import Actor, Code, Refused, State
from app.records.core.ops import Deed, LookAgain, PutBack
from app.records.core.past import Past, bring_back_words
from app.records.core.record import Record
from app.records.core.rules import NEWER, apply, may

TAKEN_OUT = "Words were taken out of this, so the words that stood here before do not come back."


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
    return replay_past(changes, id, space).records


def replay_past(changes: Sequence[Change], id: str, space: str) -> Past:
    """The same, with whose its words were. Raises Newer."""
    past = Past()
    for change in changes:
        before = past.records[-1] if past.records else None
        try:
            past.add(apply(before, change.deed, id, space, past))
        except Refused as refused:  # what was stored was allowed by whoever stored it
            raise Newer from refused
    return past


def changed(
    before: Record, deed: Deed, state: State, *, history: Sequence[Change], tender_left: bool
) -> Record:
    """The record after what somebody does to it now, in a space in that state. Raises Refused.

    `may` was asked. `history` is needed for putting back. That decides nothing that is whoever's who keeps it
    true by now, and brings no words back once any were taken out: earlier ones may repeat these.
    """
    if not isinstance(deed.op, PutBack):
        return apply(before, deed, before.id, before.space)
    after = apply(before, deed, before.id, before.space, replay_past(history, before.id, before.space))
    if (before.state, before.look_again) != (after.state, after.look_again):
        refused = may(before, deed.actor, LookAgain(None), state, tender_left=tender_left)
        if refused:
            raise refused
    if words_taken_out(history) and bring_back_words(before, after):
        raise Refused(Code.CONFLICT, TAKEN_OUT)
    return after


def words_taken_out(history: Sequence[Change]) -> bool:
    """Whether words of a card were taken out of it."""
    return any(one.deed.taken_out for one in history)
