"""Which removed items are cleared away for good. Pure."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.words.log_words import LogEntry

KEPT = timedelta(days=30)  # how long a removed item can be restored (rule T4)


class Clearing(Struct, frozen=True):
    """What to clear from a board, as it was after deed `seq`: items, and log entries without their words."""

    board: str
    seq: int
    items: frozenset[str]
    entries: tuple[LogEntry, ...]


def overdue(removed: Mapping[str, int], done_at: Mapping[int, float], before: float) -> dict[str, int]:
    """Of items by the deed that removed them, those removed at `before` (unix seconds) or earlier.

    `done_at` has the time of each deed; where that is not known, the item stays.
    """
    return {id: seq for id, seq in removed.items() if seq in done_at and done_at[seq] <= before}


def with_attached(board: Board, removed: Mapping[str, int]) -> frozenset[str]:
    """The items still removed by those same deeds, with the links and comments attached to them."""
    items = (board.items.get(id) for id in removed)
    gone = {item.id for item in items if item is not None and item.removed == removed[item.id]}
    return frozenset(gone.union(*(board.attached.get(id, ()) for id in gone)))
