"""Who has pages of records open in this process: told that something changed, and what they have seen."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from litestar.di import NamedDependency

from app.db import Database
from app.people import actions as people
from app.records import look_store
from app.records.core.record import Record
from app.supervision import rounds

LOOKS_EVERY = 2.0  # seconds between two times that looks are stored


class Follower:
    """One open page. `changed` is set when the space is rung for; `number` is the latest."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.number = 0


class Looks:
    """Up to which change people have seen what they keep true; stored a moment later, by `write`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._fresh: dict[tuple[str, str], int] = {}

    def glance(self, record: Record, person: str | None) -> None:
        """Their page showed the record as it is now. Only of whoever keeps it true it matters."""
        if person is not None and person == record.tender:
            self._fresh[record.id, person] = record.revision

    async def write(self) -> None:
        """Store what came since the last time."""
        looks = dict(self._fresh)
        if looks:
            async with self._db.write() as tx:
                erased = await people.erased(tx, {person for _, person in looks})
                await look_store.note(tx, {key: one for key, one in looks.items() if key[1] not in erased})
        self._fresh = {key: one for key, one in self._fresh.items() if looks.get(key) != one}

    async def run(self) -> None:
        """For ever."""
        await rounds(self.write, first=LOOKS_EVERY, every=LOOKS_EVERY, what="Looks at records")


class Followers:
    """Pages by space. Several changes in a row are one for a page that has not read yet."""

    def __init__(self, db: Database) -> None:
        self.looks = Looks(db)
        self._by_space: dict[str, set[Follower]] = defaultdict(set)

    @contextmanager
    def joined(self, space_id: str) -> Iterator[Follower]:
        """A follower of the space for as long as the block lasts."""
        follower = Follower()
        self._by_space[space_id].add(follower)
        try:
            yield follower
        finally:
            self._by_space[space_id].discard(follower)
            if not self._by_space[space_id]:
                del self._by_space[space_id]

    def heard(self, topic: str, number: int) -> None:
        """Called with each wake-up of the relay."""
        kind, _, space_id = topic.partition(":")
        if kind in ("space", "content"):
            self._tell(self._by_space.get(space_id, set()), number)

    def gap(self) -> None:
        """Wake-ups may have been missed: everybody looks again."""
        for followers in self._by_space.values():
            self._tell(followers, 0)

    @staticmethod
    def _tell(followers: set[Follower], number: int) -> None:
        for follower in followers:
            follower.number = max(number, follower.number)
            follower.changed.set()


SpaceFollowers = NamedDependency[Followers]
