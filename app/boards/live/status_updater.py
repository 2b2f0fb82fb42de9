"""Updates what cards show of what they stand for, after each change in their space, as long as it serves.

Every change of a goal, a number or a record is made through the actions of its space, which wake all
processes once it is committed. A board stores the same status only once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from app.boards.live.rooms import Rooms
from app.db import Database, DatabaseFault, Tx

EVERY = 3600.0  # seconds between two updates of all spaces, in case a wake-up was lost
AGAIN = 2.0  # seconds until the next try, while the database does not answer
log = logging.getLogger(__name__)


class StatusKind(Struct, frozen=True):
    """One sort of thing that cards stand for: which spaces have such cards, and how those are updated."""

    spaces: Callable[[Tx], Awaitable[set[str]]]
    refresh: Callable[[Database, Rooms, str], Awaitable[None]]


class StatusUpdater:
    """Collects the spaces in which something changed, and updates their cards, by each of `kinds` in turn."""

    def __init__(self, db: Database, rooms: Rooms, kinds: Sequence[StatusKind]) -> None:
        self.db, self.rooms, self.kinds = db, rooms, kinds
        self._due: set[str] = set()
        self._bell = asyncio.Event()

    def heard(self, topic: str, _number: int) -> None:
        """Called with each wake-up of the relay; those of spaces say that something in them changed.

        A process of the version before rings for everything as for rights.
        """
        kind, _, space_id = topic.partition(":")
        if kind in ("space", "content"):
            self._due.add(space_id)
            self._bell.set()

    async def run(self) -> None:
        """Runs as long as the process serves. Waits while the database does not answer."""
        all_spaces = True
        while True:
            try:
                await self._update(all_spaces=all_spaces)
                all_spaces = await self._wait()
            except (DatabaseFault, OSError, TimeoutError) as error:
                log.warning("The faces of cards wait for the database: %s", type(error).__name__)
                await asyncio.sleep(AGAIN)

    async def _update(self, *, all_spaces: bool) -> None:
        if all_spaces:
            async with self.db.read() as tx:
                for kind in self.kinds:
                    self._due |= await kind.spaces(tx)
        while self._due:
            space_id = next(iter(self._due))
            self._due.discard(space_id)  # before reading, so that a change during the update is not missed
            try:
                for kind in self.kinds:
                    await kind.refresh(self.db, self.rooms, space_id)
            except (DatabaseFault, OSError, TimeoutError):
                self._due.add(space_id)
                raise

    async def _wait(self) -> bool:
        """Until a wake-up comes (False), or it is time to update all spaces (True)."""
        try:
            async with asyncio.timeout(EVERY):  # wait_for may lose a cancel that comes with the bell
                await self._bell.wait()
        except TimeoutError:
            return True
        self._bell.clear()
        return False
