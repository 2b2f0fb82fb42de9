"""Brings the index of find up to date: before each search, and from time to time where nobody looks."""

from functools import partial

from app.boards.storage import find_store
from app.db import Database, gather_statistics
from app.records import index_store
from app.supervision import rounds

EVERY = 600.0  # seconds
AT_ONCE = 50  # portions that a search waits for, so 10,000 items; the rest is left to the job


async def run(db: Database) -> None:
    """Index what is not indexed yet, at start and then for ever: an old or restored database has no index."""
    await rounds(partial(_round, db), first=0.0, every=EVERY, what="The index of find")


async def _round(db: Database) -> None:
    await catch_up(db)
    await catch_up_records(db)


async def catch_up(db: Database, space_id: str | None = None, portions: int | None = None) -> bool:
    """Index the boards (of a space), at most so many portions; whether all of them are up to date."""
    boards = await db.run_read(lambda tx: find_store.lagging(tx, space_id))
    written = 0
    for board_id in boards:
        done = False
        while not done:
            if portions == 0:
                return False
            done = await db.run_write(partial(find_store.catch_up, board_id=board_id))
            portions = None if portions is None else portions - 1
            written += 0 if done else find_store.PORTION
    await _know(db, find_store.ENTRIES, written)
    return True


async def catch_up_records(db: Database) -> None:
    """Index the records of before the index, or of a backup: all others are when they change."""
    written = 0
    done = False
    while not done:
        async with db.write() as tx:
            done = await index_store.catch_up(tx)
        written += 0 if done else index_store.PORTION
    await _know(db, index_store.ENTRIES, written)


async def _know(db: Database, table: str, written: int) -> None:
    """After many entries at once. Else a word that every record has is taken for a rare one."""
    if written:
        async with db.write() as tx:
            await gather_statistics(tx, {table: written})
