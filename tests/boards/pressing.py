"""Putting back what somebody did, on the pure core."""

from contextlib import suppress

from app.access import Actor, Refused
from app.boards.core import ops as o
from app.boards.core.board import Deed
from app.boards.core.changeset import Changeset
from app.boards.core.taking_back import Kept, in_turn, put_back, trails
from tests.boards.play import BEN, Play


def op_of(at: Play, since: int = 0, person: str = "gil") -> o.TakeBack:
    deeds = tuple(seq for seq, (by, _) in at.inverses.items() if by == person and seq > since)
    op = o.TakeBack("act", person, deeds, ())
    return o.TakeBack("act", person, deeds, tuple(in_turn(at.board, trails(op, at.inverses))))


def press(at: Play, since: int = 0, who: Actor = BEN) -> dict[str, Kept]:
    """What stays as it is, and the rest put back."""
    op = op_of(at, since)
    kept = put_back(Changeset(at.board, Deed(op, who, "", at.now, known=at.inverses)), op)
    with suppress(Refused):
        at.act(who, op)
    return kept
