"""What is voted on in a phase, and the sections that it is written in, as a phone names them. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.sight import Viewer, see
from app.boards.core.stage.read import Phase


class Thing(Struct, frozen=True):
    """What is voted on: a theme with so many `notes` behind it, a note, or an answer to choose."""

    id: str
    text: str
    notes: int = 0
    dots: int | None = None  # once the vote is closed
    by: Mapping[str, int] = {}


class Place(Struct, frozen=True):
    """A section that a note of this phase may be written in."""

    id: str
    title: str


def things_of(board: Board, viewer: Viewer, phase: Phase) -> tuple[Thing, ...]:
    """In the order of the vote; after it those with most dots first, answers in their own order."""
    totals = {total.id: total for total in phase.totals.of} if phase.totals else {}
    if phase.vote.how == "choice":
        found = [Thing(str(at), text) for at, text in enumerate(phase.vote.options)]
    else:
        found = [thing for id in phase.things if (thing := _thing(board, viewer, id))]
    if not totals:
        return tuple(found)
    counted = [
        Thing(one.id, one.text, one.notes, totals[one.id].dots, totals[one.id].by)
        for one in found
        if one.id in totals
    ]
    if phase.vote.how == "dots":
        counted.sort(key=lambda one: -(one.dots or 0))
    return tuple(counted)


def _thing(board: Board, viewer: Viewer, id: str) -> Thing | None:
    item = board.items.get(id)
    view = see(board, item, viewer) if item else None
    if view is None:
        return None
    if view.item != "theme":
        return Thing(id, str(view.fields["text"]))
    cards = [i for i in board.items.values() if i.item == "card" and i.fields.get("theme") == id]
    return Thing(id, str(view.fields["title"]), sum(see(board, card, viewer) is not None for card in cards))


def places_of(board: Board, phase: Phase) -> tuple[Place, ...]:
    items = [board.items.get(id) for id in phase.sections]
    return tuple(
        Place(item.id, str(item.fields["title"]))
        for item in items
        if item is not None and item.removed is None
    )
