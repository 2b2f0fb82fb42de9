"""The board as this process knows it: the room moves it on, the room's followers read it."""

from collections.abc import Iterable

from msgspec import structs

from app.access import State
from app.boards.core.board import Board, SetUp
from app.boards.core.recent_changes import Clashes, RecentChanges


class Current:
    """A board after its latest known deed, and what the last commits changed. Only its room advances it."""

    __slots__ = ("board", "is_waiting", "recent", "space_state")

    def __init__(self, board: Board, clashes: Clashes = ()) -> None:
        self.board, self.recent = board, RecentChanges(board.seq, clashes=clashes)
        self.space_state = State.OPEN
        self.is_waiting = False  # for a database that has not answered for a while

    def advance(self, board: Board, touched: Iterable[str], clashes: Clashes = ()) -> None:
        """The board is now `board`; `touched` are the ids of the items that changed.

        Who may write does not come with it: that may have changed while the deeds were stored.
        """
        if board.seq != self.board.seq:
            self.recent.add(board.seq, touched, clashes)
        self.board = structs.replace(board, state=self.board.state, set_up=self.board.set_up)

    def set_state(self, state: State, space_state: State, set_up: SetUp) -> None:
        """The board or its space was archived, restored or locked. With its space a board is archived too."""
        self.space_state = space_state
        archived = State.ARCHIVED in (state, space_state)
        self.board = structs.replace(
            self.board, state=State.ARCHIVED if archived else State.OPEN, set_up=set_up
        )
