"""Dots on a running server: counted once, by nobody's name, and gone once the vote is closed."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from app.boards.core.stage.votes import Cast
from app.boards.live.messages import Progress
from app.boards.live.rooms import Rooms
from app.boards.live.stage import casting
from app.boards.live.stage.progress import progress_of
from app.boards.storage.tables import ballot, deed, phase_nonce
from app.db import new_id
from app.main import services
from app.people.store import logins_of
from app.spaces.seats import seat as seat_of
from app.spaces.space import Seat
from tests.boards.conftest import Desk
from tests.spaces.house import Person


class Vote:
    """A workshop with one open vote on two cards."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.stage, self.first, self.phase = desk, new_id(), new_id(), new_id()
        self.n = 0

    async def op(self, who: Person, **op: Any) -> Any:
        """The ack of an op over HTTP, as an outside client sends it."""
        self.n += 1
        body = {"client": "facilitating", "ops": [{"n": self.n, "op": op}]}
        return (await self.send(who, "ops", body))["acks"][0]

    async def send(self, who: Person, door: str, body: Any) -> Any:
        if "tl_csrf" not in who.http.cookies:
            await who.get("/join")
        token = {"X-CSRFToken": who.http.cookies["tl_csrf"]}
        answer = await who.http.post(f"{self.desk.path}/{door}", json=body, headers=token)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def open(self, who: Person) -> list[str]:
        """Begin, write two notes, and open a vote on them; the two things."""
        first = self.first = new_id()
        await self.op(who, do="open_stage", id=self.stage)
        await self.op(who, do="open_phase", id=first, **{"from": None}, prompt="What?", write="shared")
        notes = [new_id(), new_id()]
        for note in notes:
            await self.op(who, do="add_card", id=note, kind="note", text="A note", phase=first)
        vote = {"how": "dots", "dots": 3, "most": 2}
        asked = {"prompt": "Which?", "write": "off", "about": [first], "vote": vote}
        ack = await self.op(who, do="open_phase", id=self.phase, **{"from": first}, **asked)
        assert ack["seq"], ack
        return notes

    async def cast(self, who: Person, slot: int, choice: str | None) -> dict[str, Any]:
        body = {"phase": self.phase, "slot": slot, "choice": choice}
        found: dict[str, Any] = await self.send(who, "cast", body)
        return found

    async def totals(self) -> dict[str, int]:
        live = await rooms_of(self.desk).open(self.desk.id)
        found = live.room.board.items[self.phase].fields["totals"]
        return {total["id"]: total["dots"] for total in found["of"]}

    async def rows(self, table: Any) -> int:
        async with self.desk.home.db.read() as tx:
            return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


def rooms_of(desk: Desk) -> Rooms:
    rooms: Rooms = services(desk.home.app).rooms
    return rooms


@pytest.fixture
async def vote(desk: Desk) -> Vote:
    return Vote(desk)


async def test_P5_a_dot_counts_once_is_moved_and_taken_back_and_leaves_no_deed(
    desk: Desk, vote: Vote
) -> None:
    ana, bo = desk.winter.ana, desk.winter.bo
    one, two = await vote.open(ana)
    deeds = await vote.rows(deed)
    for slot, choice in ((1, one), (1, one), (2, two), (2, one), (3, two), (3, None)):
        assert "code" not in await vote.cast(bo, slot, choice)
    assert await vote.rows(ballot) == 2
    assert await vote.rows(deed) == deeds

    await vote.op(ana, do="close_vote", id=vote.phase)
    assert await vote.totals() == {one: 2, two: 0}
    assert (await vote.rows(ballot), await vote.rows(phase_nonce)) == (0, 0)
    late = await vote.cast(bo, 3, two)
    assert (late["code"], late["say"]) == ("locked", "Voting is closed, so this dot does not count.")


async def test_P5_people_are_told_their_own_dots_alone(desk: Desk, vote: Vote) -> None:
    one, _ = await vote.open(desk.winter.ana)
    await vote.cast(desk.winter.bo, 2, one)

    assert (await desk.winter.bo.get(f"{desk.path}/dots")).json() == {"2": one}
    assert (await desk.winter.ana.get(f"{desk.path}/dots")).json() == {}


async def test_W6_nobody_has_more_dots_than_the_phase_gives(desk: Desk, vote: Vote) -> None:
    one, two = await vote.open(desk.winter.ana)
    bo = desk.winter.bo
    for slot in (1, 2):
        await vote.cast(bo, slot, one)

    assert (await vote.cast(bo, 3, one))["code"] == "full"
    assert (await vote.cast(bo, 4, two))["code"] == "full"
    assert (await vote.cast(desk.winter.ana, 1, one))["code"] == "not_allowed"


