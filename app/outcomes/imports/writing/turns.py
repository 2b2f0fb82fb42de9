"""Revisions that turn with an import: marked before it takes effect or is undone, settled after that.

To turn is to cease to count, or to count again, in the very moment in which the import takes effect or is
undone (`turn_store`). Marking and settling take long, so they are done in short transactions.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.db import Database, Tx, chunks
from app.outcomes.imports.writing import turn_store as store
from app.outcomes.jobs.progress import Progress
from app.spaces.prepare import hold_still

TRIES = 3  # to prepare something while others go on; then all wait for it
SHORT = 0.2  # seconds that one transaction writes
REST = 0.11  # seconds between two of them on SQLite, where whoever waits asks again every 0.1 s
ROWS = 1_000  # marked by one statement
SERIES_AT_ONCE = 50  # settled in one transaction
UNDONE = timedelta(days=2)  # so long ago an import was undone at most whose own values are looked for


class Outdated(Exception):
    """What the work was prepared from has changed meanwhile."""


async def mark(
    db: Database,
    space_id: str,
    batch_id: str,
    places: Sequence[store.Place],
    report_progress: Progress,
    *,
    counting: bool,
) -> None:
    """Mark revisions so that they turn with the import. All of them count now, or none does."""
    parts = list(chunks(places, ROWS))
    done = 0
    while done < len(parts):
        async with db.write() as tx:
            await hold_still(tx, space_id)
            began = time.monotonic()
            while done < len(parts):
                await store.mark(tx, batch_id, parts[done], counting=counting)
                done += 1
                if time.monotonic() - began >= SHORT:
                    break
        report_progress("replaced", min(done * ROWS, len(places)))
        if db.sqlite and done < len(parts):
            await asyncio.sleep(REST)


async def settle(db: Database, space_id: str, batch_id: str) -> None:
    """Let `current` say by itself what counts, for older versions, which go by it alone."""
    async with db.read() as tx:
        left = await store.to_settle(tx, batch_id)
    for some in chunks(left, SERIES_AT_ONCE):
        async with db.write() as tx:
            await hold_still(tx, space_id)
            await store.settle_in(tx, batch_id, some)
        if db.sqlite:
            await asyncio.sleep(REST)


async def settle_left(db: Database, space_id: str, at: datetime) -> None:
    """Settle what others left in this space, whose processes ended before they had.

    An undo that is under way there loses its marks by that, and begins anew: so never in other spaces.
    """
    async with db.read() as tx:
        left = await store.unsettled(tx, space_id, at - UNDONE)
    for batch in left:
        await settle(db, space_id, batch)


async def settle_all(db: Database, at: datetime) -> None:
    """The same in one space after the other."""
    async with db.read() as tx:
        spaces = await store.unsettled_spaces(tx, at - UNDONE)
    for space_id in spaces:
        await settle_left(db, space_id, at)


async def settle_at_once(tx: Tx, space_id: str, at: datetime) -> None:
    """The same in one transaction, which holds this space: for where others got in the way each time."""
    for batch in await store.unsettled(tx, space_id, at - UNDONE):
        await settle_within(tx, batch)


async def settle_within(tx: Tx, batch_id: str) -> None:
    """Settle what one import left, within a transaction that is open already."""
    for some in chunks(await store.to_settle(tx, batch_id), SERIES_AT_ONCE):
        await store.settle_in(tx, batch_id, some)
