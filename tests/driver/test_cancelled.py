"""Whoever is cancelled at the database leaves nothing behind, whatever they were waiting for.

Each way to the database is cancelled at each of its waits, from the first connection on: connecting, setting
up, asking, committing, giving back.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, get_args

import asyncpg
import pytest
from sqlalchemy import Connection, bindparam, insert, make_url, select, text

from app.db import Database, Tx, new_id, now, together
from app.people.tables import person
from tests.support.cancelled import Moment, cancelled_at
from tests.support.until import until

Way = Callable[[Database], Coroutine[Any, Any, None]]
ENDS = 20  # seconds after which nothing comes any more, on a busy machine too
MOST_WAITS = 100
OTHERS = (
    "SELECT state, query FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
ADD = insert(person).values(created_at=now())
NAMES = text("SELECT name FROM person")
OF_NAME = select(person.c.name).where(person.c.name == bindparam("name"))


async def read(db: Database) -> None:
    async with db.read() as tx:
        (await tx.execute(NAMES)).all()
        (await tx.execute(NAMES)).all()


async def read_quickly(db: Database) -> None:
    async with db.read(quick=True) as tx:
        (await tx.execute(NAMES)).all()


async def write(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(ADD, {"id": new_id(), "name": "Ana"})
        (await tx.execute(NAMES)).all()
        await tx.execute(ADD, {"id": new_id(), "name": "Bo"})


async def _ask(tx: Tx) -> None:
    (await tx.execute(OF_NAME, {"name": "Ana"})).all()
    (await tx.execute(NAMES)).first()


async def run_read(db: Database) -> None:
    await db.run_read(_ask)


async def run_long_read(db: Database) -> None:
    await db.run_long_read(_ask)


def _add(connection: Connection) -> None:
    connection.execute(ADD, {"id": new_id(), "name": "Ana"})
    connection.execute(NAMES).first()
    connection.execute(ADD, {"id": new_id(), "name": "Bo"})


async def run_write(db: Database) -> None:
    await db.run_write(_add)


def _add_together(connection: Connection) -> None:
    together(connection)
    _add(connection)


async def run_short_write(db: Database) -> None:
    await db.run_short_write(_add_together)


class Place:
    """A database, seen from outside too."""

    def __init__(self, url: str, looking: asyncpg.Connection | None) -> None:
        self.url, self._looking = url, looking
        self.db = self.opened()

    def opened(self) -> Database:
        self.db = Database(self.url, limit=10.0)
        return self.db

    async def is_free(self, *, closed: bool = False) -> None:
        """All that must hold, however anybody was cancelled."""
        if self._looking is None:
            await until(self._nobody_has_the_file, within=ENDS)
        else:
            await until(lambda: self._nobody_is_busy(closed), within=ENDS)
        pools: list[Any] = [self.db.engine.pool, self.db._of_boards.pool]
        assert [one.checkedout() for one in pools] == [0, 0]

    def _nobody_has_the_file(self) -> bool:
        """Others can write, and nobody looks at it as it was, so that all of the log can go into it."""
        other = sqlite3.connect(self.url.split("///")[1], timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
            return bool(other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        except sqlite3.OperationalError:  # locked
            return False
        finally:
            other.close()

    async def _nobody_is_busy(self, closed: bool) -> bool:
        """No connection is in the middle of anything; none is left of a database that was closed."""
        assert self._looking is not None
        others = await self._looking.fetch(OTHERS)
        return all(not closed and one["state"] == "idle" for one in others)


@pytest.fixture
async def place(database_url: str) -> AsyncIterator[Place]:
    looking = None
    if not database_url.startswith("sqlite"):
        url = make_url(database_url)
        looking = await asyncpg.connect(user="postgres", database=url.database, host=str(url.query["host"]))
    at = Place(database_url, looking)
    yield at
    await at.db.close()
    if looking:
        await looking.close()


async def all_or_nothing(db: Database) -> None:
    async with asyncio.timeout(ENDS), db.read() as tx:
        names = (await tx.execute(NAMES)).scalars().all()
    assert names.count("Ana") == names.count("Bo")


@pytest.mark.parametrize("moment", get_args(Moment))
@pytest.mark.parametrize("way", [run_read, run_write])  # the pool whose connections are tried, and the other
async def test_whoever_is_cancelled_before_anybody_was_connected_leaves_nothing(
    place: Place, way: Way, moment: Moment
) -> None:
    for wait in range(1, MOST_WAITS):
        got_there = await cancelled_at(wait, moment, way(place.db))
        await place.is_free()
        await place.db.close()
        await place.is_free(closed=True)
        place.opened()
        if not got_there:
            return
    raise AssertionError("it never ended")


@pytest.mark.parametrize("moment", get_args(Moment))
@pytest.mark.parametrize(
    "way", [read, read_quickly, write, run_read, run_long_read, run_write, run_short_write]
)
async def test_whoever_is_cancelled_on_a_connection_in_use_leaves_it_whole(
    place: Place, way: Way, moment: Moment
) -> None:
    for wait in range(1, MOST_WAITS):
        await way(place.db)
        got_there = await cancelled_at(wait, moment, way(place.db))
        await place.is_free()
        async with asyncio.timeout(ENDS):
            await write(place.db)
        await all_or_nothing(place.db)
        if not got_there:
            return
    raise AssertionError("it never ended")


@pytest.mark.parametrize("moment", ["begun", "answered"])
async def test_whoever_is_cancelled_while_they_wait_for_a_connection_takes_none_with_them(
    place: Place, moment: Moment
) -> None:
    pool: Any = place.db.engine.pool
    async with AsyncExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            await held.enter_async_context(place.db.read())
        asking = asyncio.create_task(cancelled_at(1, moment, read(place.db)))
        await asyncio.sleep(0)

    assert await asking
    await place.is_free()
