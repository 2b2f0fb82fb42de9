"""Removes copies of workshops that nobody holds any more, at start and then every few seconds."""

from app.db import Database
from app.rehearse.copied import remove_lapsed
from app.supervision import rounds

EVERY = 10.0  # seconds


async def run(db: Database) -> None:
    """For ever; safe in any number of processes."""
    what = "Workshops that were tried out"
    await rounds(lambda: remove_lapsed(db), first=0.0, every=EVERY, what=what)
