"""What two processes on one database know of a board."""

import asyncio

import pytest
from sqlalchemy import delete, update

from app.boards.rooms import Rooms
from app.boards.tables import board, item
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
