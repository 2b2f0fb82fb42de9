"""Lets a board store at a process where those of others were first again and again (rule S6)."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from app.boards.core.board import Board
from app.boards.storage import earlier_deeds, errors
from app.db import Database, SyncTx, Tx

OFTEN = 3  # times in a row that another process was first
T = TypeVar("T")


class NewsReader(Protocol):
    """What knows the board, and what others have stored of it once that is read."""

    @property
    def board(self) -> Board: ...

    async def read_news(self, tx: Tx) -> None:
        """Read what other processes have stored. Raises store.Missing."""


class Precedence:
    """Of one board at this process. Whoever is near to the database would else keep all others from it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._beaten = 0  # times in a row

    async def write(
        self, work: Callable[[SyncTx], T], reader: NewsReader, limit: float, *, checked: bool
    ) -> T:
        """See `Database.run_short_write`. Raises GuardFailed where another process was first."""
        try:
            if self._beaten >= OFTEN and not self._db.sqlite:
                done = await self._write_first(work, reader, limit)
            else:
                done = await self._db.run_short_write(work, limit=limit, checked=checked)
        except errors.GuardFailed:
            self._beaten += 1
            raise
        self._beaten = 0
        return done

    async def _write_first(self, work: Callable[[SyncTx], T], reader: NewsReader, limit: float) -> T:
        """In more steps, but from the reading of the news on nobody else stores."""
        async with self._db.write(limit, of_board=True) as tx:
            await tx.run_sync(earlier_deeds.wait_for, reader.board.id)
            await reader.read_news(tx)
            return await tx.run_sync(work)
