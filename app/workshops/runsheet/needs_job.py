"""Once an hour forgets what would help people to take part in a workshop that nobody has ended.

A day after the time that was booked, or after the last of them said so: whoever ends it forgets it at once.
"""

from datetime import datetime, timedelta

from app.boards.storage import door_store
from app.db import Database, SyncTx, now
from app.supervision import rounds
from app.workshops.runsheet import store

FIRST, EVERY = 240.0, 3600.0  # seconds: to the first round at most, and from each round to the next
KEPT = timedelta(days=1)


async def run(db: Database) -> None:
    """For ever."""
    await rounds(lambda: forget_due(db, now()), first=FIRST, every=EVERY, what="What would help people")


async def forget_due(db: Database, at: datetime) -> None:
    """Forget what is due at `at`."""
    async with db.read() as tx:
        said = await door_store.last_said(tx)
        begun = await store.begun_on(tx, said)
    ends = dict(said)
    for one in begun:
        if one.board and one.ends_at:
            ends[one.board] = max(ends[one.board], one.ends_at)
    due = [board for board, end in ends.items() if end + KEPT <= at]

    def forget(tx: SyncTx) -> None:
        for board in due:
            door_store.forget_needs(tx, board, at - KEPT)

    if due:
        await db.run_write(forget)
