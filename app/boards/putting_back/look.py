"""What would be put back, worked out on the board as it is now: nothing is stored."""

from collections.abc import Sequence

from msgspec import Struct

from app.access import Refused
from app.boards.core.board import Board, Deed
from app.boards.core.changeset import Changeset
from app.boards.core.ops import TakeBack
from app.boards.core.rules import may
from app.boards.core.taking_back import RANK, Kept, Trail, in_turn, put_back, trails
from app.boards.live.rooms import Rooms
from app.boards.putting_back.counts import Counts, counted
from app.boards.seats import BoardSeat
from app.boards.storage import commit
from app.db import Database
from app.supervision import in_thread

MOST = 10_000  # deeds at once


class Look(Struct, frozen=True):
    """What would come of an op: the items that change, in turn, and those that stay as they are."""

    op: TakeBack
    ids: tuple[str, ...]
    kept: dict[str, Kept]
    counts: Counts
    trails: dict[str, Trail]
    refused: Refused | None = None  # why it cannot be done now


async def look(
    db: Database,
    rooms: Rooms,
    seat: BoardSeat,
    act: str,
    person: str,
    deeds: Sequence[int],
    *,
    of_others: bool = False,
) -> Look:
    """What would come of taking these deeds back, as far as the one who looks may. Raises Missing.

    `of_others`: only what was done to things that somebody else made, and to no answer of a workshop, which
    people gather and sort together.
    """
    board = (await rooms.open_at(seat.board_id, max(deeds, default=0))).room.board
    async with db.read() as tx:
        known = await tx.run_sync(commit.taken_back, seat.board_id, deeds[:MOST])
    op = TakeBack(act, person, tuple(deeds[:MOST]), ())
    deed = Deed(op, seat.actor, "", 0.0, known=known)
    return await in_thread(lambda: worked_out(board, deed, op, of_others=of_others))


def worked_out(board: Board, deed: Deed, op: TakeBack, *, of_others: bool) -> Look:
    """The same on a board that is at hand. Pure."""
    all_trails = trails(op, deed.known)
    ids, answers = in_turn(board, all_trails), dict[str, Kept]()
    if of_others:
        ids = [id for id in ids if board.items[id].item in RANK and board.items[id].owner != op.person]
        answers = {id: Kept.WORKSHOP for id in ids if board.items[id].fields.get("phase")}
        ids = [id for id in ids if id not in answers]
    op = TakeBack(op.act, op.person, op.deeds, tuple(ids))
    try:
        may(board, deed)
    except Refused as refused:
        return Look(op, (), {}, Counts(), all_trails, refused)
    work = Changeset(board, deed)
    kept = answers | put_back(work, op)
    change = work.finish()
    changed = {one.id for one in change.inverse}
    counts = counted(change.board, change.inverse, ids, len(kept))
    return Look(op, tuple(id for id in ids if id in changed), kept, counts, all_trails)
