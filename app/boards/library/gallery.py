"""The list of a space's boards: a small drawing of each, its title, its writers, when it changed."""

from collections import OrderedDict
from datetime import datetime

from msgspec import Struct

from app.access import Role
from app.boards.core.sight import Viewer, see
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.library.thumbnail import Rectangle, thumbnail
from app.boards.storage import store
from app.db import Tx
from app.spaces.space import Seat

KEPT = 500  # drawings kept in this process


class BoardCard(Struct, frozen=True):
    """A board in the list. `people` counts those who wrote what is on it."""

    id: str
    title: str
    people: int
    changed_at: datetime
    archived: bool
    boxes: tuple[Rectangle, ...]


class CachedDrawing(Struct, frozen=True):
    """The drawing of a board as it was after deed `seq`."""

    seq: int
    people: int
    boxes: tuple[Rectangle, ...]


# A drawing depends only on the board, its seq and the role: own drafts are left out.
_cache: OrderedDict[tuple[str, Role], CachedDrawing] = OrderedDict()


async def board_cards(tx: Tx, seat: Seat, *, archived: bool = False) -> list[BoardCard]:
    """The boards in use (or the archived ones), the latest changed first."""
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if one.archived is archived]
    return [_card(one, await _drawing(tx, one, seat.actor.role)) for one in boards]


def _card(one: BoardSummary, drawn: CachedDrawing) -> BoardCard:
    return BoardCard(one.id, one.title, drawn.people, one.changed_at, one.archived, drawn.boxes)


async def _drawing(tx: Tx, one: BoardSummary, role: Role) -> CachedDrawing:
    key = (one.id, role)
    cached = _cache.get(key)
    if cached is None or cached.seq != one.seq:
        board = await store.load(tx, one.id)
        views = [view for item in board.items.values() if (view := see(board, item, Viewer(role)))]
        cached = CachedDrawing(board.seq, len({view.fields["by"] for view in views}), thumbnail(views))
        _cache[key] = cached
    _cache.move_to_end(key)
    while len(_cache) > KEPT:
        _cache.popitem(last=False)
    return cached
