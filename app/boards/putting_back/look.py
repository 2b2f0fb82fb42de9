"""What would be put back, worked out on the board as it is now: nothing is stored."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from app.access import Refused
from app.boards.core.board import Board, Deed
from app.boards.core.changeset import Changeset
from app.boards.core.ops import TakeBack
from app.boards.core.rules import may
from app.boards.core.taking_back import Kept, in_turn, put_back, trails
from app.boards.live.rooms import Rooms
from app.boards.putting_back.counts import Counts, counted, portions
from app.boards.putting_back.taken import taken
from app.boards.seats import BoardSeat
from app.boards.storage import earlier_deeds
from app.db import Database
from app.supervision import in_thread

MOST = 10_000  # deeds at once


class Look(Struct, frozen=True):
    """What would come of an op: the items that change, in turn, and those that stay as they are."""

    op: TakeBack
    ids: tuple[str, ...]
    kept: dict[str, Kept]
    counts: Counts
    portions: tuple[TakeBack, ...] = ()  # that do it
    refused: Refused | None = None  # why it cannot be done now


async def look(
    db: Database,
    rooms: Rooms,
    seat: BoardSeat,
    act: str,
    person: str,
    deeds: Sequence[int],
    as_member: Collection[int] = frozenset(),
) -> Look:
    """What would come of taking these deeds back, as far as the one who looks may. Raises Missing.

    `as_member`: of these only what was done to things that somebody else made.
    """
    board = (await rooms.open_at(seat.board_id, max(deeds, default=0))).room.board
    async with db.read() as tx:
        known = await tx.run_sync(earlier_deeds.taken_back, seat.board_id, deeds[:MOST])
    op = TakeBack(act, person, tuple(deeds[:MOST]), ())
    deed = Deed(op, seat.actor, "", 0.0, known=known)
    return await in_thread(lambda: worked_out(board, deed, op, as_member))


def worked_out(board: Board, deed: Deed, op: TakeBack, as_member: Collection[int] = frozenset()) -> Look:
    """The same on a board that is at hand. Pure."""
    found = taken(board, op.person, trails(op, deed.known), as_member)
    ids = in_turn(board, found.trails, found.apart)
    op = TakeBack(op.act, op.person, op.deeds, tuple(ids))
    try:
        may(board, deed)
    except Refused as refused:
        return Look(op, (), {}, Counts(), refused=refused)
    work, kept = Changeset(board, deed), found.kept
    for portion in portions(op, ids, found.trails, found.apart):
        kept = kept | put_back(work, portion)
    change = work.finish()
    changed = {one.id for one in change.inverse}
    counts = counted(change.board, change.inverse, ids, len(kept))
    left = tuple(id for id in ids if id in changed)
    return Look(op, left, kept, counts, tuple(portions(op, left, found.trails, found.apart)))
