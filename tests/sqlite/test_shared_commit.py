"""Short writes to SQLite that wait at one moment share a COMMIT, and nothing else: no error of another's."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from app.connections import NoAnswer
from app.db import Database
from tests.support import databases
from tests.support.until import until

Work = Callable[[Connection], Any]
KINDS = ("good", "ours", "twice", "cancelled")
PROMISE = "CREATE TABLE promise (word INTEGER REFERENCES word (id) DEFERRABLE INITIALLY DEFERRED)"


async def opened(folder: str) -> Database:
    db = Database(databases.sqlite_url(Path(folder) / "words.db"))
    await db.run_write(
        lambda tx: tx.exec_driver_sql("CREATE TABLE word (id INTEGER PRIMARY KEY, of INTEGER)")
    )
    return db


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    db = await opened(str(tmp_path))
    yield db
    await db.close()


def add(id: int, then: Work | None = None) -> Work:
    """A write that adds `id`, does `then`, and gives `id`."""

    def work(tx: Connection) -> int:
        tx.exec_driver_sql("INSERT INTO word VALUES (?, 0)", (id,))
        if then:
            then(tx)
        return id

    return work


def ours(tx: Connection) -> None:
    raise LookupError


def again(tx: Connection) -> None:
    tx.exec_driver_sql("INSERT INTO word SELECT id, 0 FROM word")


def end_of_all(tx: Connection) -> None:
    """SQLite does so by itself where a disk is full."""
    driver = tx.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.rollback()
    raise OSError


def no_such_word(tx: Connection) -> None:
    tx.exec_driver_sql("INSERT INTO promise VALUES (1000)")


def ask(db: Database, works: Sequence[Work]) -> list[asyncio.Future[Any]]:
    return [asyncio.ensure_future(db.run_short_write(work)) for work in works]


async def together(db: Database, works: Sequence[Work]) -> list[Any]:
    """What comes of works that all wait before the first begins."""
    async with db.write():
        asked = ask(db, works)
        await asyncio.sleep(0)
    return await asyncio.gather(*asked, return_exceptions=True)


async def stored(db: Database) -> set[int]:
    async with db.read() as tx:
        return set((await tx.exec_driver_sql("SELECT id FROM word")).scalars())


async def commits(db: Database) -> list[str]:
    """The COMMITs from now on."""
    seen: list[str] = []

    def trace(tx: Connection) -> None:
        driver = tx.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(lambda text: seen.append(text) if text.startswith("COMMIT") else None)

    await db.run_write(trace)
    seen.clear()
    return seen


async def test_S2_all_that_wait_are_stored_by_one_commit(db: Database) -> None:
    seen = await commits(db)

    assert await together(db, [add(i) for i in range(20)]) == list(range(20))
    assert await stored(db) == set(range(20))
    assert len(seen) == 1


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_S7_one_that_ends_before_its_time_takes_nobody_with_it(db: Database, place: int) -> None:
    works = [add(i, (lambda tx: next(iter(()))) if i == place else None) for i in range(3)]
    found = await together(db, works)

    assert [type(one) for one in found] == [RuntimeError if i == place else int for i in range(3)]
    assert await stored(db) == {0, 1, 2} - {place}


async def test_one_that_takes_long_lets_no_more_into_its_transaction(db: Database) -> None:
    seen, slow = await commits(db), "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n LIMIT 30000)"
    works = [add(i, lambda tx: tx.exec_driver_sql(f"{slow} SELECT max(i) FROM n").all()) for i in range(4)]

    assert await together(db, works) == [0, 1, 2, 3]
    assert len(seen) == 4


async def test_writes_that_come_while_others_are_answered_are_done(db: Database) -> None:
    async def twenty(first: int) -> list[int]:
        return [await db.run_short_write(add(first + i)) for i in range(20)]

    found = await asyncio.gather(*(twenty(first) for first in range(0, 400, 20)))

    assert {id for some in found for id in some} == await stored(db) == set(range(400))


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_S7_what_fails_leaves_nothing_behind_and_takes_nobody_with_it(kinds: list[str]) -> None:
    with TemporaryDirectory() as folder:
        found, there = asyncio.run(some_of_which_fail(folder, kinds))
    good = [i for i, kind in enumerate(kinds) if kind == "good"]

    assert [type(one) for one in found] == [
        {"ours": LookupError, "twice": IntegrityError, "cancelled": asyncio.CancelledError, "good": int}[kind]
        for kind in kinds
    ]
    assert [one for one in found if isinstance(one, int)] == good
    assert there == set(good)


async def some_of_which_fail(folder: str, kinds: list[str]) -> tuple[list[Any], set[int]]:
    db = await opened(folder)
    then: dict[str, Work] = {"ours": ours, "twice": again}
    async with db.write():
        asked = ask(db, [add(i, then.get(kind)) for i, kind in enumerate(kinds)])
        await asyncio.sleep(0)
        for one, kind in zip(asked, kinds, strict=True):
            if kind == "cancelled":
                one.cancel()
    found = await asyncio.gather(*asked, return_exceptions=True)
    there = await stored(db)
    await db.close()
    return found, there


async def test_S8_where_sqlite_ends_the_transaction_by_itself_nobody_is_told_that_anything_is_stored(
    db: Database,
) -> None:
    first, broken, later = await together(db, [add(1), add(2, end_of_all), add(3)])

    assert isinstance(first, NoAnswer)
    assert isinstance(broken, OSError)
    assert later == 3
    assert await stored(db) == {3}


async def test_S8_where_the_commit_itself_fails_nobody_is_told_that_anything_is_stored(db: Database) -> None:
    await db.run_write(lambda tx: tx.exec_driver_sql(PROMISE))
    found = await together(db, [add(1), add(2, no_such_word), add(3)])

    assert [type(one) for one in found] == [IntegrityError] * 3
    assert await stored(db) == set()
    assert await together(db, [add(1), add(3)]) == [1, 3]


async def test_no_rule_of_ours_waits_for_the_commit_so_none_fails_for_all_over_one_deed(
    sqlite_url: str,
) -> None:
    db = Database(sqlite_url)
    async with db.read() as tx:
        tables = (await tx.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'")).scalars()
        texts = list(tables)
    await db.close()

    assert len(texts) > 50
    assert not [one for one in texts if "DEFERR" in one.upper()]


async def test_S8_a_locked_database_is_the_answer_to_all_who_wait_and_they_can_ask_again(
    db: Database, tmp_path: Path
) -> None:
    await db.run_write(lambda tx: tx.connection.execute("PRAGMA busy_timeout=20") and None)
    with closing(sqlite3.connect(tmp_path / "words.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = await asyncio.gather(*ask(db, [add(1), add(2)]), return_exceptions=True)
    assert [type(one) for one in found] == [OperationalError] * 2
    assert await together(db, [add(1), add(2)]) == [1, 2]


async def test_one_that_is_cancelled_amid_its_work_leaves_when_that_is_over_and_the_rest_is_stored(
    db: Database,
) -> None:
    begun, go = Event(), Event()

    def wait(tx: Connection) -> None:
        begun.set()
        go.wait(10)

    slow, other = ask(db, [add(1, wait), add(2)])
    await until(begun.is_set)
    slow.cancel()
    await asyncio.sleep(0)
    assert not slow.done()
    go.set()

    assert await other == 2
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert await stored(db) == {1, 2}


async def test_closing_the_database_waits_for_what_has_begun(tmp_path: Path) -> None:
    db = await opened(str(tmp_path))
    asked = ask(db, [add(i) for i in range(5)])
    await asyncio.sleep(0)
    await db.close()

    assert await asyncio.gather(*asked) == list(range(5))
