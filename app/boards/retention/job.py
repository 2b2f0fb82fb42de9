"""Once an hour clears away what was removed long ago, and keeps logs within their horizons.

Safe in any number of processes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.boards.core.words.log_words import redacted
from app.boards.retention import clearing, clearing_store, horizon_job
from app.boards.retention.clearing import KEPT, Clearing
from app.boards.storage import errors, store
from app.db import Database, Tx, now
from app.supervision import one_by_one, rounds

Ring = Callable[[str, int], None]

WHAT = "What was removed"
FIRST, EVERY = 120.0, 3600.0  # seconds: to the first sweep at most, and from each sweep to the next
TRIES = 5  # on a board where people write; what could not be cleared waits for the next sweep


async def run(db: Database, ring: Ring) -> None:
    """Sweep for ever."""
    await rounds(lambda: sweep(db, ring, now()), first=FIRST, every=EVERY, what=WHAT)


async def sweep(db: Database, ring: Ring, at: datetime) -> None:
    """Clear all boards once, as of `at`, and then shorten their logs."""
    async with db.read() as tx:
        ids = await clearing_store.boards(tx, at - KEPT)
    await one_by_one(ids, partial(_sweep_board, db, ring, at), WHAT)
    await horizon_job.keep_horizons(db, at)


async def _sweep_board(db: Database, ring: Ring, at: datetime, board_id: str) -> None:
    tries = 0
    while tries < TRIES:
        async with db.read() as tx:
            clearing_due = await find_clearing(tx, board_id, at)
        if clearing_due is None:
            return
        try:
            seq = await db.run_write(partial(clearing_store.clear, clearing=clearing_due, at=at.timestamp()))
        except errors.GuardFailed:
            tries += 1  # somebody wrote in between, or another process has cleared already: look again
        else:
            ring(f"board:{board_id}", seq)


async def find_clearing(tx: Tx, board_id: str, at: datetime) -> Clearing | None:
    """What must be cleared from the board as of `at`; None when that is nothing, or the board is gone."""
    removed = await clearing_store.removed(tx, board_id)
    times = await clearing_store.done_at(tx, board_id, sorted(set(removed.values())))
    old = clearing.overdue(removed, times, (at - KEPT).timestamp())
    if not old:
        return None
    try:
        board = await store.load(tx, board_id)
    except store.Missing:
        return None
    gone = clearing.with_attached(board, old)
    if not gone:
        return None
    first = min(board.items[id].born for id in gone)
    entries = [redacted(entry, gone) async for entry in clearing_store.entries(tx, board_id, first)]
    return Clearing(board_id, board.seq, gone, tuple(entry for entry in entries if entry))
