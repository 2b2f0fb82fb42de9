"""What lost connections left at PostgreSQL is ended before it keeps anybody."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from app import connections
from app.db import Database, Tx, new_id
from app.driver import lost_sessions
from tests.support.databases import Postgres, through_a_line
from tests.support.proxy import Proxy
from tests.support.until import until

PING = 0.2  # seconds, so that nobody waits long for these tests
SOON = 3.0  # seconds in which nobody is kept any more, on a busy machine too
LOCK = text("LOCK TABLE board")


async def one(db: Database) -> int:
    """Which connection it got."""
    async with db.read() as tx:
        return await one_more(tx)


async def one_more(tx: Tx) -> int:
    return int((await tx.execute(text("SELECT pg_backend_pid()"))).scalar_one())


@pytest.mark.parametrize("of_board", [False, True])
@pytest.mark.parametrize("ended", ["over its limit", "cancelled as it is given back"])
async def test_what_a_dead_line_left_at_the_server_keeps_nobody(
    postgres: Postgres, postgres_url: str, monkeypatch: pytest.MonkeyPatch, ended: str, of_board: bool
) -> None:
    monkeypatch.setattr(connections, "BACK", PING)

    async def lock_and_lose_the_line(db: Database, line: Proxy) -> None:
        async with db.read() as tx:
            await tx.execute(LOCK)
            line.go_half_open()  # so that the server hears of no end
            if ended == "over its limit":
                await one_more(tx)
            asyncio.get_running_loop().call_later(PING / 4, losing.cancel)  # amid its ROLLBACK

    async with through_a_line(postgres, postgres_url) as (db, line):
        db.limit = PING * 5
        losing = asyncio.create_task(lock_and_lose_the_line(db, line))
        [ended_with] = await asyncio.gather(losing, return_exceptions=True)
        pool: Any = db.engine.pool
        await until(lambda: pool.checkedout() == 0, SOON)
        async with asyncio.timeout(SOON), db.write(of_board=of_board) as tx:
            await tx.execute(LOCK)

        assert isinstance(ended_with, SQLAlchemyError | asyncio.CancelledError)


async def test_of_connections_that_are_closed_in_order_nothing_is_looked_for_at_the_server(
    postgres_url: str,
) -> None:
    db, asked = Database(postgres_url, limit=10.0), list[str]()
    pool: Any = db.engine.pool
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    many = pool.size() + 2
    async with AsyncExitStack() as stack:
        for _ in range(many):  # more than are kept open
            await stack.enter_async_context(db.read())
    await one(db)

    assert pool.checkedin() == pool.size()
    assert asked == ["SELECT pg_backend_pid()"]
    await db.close()


async def test_where_lost_sessions_may_not_be_ended_everything_else_goes_on(
    postgres: Postgres, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    name, role = postgres_url.partition("?")[0].rpartition("/")[2], f"plain_{new_id()[:8]}"
    outside = await asyncpg.connect(user="postgres", database=name, host=postgres.folder)
    await outside.execute(f"CREATE ROLE {role} LOGIN")
    await outside.execute("REVOKE EXECUTE ON FUNCTION pg_terminate_backend(int, bigint) FROM PUBLIC")
    db = Database(postgres_url.replace("postgres@", f"{role}@"), limit=10.0)
    await lose_one(db)

    assert await one(db)
    assert await one(db)
    assert caplog.text.count("cannot be ended: ProgrammingError") == 1
    await db.close()
    await outside.execute(f"DROP ROLE {role}")
    await outside.close()


async def lose_one(db: Database) -> Any:
    """A connection that ends amid a transaction."""
    lines: list[Any] = []

    async def ask() -> None:
        async with db.read() as tx:
            await one_more(tx)
            lines.append((await tx.get_raw_connection()).driver_connection)
            lines[0].terminate()
            await one_more(tx)

    with pytest.raises(SQLAlchemyError):
        await ask()
    return lines[0]


async def test_of_lost_sessions_only_the_latest_are_remembered_while_the_server_is_away(
    postgres_url: str,
) -> None:
    db = Database(postgres_url, limit=10.0)
    line = await lose_one(db)
    for number in range(lost_sessions.MOST + 5):
        line.name = f"throughline {number}"
        lost_sessions.note_lost(line)

    assert len(line.lost) == lost_sessions.MOST
    assert line.name in line.lost
    await one(db)
    assert not line.lost
    await db.close()
