"""The list of a space's boards: a small drawing of each, its title, who is there, and what is new on it."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from app.access import Role
from app.boards.library import store as library_store
from app.boards.library.digest import BoardDigest, digest
from app.boards.library.store import BoardSummary
from app.boards.library.thumbnail import Rectangle
from app.boards.storage import look_store, store
from app.db import Tx, now
from app.spaces.space import Seat

KEPT = 500  # digests kept in this process


class BoardCard(Struct, frozen=True):
    """A board in the list. `people` counts those who wrote what is on it, `here` are those on it now.

    `new_cards` counts the cards of others since the person who asks last looked, as far as they see them.
    """

    id: str
    title: str
    people: int
    changed_at: datetime
    archived: bool
    boxes: tuple[Rectangle, ...]
    here: tuple[str, ...] = ()
    new_cards: int = 0
    workshop: bool = False  # whether one runs on it now


class AttendedBoard(Struct, frozen=True):
    """A board on which the people `here` are now."""

    id: str
    title: str
    here: tuple[str, ...]
    workshop: bool = False  # whether one runs on it


# A digest depends only on the board, its seq and the role.
_workshops: dict[str, tuple[int, bool]] = {}  # by board: whether one ran there at which deed
MOST_WORKSHOPS = 5_000
_cache: OrderedDict[tuple[str, Role], BoardDigest] = OrderedDict()


async def board_cards(tx: Tx, seat: Seat, *, archived: bool = False) -> list[BoardCard]:
    """The boards in use (or the archived ones), the latest changed first."""
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if one.archived is archived]
    digests = await digests_of(tx, seat, boards)
    ids = [one.id for one in boards]
    seen = await look_store.seen(tx, seat.actor.person or "", ids)
    here = {} if archived else await look_store.here(tx, ids, now())
    return [_card(one, digests[one.id], seat, seen.get(one.id), here.get(one.id, [])) for one in boards]


async def live_boards(tx: Tx, seat: Seat) -> list[AttendedBoard]:
    """The boards in use where somebody is now. It reads no board, so that pages may ask again and again."""
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if not one.archived]
    here = await look_store.here(tx, [one.id for one in boards], now())
    running = await _running(tx, boards)
    return [
        AttendedBoard(one.id, one.title, tuple(here.get(one.id, ())), one.id in running)
        for one in boards
        if one.id in here or one.id in running
    ]


async def _running(tx: Tx, boards: Sequence[BoardSummary]) -> set[str]:
    """Those on which a workshop runs: looked up only for boards that have changed since."""
    changed = [one for one in boards if _workshops.get(one.id, (-1, False))[0] != one.seq]
    if changed:
        running = await store.running_stages(tx, [one.id for one in changed])
        _workshops.update({one.id: (one.seq, one.id in running) for one in changed})
        while len(_workshops) > MOST_WORKSHOPS:
            del _workshops[next(iter(_workshops))]
    return {one.id for one in boards if _workshops.get(one.id, (0, False))[1]}


async def digests_of(tx: Tx, seat: Seat, boards: Sequence[BoardSummary]) -> dict[str, BoardDigest]:
    """The digests of these boards by id, as the role of the person who asks may see them."""
    return {one.id: await _digest(tx, one, seat.actor.role) for one in boards}


def _card(
    one: BoardSummary, drawn: BoardDigest, seat: Seat, seen: int | None, here: Sequence[str]
) -> BoardCard:
    person = seat.actor.person
    looking = seen is None or person in here  # who never looked, or looks now, is not told what is new
    fresh = 0 if looking else drawn.new_cards(person, seen or 0)
    return BoardCard(
        one.id,
        one.title,
        drawn.people,
        one.changed_at,
        one.archived,
        drawn.boxes,
        tuple(here),
        fresh,
        drawn.workshop,
    )


async def _digest(tx: Tx, one: BoardSummary, role: Role) -> BoardDigest:
    key = (one.id, role)
    cached = _cache.get(key)
    if cached is None or cached.seq != one.seq:
        cached = digest(await store.load(tx, one.id), role)
        _cache[key] = cached
    _cache.move_to_end(key)
    while len(_cache) > KEPT:
        _cache.popitem(last=False)
    return cached
