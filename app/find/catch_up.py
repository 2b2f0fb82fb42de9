"""Brings the index of find up to date: before each search, and from time to time where nobody looks."""

import asyncio
import logging
from functools import partial

from app.boards.storage import errors, find_store
from app.db import Database

EVERY = 600.0  # seconds
AT_ONCE = 50  # portions that a search waits for, so 10,000 items; the rest is left to the job
log = logging.getLogger(__name__)


async def run(db: Database) -> None:
    """Index what is not indexed yet, at start and then for ever: an old or restored database has no index."""
    while True:
        try:
            await catch_up(db)
        except errors.ANY_FAILURE:
            log.warning("What can be found could not be brought up to date; trying again later.")
        await asyncio.sleep(EVERY)


async def catch_up(db: Database, space_id: str | None = None, portions: int | None = None) -> bool:
    """Index the boards (of a space), at most so many portions; whether all of them are up to date."""
    async with db.read() as tx:
        boards = await tx.run_sync(find_store.lagging, space_id)
    for board_id in boards:
        done = False
        while not done:
            if portions == 0:
                return False
            done = await db.run_write(partial(find_store.catch_up, board_id=board_id))
            portions = None if portions is None else portions - 1
    return True
