"""Waits for a database that does not answer, and lets those know who wait with it (rule S8)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from app.boards.live.turn.passes import Passes
from app.boards.storage import errors
from app.connections import TooSlow, in_words, took_too_long

LONGEST_WAIT = 1.0  # seconds between two tries at most
LIMIT, LONGEST_LIMIT = 2.0, 60.0  # seconds that a transaction may take
LONG = 5.0  # seconds after which it is said that the database is waited for
log = logging.getLogger(__name__)

T = TypeVar("T")


class Patience:
    """Does one thing after the other for a board, each until it is done, and each try by a pass."""

    def __init__(self, board_id: str, passes: Passes) -> None:
        self._board_id, self._passes = board_id, passes
        self._is_long = False
        self.limit = LIMIT  # of the transactions of the present try
        self.is_again = False  # the present try is not the first
        self.is_slow = False  # the one before it took too long

    async def until_done(self, act: Callable[[], Awaitable[T]], tell: Callable[[bool], None]) -> T:
        """What `act` gives; it is called again for as long as the database does not answer.

        `tell` hears when that takes long, and when it is over.
        """
        began, wait = monotonic(), 0.05
        self.limit, self.is_again, self.is_slow = LIMIT, False, False
        long = asyncio.get_running_loop().call_later(LONG, self._note_long_wait, tell)
        try:
            while True:
                try:
                    async with self._passes.one(is_slow=self.is_slow):
                        return await act()
                except errors.UNAVAILABLE as error:
                    self._note(error)
                    self.is_slow = took_too_long(error)
                self.is_again = True
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        finally:
            long.cancel()
            if self._is_long:
                log.warning("Board %s waited %.0f s for the database", self._board_id, monotonic() - began)
                self._is_long = False
                self._say(tell, waiting=False)

    def _note(self, error: BaseException) -> None:
        """Log it once. A database that answers, but not in time, is given more time."""
        if not self.is_again:
            log.warning("Board %s waits for the database: %s", self._board_id, in_words(error))
        elif isinstance(error, TooSlow):
            self.limit = min(self.limit * 2, LONGEST_LIMIT)

    def _note_long_wait(self, tell: Callable[[bool], None]) -> None:
        log.error("Board %s has waited %.0f s for the database and goes on waiting", self._board_id, LONG)
        self._is_long = True
        self._say(tell, waiting=True)

    def _say(self, tell: Callable[[bool], None], *, waiting: bool) -> None:
        try:
            tell(waiting)
        except Exception:
            log.exception("Board %s: not everybody could be told of the wait", self._board_id)
