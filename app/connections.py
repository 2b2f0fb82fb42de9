"""Connections that are given up when nothing comes back (a line can die without a word), and what that is."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from contextvars import ContextVar
from functools import partial
from time import monotonic
from typing import Any, cast

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InvalidatePoolError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.driver import pooler
from app.driver.cut import Cut
from app.driver.lost_sessions import end_lost, note_lost
from app.driver.pooler import Lost

CONNECT = 3.0  # seconds until a new connection must be there
PATIENT = 30.0  # the same where nobody waits for a page: for commands and jobs on a machine that is busy
PING = 1.0  # seconds that a connection which rested may take to show that it carries
BACK = 2.0  # seconds that a transaction may take to be rolled back when its connection is given back
REST = 1.0  # seconds in which one is trusted by those who ask again where it died after all
NEW, USED = "new", "used"  # in the `info` of a connection: nobody has used it yet; when it was given back
PARTING = 2.0  # seconds that closing all of a pool may take
KEPT_OPEN, MORE = 10, 10  # connections of a pool: those that it keeps, and more while they are needed
POOL_WAIT = 2.5  # seconds until one of the pool must be free
STATEMENTS = 512  # that a connection keeps prepared: pages together have more than the usual hundred


# That a statement of a board waits for a row. It is less than a transaction may take at the least: what was
# given up there must not be done later, by rights that have gone meanwhile.
LOCK_WAIT = "1500ms"
LOCKED = "55P03"  # the SQLSTATE of that
# Classes of SQLSTATE: the connection, resources, an operator, the system; what was given up for another's
# sake, as at a deadlock; and a standby that takes no writes.
AWAY = ("08", "53", "57", "58", "40", "25")

# What making a connection may raise that SQLAlchemy does not make its own.
NOT_MADE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

trusting: ContextVar[bool] = ContextVar("trusting", default=False)
checking: ContextVar[bool] = ContextVar("checking", default=True)  # whether one that rested is tried at all


NO_ANSWER = "The server’s database does not answer at the moment."  # as people are told


class NoAnswer(SQLAlchemyError):
    """The database cannot be reached, or does not answer in time."""


class TooSlow(NoAnswer):
    """A transaction took longer than its limit, and its connection was thrown away."""


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database does not answer, is full or is locked; not where it was asked for nonsense."""
    if isinstance(error, NoAnswer | PoolTimeout | DisconnectionError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or state == LOCKED or (state and str(state)[:2] in AWAY):
        return True
    return isinstance(error, OperationalError) and "no such" not in str(error.orig)


def took_too_long(error: BaseException) -> bool:
    """Whether a transaction was given up over its limit, or over a row that another one holds."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return isinstance(error, TooSlow) or getattr(cause, "sqlstate", None) == LOCKED


def in_words(error: BaseException) -> str:
    """What the error is, for the log: in the driver's own words only where they never hold people's.

    Those are errors of lines, of the server's state and of a driver wrongly used; SQLite has names for them.
    """
    kind = type(error).__name__
    if isinstance(error, NoAnswer):  # words of our own
        return f"{kind}, {error}"
    if not isinstance(error, DBAPIError) or error.orig is None:
        return kind
    cause = error.orig.__cause__ or error.orig
    state, name = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)
    if state is not None:
        words = cause.args[0] if str(state)[:2] in AWAY else ""
        return f"{kind}, {state} {words}".rstrip()
    if type(cause) in (asyncpg.InterfaceError, asyncpg.InternalClientError):  # their heirs name values
        return f"{kind}, {cause.args[0]}"
    return f"{kind}, {name or type(cause).__name__}"


def engine(url: str, *, limited: bool, lost: Lost, lock_wait: str = "") -> AsyncEngine:
    """A pool of connections; each that rested is tried before it is used, unless `connected` is told not to.

    Those of `limited` ones must come soon, the server too ends them when they are left in the middle of
    something, and they wait no longer than `lock_wait` for a row that another one holds. Pools of one
    database have the same list of `lost` ones: what one left there may hold up the other.
    """
    creator: dict[str, Any] = {"async_creator_fn": partial(pooler.connect, lost)} if limited else {}
    if limited and lock_wait:
        creator["server_settings"] = {"lock_timeout": lock_wait}
    seconds = CONNECT if limited else PATIENT
    options = {
        "timeout": seconds,
        "connection_class": pooler.Line,
        "statement_cache_size": STATEMENTS,
        **creator,
    }
    made = create_async_engine(
        url,
        pool_size=KEPT_OPEN,
        max_overflow=MORE,
        pool_timeout=POOL_WAIT,
        connect_args=options,
        hide_parameters=True,
    )
    event.listen(made.sync_engine, "connect", _notice_silence)
    event.listen(made.sync_engine, "begin", pooler.set_within)
    event.listen(made.sync_engine, "checkout", _ping)
    event.listen(made.sync_engine, "checkin", _note_use)
    return made


@asynccontextmanager
async def connected(
    pool: AsyncEngine, limit: float | None, *, checked: bool = True
) -> AsyncIterator[AsyncConnection]:
    """A connection that is cut after `limit` seconds, whatever it waits for. Raises NoAnswer and TooSlow."""
    async with AsyncExitStack() as stack:
        check = checking.set(checked)
        try:
            connection = await stack.enter_async_context(pool.connect())
        except NOT_MADE as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            checking.reset(check)
        if connection.info.get(pooler.UNSET):  # which hold for a transaction, not for a statement alone
            await connection.execution_options(isolation_level="READ COMMITTED")
        if limit is not None:
            raw = cast(pooler.Line, (await connection.get_raw_connection()).driver_connection)
            raw.rests = False
            stack.callback(_begin_giving_back, raw)
            await stack.enter_async_context(_cut_after(limit, connection, raw))
            if checked:
                await end_lost(connection, raw)
        yield connection


async def close(pool: AsyncEngine) -> None:
    """Close all connections of the pool; one that is dead does not take leave."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PARTING):
            await pool.dispose()


@asynccontextmanager
async def _cut_after(
    limit: float, connection: AsyncConnection, raw: asyncpg.Connection
) -> AsyncIterator[None]:
    """Whatever waits for an answer then gets an error at once. Raises TooSlow, and NoAnswer.

    Of a connection that ends between two of its steps the driver raises anything.
    """
    cut = Cut(limit, raw)
    try:
        yield
    except Exception as error:
        if cut.is_made:
            raise TooSlow(f"longer than {limit} s") from error
        if raw.is_closed() and not isinstance(error, SQLAlchemyError):
            raise NoAnswer(f"the connection has ended, {type(error).__name__}") from error
        raise
    finally:
        cut.cancel()
    if cut.is_made:  # at the last moment: nobody else may get it
        await connection.invalidate()


def _begin_giving_back(line: pooler.Line) -> None:
    """Its ROLLBACK is cut too, also where whoever waits for that is cancelled and it goes on without them."""
    line.giving_back = Cut(BACK, line)


def _notice_silence(connection: Any, record: Any) -> None:
    """Let the kernel ask now and then whether the other end is there, and give up what is not taken."""
    line = connection.driver_connection
    record.info[NEW], record.info[pooler.UNSET] = True, line.unset
    if line.making:
        line.making.cancel()  # all that SQLAlchemy asks of a new one is answered
    line.add_termination_listener(note_lost)
    transport = getattr(line, "_transport", None)  # asyncpg has no public way to it
    raw = transport.get_extra_info("socket") if transport else None
    if raw is None or raw.family not in (socket.AF_INET, socket.AF_INET6):
        return
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", pooler.SILENCE),
        ("TCP_KEEPINTVL", 2),
        ("TCP_KEEPCNT", 3),
        ("TCP_USER_TIMEOUT", pooler.SILENCE * 1000),
    ):
        if hasattr(socket, name):  # not every system has all of them
            raw.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _note_use(connection: Any, record: Any) -> None:
    record.info[USED] = monotonic()
    line = connection.driver_connection if connection is not None else None  # as of one that has ended
    if line is None:
        return
    line.rests = not line.is_closed()
    if line.giving_back:
        line.giving_back.cancel()


def _ping(connection: Any, record: Any, _proxy: object) -> None:
    """Try a connection that rested. When one is dead the others are too: the database was away."""
    if record.info.pop(NEW, False) or not checking.get():  # `fresh` is over before who listens is asked
        return
    rested = monotonic() - record.info.get(USED, 0.0)
    if trusting.get() and rested < REST and not connection.driver_connection.is_closed():
        return
    cut = Cut(PING, connection.driver_connection)
    try:
        connection.ping()
    except Exception as error:
        raise InvalidatePoolError from error
    finally:
        cut.cancel()
    if connection.driver_connection.is_closed():  # just after its answer
        raise InvalidatePoolError
