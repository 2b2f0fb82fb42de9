"""What fails over one board, or one person, keeps none of the others waiting (rule S5)."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from app.access import Actor, Role
from app.boards.core.board import Board
from app.boards.core.live_status import LiveStatus
from app.boards.core.sight import Audience
from app.boards.live import status_job
from app.boards.live.live_board import Live
from app.boards.live.rooms import Rooms
from app.db import new_id, now
from app.people.store import logins_of
from tests.boards.conftest import Desk
from tests.boards.live.test_casts import Vote
from tests.boards.live.test_room_lives import Line, follow
from tests.boards.live.test_stage_frames import Hall, screens_of
from tests.boards.play import ANA, BEN

MEMBER = Actor(Role.MEMBER, "member", "o")
OVER = now()


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """The rooms of a process of its own."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    yield rooms
    await rooms.stop()


async def two_boards(desk: Desk, rooms: Rooms) -> tuple[Live, Live]:
    """In the order in which they are looked after."""
    id = new_id()
    await desk.winter.ana.post(f"{desk.winter.path}/boards", title="More", template="blank", id=id)
    return await rooms.open(desk.id), await rooms.open(id)


def break_down(session: Any) -> None:
    """Our own code fails over whoever has this sign-in."""
    session.login = ["no id"]


async def test_O5_where_a_sign_in_cannot_be_looked_at_those_on_other_boards_end_all_the_same(
    desk: Desk, rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    broken, other = await two_boards(desk, rooms)
    follow(broken, MEMBER, 1, Line())
    byes = follow(other, MEMBER, 2, Line())
    for live in (broken, other):
        for session in live.followers.sessions.values():
            session.until = OVER
    other.followers.sessions[2].login = new_id()
    break_down(broken.followers.sessions[1])
    await rooms._poll_sign_ins()

    assert [bye.code for bye in byes] == [4401]
    assert f"Sign-ins: board {desk.id} could not be looked after" in caplog.text


async def test_W1_where_one_board_fails_the_people_of_others_hear_how_far_they_are(
    desk: Desk, rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    both = await two_boards(desk, rooms)
    lines = [Line(), Line()]
    for live, line in zip(both, lines, strict=True):
        await Vote(replace(desk, id=live.room.board.id)).open(desk.winter.ana)
        await live.room.catch_up()
        follow(live, MEMBER, 1, line)
    lines[0].broken = True
    await rooms._tell_progress()

    assert [frame["type"] for frame in lines[1].frames][-1] == "progress"
    assert f"Progress of a workshop: board {desk.id}" in caplog.text


async def test_when_a_board_is_closed_everyone_is_told_and_who_cannot_be_is_cut_off(
    desk: Desk, rooms: Rooms
) -> None:
    live = await rooms.open(desk.id)
    cut: list[bool] = []
    line = Line()
    line.abort = lambda: cut.append(True)  # type: ignore[method-assign] # as the end of a socket

    def fail(bye: Any) -> None:
        raise ValueError

    follow(live, MEMBER, 1, line)
    live.followers.sessions[1].close = fail
    byes = follow(live, MEMBER, 2, Line())
    await rooms.farewell()

    assert [bye.code for bye in byes] == [4503]
    assert cut == [True]


async def test_O5_where_it_cannot_be_decided_of_one_whether_they_stay_others_do_and_they_come_again(
    desk: Desk, rooms: Rooms
) -> None:
    live = await rooms.open(desk.id)
    lines = [Line(), Line()]
    byes = [follow(live, MEMBER, number, line) for number, line in enumerate(lines)]
    async with desk.home.db.read() as tx:
        login = str((await logins_of(tx, desk.winter.bo.id))[0].id)
    for session in live.followers.sessions.values():
        session.login = login
    lines[0].broken = True
    await desk.winter.ana.post(f"{desk.path}/archive")
    await rooms._poll_rights()
    welcomed = [frame["type"] for frame in lines[1].frames].count("welcome")

    assert [[bye.code for bye in its] for its in byes] == [[4503], []]
    assert welcomed == 2
    assert desk.id in rooms.live


async def test_a_screen_that_cannot_be_drawn_keeps_no_other_from_being_drawn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(Hall):
        async def _console(self, board: Board, audience: Audience) -> str:
            raise ValueError

    hall = Broken()
    consoles, phone = [hall.come(ANA, "stage:console") for _ in range(2)], hall.come(BEN)
    await hall.drawn()
    hall.ask(prompt="What makes it hard?")
    hall.tell()
    await hall.drawn()

    assert screens_of(phone)[-1] == "<p>What makes it hard? </p>"
    assert [screens_of(one) for one in consoles] == [[], []]
    assert "a screen of its workshop could not be drawn" in caplog.text


async def test_a_board_that_cannot_be_opened_keeps_no_other_from_its_statuses(
    rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = ["no id"]  # our own code fails over it
    with caplog.at_level(logging.ERROR):
        assert await status_job.set_statuses(rooms, broken, {"card": LiveStatus()}) == 0
        assert await status_job.cleared_cards(rooms, broken, ["card"]) == set()

    assert caplog.text.count("Traceback") == 2
