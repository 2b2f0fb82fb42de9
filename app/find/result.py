"""What was found, as the page shows it: texts in pieces, with what was looked for marked. Pure."""

from msgspec import Struct

from app.boards.core.text.folding import Piece
from app.outcomes.goals.goal import Goal
from app.outcomes.measures.measure import Measure
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
    owners: list[str]


class FoundMeasure(Struct, frozen=True):
    measure: Measure
    name: Pieces
    goal: str


class Results(Struct, frozen=True):
    """All that was found. `more`: there are more cards than are shown; `behind`: some are not indexed yet."""

    boards: list[FoundBoard]
    goals: list[FoundGoal]
    measures: list[FoundMeasure]
    more: bool
    behind: bool

    @property
    def cards(self) -> int:
        return sum(len(board.cards) for board in self.boards)

    @property
    def count(self) -> int:
        titled = sum(1 for board in self.boards if not board.cards)
        return self.cards + titled + len(self.goals) + len(self.measures)
