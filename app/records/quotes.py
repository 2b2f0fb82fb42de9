"""The words of cards, as a record quotes them: as they are on the board, with who wrote all of them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.board import Board, Item
from app.boards.core.order import turns
from app.boards.core.sight import see, viewer_of
from app.boards.core.stage.read import is_not_kept
from app.boards.library import store as library_store
from app.boards.live.rooms import Rooms
from app.boards.storage.store import Missing
from app.records.core.ops import Quote
from app.spaces.space import Participant, Seat

Place = tuple[str, str]  # board and card, by id
People = Mapping[str, Participant]


async def board_of(rooms: Rooms, seat: Seat, board_id: str) -> Board:
    """A board of the space of this seat. Raises Refused."""
    async with rooms.db.read() as tx:
        known = await library_store.find(tx, board_id)
    if known is None or known.space != seat.space.id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    try:
        return (await rooms.open(board_id)).room.board
    except Missing:
        raise Refused(Code.NOT_FOUND, NOT_FOUND) from None


async def quotes_of(
    rooms: Rooms, seat: Seat, people: People, places: Sequence[Place]
) -> tuple[list[Quote], list[Place]]:
    """What the cards say now, and those that are not there any more. Raises Refused for a foreign board.

    Nobody else sees a draft, and words that were taken out, or are not kept, are not there either.
    """
    boards = {id: await board_of(rooms, seat, id) for id in dict.fromkeys(board for board, _ in places)}
    found, gone = [], []
    for board_id, card_id in places:
        quote = _words_of(boards[board_id], card_id, seat, people)
        if quote:
            found.append(quote)
        else:
            gone.append((board_id, card_id))
    return found, gone


def quote_of(board: Board, card_id: str, seat: Seat, people: People) -> Quote | None:
    """The words of a card; None where the person sees no such card, or it is a draft."""
    item = board.items.get(card_id)
    view = see(board, item, viewer_of(seat.actor, board)) if item and item.item == "card" else None
    if item is None or view is None or "draft" in view.fields:
        return None
    # whoever sees no name on the card carries none into the record
    by = writer(item) if view.fields.get("by") == item.owner else ""
    organisation = people[by].organisation if by in people else None
    at = datetime.fromtimestamp(view.fields["at"], UTC)
    return Quote(board.id, card_id, view.fields["text"], by, organisation, at)


def _words_of(board: Board, card_id: str, seat: Seat, people: People) -> Quote | None:
    item = board.items.get(card_id)
    if item is None or "taken_out" in item.fields or is_not_kept(board, item):
        return None
    return quote_of(board, card_id, seat, people)


def digest(quotes: Sequence[Quote]) -> str:
    """A text that differs once a card is reworded: it shows that a form is out of date."""
    return hashlib.sha256("\n".join(one.text for one in quotes).encode()).hexdigest()[:16]


def in_section(board: Board, section: str, seat: Seat, people: People) -> list[Quote]:
    """What the cards of a section say, in their order."""
    quotes = (_words_of(board, id, seat, people) for _, id in turns(board, section, None))
    return [quote for quote in quotes if quote]


def sections_of(board: Board, seat: Seat) -> list[tuple[str, str]]:
    """The sections that the person sees: id and title."""
    items = (item for item in board.items.values() if item.item == "section")
    views = [view for item in items if (view := see(board, item, viewer_of(seat.actor, board)))]
    views.sort(key=lambda view: view.fields["order"])
    return [(view.id, view.fields["title"]) for view in views]


def writer(item: Item) -> str:
    """Who wrote the present words of a card: whoever reworded it last, else its author."""
    return next((version.by for version in reversed(item.versions) if version.field == "text"), item.owner)
