"""What boards store is given to SQLite's driver itself: its errors are those callers know, without words."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, bindparam, event, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.boards.storage import errors
from app.compiled_statements import insert_many, number
from app.db import Database
from tests.support import databases

WORD = Table("word", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))
ADD = insert(WORD)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    db = Database(databases.sqlite_url(tmp_path / "words.db"))
    await db.run_write(
        lambda tx: tx.exec_driver_sql("CREATE TABLE word (id INTEGER UNIQUE ON CONFLICT ROLLBACK, text)")
    )
    yield db
    await db.close()


def words(*ids: Any) -> list[dict[str, Any]]:
    return [{"id": id, "text": "secret"} for id in ids]


async def stored(db: Database) -> list[int]:
    async with db.read() as tx:
        return list((await tx.execute(select(WORD.c.id))).scalars())


@pytest.mark.parametrize("ids", [[1], [2, 3], [1, 4]])
async def test_what_breaks_a_constraint_is_said_so_and_nothing_of_it_is_tried_again(
    db: Database, ids: list[int]
) -> None:
    def work(tx: Connection) -> None:
        insert_many(tx, ADD, words(1))
        insert_many(tx, ADD, words(*ids))
        insert_many(tx, ADD, words(2))

    with pytest.raises(IntegrityError) as raised:
        await db.run_short_write(work)

    assert errors.is_about_values(raised.value)
    assert "secret" not in str(raised.value)
    assert await stored(db) == []


@pytest.mark.parametrize("unstorable", [object(), 2**70, "\ud800"])
async def test_what_the_driver_does_not_take_is_to_blame_on_the_values(db: Database, unstorable: Any) -> None:
    with pytest.raises((DBAPIError, OverflowError, UnicodeError)) as raised:
        await db.run_short_write(lambda tx: insert_many(tx, ADD, words(1, unstorable)))

    assert errors.is_about_values(raised.value)
    assert await stored(db) == []


async def test_a_number_that_cannot_be_asked_for_is_an_error_that_callers_know(db: Database) -> None:
    await db.run_write(lambda tx: tx.exec_driver_sql("DROP TABLE word"))

    with pytest.raises(errors.UNAVAILABLE):
        await db.run_short_write(lambda tx: number(tx, select(WORD.c.id)))


async def test_whoever_listens_to_what_is_asked_hears_of_it(db: Database) -> None:
    heard: list[str] = []

    def work(tx: Connection) -> int | None:
        event.listen(tx, "before_cursor_execute", lambda *of: heard.append(of[2].split()[0]))
        insert_many(tx, ADD, words(1, 2))
        return number(tx, select(WORD.c.id).where(WORD.c.id == bindparam("wanted")), wanted=2)

    assert await db.run_write(work) == 2
    assert heard == ["INSERT", "SELECT"]
