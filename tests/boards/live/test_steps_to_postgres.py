"""Each way to PostgreSQL and back costs: there are no more of them than there are questions and answers."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from app.access import Actor, Role
from app.boards.core.group_commit import OpRequest
from app.boards.core.ops import AddCard, Doing, RemoveCard
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.db import Database, new_id, together
from tests.boards.conftest import Desk
from tests.support.until import until


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
async def sent(desk: Desk) -> AsyncIterator[tuple[Rooms, list[str]]]:
    """A process beside the one that people use, and all that it sends to the database, BEGIN included."""
    db, texts = Database(desk.home.db.url), list[str]()

    def listen(connection: Any, _record: object) -> None:
        connection.driver_connection.add_query_logger(lambda record: texts.append(record.query))

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        texts.append(statement)  # prepared ones, which are not in the driver's own log

    for pool in (db.engine, db._of_boards):
        event.listen(pool.sync_engine, "connect", listen)
        event.listen(pool.sync_engine, "before_cursor_execute", note)
    rooms = Rooms(db, lambda topic, number: None)
    yield rooms, texts
    await rooms.stop()
    await db.close()


async def test_what_another_process_did_is_read_in_two_steps(
    desk: Desk, sent: tuple[Rooms, list[str]]
) -> None:
    rooms, texts = sent
    room = (await rooms.open(desk.id)).room
    await desk.card(desk.winter.ana)  # from then on there is a connection that rests
    room.wake(1)
    await until(lambda: room.board.seq == 1)
    texts.clear()
    card = await desk.card(desk.winter.ana)
    room.wake(2)
    await until(lambda: room.board.seq == 2)

    assert [one.split()[0] for one in texts] == ["SELECT", "SELECT"]
    assert card in room.board.items


async def test_a_poll_that_finds_nothing_new_is_one_step(desk: Desk, sent: tuple[Rooms, list[str]]) -> None:
    rooms, texts = sent
    await rooms.open(desk.id)
    for poll in (rooms._poll_seqs, rooms._poll_rights):
        await poll()
        texts.clear()
        await poll()

        assert [one.split()[0] for one in texts] == ["SELECT"]


async def test_what_was_read_holds_no_transaction_open(desk: Desk, sent: tuple[Rooms, list[str]]) -> None:
    rooms, _ = sent
    async with rooms.db.read(quick=True) as tx:
        await tx.exec_driver_sql("SELECT 1")
        raw = (await tx.get_raw_connection()).driver_connection
        assert raw is not None
        assert not raw.is_in_transaction()
    async with rooms.db.write() as tx:  # the same connections write in transactions
        raw = (await tx.get_raw_connection()).driver_connection
        await tx.exec_driver_sql("SELECT 1")
        assert raw is not None
        assert raw.is_in_transaction()

    def in_transaction(tx: Any) -> bool:
        tx.exec_driver_sql("SELECT 1")
        return bool(tx.connection.driver_connection.is_in_transaction())

    assert await rooms.db.run_write(in_transaction)


async def test_S2_a_deed_is_stored_in_two_steps(desk: Desk, sent: tuple[Rooms, list[str]]) -> None:
    rooms, texts = sent
    for n in (1, 2):
        texts.clear()
        answers = await actions.act(rooms, desk.id, None, [asked(AddCard(new_id(), "note", "Some words"), n)])
        assert [one.result and one.result.seq for one in answers] == [n]

    assert [one.split()[0] for one in texts] == ["SELECT", "WITH"]


async def test_S2_a_deed_that_changes_more_than_its_board_is_one_transaction(
    desk: Desk, sent: tuple[Rooms, list[str]]
) -> None:
    rooms, texts = sent
    card = new_id()
    await actions.act(rooms, desk.id, None, [asked(AddCard(card, "note", "Some words"), 1)])
    texts.clear()
    await actions.act(rooms, desk.id, None, [asked(RemoveCard(card), 2)])

    # the driver begins a transaction once it is asked for the first of it
    assert [one.split()[0].rstrip(";") for one in texts] == ["SELECT", "WITH", "BEGIN", "DELETE", "COMMIT"]


async def test_what_was_written_in_steps_leaves_connections_that_write_in_transactions(
    desk: Desk, sent: tuple[Rooms, list[str]]
) -> None:
    rooms, _ = sent

    def in_transaction(tx: Any, *, whole: bool) -> bool:
        if whole:
            together(tx)
        tx.exec_driver_sql("SELECT 1")
        return bool(tx.connection.driver_connection.is_in_transaction())

    for whole in (False, True, False):
        assert await rooms.db.run_short_write(partial(in_transaction, whole=whole)) == whole
        assert await rooms.db.run_write(partial(in_transaction, whole=False))


def asked(op: Doing, n: int) -> OpRequest:
    return actions.request(Actor(Role.MEMBER, "ana", "north"), op, client="a phone", n=n)
