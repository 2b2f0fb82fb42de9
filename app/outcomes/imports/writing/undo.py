"""Undoing an import of any size in short transactions, so that nobody waits long, yet whole or not at all.

What counts again is marked first, which nobody sees. One short transaction then undoes the import: from then
on what is marked counts, and nothing of the import. At last `current` is set accordingly, for older versions
that go by it alone. An undo that was ended halfway is begun anew when somebody asks for it again.
"""

from contextlib import suppress
from typing import Any

from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import DatabaseFault, Tx, now
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.sharing import store as sharing_store
from app.outcomes.imports.writing import turn_store, turns
from app.outcomes.imports.writing import undo_store as store
from app.outcomes.jobs.progress import Progress
from app.outcomes.readings import compute as readings
from app.spaces import seats
from app.spaces.actions import Door, change, seat_for
from app.spaces.space import Seat

OTHER_ORGANISATIONS = "It has numbers of an organisation that you no longer speak for."


class _Prepared(Struct, frozen=True):
    """The readings without the import, what counts again, and the epoch of the space that this is of."""

    fresh: readings.FreshReadings
    again: turn_store.PerSeries
    epoch: int


async def undo(door: Door, batch_id: str, report_progress: Progress) -> None:
    """Undo an import: the values that it replaced count again."""
    for _ in range(turns.TRIES):
        report_progress("read anew", 0)
        async with door.db.read() as tx:
            await _may_undo(tx, door, batch_id)
        await turns.settle_left(door.db, door.space_id, now())  # what an ended undo of this marked, too
        async with door.db.read() as tx:
            prepared = await _prepare(tx, door, batch_id)
        await turns.mark(
            door.db, door.space_id, batch_id, prepared.again, turn_store.mark_restored, report_progress
        )
        try:
            await _take_effect(door, batch_id, prepared)
            break
        except turns.Outdated:
            continue
    else:
        await _take_effect(door, batch_id, None)
    with suppress(DatabaseFault):  # it is undone, whatever becomes of this
        await turns.settle(door.db, door.space_id, batch_id)


async def to_undo(tx: Tx, seat: Seat, batch_id: str) -> Any:
    """The import as a row. Raises Refused unless this person did it and still belongs to the organisation."""
    batch = await batch_store.find(tx, seat.space.id, batch_id)
    if batch is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if batch.by != seat.actor.person:
        raise Refused(Code.NOT_ALLOWED, "Only the person who imported this file can undo the import.")
    if await batch_store.organisations_of(tx, batch_id) - {seat.actor.organisation}:
        raise Refused(Code.NOT_ALLOWED, OTHER_ORGANISATIONS)
    return batch


async def _may_undo(tx: Tx, door: Door, batch_id: str) -> None:
    """Raises Refused where this person may not undo the import, or it is undone already."""
    batch = await to_undo(tx, await seat_for(tx, door, "measure.undo_import"), batch_id)
    if batch.undone_at is not None:
        raise Refused(Code.LOCKED, "This import has already been undone.")


async def _prepare(tx: Tx, door: Door, batch_id: str) -> _Prepared:
    """What undoing the import does. Raises Refused."""
    epoch = await seats.epoch_of(tx, door.space_id)  # first: PostgreSQL shows what is committed in between
    await _may_undo(tx, door, batch_id)
    values = await store.values_without(tx, batch_id)
    fresh = await readings.compute(tx, await batch_store.measures_of(tx, batch_id), upcoming=values)
    return _Prepared(fresh, await store.replaced(tx, batch_id), epoch)


async def _take_effect(door: Door, batch_id: str, prepared: _Prepared | None) -> None:
    """The import counts no more, and what is marked counts again. Raises Outdated, and Refused.

    Without anything prepared, all of it in this one transaction: others changed something each time.
    """
    async with change(door, "measure.undo_import") as under_way:
        tx = under_way.tx
        if prepared is None:
            await turns.settle_at_once(tx, door.space_id, now())
            prepared = await _prepare(tx, door, batch_id)
            await turns.mark_within(tx, batch_id, prepared.again, turn_store.mark_restored)
        elif await seats.epoch_of(tx, door.space_id) != prepared.epoch + 1:
            raise turns.Outdated
        if await turn_store.marked(tx, batch_id) != sum(prepared.again.values()):
            raise turns.Outdated
        await store.undo(tx, batch_id, under_way.seat.actor.person or "", under_way.at)
        await sharing_store.take_back(tx, batch_id)
        await readings.store(tx, prepared.fresh)
