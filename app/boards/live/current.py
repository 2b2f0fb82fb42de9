"""The board as this process knows it: the room moves it on, the room's followers read it."""

from collections.abc import Iterable

from app.boards.core.board import Board
from app.boards.core.recent_changes import Clashes, RecentChanges


class Current:
    """A board after its latest known deed, and what the last commits changed. Only its room advances it."""

    __slots__ = ("board", "recent")

    def __init__(self, board: Board, clashes: Clashes = ()) -> None:
        self.board, self.recent = board, RecentChanges(board.seq, clashes=clashes)

    def advance(self, board: Board, touched: Iterable[str], clashes: Clashes = ()) -> None:
        """The board is now `board`; `touched` are the ids of the items that changed."""
        if board.seq != self.board.seq:
            self.recent.add(board.seq, touched, clashes)
        self.board = board
