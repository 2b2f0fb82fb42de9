"""A room ends only by being let go: whatever fails is one op's answer, or is heard and mended (rule S5)."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from app.access import Actor, Role
from app.boards.core.ops import AddCard, Undo
from app.boards.live import actions
from app.boards.live.live_board import Live
from app.boards.live.rooms import Rooms
from app.boards.live.session import Session
from app.boards.live.turn.ticket import Answer, Ticket
from app.boards.storage import store
from app.boards.storage.tables import board
from app.db import new_id, now
from app.realtime.fanout import Frame
from tests.boards.conftest import Desk
from tests.support.until import until

UNSTORABLE = "\ud800"
BROKEN = Undo(of="no number")  # type: ignore[arg-type] # our own code fails over it


class Line:
    """The server's end of a socket; one that is `broken` fails when it is written to."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.frames: list[dict[str, Any]] = []

    def write(self, frame: Frame) -> int:
        if self.broken:
            raise ValueError
        self.frames.append(json.loads(frame.payload))
        return 0

    def pending(self) -> int:
        return 0

    def abort(self) -> None:
        pass

    async def drained(self) -> None:
        pass


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """The rooms of a process of its own."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    yield rooms
    await rooms.stop()


def follow(live: Live, who: Actor, conn: int, line: Line) -> list[Any]:
    """Let somebody follow; returns the goodbyes that they are told."""
    session = Session(conn, "login", who, "Name", "O", f"tab {conn}", line, "items", 1)
    session.until = now() + timedelta(hours=1)  # nobody looks for its sign-in, which is not in the database
    byes: list[Any] = []
    session.close = byes.append
    live.followers.welcome(session, 0, None, 0)
    return byes


async def add(rooms: Rooms, desk: Desk, *ops: Any) -> list[Answer]:
    actor = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    tickets = [actions.request(actor, op or AddCard(new_id(), "note", "Words")) for op in ops or (None,)]
    return await actions.act(rooms, desk.id, None, tickets)


async def test_S7_an_op_over_which_our_own_code_fails_is_answered_alone(desk: Desk, rooms: Rooms) -> None:
    before, broken, after = await add(rooms, desk, None, BROKEN, None)

    assert [one.result.seq for one in (before, after) if one.result] == [1, 2]
    assert broken.result is not None
    assert (broken.result.code, broken.fault) == ("unavailable", True)


async def test_S6_an_op_is_refused_alone_at_a_process_that_is_behind_too(desk: Desk, rooms: Rooms) -> None:
    await rooms.open(desk.id)
    await desk.card(desk.winter.ana)
    (broken,) = await add(rooms, desk, BROKEN)
    (well,) = await add(rooms, desk)

    assert broken.result is not None
    assert broken.result.code == "unavailable"
    assert well.result is not None
    assert well.result.seq == 2


async def test_S5_a_room_goes_on_when_somebody_cannot_be_told(desk: Desk, rooms: Rooms) -> None:
    live = await rooms.open(desk.id)
    line, broken = Line(), Line()
    follow(live, Actor(Role.GUEST, "guest", "o"), 1, broken)
    follow(live, Actor(Role.MEMBER, "member", "o"), 2, line)
    broken.broken = True

    def fail(answer: Answer) -> None:
        raise ValueError

    request = actions.request(Actor(Role.JOB), AddCard(new_id(), "note", "Words"))
    live.room.submit(Ticket(request, "", None, fail))
    (next_one,) = await add(rooms, desk)

    assert next_one.result is not None
    assert not live.task.done()
    assert [frame["to"] for frame in line.frames if frame["type"] == "changes"][-1] == live.room.board.seq


async def test_S5_when_the_task_of_a_room_ends_its_people_are_told_and_the_board_is_opened_anew(
    desk: Desk, rooms: Rooms
) -> None:
    live = await rooms.open(desk.id)
    byes = follow(live, Actor(Role.MEMBER, desk.winter.bo.id, "o"), 1, Line())
    live.task.cancel()
    await until(lambda: byes)

    (well,) = await add(rooms, desk)

    assert [bye.code for bye in byes] == [4503]
    assert byes[0].retry_after is not None
    assert well.result is not None
    assert (await rooms.open(desk.id)).room is not live.room


async def test_S5_an_op_for_a_room_that_has_ended_is_answered(desk: Desk, rooms: Rooms) -> None:
    live = await rooms.open(desk.id)
    live.task.cancel()
    await until(live.task.done)

    answer = await actions.submit_for_answer(live, actions.request(Actor(Role.JOB), BROKEN), None)

    assert answer == Answer(None)


async def test_S9_a_board_deleted_elsewhere_is_let_go_and_what_waits_for_it_is_answered(
    desk: Desk, rooms: Rooms
) -> None:
    live = await rooms.open(desk.id)
    byes = follow(live, Actor(Role.MEMBER, desk.winter.bo.id, "o"), 1, Line())
    async with desk.home.db.write() as tx:
        await tx.execute(delete(board).where(board.c.id == desk.id))
    (answer,) = await add(rooms, desk)
    await until(lambda: byes)

    assert answer == Answer(None)
    assert byes[0].code == 4404
    with pytest.raises(store.Missing):
        await rooms.open(desk.id)


async def test_O5_where_it_cannot_be_decided_who_may_stay_that_board_is_closed_and_others_are_not(
    desk: Desk, rooms: Rooms
) -> None:
    live = await rooms.open(desk.id)
    byes = follow(live, Actor(Role.MEMBER, desk.winter.bo.id, "o"), 1, Line())
    live.followers.sessions[1].login = ["no id"]  # type: ignore[assignment] # our own code fails over it
    live.room.epoch = 0
    await rooms._poll_rights()

    assert byes[0].code == 4503
    assert desk.id not in rooms.live


async def test_S7_a_deed_that_cannot_be_stored_is_refused_alone_where_boards_share_a_commit(
    desk: Desk, rooms: Rooms
) -> None:
    bo, ana = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield), desk.winter.ana
    boards = [new_id() for _ in range(4)]
    for id in boards:
        await ana.post(f"{desk.winter.path}/boards", title="More", template="blank", id=id)
    for id in boards:
        await rooms.open(id)

    async def three(board: str) -> list[Answer]:
        texts = ["Words", UNSTORABLE if board == boards[1] else "Others", "More words"]
        asked = [actions.request(bo, AddCard(new_id(), "note", text)) for text in texts]
        return await actions.act(rooms, board, None, asked)

    async with desk.home.db.write():  # for which, on SQLite, all wait
        asked = [asyncio.ensure_future(three(board)) for board in boards]
        await until(lambda: all(rooms.live[id].room.waiting.is_busy for id in boards))
    results = [[one.result for one in await answers] for answers in asked]

    assert [[one and one.seq for one in its] for its in results] == [
        [1, 2, 3],
        [1, None, 2],
        *[[1, 2, 3]] * 2,
    ]
    assert results[1][1] is not None
    assert results[1][1].code == "invalid"
    assert await desk.home.count("deed") == 11
