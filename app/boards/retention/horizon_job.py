"""Thins out and ends the logs of boards, and forgets what clients were answered long ago.

Part of the hourly sweep, and safe in any number of processes. What it leaves of undo and of "exactly once" is
said by the rules T10 and C11.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from app.boards.retention import clearing_store, horizon_store
from app.boards.retention.clearing import KEPT
from app.boards.storage import usage_store
from app.db import Database, SyncTx
from app.people import actions as people
from app.spaces import seats
from app.supervision import one_by_one

WHAT = "The log of a board"
FRESH = timedelta(hours=1)  # how long each change of a text can be undone by itself
LOG = REFUSALS = KEPT  # how long what was done, and what was refused, can be asked for
CLIENTS = timedelta(days=180)  # how long a client that has not been heard of is known again

Page = Callable[[SyncTx, int], int]  # does what comes after a deed, and says how far it came


async def keep_horizons(db: Database, at: datetime) -> None:
    """Keep all boards within their horizons, as of `at`."""
    async with db.read() as tx:
        unread = await horizon_store.to_thin(tx)
        old = await clearing_store.boards(tx, at - min(LOG, REFUSALS, CLIENTS))
    fresh = (at - FRESH).timestamp()

    async def thin(one: tuple[str, int]) -> None:
        board_id, after = one
        await _page_by_page(db, after, partial(_thin, board_id, fresh))

    await one_by_one(unread, thin, WHAT)
    await one_by_one(old, partial(_end, db, at), WHAT)
    await db.run_write(partial(usage_store.forget_old, at=at.timestamp()))
    await forget_usage_of_what_is_gone(db)


async def forget_usage_of_what_is_gone(db: Database) -> None:
    """Of people, boards and spaces that were deleted: what they sent may be counted only after that."""
    async with db.write() as tx:
        counted = await usage_store.counted(tx)
        ids = {kind: [id for what, id in counted if what == kind] for kind, _ in counted}
        there = {
            *await people.names(tx, ids.get("person", ())),
            *await usage_store.boards_there(tx, ids.get("board", ())),
            *await seats.rights(tx, ids.get("space", ())),
        }
        for _, id in counted:
            if id not in there:
                await usage_store.forget(tx, id)


async def _end(db: Database, at: datetime, board_id: str) -> None:
    log, refusals, clients = ((at - horizon).timestamp() for horizon in (LOG, REFUSALS, CLIENTS))
    removed: dict[str, int] = {}
    async with db.read() as tx:
        begins = await horizon_store.begins(tx, board_id)
        if has_end := begins is not None and begins < log:
            removed = await clearing_store.removed(tx, board_id, None)
        has_old_answers = await horizon_store.has_old_answers(tx, board_id, refusals, clients)
    if has_end:
        # what took an item away stays for as long as that can be restored
        await _page_by_page(db, 0, partial(_end_log, board_id, log, set(removed.values())))
    if has_old_answers:
        now = at.timestamp()
        await db.run_write(
            lambda tx: horizon_store.forget_answers(tx, board_id, refusals, clients, now),
        )


def _thin(board_id: str, before: float, tx: SyncTx, after: int) -> int:
    return horizon_store.thin(tx, board_id, after, before)


def _end_log(board_id: str, before: float, keep: set[int], tx: SyncTx, after: int) -> int:
    return horizon_store.end_log(tx, board_id, after, before, keep)


async def _page_by_page(db: Database, after: int, act: Page) -> None:
    """Each page in a transaction of its own, until it comes no further."""
    while True:
        to = await db.run_write(partial(_from, act, after))
        if to == after:
            return
        after = to


def _from(act: Page, after: int, tx: SyncTx) -> int:
    return act(tx, after)
