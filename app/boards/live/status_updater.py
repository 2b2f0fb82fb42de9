"""Updates what cards show of what they stand for, after each change in their space, as long as it serves.

Every change of a goal, a number or a record is made through the actions of its space, which wake all
processes once it is committed. A board stores the same status only once.
"""

from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from app.boards.live.rooms import Rooms
from app.db import Database, Tx
from app.supervision import DueList, one_by_one


class StatusKind(Struct, frozen=True):
    """One sort of thing that cards stand for: which spaces have such cards, and how those are updated."""

    spaces: Callable[[Tx], Awaitable[set[str]]]
    refresh: Callable[[Database, Rooms, str], Awaitable[None]]


class StatusUpdater:
    """Collects the spaces in which something changed, and updates their cards, by each of `kinds` in turn."""

    def __init__(self, db: Database, rooms: Rooms, kinds: Sequence[StatusKind]) -> None:
        self.db, self.rooms, self.kinds = db, rooms, kinds
        self._due = DueList("The faces of cards")

    def heard(self, topic: str, _number: int) -> None:
        """Called with each wake-up of the relay; those of spaces say that something in them changed.

        A process of the version before rings for everything as for rights.
        """
        kind, _, space_id = topic.partition(":")
        if kind in ("space", "content"):
            self._due.add(space_id)

    async def run(self) -> None:
        """Runs as long as the process serves; all spaces are looked at now and then too."""
        await self._due.run(self._all_spaces, self._refresh)

    async def _all_spaces(self) -> set[str]:
        async with self.db.read() as tx:
            return set().union(*[await kind.spaces(tx) for kind in self.kinds])

    async def _refresh(self, space_id: str) -> None:
        await one_by_one(self.kinds, lambda kind: kind.refresh(self.db, self.rooms, space_id), space_id)
