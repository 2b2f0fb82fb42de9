"""The database: one way to read, one way to write, the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import uuid4

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, StaticPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import TypeDecorator

from app import connections

Tx = AsyncConnection
SyncTx = Connection  # the same for what runs whole in one thread, see `Database.run_write`
DatabaseFault = SQLAlchemyError  # what the database raises when it does not answer or cannot do a thing
T = TypeVar("T")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. SQLite stores no time zone: without this it would give back a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def now() -> datetime:
    """The server's clock, the only one that counts."""
    return datetime.now(UTC)


def new_id() -> str:
    """A random UUIDv4 as text. Never time-ordered: order would betray when a thing was written."""
    return str(uuid4())


def chunks(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`, in order: one SQL statement takes only so many values."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


class NotDurable(RuntimeError):
    """The database may lose what it has committed. The text says which setting has to change."""


class Database:
    """One database. `read()` and `write()` give a connection inside a transaction.

    `run_read()` and `run_write()` run one function in a transaction, which is faster on SQLite.

    On PostgreSQL a transaction that takes longer than `limit` seconds is given up and raises TooSlow.
    """

    def __init__(self, url: str, *, synchronous: str = "FULL", limit: float | None = None) -> None:
        self.url, self.limit = url, limit
        self.sqlite = url.startswith("sqlite")
        pool = partial(connections.engine, url, limited=limit is not None)
        self.engine = _sqlite(url, synchronous) if self.sqlite else pool(ping=True)
        # Callers of `run_write` try again by themselves, so no connection is tested before it is used.
        self._unchecked = self.engine if self.sqlite else pool(ping=False)
        # One writer at a time in SQLite: waiting here is fair, waiting in SQLite is polling.
        self._writing = asyncio.Lock() if self.sqlite else None
        self._thread = _SqliteThread(url, synchronous, "BEGIN IMMEDIATE") if self.sqlite else None
        self._reader = _SqliteThread(url, synchronous, "BEGIN") if self.sqlite else None

    @asynccontextmanager
    async def read(self, limit: float | None = None) -> AsyncIterator[Tx]:
        """One consistent view; nothing is written."""
        async with connections.connected(
            self.engine, None if self.sqlite else limit or self.limit
        ) as connection:
            if self.sqlite:
                await connection.exec_driver_sql("BEGIN")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """Committed, and on disk, when the block ends; rolled back if it raises."""
        if self._writing is None:
            async with connections.connected(self.engine, self.limit) as connection, connection.begin():
                yield connection
            return
        async with self._writing, self.engine.connect() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            await connection.commit()

    async def run_write(
        self, work: Callable[[Connection], T], *, limit: float | None = None, checked: bool = False
    ) -> T:
        """Run `work` in one writing transaction, and give what it returns once that is committed.

        For frequent writes: on SQLite this changes threads once, not once for every statement. Where that
        failed just now, a connection is `checked` first.
        """
        if self._writing is None or self._thread is None:
            pool = self.engine if checked else self._unchecked
            async with connections.connected(pool, limit or self.limit) as connection, connection.begin():
                return await connection.run_sync(work)
        async with self._writing:
            return await self._thread.run(work)

    async def run_read(self, work: Callable[[Tx], Coroutine[None, None, T]]) -> T:
        """Run `work` in one reading transaction. It may await only its `tx`; else RuntimeError.

        For short reads at every request: on SQLite this changes threads once. Long reads belong in `read()`,
        because here all others wait for them.
        """
        if self._reader is None:
            async with self.read() as tx:
                return await work(tx)
        return await self._reader.run(partial(_run_at_once, work))

    async def check_durable(self) -> None:
        """Raise NotDurable unless a transaction is on disk before the database calls it committed."""
        async with self.read() as tx:
            if self.sqlite:
                level = (await tx.exec_driver_sql("PRAGMA synchronous")).scalar_one()
                if int(level) < 2:
                    raise NotDurable("SQLite runs with synchronous below FULL: saved words could be lost.")
                return
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                value = (await tx.execute(text(f"SHOW {name}"))).scalar_one()
                if value not in ("on", "remote_write", "remote_apply"):
                    raise NotDurable(f"PostgreSQL runs with {name}={value}: saved words could be lost.")

    async def close(self) -> None:
        for thread in (self._thread, self._reader):
            if thread is not None:
                await thread.close()
        await connections.close(self.engine)
        await connections.close(self._unchecked)


class _SyncAsAsync:
    """A synchronous connection with the methods of an asynchronous one, so that the same code can use both.

    Awaiting a result never suspends: the call has returned it already.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, *args: Any, **kwargs: Any) -> Any:
        return self._connection.execute(*args, **kwargs)

    async def run_sync(self, work: Callable[..., T], *args: Any) -> T:
        return work(self._connection, *args)


def _run_at_once(work: Callable[[Tx], Coroutine[None, None, T]], connection: Connection) -> T:
    """Run a coroutine that never really waits, because its connection answers at once."""
    running = work(cast(Tx, _SyncAsAsync(connection)))
    try:
        running.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    running.close()
    raise RuntimeError("Only the database may be awaited in run_read().")


class _SqliteThread:
    """A thread with one synchronous SQLite connection, so that a transaction changes threads only once."""

    def __init__(self, url: str, synchronous: str, begin: str) -> None:
        self._begin = begin
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._engine = create_engine(
            url.replace("+aiosqlite", ""), connect_args=CONNECT, poolclass=StaticPool, hide_parameters=True
        )
        _prepare(self._engine, synchronous)
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], T]) -> T:
        # Shielded: a caller that is cancelled must not leave the lock while its transaction still runs.
        future = asyncio.get_running_loop().run_in_executor(self._pool, self._transact, work)
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
        with self._connection.begin():
            self._connection.exec_driver_sql(self._begin)
            return work(self._connection)

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


# Errors are logged without parameters (`hide_parameters`): those are people's words.
# pysqlite sends its own BEGIN too late, after the first read, and updates get lost without an error. So
# we send BEGIN ourselves.
CONNECT = {"isolation_level": None, "timeout": 30}


def _sqlite(url: str, synchronous: str) -> AsyncEngine:
    Path(url.split("///", 1)[-1]).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args=CONNECT, hide_parameters=True)
    _prepare(engine.sync_engine, synchronous)
    return engine


def _prepare(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "secure_delete=ON",  # what is deleted is overwritten, in pages that become free too
            "cache_size=-32000",
            "wal_autocheckpoint=8000",  # pages: a busy board changes the same ones again and again
        ):
            connection.execute(f"PRAGMA {pragma}").close()
