"""Who a room tells of what it has stored."""

from typing import Protocol

from app.boards.core.board import Board, Clash
from app.boards.core.group_commit import GroupCommit


class Listener(Protocol):
    """Who follows a room: it is told what has changed, and says how fast it can take that."""

    def tell_changes(self, before: Board, group: GroupCommit | None) -> None:
        """The board has changed since `before`: by `group`, or (None) by what other processes committed."""

    def tell_clash(self, clash: Clash) -> None:
        """Another process committed text that could not be joined with what was there before."""

    def tell_waiting(self, waiting: bool) -> None:
        """The database has not answered for a while, or answers again."""

    def pause(self, waiting: int) -> float:
        """Seconds to wait before the next turn, while `waiting` ops are in the queue."""
