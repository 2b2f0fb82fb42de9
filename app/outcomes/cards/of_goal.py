"""The cards on boards that stand for a goal, as one person sees them."""

from msgspec import Struct

from app.boards.core.sight import Viewer, see
from app.boards.library import store as library_store
from app.boards.storage import store
from app.db import Tx
from app.outcomes.cards import store as card_store


class CardOnBoard(Struct, frozen=True):
    """A card with the board it is on."""

    board: str
    board_title: str
    card: str
    text: str


async def of_goal(tx: Tx, goal_id: str, viewer: Viewer) -> list[CardOnBoard]:
    """The cards that exist and that the viewer may see, by title of their board."""
    cards: list[CardOnBoard] = []
    links = await card_store.cards_of(tx, [goal_id])
    for board_id in sorted({link.board for link in links}):
        known = await library_store.find(tx, board_id)
        if known is None:
            continue
        board = await store.load(tx, board_id)
        for link in links:
            item = board.items.get(link.card) if link.board == board_id else None
            view = see(board, item, viewer) if item else None
            if view:
                cards.append(CardOnBoard(board_id, known.title, link.card, view.fields["text"]))
    return sorted(cards, key=lambda one: (one.board_title.casefold(), one.text.casefold()))
