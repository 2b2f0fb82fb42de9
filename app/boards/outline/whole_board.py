"""The whole board as a map to look at on a small screen: each section with its cards as small marks. Pure."""

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.sight import Viewer
from app.boards.outline import document

MOST_MARKS = 120  # in one section; more could not be told apart


class SectionTile(Struct, frozen=True):
    """A section on the map: the kinds of its first cards, in their order, and how many cards there are."""

    id: str
    title: str
    kinds: tuple[str, ...]
    count: int

    @property
    def more(self) -> int:
        """How many cards have no mark."""
        return self.count - len(self.kinds)


def tiles(board: Board, viewer: Viewer) -> list[SectionTile]:
    """The sections as `viewer` may see them; what lies in none comes last, where there is any."""
    found = []
    for entry in document.parts(board, viewer, opened={}):
        kinds = [view.fields["kind"] for view in document.cards_of(board, viewer, entry.id)]
        if entry.section or kinds:
            found.append(SectionTile(entry.id, entry.title, tuple(kinds[:MOST_MARKS]), len(kinds)))
    return found
