"""What was found, as the page shows it: texts in pieces, with what was looked for marked. Pure."""

from msgspec import Struct

from app.boards.core.text.folding import Piece
from app.outcomes.goals.goal import Goal
from app.outcomes.measures.measure import Measure
from app.records.core.register import COUNTED
from app.records.pages.register import RegisterRow
from app.spaces.space import Participant

Pieces = list[Piece]


class FoundCard(Struct, frozen=True):
    """A card as the person who asked sees it. `by` is None where nobody knows the author any more."""

    id: str
    kind: str
    draft: bool
    text: Pieces
    by: Participant | None
    section: Pieces
    reworded: Participant | None = None  # who wrote the words that it shows, where that is not its author


class FoundBoard(Struct, frozen=True):
    """A board with the cards that were found on it; none where only its title was."""

    id: str
    title: Pieces
    archived: bool
    cards: list[FoundCard]


class FoundGoal(Struct, frozen=True):
    goal: Goal
    title: Pieces
    owned_by: str


class FoundMeasure(Struct, frozen=True):
    measure: Measure
    name: Pieces
    goal: str


class FoundRecord(Struct, frozen=True):
    """A record as its row of a register has it; `text` is where else the words stand, if not in its title."""

    row: RegisterRow
    kind: str  # its word
    title: Pieces
    text: Pieces


class Results(Struct, frozen=True):
    """All that was found. `more`: there are more cards than are shown; `behind`: some are not indexed yet.

    `records` are the first of so many as `of_records` says; more than COUNTED are not `counted`.
    """

    boards: list[FoundBoard]
    records: list[FoundRecord]
    of_records: int
    goals: list[FoundGoal]
    measures: list[FoundMeasure]
    more: bool
    behind: bool

    @property
    def counted(self) -> bool:
        return self.of_records <= COUNTED

    @property
    def cards(self) -> int:
        return sum(len(board.cards) for board in self.boards)

    @property
    def count(self) -> int:
        titled = sum(1 for board in self.boards if not board.cards)
        return self.cards + titled + self.of_records + len(self.goals) + len(self.measures)


def around(found: Pieces, near: int = 80) -> Pieces:
    """The first place of what was found, with so many signs before and behind it."""
    at = next((at for at, piece in enumerate(found) if piece.found), None)
    if at is None:
        return []
    before = "".join(piece.text for piece in found[:at])
    cut = found[at : at + 4]
    behind = "".join(piece.text for piece in found[at + 4 :])
    last = Piece(cut.pop().text + behind, False) if not cut[-1].found else Piece(behind, False)
    shown = [Piece(_cut(before[::-1], near)[::-1], False), *cut, Piece(_cut(last.text, near), False)]
    return [piece for piece in shown if piece.text]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
