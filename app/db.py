"""The database: one way to read, one way to write, the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar, cast
from uuid import uuid4

from sqlalchemy import Connection, DateTime, Dialect, MetaData, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import TypeDecorator

from app import connections
from app.driver.reads import Reading
from app.sqlite.shared_commit import SharedCommits
from app.sqlite.threads import KEPT, SqliteThread, engine, run_at_once

Tx = AsyncConnection
SyncTx = Connection  # the same for what runs whole in one thread, see `Database.run_write`
DatabaseFault = SQLAlchemyError  # what the database raises when it does not answer or cannot do a thing
T = TypeVar("T")
Reads = Callable[[Tx], Coroutine[None, None, T]]
Writes = Callable[[Connection], T]
MUCH = 1000  # rows
ALONE = "AUTOCOMMIT"  # each statement is a transaction
WRITING_MB = 32  # that the thread in which boards write holds of a SQLite file

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


async def gather_statistics(tx: Tx, written: Mapping[str, int]) -> None:
    """Let the database find out what stands in those tables into which MUCH was `written` at once.

    It plans its queries by that. PostgreSQL does so by itself some minutes later, SQLite never; so small
    tables are left out, by whose first rows SQLite would go on planning when they have grown.
    """
    if tx.dialect.name == "sqlite":
        await tx.exec_driver_sql(f"PRAGMA analysis_limit={MUCH}")  # rows of an index that it looks at
    for name in sorted(name for name, rows in written.items() if rows >= MUCH):
        await tx.exec_driver_sql(f'ANALYZE "{name}"')


def together(tx: SyncTx) -> None:
    """All from here to the end is one transaction, also where each statement was one so far.

    See `Database.run_short_write`.
    """
    if tx.get_execution_options().get("isolation_level") == ALONE:
        tx.commit()
        tx.execution_options(isolation_level="READ COMMITTED")


def kept(tx: Tx) -> dict[Any, Any] | None:
    """What readers of this database keep from one transaction to the next, by keys of their own.

    None in a transaction that writes: what is seen there may be rolled back.
    """
    found: dict[Any, Any] | None = tx.info.get(KEPT)
    return found


class NotDurable(RuntimeError):
    """The database may lose what it has committed. The text says which setting has to change."""


class Database:
    """One database. `read()` and `write()` give a connection inside a transaction.

    `run_read()`, `run_long_read()` and `run_write()` run one function in a transaction: faster on SQLite.
    `run_short_write()` is for what is written often, in a few steps.

    On PostgreSQL a transaction that takes longer than `limit` seconds is given up and raises TooSlow.
    """

    def __init__(self, url: str, *, synchronous: str = "FULL", limit: float | None = None) -> None:
        self.url, self.limit, self.kept = url, limit, dict[Any, Any]()
        self.sqlite = url.startswith("sqlite")
        pool = partial(connections.engine, url, limited=limit is not None, lost={})  # one list
        self.engine = engine(url, synchronous) if self.sqlite else pool()
        # Boards have a pool of their own, so that they and pages never wait for each other's connections.
        self._of_boards = self.engine if self.sqlite else pool(lock_wait=connections.LOCK_WAIT)
        alone = {} if self.sqlite else {"isolation_level": ALONE}
        self._quick = self._of_boards.execution_options(**alone)  # on the same connections
        # One writer at a time in SQLite: waiting here is fair, waiting in SQLite is polling.
        self._writing = asyncio.Lock() if self.sqlite else None
        self._thread = (
            SqliteThread(url, synchronous, "BEGIN IMMEDIATE", cache_mb=WRITING_MB) if self.sqlite else None
        )
        self._shared = SharedCommits(self._thread, self._writing) if self._thread and self._writing else None
        self._reader = SqliteThread(url, synchronous, "BEGIN", self.kept) if self.sqlite else None
        self._long_reader = SqliteThread(url, synchronous, "BEGIN", self.kept) if self.sqlite else None

    @asynccontextmanager
    async def read(
        self, limit: float | None = None, *, quick: bool = False, of_board: bool = False
    ) -> AsyncIterator[Tx]:
        """One consistent view; nothing is written. One `of_board` waits for no connection of pages.

        A `quick` one takes PostgreSQL only as many steps as there are questions, each with a view of its own.
        It is of boards, and its connection is not tested before: for callers that try again by themselves.
        """
        pool = self._quick if quick else self._of_boards if of_board else self.engine
        limit = None if self.sqlite else limit or self.limit
        async with connections.connected(pool, limit, checked=not quick) as connection:
            if self.sqlite:
                await connection.exec_driver_sql("BEGIN")
            connection.info[KEPT] = self.kept
            yield connection

    @asynccontextmanager
    async def write(self, limit: float | None = None, *, of_board: bool = False) -> AsyncIterator[Tx]:
        """Committed, and on disk, when the block ends; rolled back if it raises. `of_board`: see `read()`."""
        if self._writing is None:
            pool, limit = self._of_boards if of_board else self.engine, limit or self.limit
            async with connections.connected(pool, limit) as connection, connection.begin():
                connection.info.pop(KEPT, None)
                yield connection
            return
        async with self._writing, self.engine.connect() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.info.pop(KEPT, None)
            yield connection
            await connection.commit()

    async def run_write(self, work: Writes[T], *, limit: float | None = None) -> T:
        """Run `work` in one writing transaction, and give what it returns once that is committed.

        For frequent writes: on SQLite this changes threads once, not once for every statement. Callers try
        again by themselves, so no connection is tested before it is used.
        """
        if self._writing is None or self._thread is None:
            return await self._write_at_once(self.engine, work, limit, checked=False)
        async with self._writing:
            return await self._thread.run(work)

    async def run_short_write(
        self, work: Writes[T], *, limit: float | None = None, checked: bool = False
    ) -> T:
        """The same with fewer steps. On SQLite all that wait share a COMMIT.

        On PostgreSQL each statement is a transaction of its own until `work` calls `together`: every step
        waits once more behind all else that this process does. Where one failed just now, a connection is
        `checked` first, and all is one transaction.
        """
        if self._shared is not None:
            return await self._shared.run(work)
        pool = self._of_boards if checked else self._quick
        return await self._write_at_once(pool, work, limit, checked=checked)

    async def _write_at_once(
        self, pool: AsyncEngine, work: Writes[T], limit: float | None, *, checked: bool
    ) -> T:
        async with connections.connected(pool, limit or self.limit, checked=checked) as connection:
            done = await connection.run_sync(work)
            await connection.commit()
            return done

    async def run_read(self, work: Reads[T]) -> T:
        """Run `work` in one reading transaction. It may await only its `tx`; else RuntimeError.

        For short reads at every request, also of sockets: on SQLite this changes threads once. What takes
        longer belongs in `run_long_read()`, because here all others wait for it.
        """
        return await self._run_read(self._reader, work)

    async def run_quick_read(self, work: Reads[T]) -> T:
        """The same for polls, which try again by themselves: on PostgreSQL one step for each question."""
        return await (self.run_read(work) if self.sqlite else self._read_at_once(work, quick=True))

    async def run_long_read(self, work: Reads[T]) -> T:
        """The same for all that a page shows: only others of this kind wait for it."""
        return await self._run_read(self._long_reader, work)

    async def _run_read(self, reader: SqliteThread | None, work: Reads[T]) -> T:
        if reader is not None:
            return await reader.run(partial(run_at_once, work))
        trusting = connections.trusting.set(True)
        try:
            return await self._read_at_once(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        finally:
            connections.trusting.reset(trusting)
        return await self._read_at_once(work)

    async def _read_at_once(self, work: Reads[T], *, quick: bool = False) -> T:
        async with self.read(quick=quick) as tx:
            return await work(tx if quick else cast(Tx, Reading(tx)))

    async def check_durable(self) -> None:
        """Raise NotDurable unless a transaction is on disk before the database calls it committed."""
        async with self.read() as tx:
            if self.sqlite:
                if int((await tx.exec_driver_sql("PRAGMA synchronous")).scalar_one()) < 2:
                    raise NotDurable("SQLite runs with synchronous below FULL: saved words could be lost.")
                return
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                value = (await tx.execute(text(f"SHOW {name}"))).scalar_one()
                if value not in ("on", "remote_write", "remote_apply"):
                    raise NotDurable(f"PostgreSQL runs with {name}={value}: saved words could be lost.")

    async def close(self) -> None:
        if self._shared is not None:
            await self._shared.close()
        for thread in (self._thread, self._reader, self._long_reader):
            if thread is not None:
                await thread.close()
        await connections.close(self.engine)
        await connections.close(self._of_boards)
