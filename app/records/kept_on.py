"""The boards that a record stands on, as one person sees them."""

from msgspec import Struct

from app.boards.core.sight import see, viewer_of
from app.boards.library import store as library_store
from app.boards.storage import store as boards
from app.db import Tx
from app.records import card_store
from app.spaces.space import Seat


class BoardCard(Struct, frozen=True):
    """A card that stands for a record, with the board it is on."""

    board: str
    title: str
    card: str


async def boards_of(tx: Tx, seat: Seat, record_id: str) -> list[BoardCard]:
    """The cards that exist and that the person sees, by title of their board."""
    found: list[BoardCard] = []
    for link in await card_store.cards_of(tx, [record_id]):
        known = await library_store.find(tx, link.board)
        if known is None:
            continue
        (board,) = await boards.some(tx, {link.board: [link.card]})
        item = board.items.get(link.card)
        if item and see(board, item, viewer_of(seat.actor, board)):
            found.append(BoardCard(link.board, known.title, link.card))
    return sorted(found, key=lambda one: (one.title.casefold(), one.card))
