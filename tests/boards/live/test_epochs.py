"""What makes live boards look again at who may be there (rule O5), and what that costs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.access import ACTIONS, Actor, Role
from app.boards.live.rooms import Rooms
from app.db import new_id
from app.spaces import seats
from app.spaces.actions import CONTENT, Door, change
from tests.boards.conftest import Desk
from tests.boards.live.test_room_lives import Line, follow

BOARDS = 4
MOST = 9  # statements, for however many boards and people


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """A process in which somebody follows several boards of the space."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    for i in range(BOARDS):
        made = new_id()
        await desk.winter.ana.post(f"{desk.winter.path}/boards", title="One", template="blank", id=made)
        follow(await rooms.open(made), Actor(Role.MEMBER, desk.winter.bo.id, "o"), i + 1, Line())
    yield rooms
    await rooms.stop()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Those that are asked within the block, of any connection."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


async def do(desk: Desk, action: str) -> list[str]:
    """Change the space by `action`; the topics that are rung."""
    rung: list[str] = []
    async with desk.home.db.read() as tx:
        login = (
            await tx.exec_driver_sql(f"SELECT id FROM login WHERE person_id = '{desk.winter.ana.id}'")
        ).scalar()
    door = Door(
        desk.home.db, lambda topic, _: rung.append(topic), desk.home.config, str(login), desk.winter.id
    )
    async with change(door, action):
        pass
    return rung


def test_only_what_alters_pages_and_nothing_on_boards_leaves_the_epoch_of_rights() -> None:
    left = {action.partition(".")[0] for action in ACTIONS if action.startswith(CONTENT)}

    assert left == {"goal", "measure", "record", "report", "take_back", "workshop"}


async def test_O5_a_saved_number_makes_no_live_board_look_again(desk: Desk, rooms: Rooms) -> None:
    await rooms._poll_rights()
    rung = await do(desk, "goal.create")
    with statements() as asked:
        await rooms._poll_rights()

    assert rung == [f"content:{desk.winter.id}"]
    assert len(asked) == 1


async def test_O5_all_boards_of_a_space_look_again_by_one_reading(desk: Desk, rooms: Rooms) -> None:
    await rooms._poll_rights()
    rung = await do(desk, "space.describe")
    with statements() as asked:
        await rooms._poll_rights()
    async with desk.home.db.read() as tx:
        rights = await seats.rights_of(tx, desk.winter.id)

    assert rung == [f"space:{desk.winter.id}"]
    assert len(asked) <= MOST
    assert {live.room.epoch for live in rooms.live.values()} == {rights}


async def test_O5_a_change_by_a_version_that_knows_no_content_counts_as_one_of_rights(
    desk: Desk, rooms: Rooms
) -> None:
    await rooms._poll_rights()
    await desk.home.set("UPDATE space SET epoch = epoch + 1")
    with statements() as asked:
        await rooms._poll_rights()

    assert len(asked) > 1
