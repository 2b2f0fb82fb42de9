"""One COMMIT of SQLite for all short writes that wait at that moment: most of their time is the disk's.

Each has a savepoint of its own, so that one which fails leaves nothing behind and the others are stored.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from time import monotonic
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from app.connections import NoAnswer
from app.sqlite.threads import SqliteThread

LONGEST = 0.005  # seconds after which no further write joins a transaction: those in it wait for its end
T = TypeVar("T")


class _Write:
    """One of those that share a COMMIT. `outcome` is told once that has returned."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work, self.context = work, copy_context()
        self.outcome: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.value: Any = None
        self.error: Exception | None = None

    def do(self, connection: Connection) -> None:
        try:
            self.value = self.context.run(self.work, connection)
        except StopIteration as error:  # no future takes it, and the others would wait for ever
            raise RuntimeError("what was to be written ended early") from error

    def tell(self) -> None:
        if self.outcome.done():  # whoever asked was cancelled
            return
        if self.error is None:
            self.outcome.set_result(self.value)
        else:
            self.outcome.set_exception(self.error)


class SharedCommits:
    """Takes writes in the order in which they come; `lock` is held while a transaction of them runs."""

    def __init__(self, thread: SqliteThread, lock: asyncio.Lock) -> None:
        self._thread, self._lock = thread, lock
        self._waiting: deque[_Write] = deque()
        self._task: asyncio.Task[None] | None = None

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives once that is committed, or what it raises.

        Raises NoAnswer where the transaction of all was lost with another's error.
        """
        write = _Write(work)
        self._waiting.append(write)
        self._begin()
        try:
            return cast(T, await asyncio.shield(write.outcome))
        except asyncio.CancelledError:
            await self._leave(write)
            raise

    async def close(self) -> None:
        """Return once all that have begun are done."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _leave(self, write: _Write) -> None:
        """A write that waits is not done; one that has begun ends first: its transaction cannot be left."""
        try:
            self._waiting.remove(write)
        except ValueError:
            await asyncio.wait([write.outcome])
            if not write.outcome.cancelled():
                write.outcome.exception()  # looked at: nobody else will
        else:
            write.outcome.cancel()

    def _begin(self) -> None:
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._do_all())

    async def _do_all(self) -> None:
        """Until nothing waits; ended before that only with the loop, and then with all who wait."""
        try:
            while self._waiting:
                async with self._lock:
                    taken = await self._do_some()
                for write in taken:
                    write.tell()
        finally:
            self._task = None
            for write in self._take_all():
                write.outcome.cancel()

    async def _do_some(self) -> list[_Write]:
        """One transaction; gives those that were in it."""
        taken: list[_Write] = []
        try:
            await self._thread.run(partial(self._take_turns, taken))
        except Exception as error:  # noqa: BLE001 - the answer to each that has no other
            taken = taken or self._take_all()  # none where not even BEGIN was possible
            for write in taken:
                write.error = write.error or error
        except BaseException:
            for write in taken:
                write.outcome.cancel()
            raise
        return taken

    def _take_all(self) -> list[_Write]:
        taken = list(self._waiting)
        self._waiting.clear()
        return taken

    def _take_turns(self, taken: list[_Write], connection: Connection) -> None:
        """In the thread, within the transaction. A savepoint costs a fifth more: none for one alone."""
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        until = monotonic() + LONGEST
        while monotonic() < until and (write := self._next()):
            taken.append(write)
            if len(taken) == 1 and not self._waiting:
                write.do(connection)
                return
            _try(write, connection, driver)

    def _next(self) -> _Write | None:
        try:
            return self._waiting.popleft()
        except IndexError:  # whoever waited was cancelled
            return None


def _try(write: _Write, connection: Connection, driver: sqlite3.Connection) -> None:
    """Where it fails, all that it wrote is taken back. Raises NoAnswer where nothing of anybody is left."""
    driver.execute("SAVEPOINT one")
    try:
        write.do(connection)
    except Exception as error:  # noqa: BLE001 - raised again to whoever asked
        write.error = error
        if driver.in_transaction:
            driver.execute("ROLLBACK TO one")
    if not driver.in_transaction:  # SQLite ends it by itself, as on a full disk
        raise NoAnswer("the transaction was lost with another's error")
    driver.execute("RELEASE one")
