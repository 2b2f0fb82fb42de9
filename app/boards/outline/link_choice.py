"""Which cards the form of a new link offers: a few, and others by their words. Pure."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.boards.core.board import Board
from app.boards.core.delivery import LOOSE
from app.boards.core.findable import texts_of
from app.boards.core.sight import View, Viewer
from app.boards.core.text.folding import matches, query
from app.boards.outline import document

MOST = 20  # cards to choose from at once
LONGEST = 200  # characters of what is looked for


def choice(board: Board, viewer: Viewer, card: str, look: str, chosen: str) -> dict[str, Any]:
    """The cards to link `card` to, by section: those with the words of `look`, else those nearest to it.

    The one that was `chosen` before is always among them. `more` is whether there are others.
    """
    asked = query(look[:LONGEST])
    others = ((title, view) for title, view in _by_section(board, viewer, card) if view.id != card)
    if asked.terms:
        others = ((title, view) for title, view in others if matches(asked, texts_of(view, [], title)))
    found = list(islice(others, MOST + 1))
    offered = found[:MOST]
    offered += [one for one in _one(board, viewer, chosen) if chosen not in {view.id for _, view in offered}]
    groups: dict[str, list[dict[str, str]]] = {}
    for title, view in offered:
        groups.setdefault(title, []).append({"id": view.id, "text": view.fields["text"]})
    return {
        "others": [{"title": title, "cards": cards} for title, cards in groups.items()],
        "look": look[:LONGEST],
        "more": len(found) > MOST,
    }


def _by_section(board: Board, viewer: Viewer, card: str) -> Iterator[tuple[str, View]]:
    """All cards with the titles of their sections: those of the card's own section first."""
    own = document.part_of(board, viewer, card)
    ids = [*document.section_ids(board, viewer), LOOSE]
    for id in sorted(ids, key=lambda id: id != own):
        for view in document.cards_of(board, viewer, id):
            yield _title(board, id), view


def _one(board: Board, viewer: Viewer, id: str) -> list[tuple[str, View]]:
    part = document.part_of(board, viewer, id)
    return [(_title(board, part), view) for view in document.cards_of(board, viewer, part) if view.id == id]


def _title(board: Board, id: str) -> str:
    return document.LOOSE_TITLE if id == LOOSE else str(board.items[id].fields["title"])
