"""Screens of a workshop: drawn once for all who may share them, anew for what they show and nothing else."""

import asyncio
from typing import Any

import pytest
from msgspec import structs

from app.access import Hat, State
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.sight import Audience
from app.boards.core.stage import ops as s
from app.boards.core.stage.read import present_phase
from app.boards.live.current import Current
from app.boards.live.followers import Followers
from app.boards.live.session import Session
from app.boards.live.stage.frames import AT_ONCE
from app.boards.live.stage.screens import Screen, Screens
from app.realtime.fanout import FULL
from app.realtime.pace import Pace
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.live.test_followers import Line
from tests.boards.play import ANA, BEN, GIL, OLA
from tests.support.until import until

CANARY = "only for its author"


class Hall(Workshop):
    """A workshop whose changes reach those who follow it; drawings are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.drawings: list[tuple[Audience, str]] = []
        kinds = {"phone": Screen(self._phone), "console": Screen(self._console, Hat.FACILITATOR)}
        self.current = Current(self.board)
        self.followers = Followers(self.current, Screens(kinds))
        self.sessions: list[Session] = []

    async def _phone(self, board: Board, audience: Audience) -> str:
        self.drawings.append((audience, "phone"))
        phase = present_phase(board)
        notes = [item.fields["text"] for item in board.items.values() if item.item == "card" and item.shown]
        return f"<p>{phase.prompt if phase else 'doors'} {' '.join(notes)}</p>"

    async def _console(self, board: Board, audience: Audience) -> str:
        self.drawings.append((audience, "console"))
        return f"<p>{board.seq}</p>"

    def come(self, who: Any, want: str = "stage:phone") -> Line:
        line = Line()
        number = len(self.sessions) + 1
        session = Session(number, "login", who, "A", "O", f"tab {number}", line, want, 1)
        self.sessions.append(session)
        self.followers.welcome(session, 0, None, 0)
        return line

    def tell(self) -> None:
        """Bring what was done to those who follow."""
        before = self.current.board
        touched = [id for id, item in self.board.items.items() if item.seq > before.seq]
        self.current.advance(self.board, touched)
        self.followers.tell_changes(before, None)

    async def drawn(self) -> None:
        """Once no drawing is under way any more."""
        while (task := self.followers.stage._task) is not None and not task.done():
            await task


def screens_of(line: Line) -> list[str]:
    return [frame["html"] for frame in line.frames if frame["type"] == "stage"]


async def test_everyone_of_an_audience_gets_the_same_bytes_drawn_once() -> None:
    hall = Hall()
    phones = [hall.come(BEN), hall.come(BEN), hall.come(ANA)]
    await hall.drawn()
    hall.drawings.clear()
    hall.ask(prompt="What makes it hard?")
    hall.tell()
    await hall.drawn()

    assert [screens_of(one) for one in phones] == [["<p>doors </p>", "<p>What makes it hard? </p>"]] * 3
    assert phones[0].written[-1] is phones[1].written[-1]
    assert sorted(audience.hat for audience, _ in hall.drawings) == [Hat.FACILITATOR, Hat.NONE]


async def test_three_hundred_in_a_room_for_forty_are_all_shown_the_question_drawn_once() -> None:
    hall = Hall()
    phones = [hall.come(who) for who in (BEN, GIL, OLA) for _ in range(100)]
    await hall.drawn()
    hall.drawings.clear()
    hall.ask(prompt="What makes it hard?")
    hall.tell()
    await hall.drawn()

    assert {screens_of(phone)[-1] for phone in phones} == {"<p>What makes it hard? </p>"}
    assert len(hall.drawings) == 3, "once for members, for guests and for observers"


async def test_D14_what_is_private_draws_no_screen_anew_and_sends_no_frame() -> None:
    hall = Hall()
    phase = hall.ask()
    hall.tell()
    phone = hall.come(BEN)
    await hall.drawn()
    frames, drawings = len(phone.frames), len(hall.drawings)
    note = hall.note(ANA, phase, CANARY)
    hall.act(ANA, o.EditCard(note, f"{CANARY}, changed"))
    hall.tell()
    await hall.drawn()

    assert (len(phone.frames), len(hall.drawings)) == (frames, drawings)
    hall.lead(s.Reveal(phase))
    hall.tell()
    await hall.drawn()
    assert CANARY in screens_of(phone)[-1]
    assert all(CANARY not in str(frame) for frame in phone.frames[:-1])


async def test_a_screen_gets_no_items_and_no_parts_but_the_acks_of_its_own_ops() -> None:
    hall = Hall()
    phone = hall.come(BEN)
    await hall.drawn()
    hall.card(ANA, "Everybody sees this")
    hall.tell()
    await hall.drawn()

    assert [frame["type"] for frame in phone.frames] == ["welcome", "stage"]
    assert phone.frames[0]["puts"] == []


async def test_a_screen_that_needs_a_hat_is_empty_for_everyone_else() -> None:
    hall = Hall()
    lead, other = hall.come(ANA, "stage:console"), hall.come(BEN, "stage:console")
    await hall.drawn()

    assert screens_of(lead)[-1] != ""
    assert "".join(screens_of(other)) == ""
    hall.lead(s.AddFacilitator(STAGE, str(BEN.person)))
    hall.tell()
    await hall.drawn()
    assert screens_of(other)[-1] != ""


async def test_who_comes_later_gets_what_is_drawn_already_at_once() -> None:
    hall = Hall()
    hall.come(BEN)
    await hall.drawn()
    drawings = len(hall.drawings)
    late = hall.come(BEN)

    assert screens_of(late) == ["<p>doors </p>"]
    assert len(hall.drawings) == drawings
    assert late.frames[-1]["now"] > 1_700_000_000


async def test_changes_in_a_hurry_are_gathered() -> None:
    hall = Hall()
    phone = hall.come(BEN)
    await hall.drawn()
    for number in range(20):
        hall.ask(prompt=f"Question {number}?")
        hall.tell()
        await asyncio.sleep(0)
    await hall.drawn()

    assert screens_of(phone)[-1] == "<p>Question 19? </p>"
    assert len(screens_of(phone)) <= 4


async def test_after_a_quiet_time_two_changes_are_drawn_at_once_and_a_third_waits_its_turn() -> None:
    hall = Hall()
    phone = hall.come(BEN)
    await hall.drawn()
    hall.followers.stage._pace = Pace(0.001, AT_ONCE)  # so slow that whoever waits is not drawn in this test
    for question in ("First?", "Second?"):
        hall.ask(prompt=question)
        hall.tell()
        async with asyncio.timeout(5):
            await hall.drawn()
        assert screens_of(phone)[-1] == f"<p>{question} </p>"
    hall.ask(prompt="Third?")
    hall.tell()
    for _ in range(20):
        await asyncio.sleep(0)

    assert screens_of(phone)[-1] == "<p>Second? </p>"
    hall.followers.stage.stop()


async def test_those_are_drawn_first_that_most_people_wait_for() -> None:
    hall = Hall()
    hall.come(OLA)
    hall.come(ANA)
    for _ in range(5):
        hall.come(GIL)
    await hall.drawn()
    hall.drawings.clear()
    hall.ask()
    hall.tell()
    await hall.drawn()

    assert hall.drawings[0][0].role is GIL.role


async def test_a_phone_that_reads_slowly_gets_the_newest_screen_when_it_can() -> None:
    hall = Hall()
    phone = hall.come(BEN)
    await hall.drawn()
    phone.waiting = FULL + 1
    hall.ask(prompt="First?")
    hall.tell()
    await hall.drawn()
    phone.frames.clear()
    hall.ask(prompt="Second?")
    hall.tell()
    await hall.drawn()

    assert screens_of(phone) == []
    phone.waiting = 0
    phone.empty.set()
    await until(lambda: not hall.followers._slow._tasks._running)
    assert screens_of(phone) == ["<p>Second? </p>"]


async def test_an_archived_board_is_drawn_anew() -> None:
    hall = Hall()
    hall.come(BEN)
    await hall.drawn()
    drawings = len(hall.drawings)
    hall.current.board = structs.replace(hall.board, state=State.ARCHIVED)
    hall.followers.welcome_again(hall.sessions[0])
    await hall.drawn()

    assert len(hall.drawings) == drawings + 1


@pytest.mark.parametrize("who", [GIL, OLA])
async def test_guests_and_observers_have_the_same_screen(who: Any) -> None:
    hall = Hall()
    line = hall.come(who)
    await hall.drawn()

    assert screens_of(line) == ["<p>doors </p>"]
