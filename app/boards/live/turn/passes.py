"""How many boards use PostgreSQL at once: fewer than their pool has connections. The others wait in line."""

from asyncio import Semaphore

USUAL = 10  # boards at once: as many as the pool keeps connections
SLOW = 6  # boards whose last try took too long, and may do so again: so they keep nobody else waiting
MANY = 100_000


class Passes:
    """A pass for each board that uses the database, in the order in which they came."""

    def __init__(self, *, any_number: bool = False) -> None:
        """`any_number` for SQLite, which does one thing after the other anyway."""
        self._usual, self._slow = Semaphore(MANY if any_number else USUAL), Semaphore(SLOW)

    def one(self, *, is_slow: bool) -> Semaphore:
        """For as long as a block of `async with`. Those that took too long have passes of their own."""
        return self._slow if is_slow else self._usual
