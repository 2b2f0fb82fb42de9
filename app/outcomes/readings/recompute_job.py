"""Computes again, once at the start, readings of an older engine. Safe in several processes."""

import asyncio
import logging
from functools import partial

from app.db import Database, DatabaseFault
from app.outcomes.readings import compute as readings
from app.outcomes.readings import store as reading_store
from app.outcomes.readings.reading import ENGINE
from app.spaces.actions import Ring, hold
from app.spaces.prepare import prepare_change
from app.supervision import one_by_one

AGAIN = 60.0  # seconds until the next try, while the database does not answer
log = logging.getLogger(__name__)


async def run(db: Database, ring: Ring) -> None:
    """Runs until all are computed. Pages show the older readings meanwhile."""
    while True:
        try:
            await recompute(db, ring)
            return
        except (DatabaseFault, OSError):
            log.warning("Charts could not be read anew; trying again.")
            await asyncio.sleep(AGAIN)


async def recompute(db: Database, ring: Ring) -> None:
    """One transaction for each space."""
    async with db.read() as tx:
        outdated = await reading_store.by_other_engines(tx, ENGINE)

    async def recompute_of(space_id: str) -> None:
        work = partial(readings.compute, measure_ids=outdated[space_id])
        ahead = await prepare_change(db, space_id, work)
        async with hold(db, ring, space_id) as tx:
            await readings.store(tx, await ahead.current(tx))

    await one_by_one(outdated, recompute_of, "Readings of a space")
