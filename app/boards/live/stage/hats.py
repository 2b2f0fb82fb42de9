"""Whose hat has changed: looked at only where those who facilitate are others than before (rule D5)."""

from collections.abc import Iterable

from app.boards.core.board import Board
from app.boards.core.stage.read import facilitators_of
from app.boards.live.session import Session


class Hats:
    """Who facilitated when the sessions of a board were last told."""

    def __init__(self, board: Board) -> None:
        self._facilitators = facilitators_of(board)

    def changed(self, board: Board, sessions: Iterable[Session]) -> list[Session]:
        """Those of the sessions that see by another hat now; none, at no cost, while hats stay."""
        before, self._facilitators = self._facilitators, facilitators_of(board)
        if self._facilitators == before:
            return []
        return [one for one in sessions if one.end is None and one.sees_otherwise_on(board)]
