"""What the stage of a board says now."""

from app.access import Hat
from app.boards.core.board import Board, is_live


def facilitators_of(board: Board) -> frozenset[str]:
    """Who leads the workshop that runs on the board; nobody where none runs."""
    item = board.items.get(board.stage)
    if item is None or not is_live(item) or item.fields.get("ended"):
        return frozenset()
    return frozenset(item.fields["facilitators"])


def hat_of(board: Board, person: str | None) -> Hat:
    """What somebody is to the workshop that runs on the board."""
    return Hat.FACILITATOR if person in facilitators_of(board) else Hat.NONE
