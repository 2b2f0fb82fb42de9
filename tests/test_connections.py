"""Connections of a healthy database stay good, dead ones reach nobody, and no log tells people's words."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import connections
from app.connections import NoAnswer, TooSlow, in_words, is_away
from app.db import Database, Tx
from app.driver import cut, pooler
from tests.support.databases import Postgres, through_a_line
from tests.support.proxy import Proxy, hostile_proxy
from tests.support.until import until

CANARY = "my own words"
TRIES = 150
PING = 0.2  # seconds, so that nobody waits long for these tests
SOON = 3.0  # seconds in which nobody is kept any more, on a busy machine too
END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def one(db: Database) -> int:
    """Which connection it got."""
    async with db.read() as tx:
        return await one_more(tx)


async def one_more(tx: Tx) -> int:
    return int((await tx.execute(text("SELECT pg_backend_pid()"))).scalar_one())


@pytest.mark.parametrize("passes", [1, 2, 3])
async def test_a_process_that_stood_still_takes_no_connection_for_dead(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, passes: int
) -> None:
    monkeypatch.setattr(connections, "PING", PING)
    db = Database(postgres_url, limit=10.0)
    before = await one(db)
    asking = asyncio.create_task(one(db))
    for _ in range(passes):  # of the loop
        await asyncio.sleep(0)
    time.sleep(PING * 1.5)  # noqa: ASYNC251 - that is what is tested

    assert await asking == before
    await db.close()


async def test_a_connection_that_is_given_up_just_after_its_answer_is_given_to_nobody(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "STEPS", 1)
    db = Database(postgres_url, limit=10.0)
    for tenths in range(TRIES):  # one of them hits the moment at which the last answer comes
        monkeypatch.setattr(connections, "PING", tenths % 50 / 20_000)
        assert await one(db)
    await db.close()


async def test_a_connection_that_was_ended_while_it_rested_is_noticed_by_nobody(postgres_url: str) -> None:
    db = Database(postgres_url, limit=10.0)
    await asyncio.gather(*(one(db) for _ in range(8)))
    async with db.read() as tx:
        await tx.execute(text(END_OTHERS))

    assert len(await asyncio.gather(*(one(db) for _ in range(8)))) == 8
    await db.close()


async def test_a_page_that_trusts_a_connection_which_has_just_been_ended_asks_again(
    postgres_url: str,
) -> None:
    db = Database(postgres_url, limit=10.0)
    assert len(set(await asyncio.gather(*(db.run_read(slowly) for _ in range(4))))) == 4
    other = Database(postgres_url)
    async with other.read() as tx:
        await tx.execute(text(END_OTHERS))
        time.sleep(0.1)  # noqa: ASYNC251 - so that nothing of this process has heard of it

        found = await asyncio.gather(*(db.run_read(one_more) for _ in range(4)))

    assert len(found) == 4
    for one_of in (db, other):
        await one_of.close()


async def slowly(tx: Tx) -> int:
    return int((await tx.execute(text("SELECT pg_backend_pid() FROM pg_sleep(0.2)"))).scalar_one())


async def test_a_connection_used_just_now_is_not_tried_again_by_a_page(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Database(postgres_url, limit=10.0)
    before = await db.run_read(one_more)
    monkeypatch.setattr(connections, "PING", 0.0)  # whatever is tried now is given up
    monkeypatch.setattr(cut, "STEPS", 1)

    assert await db.run_read(one_more) == before
    monkeypatch.setattr(connections, "REST", 0.0)
    assert await db.run_read(one_more) != before
    await db.close()


async def test_a_new_connection_is_not_tried_before_it_is_used(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PING", 0.0)
    monkeypatch.setattr(cut, "STEPS", 1)
    db = Database(postgres_url, limit=10.0)

    assert len(await asyncio.gather(*(one(db) for _ in range(8)))) == 8
    await db.close()


async def test_a_connection_whose_time_is_over_is_given_to_nobody(postgres_url: str) -> None:
    pool = connections.engine(postgres_url, limited=True, lost={})
    async with connections.connected(pool, PING, checked=False):
        await asyncio.sleep(PING * 2)

    async with connections.connected(pool, 10.0) as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await connections.close(pool)


async def test_a_page_does_not_wait_long_for_a_connection_and_a_job_does(
    postgres: Postgres, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECT", PING)
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    async with hostile_proxy(f"{postgres.folder}/.s.PGSQL.5432", None) as proxy:
        proxy.up.delay = PING
        url = f"postgresql+asyncpg://postgres@127.0.0.1:{proxy.port}/{name}"
        page, job = Database(url, limit=10.0), Database(url)
        with pytest.raises(NoAnswer):
            await one(page)

        assert await one(job)
        for one_of in (page, job):
            await one_of.close()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
async def test_a_line_that_dies_while_a_connection_is_made_keeps_nobody(
    postgres: Postgres, postgres_url: str, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    monkeypatch.setattr(connections, "CONNECT", PING * 3)
    async with through_a_line(postgres, postgres_url) as (db, line):
        await one(db)
        await db.engine.dispose()
        before = line.down.passed
        async with connections.connected(db.engine, 10.0):
            whole = line.down.passed - before
        await db.engine.dispose()
        line.down.swallow_after(int(whole * share))
        async with asyncio.timeout(SOON):
            with pytest.raises(SQLAlchemyError) as told:
                await one(db)

        assert is_away(told.value)


@pytest.mark.parametrize("ended", ["in order", "by an error", "cancelled", "cancelled later"])
async def test_a_line_that_dies_before_a_connection_is_given_back_keeps_nobody(
    postgres: Postgres, postgres_url: str, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    monkeypatch.setattr(connections, "BACK", PING)

    async def read(db: Database, line: Proxy) -> None:
        async with db.read() as tx:
            await one_more(tx)
            line.down.swallow = True
            if ended == "by an error":
                raise ValueError
            if ended == "cancelled":
                asyncio.get_running_loop().call_soon(reading.cancel)
                await one_more(tx)
            if ended == "cancelled later":
                asyncio.get_running_loop().call_later(PING / 4, reading.cancel)  # amid its ROLLBACK

    async with through_a_line(postgres, postgres_url) as (db, line):
        reading = asyncio.create_task(read(db, line))
        async with asyncio.timeout(SOON):
            [ended_with] = await asyncio.gather(reading, return_exceptions=True)

        assert isinstance(ended_with, SQLAlchemyError | ValueError | asyncio.CancelledError)
        pool: Any = db.engine.pool
        await until(lambda: pool.checkedout() == 0, SOON)


async def test_whatever_the_driver_says_when_a_connection_ends_is_no_mistake_of_ours(
    postgres_url: str,
) -> None:
    pool = connections.engine(postgres_url, limited=True, lost={})

    async def ask_on_one_that_ends() -> None:
        async with connections.connected(pool, 10.0) as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            raw.terminate()
            await asyncio.sleep(0)
            raw.get_settings().none  # noqa: B018 - as in the midst of its own steps

    with pytest.raises(SQLAlchemyError) as told:
        await ask_on_one_that_ends()
    await connections.close(pool)

    assert is_away(told.value)


async def test_of_a_server_that_takes_no_leave_in_time_nothing_is_said(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pooler, "LEAVE", 0.0)
    db = Database(postgres_url, limit=10.0)
    await one(db)
    await db.close()

    assert caplog.text == ""


async def test_a_connection_that_was_made_in_time_is_not_cut_later(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECT", PING * 3)
    monkeypatch.setattr(connections, "BACK", PING)
    db = Database(postgres_url, limit=10.0)
    before = await one(db)
    async with db.read() as tx:
        await tx.execute(text(f"SELECT pg_sleep({PING * 4})"))

    assert await one(db) == before
    await db.close()


async def fault_of(db: Database, sql: str, *values: object) -> SQLAlchemyError:
    with pytest.raises(SQLAlchemyError) as raised:
        async with db.write() as tx:
            await tx.exec_driver_sql(sql, values)
    return raised.value


HOSTILE = {
    "postgresql": [
        ("SELECT $1::integer", CANARY),
        ("SELECT $1::text::integer", CANARY),
        (f"SELECT CAST('{CANARY}' AS integer)",),
        (f"""SELECT "{CANARY}" FROM person""",),
        (f"DO $$ BEGIN RAISE EXCEPTION '{CANARY}'; END $$",),
        (f"DO $$ BEGIN RAISE unique_violation USING MESSAGE = '{CANARY}', DETAIL = '{CANARY}'; END $$",),
        (f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57014', DETAIL = '{CANARY}'; END $$",),
    ],
    "sqlite": [
        (f"""SELECT 1 "{CANARY}" of""",),
        (f"SELECT json('{CANARY}')",),
        (f"""SELECT "{CANARY}"() FROM person""",),
        ("SELECT ?", CANARY, CANARY),
    ],
}


async def test_the_log_says_what_went_wrong_and_never_with_a_value(db: Database) -> None:
    for sql, *values in HOSTILE["sqlite" if db.sqlite else "postgresql"]:
        fault = await fault_of(db, sql, *values)

        assert CANARY not in in_words(fault), sql


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03"])
async def test_what_is_given_up_for_anothers_sake_is_no_mistake_of_ours(
    postgres_url: str, state: str
) -> None:
    db = Database(postgres_url, limit=10.0)
    fault = await fault_of(db, f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
    await db.close()

    assert is_away(fault)


async def test_the_log_says_in_the_words_of_the_driver_that_a_connection_is_gone(postgres_url: str) -> None:
    db, other = Database(postgres_url, limit=10.0), Database(postgres_url)
    async with db.read() as tx:
        await one_more(tx)
        async with other.read() as ending:
            await ending.execute(text(END_OTHERS))
        await asyncio.sleep(0.1)
        with pytest.raises(SQLAlchemyError) as told:
            await one_more(tx)

    assert is_away(told.value)
    assert "connection is closed" in in_words(told.value)
    for one_of in (db, other):
        await one_of.close()


async def test_the_log_says_that_a_transaction_took_too_long(postgres_url: str) -> None:
    db = Database(postgres_url, limit=PING)
    fault = await fault_of(db, "SELECT pg_sleep(5)")

    assert isinstance(fault, TooSlow)
    assert in_words(fault) == f"TooSlow, longer than {PING} s"
    await db.close()
