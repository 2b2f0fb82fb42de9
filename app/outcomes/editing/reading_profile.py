"""Choosing how the charts of a space are read: stored with all charts read again, in one transaction."""

from app.access import Code, Refused
from app.db import Tx
from app.outcomes.jobs.progress import Progress
from app.outcomes.readings import compute as readings
from app.outcomes.readings import store as reading_store
from app.outcomes.spc.profiles import CHOICES
from app.spaces.actions import Door, change, seat_for
from app.spaces.log_entry import Act
from app.spaces.prepare import prepare_change


def known(profile: str) -> bool:
    """Whether a space may choose it. The one that repeats the errors of the R package is for tests only."""
    return profile in {one.name for one in CHOICES}


async def read_as(door: Door, profile: str, report_progress: Progress) -> None:
    """Read all charts of the space by this profile from now on. Issued reports do not change.

    Raises Refused where the profile cannot be chosen or the person may not choose.
    """
    if not known(profile):
        raise Refused(Code.INVALID, "Choose how the charts are read.")
    ahead = await prepare_change(door.db, door.space_id, lambda tx: _read(tx, door, profile, report_progress))
    async with change(door, "measure.read_as") as under_way:
        tx, space_id = under_way.tx, door.space_id
        before = await reading_store.profile_of(tx, space_id)
        if before == profile:
            return
        under_way.note(Act.READ_AS, before={"profile": before}, after={"profile": profile})
        by = under_way.seat.actor.person or ""
        charts = await ahead.current(tx)
        await reading_store.choose_profile(tx, space_id, profile, by, under_way.at)
        await readings.store(tx, charts)


async def _read(tx: Tx, door: Door, profile: str, report_progress: Progress) -> readings.FreshReadings:
    await seat_for(tx, door, "measure.read_as")
    ids = await reading_store.measures_of(tx, door.space_id)
    return await readings.compute(tx, ids, profile=profile, report_progress=report_progress)
