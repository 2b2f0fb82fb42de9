"""A board that was beaten, as it takes its row first: all is decided anew (rules S6, O5)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event, select

from app import connections
from app.boards.core.ops import AddCard
from app.boards.live import actions
from app.boards.live.room import Room
from app.boards.live.rooms import Rooms
from app.boards.live.turn.precedence import OFTEN
from app.boards.live.turn.ticket import Answer
from app.boards.storage.tables import board
from app.db import new_id
from app.main import services
from tests.boards.conftest import Desk
from tests.boards.live.test_casts import seat

SOON = 10.0  # seconds


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """Another process, which no wake-up reaches."""
    await services(desk.home.app).tasks.stop()
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    yield rooms
    await rooms.stop()


async def beaten(desk: Desk, rooms: Rooms) -> Room:
    """As after others were first again and again."""
    room = (await rooms.open(desk.id)).room
    room._precedence._beaten = OFTEN
    return room


async def write(desk: Desk, rooms: Rooms, number: int = 3) -> list[Answer]:
    bo = await seat(desk, desk.winter.bo)
    asked = [actions.request(bo.actor, AddCard(new_id(), "note", "Words")) for _ in range(number)]
    async with asyncio.timeout(SOON):
        return await actions.act(rooms, desk.id, bo, asked)


async def test_S6_what_others_stored_meanwhile_comes_before_and_is_known(desk: Desk, rooms: Rooms) -> None:
    room = await beaten(desk, rooms)
    theirs = await desk.card(desk.winter.ana)
    answers = await write(desk, rooms)

    assert [one.result and one.result.seq for one in answers] == [2, 3, 4]
    assert theirs in room.board.items
    assert room._precedence._beaten == 0


@pytest.mark.parametrize("what", ["board", "space"])
async def test_O5_nothing_is_stored_on_a_board_that_was_archived_while_it_was_beaten(
    desk: Desk, rooms: Rooms, what: str
) -> None:
    bo = await seat(desk, desk.winter.bo)
    await beaten(desk, rooms)
    path = desk.path if what == "board" else desk.winter.path
    assert (await desk.winter.ana.post(f"{path}/archive")).status_code == 303
    if what == "space":
        act = await desk.home.value("SELECT id FROM waiting_act")
        await desk.winter.cleo.post(f"{path}/waiting/{act}/yes")
    asked = [actions.request(bo.actor, AddCard(new_id(), "note", "Too late")) for _ in range(3)]
    async with asyncio.timeout(SOON):
        answers = await actions.act(rooms, desk.id, bo, asked)

    assert {one.result and one.result.code for one in answers} == {"locked"}
    assert await desk.home.count("deed") == 0


async def test_O5_whoever_was_removed_while_a_board_was_beaten_stores_nothing(
    desk: Desk, rooms: Rooms
) -> None:
    winter = desk.winter
    bo = await seat(desk, winter.bo)
    await beaten(desk, rooms)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    async with asyncio.timeout(SOON):
        (answer,) = await actions.act(
            rooms, desk.id, bo, [actions.request(bo.actor, AddCard(new_id(), "note", "Too late"))]
        )

    assert answer.result is not None
    assert answer.result.code == "not_allowed"
    assert await desk.home.count("deed") == 0


async def test_S9_a_board_that_was_deleted_while_it_was_beaten_is_let_go_and_others_go_on(
    desk: Desk, rooms: Rooms
) -> None:
    other = new_id()
    await desk.winter.ana.post(f"{desk.winter.path}/boards", title="More", template="blank", id=other)
    await beaten(desk, rooms)
    await desk.home.set(f"DELETE FROM board WHERE id = '{desk.id}'")
    answers = await write(desk, rooms)
    bo = await seat(desk, desk.winter.bo)
    (well,) = await actions.act(
        rooms, other, bo, [actions.request(bo.actor, AddCard(new_id(), "note", "Words"))]
    )

    assert answers == [Answer(None)] * 3
    assert desk.id not in rooms.live
    assert well.result is not None
    assert well.result.seq == 1


async def test_S6_where_the_commit_fails_only_what_others_stored_is_known_and_deeds_are_done_once(
    desk: Desk, rooms: Rooms
) -> None:
    room = await beaten(desk, rooms)
    theirs = await desk.card(desk.winter.ana)
    known: list[Any] = []

    def fail_once(_connection: Any) -> None:
        if not known:
            known.append((room.board.seq, set(room.board.items)))
            raise connections.NoAnswer

    told: list[tuple[int, int]] = []
    tell = room.listener.tell_changes

    def note(before: Any, group: Any) -> None:
        told.append((before.seq, room.board.seq))
        tell(before, group)

    room.listener.tell_changes = note  # type: ignore[method-assign]
    event.listen(desk.home.db._of_boards.sync_engine, "commit", fail_once)
    answers = await write(desk, rooms, 1)
    async with desk.home.db.read() as tx:
        stored = (await tx.execute(select(board.c.seq).where(board.c.id == desk.id))).scalar_one()

    assert known == [(1, {theirs})]
    assert told == [(0, 1), (1, 1), (0, 2)]
    assert [one.result and one.result.seq for one in answers] == [2]
    assert (stored, room.board.seq, await desk.home.count("deed")) == (2, 2, 2)
