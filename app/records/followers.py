"""Who has a page of a space open in this process, and is told that something in the space changed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from litestar.di import NamedDependency


class Follower:
    """One open page. `changed` is set when the space is rung for; `number` is the latest."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.number = 0


class Followers:
    """Pages by space. Several changes in a row are one for a page that has not read yet."""

    def __init__(self) -> None:
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
