"""At its date, what waited for another organisation lapses; where all others are silent it is done."""

from app.config import Config
from app.db import Database, now
from app.spaces.actions import Ring
from app.spaces.together import actions, store
from app.supervision import rounds

FIRST, EVERY = 60.0, 600.0  # seconds: the longest wait for the first round, and between rounds


async def run(db: Database, ring: Ring, config: Config) -> None:
    """Runs as long as the process serves."""
    what = "What waits for organisations"
    await rounds(lambda: settle_all(db, ring, config), first=FIRST, every=EVERY, what=what)


async def settle_all(db: Database, ring: Ring, config: Config) -> None:
    async with db.read() as tx:
        over = await store.spaces_with_what_is_over(tx, now())
    for space_id in over:
        await actions.settle(db, ring, config, space_id)
