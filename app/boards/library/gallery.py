"""The boards of a space as small cards: a drawing, a title, how many people wrote, when it changed."""

from collections import OrderedDict
from datetime import datetime

from msgspec import Struct

from app.access import Role
from app.boards.core.sight import Viewer, see
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.library.thumbnail import Rectangle, picture
from app.boards.storage import store
from app.db import Tx
from app.spaces.space import Seat

KEPT = 500  # drawings kept in this process


class BoardCard(Struct, frozen=True):
    """A board on the shelf."""

    id: str
    title: str
    people: int
    changed_at: datetime
    archived: bool
    boxes: tuple[Rectangle, ...]


class Drawn(Struct, frozen=True):
    """What was drawn of a board as it was after deed `seq`."""

    seq: int
    people: int
    boxes: tuple[Rectangle, ...]


# A drawing depends on nothing but the board, its seq and the role: what one's own drafts add is left out.
_drawn: OrderedDict[tuple[str, Role], Drawn] = OrderedDict()


async def board_cards(tx: Tx, seat: Seat, *, archived: bool = False) -> list[BoardCard]:
    """The boards in use (or those put away), the latest changed first."""
    shelved = [one for one in await library_store.of_space(tx, seat.space.id) if one.archived is archived]
    return [_card(one, await _draw(tx, one, seat.actor.role)) for one in shelved]


def _card(one: BoardSummary, drawn: Drawn) -> BoardCard:
    return BoardCard(one.id, one.title, drawn.people, one.changed_at, one.archived, drawn.boxes)


async def _draw(tx: Tx, one: BoardSummary, role: Role) -> Drawn:
    key = (one.id, role)
    known = _drawn.get(key)
    if known is None or known.seq != one.seq:
        board = await store.load(tx, one.id)
        views = [view for item in board.items.values() if (view := see(board, item, Viewer(role)))]
        known = Drawn(board.seq, len({view.fields["by"] for view in views}), picture(views))
        _drawn[key] = known
    _drawn.move_to_end(key)
    while len(_drawn) > KEPT:
        _drawn.popitem(last=False)
    return known
