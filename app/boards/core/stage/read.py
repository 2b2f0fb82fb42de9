"""What the stage of a board says now."""

from app.access import Hat
from app.boards.core.board import Board


def facilitators_of(board: Board) -> frozenset[str]:
    """Who leads the workshop that runs on the board; nobody where none runs."""
    return frozenset()


def hat_of(board: Board, person: str) -> Hat:
    """What the person is to the workshop that runs on the board."""
    return Hat.FACILITATOR if person in facilitators_of(board) else Hat.NONE
