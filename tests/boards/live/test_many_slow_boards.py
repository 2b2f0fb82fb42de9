"""Many boards wait in PostgreSQL: pages and other boards go on; and boards do while many pages wait there."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any

import asyncpg
import pytest
from msgspec.structs import replace
from sqlalchemy import event
from sqlalchemy.util import await_only

from app import connections
from app.boards.core.ops import AddCard
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.live.turn import patience
from app.boards.live.turn.present_rights import LEFT
from app.boards.live.turn.ticket import Answer
from app.boards.storage import earlier_deeds
from app.db import new_id
from app.main import services
from app.spaces.space import Seat
from tests.boards.conftest import Desk
from tests.boards.live.test_casts import seat
from tests.support.databases import Postgres
from tests.support.until import until

LOCKED = 25  # boards: more than a pool has connections
TRY, SOON = 0.4, 5.0  # seconds
UNDER_WAY = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'WITH guard%' AND state = 'active'"
READS_NEWS = "LEFT OUTER JOIN item"
END_RESTING = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
)


@pytest.fixture
def database_url(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """PostgreSQL, where nobody waits for long."""
    monkeypatch.setattr(connections, "POOL_WAIT", TRY)
    monkeypatch.setattr(connections, "LOCK_WAIT", f"{TRY * 500:.0f}ms")
    monkeypatch.setattr(patience, "LIMIT", TRY)
    monkeypatch.setattr(patience, "LONGEST_WAIT", TRY / 10)
    return postgres_url


@pytest.fixture
async def outside(postgres: Postgres, desk: Desk) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the same database that is in no pool."""
    name = desk.home.db.url.partition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(user="postgres", database=name, host=postgres.folder)
    yield connection
    await connection.close()


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """The boards of the process; nothing else in it asks for a connection by itself."""
    await services(desk.home.app).tasks.stop()
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    yield rooms
    await rooms.stop()


def write(rooms: Rooms, board: str, who: Seat) -> asyncio.Task[list[Answer]]:
    """Put a card on the board."""
    asked = [actions.request(who.actor, AddCard(new_id(), "note", "Words"))]
    return asyncio.create_task(actions.act(rooms, board, who, asked))


def seqs(found: Sequence[list[Answer]]) -> list[int | None]:
    return [answer.result.seq if answer.result else None for (answer,) in found]


async def test_while_many_boards_wait_for_a_lock_pages_and_other_boards_are_answered(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    locked = [new_id() for _ in range(LOCKED)]
    for id in locked:
        await desk.winter.ana.post(f"{desk.winter.path}/boards", title="One", template="blank", id=id)
    bo = await seat(desk, desk.winter.bo)
    waits = [(await rooms.open(id)).room._patience for id in locked]
    async with outside.transaction():
        await outside.execute("SELECT 1 FROM board WHERE id = ANY($1::text[]) FOR UPDATE", locked)
        writing = [write(rooms, id, bo) for id in locked]
        await until(lambda: all(one.is_again for one in waits), 20, "each had no answer once")
        await until(lambda: all(one.is_slow for one in waits), 20, "each waits for its row")
        await outside.execute(END_RESTING)  # so that the other has to try again, beside those that wait

        page = await desk.winter.ana.get(desk.winter.path)
        other = await asyncio.wait_for(write(rooms, desk.id, bo), SOON)
        assert not any(one.done() for one in writing)
    found = await asyncio.wait_for(asyncio.gather(*writing), 2 * SOON)

    assert page.status_code == 200
    assert seqs([other, *found]) == [1] * (LOCKED + 1)


async def test_a_board_commits_and_tries_again_while_pages_hold_all_connections_that_they_may(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    db, bo = desk.home.db, await seat(desk, desk.winter.bo)
    first = await write(rooms, desk.id, bo)
    await outside.execute(END_RESTING)  # so that the board has to try again
    await outside.execute("UPDATE space SET epoch = epoch + 1")  # and to ask who may do what
    async with AsyncExitStack() as pages:
        pool: Any = db.engine.pool
        for _ in range(pool.size() + pool._max_overflow):
            await pages.enter_async_context(db.read())

        second = await asyncio.wait_for(write(rooms, desk.id, bo), SOON)

    assert seqs([first, second]) == [1, 2]


async def test_who_is_no_longer_here_is_told_so_where_a_database_that_was_away_is_asked_again(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    bo = await seat(desk, desk.winter.bo)
    assert seqs([await write(rooms, desk.id, bo)]) == [1]
    await outside.execute(END_RESTING)
    await outside.execute("UPDATE space SET epoch = epoch + 1")
    (answer,) = await write(rooms, desk.id, replace(bo, login="signed out"))

    assert answer.result is not None
    assert (answer.result.code, answer.result.say) == ("not_allowed", LEFT.say)


async def test_S8_what_was_given_up_is_not_done_later_by_rights_that_have_gone(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    bo = await seat(desk, desk.winter.bo)
    wait = (await rooms.open(desk.id)).room._patience
    async with outside.transaction():
        await outside.execute("SELECT 1 FROM board WHERE id = $1 FOR UPDATE", desk.id)
        writing = write(rooms, desk.id, replace(bo, login="signed out"))
        await until(lambda: wait.is_again, 20, "it had no answer once")
        await desk.home.set("UPDATE space SET epoch = epoch + 1")
    (answer,) = await asyncio.wait_for(writing, SOON)
    while await outside.fetchval(UNDER_WAY):
        pass

    assert answer.result is not None
    assert (answer.result.code, answer.result.say) == ("not_allowed", LEFT.say)
    assert await desk.home.value("SELECT count(*) FROM item") == 0


async def test_jobs_and_searches_that_wait_for_a_board_keep_no_other_board_waiting(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    bo, locked = await seat(desk, desk.winter.bo), new_id()
    await desk.winter.ana.post(f"{desk.winter.path}/boards", title="One", template="blank", id=locked)
    await rooms.open(desk.id)
    lock = partial(earlier_deeds.wait_for, board_id=locked)
    async with outside.transaction():
        await outside.execute("SELECT 1 FROM board WHERE id = $1 FOR UPDATE", locked)
        held = [asyncio.create_task(desk.home.db.run_write(lock)) for _ in range(LOCKED)]
        pool: Any = desk.home.db.engine.pool
        await until(lambda: pool.checkedout() >= pool.size(), 20, "they hold connections")
        other = await asyncio.wait_for(write(rooms, desk.id, bo), SOON)
        for one in held:
            one.cancel()
        await asyncio.gather(*held, return_exceptions=True)

    assert seqs([other]) == [1]


async def test_S6_a_board_is_stored_beside_a_process_that_is_always_first(
    desk: Desk, rooms: Rooms, outside: asyncpg.Connection
) -> None:
    await outside.execute("SET lock_timeout = '20ms'")

    def store_first(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if READS_NEWS in statement:
            with suppress(asyncpg.LockNotAvailableError):
                await_only(outside.execute("UPDATE board SET seq = seq + 1 WHERE id = $1", desk.id))

    await rooms.open(desk.id)
    event.listen(desk.home.db._of_boards.sync_engine, "after_cursor_execute", store_first)
    await outside.execute("UPDATE board SET seq = seq + 1 WHERE id = $1", desk.id)
    bo = await seat(desk, desk.winter.bo)
    async with asyncio.timeout(SOON):
        (answer,) = await write(rooms, desk.id, bo)

    assert answer.result
    assert answer.result.seq
