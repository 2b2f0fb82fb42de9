"""A single number is asked for by the driver's own cursor, and fails as every other question does."""

from typing import Any

import pytest
from sqlalchemy import ColumnElement, Connection, Select, bindparam, column, select, table
from sqlalchemy.exc import SQLAlchemyError

from app.compiled_statements import number, run
from app.db import Database
from app.spaces.tables import space
from tests.support.world import make_world

EPOCH = select(space.c.epoch).where(space.c.id == bindparam("of"))
COLUMN: ColumnElement[int] = column("a")
NOWHERE: Select[Any] = select(COLUMN).select_from(table("no_such_table")).where(bindparam("of") == COLUMN)


async def test_it_is_the_number_that_the_database_has_or_none(database_url: str) -> None:
    world, db = await make_world(database_url), Database(database_url)

    def ask(tx: Connection) -> tuple[int | None, int | None, int | None]:
        (known,) = run(tx, EPOCH, of=world.space).one()
        return known, number(tx, EPOCH, of=world.space), number(tx, EPOCH, of="nowhere")

    known, found, absent = await db.run_write(ask)
    await db.close()

    assert found == known
    assert absent is None


async def test_a_question_that_fails_raises_an_error_that_callers_know(database_url: str) -> None:
    await make_world(database_url)
    db = Database(database_url)
    with pytest.raises(SQLAlchemyError):
        await db.run_write(lambda tx: number(tx, NOWHERE, of=1))
    await db.close()
