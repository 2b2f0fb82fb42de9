"""What pages outside a board say of it: its drawing, its writers, what is new, and what waits. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from app.access import Role
from app.boards.core.board import Board, Item
from app.boards.core.sight import View, Viewer, see, viewer_in
from app.boards.core.stage.read import running_stage
from app.boards.library.thumbnail import Rectangle, thumbnail


class NewCard(Struct, frozen=True):
    """A card that everyone of the role sees since deed `shown`."""

    shown: int
    by: str


class NewComment(Struct, frozen=True):
    """A comment since deed `shown` on a card of `owner`, with the words of that card."""

    shown: int
    by: str
    card: str
    owner: str
    words: str


class Draft(Struct, frozen=True):
    """A card that only its writer sees. `at` is in unix seconds."""

    id: str
    words: str
    at: float


class BoardDigest(Struct, frozen=True):
    """A board as it was after deed `seq`, for everyone of one role; `drafts` by the person whose they are."""

    seq: int
    people: int
    boxes: tuple[Rectangle, ...]
    cards: tuple[NewCard, ...]
    comments: tuple[NewComment, ...]
    drafts: dict[str, tuple[Draft, ...]]
    workshop: bool = False  # whether one runs on it

    def new_cards(self, person: str | None, seen: int) -> int:
        """How many cards of others are there since deed `seen`."""
        return sum(card.shown > seen and card.by != person for card in self.cards)

    def new_comments(self, person: str | None, seen: int) -> list[NewComment]:
        """Comments by others on the person's own cards since deed `seen`."""
        return [one for one in self.comments if one.shown > seen and one.owner == person and one.by != person]


def digest(board: Board, role: Role) -> BoardDigest:
    """All of it as `see` shows it: to the role as a whole, and of drafts to each writer alone."""
    seen = list(_seen(board, viewer_in(role)))
    return BoardDigest(
        board.seq,
        len({view.fields["by"] for _, view in seen}),
        thumbnail([view for _, view in seen]),
        tuple(NewCard(item.shown or 0, item.owner) for item, view in seen if view.item == "card"),
        tuple(_comment(board, item, view) for item, view in seen if view.item == "comment"),
        {person: tuple(_drafts(board, viewer_in(role, person), ids)) for person, ids in board.drafts.items()},
        running_stage(board) is not None,
    )


def _seen(board: Board, viewer: Viewer) -> Iterator[tuple[Item, View]]:
    for item in board.items.values():
        view = see(board, item, viewer)
        if view is not None:
            yield item, view


def _comment(board: Board, item: Item, view: View) -> NewComment:
    card = board.items[view.fields["card"]]
    return NewComment(item.shown or 0, item.owner, card.id, card.owner, card.fields["text"])


def _drafts(board: Board, viewer: Viewer, ids: tuple[str, ...]) -> Iterator[Draft]:
    # What answers a phase waits for its reveal, and not for its writer.
    items = [item for id in ids if not (item := board.items[id]).fields.get("phase")]
    views = (see(board, item, viewer) for item in items)
    return (Draft(view.id, view.fields["text"], view.fields["at"]) for view in views if view)
