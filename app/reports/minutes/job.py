"""Once an hour fixes the minutes whose days for corrections are over. Safe in any number of processes."""

import logging
from datetime import datetime

from app.access import Refused
from app.boards.live.rooms import Rooms
from app.db import Database, now
from app.reports.minutes import store
from app.reports.minutes.collect import board_of, load, titles_in, written
from app.reports.minutes.content import Minutes
from app.reports.minutes.taken_out import without_taken_out
from app.spaces import seats
from app.supervision import rounds
from app.workshops.runsheet import store as workshops
from app.workshops.runsheet.workshop import Workshop

FIRST, EVERY = 180.0, 3600.0  # seconds: to the first round at most, and from each round to the next

log = logging.getLogger(__name__)


async def run(db: Database, rooms: Rooms) -> None:
    """For ever."""
    await rounds(lambda: fix_due(db, rooms, now()), first=FIRST, every=EVERY, what="Minutes to be fixed")


async def fix_due(db: Database, rooms: Rooms, at: datetime) -> None:
    """Fix what is due at `at`, and destroy in fixed minutes what was destroyed on boards."""
    async with db.read() as tx:
        begun = await workshops.begun(tx)
        fixed = {one.id: await store.fixed(tx, one.id) for one in begun}
    for one in begun:
        try:
            await _settle(db, rooms, one, fixed[one.id], at)
        except Refused:
            log.warning("The minutes of workshop %s are not fixed: its board is not here.", one.id)


async def _settle(
    db: Database, rooms: Rooms, workshop: Workshop, known: Minutes | None, at: datetime
) -> None:
    if known is not None:
        board = await board_of(rooms, workshop)
        async with db.read() as tx:
            titles = await titles_in(tx, known)
        after = without_taken_out(known, board, titles, destroyed_only=True)
        if after != known:
            async with db.write() as tx:
                await store.rewrite(tx, workshop.id, after)
        return
    async with db.read() as tx:
        space = await seats.space_of(tx, workshop.space)
        people = {one.id: one for one in await seats.people_of(tx, workshop.space)}
        stored = await load(tx, workshop)
    board = await board_of(rooms, workshop)
    if space is None or workshop.stage not in board.items:
        return
    minutes = written(workshop, board, space.name, people, stored).minutes
    if not minutes.is_draft(at):
        async with db.write() as tx:
            await store.fix(tx, workshop.id, minutes, at)
