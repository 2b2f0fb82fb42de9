"""SQLite: how its connections are set up, and the threads in which whole transactions run."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from typing import Any, TypeVar, cast
from weakref import WeakSet

from sqlalchemy import Connection, Dialect, Engine, StaticPool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.driver.reads import Known, fetch_at_once

Tx = AsyncConnection
T = TypeVar("T")

# Of the file that each connection holds, once it has read so much: a page is no quicker with more of it, and
# with 32 MB each a server of 10,000 records grew by 30 MB for every connection that was in use.
CACHE_MB = 4
KEPT = "kept"  # in the `info` of a connection: see app.db.kept


class _SyncAsAsync:
    """A synchronous connection with the methods of an asynchronous one, so that the same code can use both.

    Awaiting a result never suspends: the call has returned it already.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: Known = {}

    @property
    def info(self) -> dict[Any, Any]:
        return self._connection.info

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, statement: Any, values: Any = None) -> Any:
        return fetch_at_once(self._connection, statement, values, self._known)

    async def run_sync(self, work: Callable[..., T], *args: Any) -> T:
        return work(self._connection, *args)


def run_at_once(work: Callable[[Tx], Coroutine[None, None, T]], connection: Connection) -> T:
    """Run a coroutine that never really waits, because its connection answers at once."""
    running = work(cast(Tx, _SyncAsAsync(connection)))
    try:
        running.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    running.close()
    raise RuntimeError("Only the database may be awaited in run_read().")


class SqliteThread:
    """A thread with one synchronous SQLite connection, so that a transaction changes threads only once."""

    def __init__(
        self,
        url: str,
        synchronous: str,
        begin: str,
        kept: dict[Any, Any] | None = None,
        cache_mb: int = CACHE_MB,
    ) -> None:
        self._begin, self._kept = begin, kept
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._engine = create_engine(
            url.replace("+aiosqlite", ""), connect_args=CONNECT, poolclass=StaticPool, hide_parameters=True
        )
        _prepare(self._engine, synchronous, cache_mb)
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], T]) -> T:
        # Shielded: a caller that is cancelled must not leave the lock while its transaction still runs.
        future = asyncio.get_running_loop().run_in_executor(
            self._pool, copy_context().run, self._transact, work
        )
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            raise

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, self._shut)
        self._pool.shutdown()

    def _transact(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
            if self._kept is not None:
                self._connection.info[KEPT] = self._kept
        try:
            with self._connection.begin():
                self._connection.exec_driver_sql(self._begin)
                return work(self._connection)
        finally:
            driver: Any = self._connection.connection.driver_connection
            if driver.in_transaction:  # a COMMIT that failed may leave it open, and nobody else could write
                driver.rollback()

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


class _Closing(sqlite3.Connection):
    """A connection of which nothing stays when its transaction is taken back, or when it is closed.

    Whoever is cancelled leaves statements unread, and something may hold those until Python collects cycles.
    As long as one is there, SQLite keeps the transaction of a connection that was closed, with its lock on
    the whole file, and the view of one that only read: then no checkpoint is whole, and the log grows.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **options: Any) -> Any:
        """Those of `execute` come from here too."""
        made = super().cursor(*args, **options)
        self._cursors.add(made)
        return made

    def rollback(self) -> None:
        for one in list(self._cursors):
            one.close()
        super().rollback()

    def close(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # closed before
            self.rollback()
        super().close()


# Errors are logged without parameters (`hide_parameters`): those are people's words.
# pysqlite sends its own BEGIN too late, after the first read, and updates get lost without an error. So
# we send BEGIN ourselves.
CONNECT = {"isolation_level": None, "timeout": 30, "factory": _Closing}


def engine(url: str, synchronous: str) -> AsyncEngine:
    Path(url.split("///", 1)[-1]).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args=CONNECT, hide_parameters=True)
    _prepare(engine.sync_engine, synchronous)
    return engine


def _prepare(engine: Engine, synchronous: str, cache_mb: int = CACHE_MB) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "secure_delete=ON",  # what is deleted is overwritten, in pages that become free too
            f"cache_size={-1000 * cache_mb}",  # in KB where it is negative
            "wal_autocheckpoint=8000",  # pages: a busy board changes the same ones again and again
        ):
            connection.execute(f"PRAGMA {pragma}").close()
