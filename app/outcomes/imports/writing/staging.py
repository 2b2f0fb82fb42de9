"""Writes an import of any size in short transactions, so that nobody waits long, and yet whole or not at all.

Its values are stored first, as those of an import that is `staged_for` its upload: nothing counts or shows
them. One short transaction then makes all of them count. What an import that was ended left is cleared away.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from msgspec import json

from app.access import Code, Refused
from app.db import Database, DatabaseFault, Tx, now
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.imports.writing import staging_store as store
from app.outcomes.imports.writing import turn_store, turns
from app.outcomes.imports.writing.prepare import AGAIN, PreparedImport
from app.outcomes.imports.writing.turns import REST, TRIES, Outdated
from app.outcomes.jobs.progress import Progress
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Series
from app.outcomes.readings import compute as readings
from app.spaces.actions import Door
from app.spaces.prepare import hold_still
from app.supervision import one_by_one, rounds

ABANDONED = timedelta(minutes=15)  # no import takes so long: the process that wrote it has ended
WHAT = "Unfinished imports"
FIRST, EVERY = 60.0, 900.0  # seconds: to the first look for what was left, at most, and from each to the next
SERIES_AT_ONCE = 100  # cleared in one transaction
# Replaced values of one import that are settled in the transaction which lets it count. Of more the settling
# would keep everybody waiting; until it is done, an older version beside this one reads both values.
SETTLED_WITHIN = 10_000


async def write(
    door: Door,
    file: Any,
    prepare: Callable[[Tx], Awaitable[PreparedImport]],
    finish: Callable[[PreparedImport | None], Awaitable[None]],
    report_progress: Progress,
) -> None:
    """Prepare, stage and finish an import; again where others change meanwhile what it was prepared from.

    They do not get in its way for ever: at last `finish` is called with nothing, to write all of it at once.
    """
    for _ in range(TRIES):
        await clear(door.db, door.space_id, file.id)
        await turns.settle_left(door.db, door.space_id, now())
        async with door.db.read() as tx:
            prepared = await prepare(tx)
        try:
            await stage(door.db, door.space_id, file, prepared, report_progress)
            await finish(prepared)
            with suppress(DatabaseFault):  # the import is done, whatever becomes of this
                await turns.settle(door.db, door.space_id, prepared.writing.batch or "")
                async with door.db.write() as tx:
                    await store.gather_statistics(tx, prepared.values, len(prepared.new))
            return
        except Outdated:
            del prepared  # two of a large import would be too much memory
            continue
        except Refused:
            await clear(door.db, door.space_id, file.id)
            raise
    await clear(door.db, door.space_id, file.id)
    await finish(None)


async def stage(
    db: Database, space_id: str, file: Any, prepared: PreparedImport, report_progress: Progress
) -> None:
    """Store the values of a prepared import, which do not count yet. Raises Outdated."""
    batch = prepared.writing.batch or ""
    new = {one.id: one for one in prepared.new}

    async def put(tx: Tx, part: observation_store.PreparedRevisions) -> None:
        await _put(tx, part, new)

    def report(done: int) -> None:
        report_progress("written", min(done * observation_store.ROWS, prepared.values))

    async with db.write() as tx:
        await _add_batch(tx, space_id, file, prepared, staged_for=file.id)
    await turns.in_short_transactions(db, space_id, prepared.revisions, put, report)
    await turns.mark(db, space_id, batch, prepared.replaced, turn_store.mark_replaced, report_progress)


async def take_effect(tx: Tx, file: Any, prepared: PreparedImport) -> None:
    """All that was staged counts from now on, with its readings. Raises Outdated, and Refused."""
    batch = prepared.writing.batch or ""
    if await store.mark(tx, prepared.measures) != prepared.mark:
        raise Outdated
    if await store.count(tx, batch) != prepared.values:
        raise Refused(Code.CONFLICT, AGAIN)
    if await turn_store.marked(tx, batch) != sum(prepared.replaced.values()):
        raise Outdated
    await store.in_force(tx, batch)
    if sum(prepared.replaced.values()) <= SETTLED_WITHIN:
        await turns.settle_within(tx, batch)
    await _finish(tx, file, prepared)


async def write_whole(tx: Tx, space_id: str, file: Any, prepared: PreparedImport) -> None:
    """Write an import in this one transaction: for where others changed something each time it was staged."""
    await _add_batch(tx, space_id, file, prepared, staged_for=None)
    new = {one.id: one for one in prepared.new}
    for part in prepared.revisions:
        await _put(tx, part, new)
    batch = prepared.writing.batch or ""
    await turns.mark_within(tx, batch, prepared.replaced, turn_store.mark_replaced)
    if await turn_store.marked(tx, batch) != sum(prepared.replaced.values()):
        raise Refused(Code.CONFLICT, AGAIN)
    await _finish(tx, file, prepared)


async def clear(db: Database, space_id: str, upload_id: str) -> None:
    """Clear away what an import of this file left that was not finished."""
    async with db.read() as tx:
        batches = await store.staged_for(tx, upload_id)
    for batch in batches:
        await _clear(db, space_id, batch)


async def run(db: Database) -> None:
    """Clear away for ever what imports left that were ended by force, or undone."""
    await rounds(lambda: clear_old(db, now()), first=FIRST, every=EVERY, what=WHAT)


async def clear_old(db: Database, at: datetime) -> None:
    await clear_abandoned(db, at)
    await turns.settle_all(db, at)


async def clear_abandoned(db: Database, at: datetime) -> None:
    async with db.read() as tx:
        batches = await store.staged_before(tx, at - ABANDONED)
    await one_by_one(batches, lambda one: _clear(db, one[1], one[0]), WHAT)


async def _clear(db: Database, space_id: str, batch: str) -> None:
    """Some series after the other, each with its values, so that a killed process leaves nothing astray."""
    await turns.settle(db, space_id, batch)
    more = True
    while more:
        async with db.write() as tx:
            await hold_still(tx, space_id)
            more = await store.clear_some(tx, batch, SERIES_AT_ONCE)
        if db.sqlite and more:
            await asyncio.sleep(REST)


async def _put(tx: Tx, part: observation_store.PreparedRevisions, new: dict[str, Series]) -> None:
    """Write a part, and those of the new series that it needs, which are no longer missing then."""
    missing = [new.pop(id) for id in sorted(part.series & new.keys())]
    try:
        await series_store.ensure_all(tx, missing)
        await observation_store.put(tx, part)
    except DatabaseFault as fault:
        if not store.is_taken(fault):
            raise
        raise Outdated from fault  # somebody entered a number for the same period, or made the same series


async def _add_batch(
    tx: Tx, space_id: str, file: Any, prepared: PreparedImport, *, staged_for: str | None
) -> None:
    writing, plan = prepared.writing, prepared.plan
    await batch_store.add(
        tx,
        writing.batch or "",
        space_id,
        writing.by,
        writing.at,
        file_name=file.file_name,
        file_sha256=file.file_sha256,
        layout=json.decode(file.asked, type=ColumnMapping).layout,
        mapping=file.asked,
        staged_for=staged_for,
        **{name: getattr(plan, name) for name in ("added", "changed", "same")},
    )


async def _finish(tx: Tx, file: Any, prepared: PreparedImport) -> None:
    await readings.store(tx, prepared.fresh)
    await batch_store.drop_upload(tx, file.id)
