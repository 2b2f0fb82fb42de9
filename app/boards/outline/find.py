"""Finds cards of one board, section by section, for the outline. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.delivery import LOOSE
from app.boards.core.findable import texts_of
from app.boards.core.sight import View, Viewer
from app.boards.core.text.folding import Piece, Query, matches, pieces
from app.boards.outline import document
from app.spaces.space import Participant

MOST = 200  # cards shown


class FoundEntry(Struct, frozen=True):
    """A card that was found, with what was looked for marked in its text."""

    id: str
    kind: str
    draft: bool
    by: str
    reworded: str
    text: list[Piece]


class FoundSection(Struct, frozen=True):
    """A section, or what lies outside them all (id `loose`), with the cards found in it."""

    id: str
    title: list[Piece]
    cards: list[FoundEntry]


class FoundCards(Struct, frozen=True):
    """What was found on a board. `count` is of all, shown or not."""

    sections: list[FoundSection]
    count: int

    @property
    def more(self) -> bool:
        return self.count > sum(len(section.cards) for section in self.sections)


def find(board: Board, viewer: Viewer, people: Mapping[str, Participant], asked: Query) -> FoundCards:
    """The cards that the viewer sees and that have these words, in the order of the outline."""
    sections, count = [], 0
    for id in (*document.section_ids(board, viewer), LOOSE):
        title = "" if id == LOOSE else board.items[id].fields["title"]
        views = [
            view
            for view in document.cards_of(board, viewer, id)
            if matches(asked, texts_of(view, _author(people, view), title))
        ]
        shown = [_entry(asked, view) for view in views[: max(0, MOST - count)]]
        count += len(views)
        if shown:
            words = pieces(asked, title) if title else [Piece(document.LOOSE_TITLE, False)]
            sections.append(FoundSection(id, words, shown))
    return FoundCards(sections, count)


def _author(people: Mapping[str, Participant], view: View) -> list[str]:
    by = people.get(view.fields["by"])
    return [by.name, by.organisation_name] if by else []


def _entry(asked: Query, view: View) -> FoundEntry:
    fields = view.fields
    text = pieces(asked, fields["text"])
    return FoundEntry(
        view.id, fields["kind"], fields.get("draft", False), fields["by"], fields.get("reworded", ""), text
    )
