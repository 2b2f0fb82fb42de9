"""What two processes on one database know of a board."""

import asyncio

import pytest
from sqlalchemy import delete, update

from app.boards.core.ops import AddCard
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.storage.tables import board, item
from app.db import new_id
from app.people.store import logins_of
from app.spaces.seats import seat as seat_of
from tests.boards.conftest import Desk


@pytest.fixture
async def behind(desk: Desk) -> Rooms:
    """The rooms of another process, which no wake-up reaches; it read the board while it was empty."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    await rooms.open(desk.id)
    return rooms


async def test_D4_nobody_is_sent_back_in_time_by_a_process_that_is_behind(desk: Desk, behind: Rooms) -> None:
    await desk.card(desk.winter.ana, "Told by the other process")

    there = await behind.open_at(desk.id, 1)

    assert there.room.board.seq == 1
    await behind.stop()


async def test_D4_a_cursor_that_nobody_has_given_out_keeps_nobody_waiting(desk: Desk, behind: Rooms) -> None:
    async with asyncio.timeout(5):
        there = await behind.open_at(desk.id, 10**12)

    assert there.room.board.seq == 0
    await behind.stop()


async def test_D4_what_was_cleared_meanwhile_is_gone_at_a_process_that_is_behind(
    desk: Desk, behind: Rooms
) -> None:
    cleared = await desk.card(desk.winter.ana, "Cleared away")
    there = await behind.open_at(desk.id, 1)
    kept = await desk.card(desk.winter.ana, "Stays")
    async with desk.home.db.write() as tx:
        await tx.execute(update(board).where(board.c.id == desk.id).values(floor=2))
        await tx.execute(delete(item).where(item.c.id == cleared))

    await there.room.reach(2)

    assert set(there.room.board.items) == {kept}
    await behind.stop()


async def test_O5_nothing_is_written_on_a_board_that_another_process_has_archived(
    desk: Desk, behind: Rooms
) -> None:
    async with desk.home.db.read() as tx:
        login = str((await logins_of(tx, desk.winter.bo.id))[0].id)
        seat = await seat_of(tx, login, desk.winter.id)
    assert seat is not None
    await desk.winter.ana.post(f"{desk.path}/archive")

    late = actions.request(seat.actor, AddCard(new_id(), "note", "Too late"))
    answer = (await actions.act(behind, desk.id, seat, [late]))[0]

    assert answer.result is not None
    assert answer.result.code == "locked"
    await behind.stop()


async def test_O5_an_op_that_waited_while_its_person_was_removed_is_not_done(
    desk: Desk, behind: Rooms
) -> None:
    winter = desk.winter
    async with desk.home.db.read() as tx:
        seat = await seat_of(tx, str((await logins_of(tx, winter.bo.id))[0].id), winter.id)
    assert seat is not None
    late = actions.request(seat.actor, AddCard(new_id(), "note", "Too late"))
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    await behind._poll_epochs()  # by then the room itself knows, and would not look again

    answer = (await actions.act(behind, desk.id, seat, [late]))[0]

    assert (await behind.open(desk.id)).room.epoch > seat.space.epoch
    assert answer.result is not None
    assert answer.result.code == "not_allowed"
    await behind.stop()


async def test_T2_a_process_that_opens_a_board_knows_whose_words_were_overwritten(
    desk: Desk, behind: Rooms
) -> None:
    bo, ana = desk.winter.bo, desk.winter.ana
    card = await desk.card(ana, "the quick fox")
    await desk.act(bo, "edit_card", id=card, text="the slow fox", base=1)
    await desk.act(ana, "edit_card", id=card, text="the clever fox", base=1)
    await desk.card(ana, "Later")
    restarted = Rooms(desk.home.db, lambda topic, number: None)

    for rooms in (behind, restarted):
        recent = (await rooms.open_at(desk.id, 4)).room.current.recent
        found = [[one.theirs for one in recent.overwritten(bo.id, cursor)] for cursor in (1, 2, 3)]

        assert found == [["the slow fox"], ["the slow fox"], []]
        assert not recent.overwritten(ana.id, 1)
        await rooms.stop()
