"""Whoever is cancelled in the middle of a write leaves no lock behind, whichever statement it was at."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import event, text

from app.db import Database
from app.people import actions as people

STATEMENTS = 6  # more than `_write` has, with BEGIN


async def _write(db: Database) -> None:
    async with db.write() as tx:
        await people.create_person(tx, "Ana", None)
        (await tx.execute(text("SELECT name FROM person"))).all()
        await people.create_person(tx, "Bo", None)


async def _cancelled_at(db: Database, statement: int) -> None:
    """A write whose task is cancelled while the database is at this statement of it."""
    left = statement

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            asyncio.get_running_loop().call_soon(task.cancel)

    event.listen(db.engine.sync_engine, "before_cursor_execute", count)
    task = asyncio.create_task(_write(db))
    await asyncio.wait([task])
    event.remove(db.engine.sync_engine, "before_cursor_execute", count)


@pytest.mark.parametrize("statement", range(1, STATEMENTS))
async def test_a_cancelled_write_keeps_nobody_from_writing_and_stores_all_or_nothing(
    db: Database, statement: int
) -> None:
    for _ in range(10):
        await _cancelled_at(db, statement)
        async with asyncio.timeout(5):  # SQLite itself waits 30 s for a lock
            await _write(db)

    async with db.read() as tx:
        names = (await tx.execute(text("SELECT name FROM person"))).scalars().all()
    assert names.count("Ana") == names.count("Bo") >= 10
