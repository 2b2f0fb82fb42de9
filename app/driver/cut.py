"""Ends a connection whose answer does not come."""

import asyncio

import asyncpg

STEPS = 5  # in which the seconds are counted


class Cut:
    """Ends a connection, so that whoever waits for its answer gets an error, unless it is cancelled before.

    The seconds are counted in steps, between which the loop reads what has come: where this process itself
    stood still for as long as that, the answer may be there.
    """

    def __init__(self, seconds: float, connection: asyncpg.Connection) -> None:
        self.is_made = False
        self._connection, self._step, self._left = connection, seconds / STEPS, STEPS
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(self._step, self._count)

    def cancel(self) -> None:
        self._timer.cancel()

    def _count(self) -> None:
        self._left -= 1
        if self._left:
            self._timer = self._loop.call_later(self._step, self._count)
        else:
            self.is_made = True
            self._connection.terminate()
