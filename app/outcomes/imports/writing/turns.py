"""Revisions that turn with an import: marked before it takes effect or is undone, settled after that.

To turn is to cease to count, or to count again, in the very moment in which the import takes effect or is
undone (`turn_store`). Marking and settling take long, so they are done in short transactions.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from app.db import Database, Tx
from app.outcomes.imports.writing import turn_store as store
from app.outcomes.jobs.progress import Progress
from app.spaces.prepare import hold_still
from app.supervision import one_by_one

T = TypeVar("T")
TRIES = 3  # to prepare something while others go on; then all wait for it
SHORT = 0.2  # seconds that one transaction writes
REST = 0.11  # seconds between two of them on SQLite, where whoever waits asks again every 0.1 s
ROWS = 5_000  # marked or settled by one statement
SERIES = 200  # of them at most; for more PostgreSQL goes over the same revisions again and again
UNDONE = timedelta(days=2)  # so long ago an import was undone at most whose own values are looked for
Marking = Callable[[Tx, str, Sequence[str]], Awaitable[None]]  # marks for an import in some series


class Outdated(Exception):
    """What the work was prepared from has changed meanwhile."""


async def in_short_transactions(
    db: Database,
    space_id: str,
    parts: Iterable[T],
    write: Callable[[Tx, T], Awaitable[None]],
    report: Callable[[int], None] = lambda _: None,
) -> None:
    """Write one part after the other: in each transaction as many as SHORT has time for, but one at least.

    `report` is told after each of them how many parts are written.
    """
    left = deque(parts)
    of_all = len(left)
    while left:
        async with db.write() as tx:
            await hold_still(tx, space_id)
            began = time.monotonic()
            while left:
                await write(tx, left.popleft())
                if time.monotonic() - began >= SHORT:
                    break
        report(of_all - len(left))
        if db.sqlite and left:
            await asyncio.sleep(REST)


async def mark(
    db: Database,
    space_id: str,
    batch_id: str,
    revisions: store.PerSeries,
    mark_in: Marking,
    report_progress: Progress,
) -> None:
    """Mark revisions so that they turn with the import."""
    parts = list(_parts(revisions))
    marked = list(accumulate(sum(revisions[id] for id in ids) for ids in parts))

    async def mark_some(tx: Tx, ids: Sequence[str]) -> None:
        await mark_in(tx, batch_id, ids)

    def report(done: int) -> None:
        report_progress("replaced", marked[done - 1])

    await in_short_transactions(db, space_id, parts, mark_some, report)


async def mark_within(tx: Tx, batch_id: str, revisions: store.PerSeries, mark_in: Marking) -> None:
    """The same within a transaction that is open already."""
    for ids in _parts(revisions):
        await mark_in(tx, batch_id, ids)


async def settle(db: Database, space_id: str, batch_id: str) -> None:
    """Let `current` say by itself what counts, for older versions, which go by it alone."""
    async with db.read() as tx:
        left = await store.to_settle(tx, batch_id)

    async def settle_some(tx: Tx, ids: Sequence[str]) -> None:
        await store.settle_in(tx, batch_id, ids)

    await in_short_transactions(db, space_id, _parts(left), settle_some)


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
    await one_by_one(spaces, lambda space_id: settle_left(db, space_id, at), "Imports to settle")


async def settle_at_once(tx: Tx, space_id: str, at: datetime) -> None:
    """The same in one transaction, which holds this space: for where others got in the way each time."""
    for batch in await store.unsettled(tx, space_id, at - UNDONE):
        await settle_within(tx, batch)


async def settle_within(tx: Tx, batch_id: str) -> None:
    """Settle what one import left, within a transaction that is open already."""
    for ids in _parts(await store.to_settle(tx, batch_id)):
        await store.settle_in(tx, batch_id, ids)


def _parts(revisions: store.PerSeries) -> Iterator[list[str]]:
    """The series in parts that have at most SERIES series and ROWS revisions each, or are one series."""
    part: list[str] = []
    rows = 0
    for id in sorted(revisions):
        if part and (rows + revisions[id] > ROWS or len(part) == SERIES):
            yield part
            part, rows = [], 0
        part.append(id)
        rows += revisions[id]
    if part:
        yield part
