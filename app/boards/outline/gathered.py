"""The themes of a board, and what its phases came to, as the outline lists them. Pure."""

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.sight import Viewer, see
from app.boards.core.stage.read import phases_of, themes_of


class GatheredEntry(Struct, frozen=True):
    """A theme with so many `notes`, or the question of a vote that so many `people` answered."""

    id: str
    text: str
    notes: int = 0
    people: int = 0


def theme_entries(board: Board, viewer: Viewer) -> list[GatheredEntry]:
    """The themes that the viewer sees, in their order, with how many notes they see in each."""
    cards = [item for item in board.items.values() if item.item == "card" and item.fields.get("theme")]
    of = [card.fields["theme"] for card in cards if see(board, card, viewer)]
    views = [view for theme in themes_of(board) if (view := see(board, theme, viewer))]
    return [GatheredEntry(view.id, view.fields["title"], notes=of.count(view.id)) for view in views]


def result_entries(board: Board, viewer: Viewer) -> list[GatheredEntry]:
    """The votes that came to totals, in the order of their phases."""
    phases = [
        phase for phase in phases_of(board) if phase.totals and see(board, board.items[phase.id], viewer)
    ]
    return [
        GatheredEntry(phase.id, phase.prompt, people=phase.totals.people) for phase in phases if phase.totals
    ]
