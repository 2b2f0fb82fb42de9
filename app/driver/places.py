"""How many boards use PostgreSQL at once: fewer than their pool has connections. The others wait in line."""

from asyncio import Semaphore

FIRST = 10  # boards that try something for the first time: as many as the pool keeps connections
AGAIN = 6  # boards that had no answer, and may wait for long: so they keep nobody else waiting
ANY_NUMBER = 100_000  # of a database that does one thing after the other anyway


class Places:
    """A place for each board that uses the database, in the order in which they came."""

    def __init__(self, first: int = FIRST, again: int = AGAIN) -> None:
        self._first, self._again = Semaphore(first), Semaphore(again)

    def place(self, *, is_again: bool) -> Semaphore:
        """For as long as a block of `async with`. Those who try again have places of their own."""
        return self._again if is_again else self._first
