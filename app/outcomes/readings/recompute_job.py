"""Reads charts anew that an older engine has read, once at the start. Safe in many processes."""

import asyncio
import logging
from functools import partial

from app.db import Database, DatabaseFault
from app.outcomes.readings import service as readings
from app.outcomes.readings import store as reading_store
from app.outcomes.readings.reading import ENGINE
from app.spaces.actions import Ring, hold
from app.spaces.prepare import prepare_change

AGAIN = 60.0  # seconds until the next try, while the database does not answer
log = logging.getLogger(__name__)


async def run(db: Database, ring: Ring) -> None:
    """Until all is read. Pages show the older readings meanwhile."""
    while True:
        try:
            await read(db, ring)
            return
        except (DatabaseFault, OSError):
            log.warning("Charts could not be read anew; trying again.")
            await asyncio.sleep(AGAIN)


async def read(db: Database, ring: Ring) -> None:
    """A space at a time."""
    async with db.read() as tx:
        older = await reading_store.read_by_others(tx, ENGINE)
    for space_id, measure_ids in older.items():
        ahead = await prepare_change(db, space_id, partial(readings.read, measure_ids=measure_ids))
        async with hold(db, ring, space_id) as tx:
            await readings.keep(tx, await ahead.current(tx))
