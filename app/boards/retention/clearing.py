"""What goes when removed items have had their time, and what the log keeps of it. Pure."""

from collections.abc import Collection, Mapping
from datetime import timedelta

import msgspec
from msgspec import Struct, structs

from app.boards.core.batch import OpResult
from app.boards.core.board import Board, Inverse

KEPT = timedelta(days=30)  # for so long a removal can be taken back (rule T4)

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_outcome = msgspec.json.Decoder(OpResult)


class LogEntry(Struct, frozen=True):
    """A deed in the log: its op, how to take it back, and how it was answered, each as JSON."""

    seq: int
    op: str
    inverse: str
    outcome: str


class Clearing(Struct, frozen=True):
    """What to clear from a board, as it was after deed `seq`: items, and entries that lose their words."""

    board: str
    seq: int
    gone: frozenset[str]
    entries: tuple[LogEntry, ...]


class Wordless(Struct, frozen=True):
    """As much of a stored op as is kept when its words go."""

    do: str
    id: str = ""


def overdue(removed: Mapping[str, int], done_at: Mapping[int, float], before: float) -> dict[str, int]:
    """Of items by the deed that removed them, those for which that was `before` (unix seconds) or earlier.

    Where the time of that deed is not known, the item stays.
    """
    return {id: seq for id, seq in removed.items() if seq in done_at and done_at[seq] <= before}


def with_all_on(board: Board, removed: Mapping[str, int]) -> frozenset[str]:
    """The items still removed by those very deeds, and the links and comments that hang on them."""
    items = (board.items.get(id) for id in removed)
    gone = {item.id for item in items if item is not None and item.removed == removed[item.id]}
    return frozenset(gone.union(*(board.attached.get(id, ()) for id in gone)))


def without(entry: LogEntry, gone: Collection[str]) -> LogEntry | None:
    """The entry once `gone` are cleared: that something was done stays, their words go.

    None when it says nothing of them.
    """
    op = msgspec.json.decode(entry.op, type=Wordless)
    inverse = _inverse.decode(entry.inverse)
    kept = tuple(one for one in inverse if one.id not in gone)
    if op.id not in gone and len(kept) == len(inverse):
        return None
    outcome = _outcome.decode(entry.outcome)
    if outcome.conflict and outcome.conflict["id"] in gone:
        outcome = structs.replace(outcome, conflict=None)
    words = _text(op) if op.id in gone else entry.op
    return LogEntry(entry.seq, words, _text(kept), _text(outcome))


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