@pytest.mark.parametrize("phase", ["\ud800", "\x00", "", "no id"])
async def test_S5_a_dot_in_a_phase_that_is_none_holds_up_nobody(desk: Desk, vote: Vote, phase: str) -> None:
    one, _ = await vote.open(desk.winter.ana)
    bo = await seat(desk, desk.winter.bo)
    answer = await casting.cast(rooms_of(desk), desk.id, bo, Cast(phase, 1, one))

    assert answer is not None
    assert answer.code == "locked"
    assert "code" not in await vote.cast(desk.winter.bo, 1, one)


async def test_dots_placed_while_another_process_closes_the_vote_count_or_are_refused(
    desk: Desk, vote: Vote
) -> None:
    other = Rooms(desk.home.db, lambda topic, number: None, secret=rooms_of(desk).secret)
    for _ in range(8):
        one, two = await vote.open(desk.winter.ana)
        await other.open(desk.id)
        seats = [await seat(desk, who) for who in (desk.winter.bo, desk.winter.cleo)]
        casts = [
            casting.cast(other, desk.id, who, Cast(vote.phase, slot, (one, two)[slot % 2]))
            for who in seats
            for slot in (1, 2, 3)
        ]
        answers, ack = await asyncio.gather(
            asyncio.gather(*casts), vote.op(desk.winter.ana, do="close_vote", id=vote.phase)
        )
        assert ack["seq"], ack
        assert sum((await vote.totals()).values()) == answers.count(None)
        assert await vote.rows(ballot) == 0
        await vote.op(desk.winter.ana, do="end", id=vote.stage)
        vote.stage, vote.phase = new_id(), new_id()
    await other.stop()


async def seat(desk: Desk, who: Person) -> Seat:
    async with desk.home.db.read() as tx:
        login = (await logins_of(tx, who.id))[0]
        found = await seat_of(tx, str(login.id), desk.winter.id)
    assert found is not None
    return found


async def test_how_far_people_are_is_told_in_numbers_of_those_who_are_here(desk: Desk, vote: Vote) -> None:
    ana, bo, cleo = desk.winter.ana, desk.winter.bo, desk.winter.cleo
    one, two = await vote.open(ana)
    rooms = rooms_of(desk)
    await desk.outline(bo)
    await desk.outline(cleo)
    await rooms._write_looks()
    await vote.cast(bo, 2, one)
    await vote.cast(bo, 3, two)
    await vote.cast(cleo, 0, "yes")

    board = (await rooms.open(desk.id)).room.board
    progress = await progress_of(desk.home.db, rooms.secret, board)
    assert progress == Progress(vote.phase, of=2, finished=1, wrote=0, voted=1)


async def test_who_facilitates_or_is_away_is_not_counted_among_those_who_wrote(
    desk: Desk, vote: Vote
) -> None:
    ana, bo, cleo = desk.winter.ana, desk.winter.bo, desk.winter.cleo
    note, _ = await vote.open(ana)
    rooms = rooms_of(desk)
    first = (await rooms.open(desk.id)).room.board.items[note].fields["phase"]
    await vote.op(ana, do="reopen_phase", id=first, **{"from": vote.phase})
    for who in (bo, cleo):
        await desk.act(who, "add_card", id=new_id(), kind="note", text="A note", phase=first)
    await desk.outline(bo)
    await rooms._write_looks()

    board = (await rooms.open(desk.id)).room.board
    assert await progress_of(desk.home.db, rooms.secret, board) == Progress(first, 1, 0, 1, 0)


async def test_S7_a_dot_over_which_our_own_code_fails_is_refused_alone_and_the_room_goes_on(
    desk: Desk, vote: Vote, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = await vote.open(desk.winter.ana)
    bo, cleo = await seat(desk, desk.winter.bo), await seat(desk, desk.winter.cleo)
    live = await rooms_of(desk).open(desk.id)
    broken: Any = ["no text"]  # no door lets it in: nothing can be looked up by it
    casts = [Cast(vote.phase, 1, one), Cast(broken, 1, one), Cast(vote.phase, 2, two)]
    asked = zip((bo, cleo, cleo), casts, strict=True)
    answers = await asyncio.gather(*(casting.cast(rooms_of(desk), desk.id, *each) for each in asked))

    assert [answer.code if answer else None for answer in answers] == [None, "unavailable", None]
    assert "mistake on our side" in str(answers[1])
    assert not live.task.done()
    assert "no text" not in caplog.text
    assert "code" not in await vote.cast(desk.winter.bo, 2, two)
    await vote.op(desk.winter.ana, do="close_vote", id=vote.phase)
    assert await vote.totals() == {one: 1, two: 2}
