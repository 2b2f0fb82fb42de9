"""Everyone on a board is told: in groups, at the board's pace, and each at their own."""

import asyncio
import json
from time import monotonic
from typing import Any

import pytest

from app.access import Actor, Role
from app.boards.core.board import Board, Clash
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.indexes import load
from app.boards.core.ops import AddCard, EditCard, Op, PublishCard, RemoveCard
from app.boards.live.current import Current
from app.boards.live.followers import Followers
from app.boards.live.frame_pace import FLOOR, LONGEST, SHARE, WEIGHT, FramePace
from app.boards.live.room import GROUP
from app.boards.live.session import Session
from app.boards.live.turn.ticket import Answer
from app.realtime.fanout import FULL, Frame
from tests.support.until import until


class Line:
    """The server's end of a socket that nobody is behind."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.written: list[Frame] = []
        self.waiting = 0
        self.empty = asyncio.Event()

    def write(self, frame: Frame) -> int:
        self.written.append(frame)
        self.frames.append(json.loads(frame.payload))
        return self.waiting

    def pending(self) -> int:
        return self.waiting

    def abort(self) -> None:
        self.waiting = -1

    async def drained(self) -> None:
        await self.empty.wait()


class Play:
    """A board, its followers, and deeds that are done as if they had been stored."""

    def __init__(self) -> None:
        self.current = Current(Board("b", "s"))
        self.followers = Followers(self.current)
        self.lines: dict[str, Line] = {}
        self.sessions: dict[str, Session] = {}
        self.n = 0

    def come(self, name: str, role: Role = Role.MEMBER, want: str = "items") -> Line:
        line = Line()
        actor = Actor(role, name, "o")
        session = Session(len(self.sessions) + 1, "login", actor, name, "O", f"tab of {name}", line, want, 1)
        self.sessions[name], self.lines[name] = session, line
        self.followers.welcome(session, 0, None, 0)
        line.frames.clear()
        return line

    def act(self, name: str, op: Op) -> None:
        self.n += 1
        session, before = self.sessions[name], self.current.board
        asked = OpRequest(session.actor, session.client, None, op, 1.0)
        group = decide_group(before, [asked], {}, {})
        self.current.advance(group.after, group.touched)
        (outcome,) = group.answers
        self.followers.answer(session, Answer(outcome))  # type: ignore[arg-type]
        self.followers.tell_changes(before, group)

    def given(self, name: str) -> list[dict[str, Any]]:
        """The frames of changes since the last look."""
        found = [frame for frame in self.lines[name].frames if frame["type"] == "changes"]
        self.lines[name].frames.clear()
        return found


def card(id: str, **more: Any) -> AddCard:
    return AddCard(id * 8 + "-0000-4000-8000-000000000000", "note", "Some words", **more)


async def test_D8_all_who_only_look_on_get_the_very_same_frame_and_the_writer_one_with_the_ack() -> None:
    play = Play()
    for name in ("Ana", "Ben", "Cat"):
        play.come(name)
    play.act("Ana", card("a"))

    assert play.lines["Ben"].written[-1] is play.lines["Cat"].written[-1]
    (ana,), (ben,) = play.given("Ana"), play.given("Ben")
    assert ana["puts"] == ben["puts"]
    assert (len(ana["acks"]), ben["acks"]) == (1, [])


async def test_D2_frames_follow_on_each_other_for_everybody() -> None:
    play = Play()
    for name in ("Ana", "Ben"):
        play.come(name)
    for id, name in (("a", "Ana"), ("b", "Ben"), ("c", "Ana")):
        play.act(name, card(id))

    for name in ("Ana", "Ben"):
        assert [(f["from"], f["to"]) for f in play.given(name)] == [(0, 1), (1, 2), (2, 3)]


async def test_D3_a_draft_reaches_its_author_alone_and_others_go_on_from_where_they_were() -> None:
    play = Play()
    for name in ("Ana", "Ben"):
        play.come(name)
    play.act("Ana", card("a", draft=True))
    play.act("Ana", EditCard(card("a").id, text="Other words"))

    assert len(play.given("Ana")) == 2
    assert play.given("Ben") == []
    play.act("Ana", PublishCard(card("a").id))
    (seen,) = play.given("Ben")
    assert (seen["from"], seen["to"]) == (0, 3)
    assert [put["fields"]["text"] for put in seen["puts"]] == ["Other words"]


async def test_D12_a_pong_takes_one_viewer_past_what_was_not_for_them_and_the_group_is_one_again_after() -> (
    None
):
    play = Play()
    for name in ("Ana", "Ben", "Cat"):
        play.come(name)
    play.act("Ana", card("a", draft=True))
    play.followers.pong(play.sessions["Ben"])

    assert play.lines["Ben"].frames[-1] == {"type": "pong", "to": 1}
    play.act("Ana", card("b"))
    (ben,), (cat,) = play.given("Ben"), play.given("Cat")
    assert (ben["from"], cat["from"], ben["to"], cat["to"]) == (1, 0, 2, 2)
    assert len(list(play.followers.cohorts)) == 1


async def test_D10_a_full_socket_is_left_alone_and_gets_the_newest_once_it_drains() -> None:
    play = Play()
    for name in ("Ana", "Ben"):
        play.come(name)
    slow = play.lines["Ben"]
    slow.waiting = FULL + 1
    play.act("Ana", card("a"))
    play.given("Ben")
    play.act("Ana", card("b"))
    play.act("Ana", card("c"))
    play.act("Ana", RemoveCard(card("b").id))

    assert play.given("Ben") == []
    slow.waiting = 0
    slow.empty.set()
    for _ in range(3):
        await asyncio.sleep(0)
    (late,) = play.given("Ben")
    assert (late["from"], late["to"], len(late["puts"])) == (1, 4, 1)
    play.act("Ana", card("d"))
    assert [f["from"] for f in play.given("Ben")] == [4]


async def test_D5_who_is_full_while_rights_change_is_welcomed_again_once_it_drains() -> None:
    play = Play()
    slow = play.come("Ben")
    play.come("Ana")
    slow.waiting = FULL + 1
    play.act("Ana", card("a"))
    slow.frames.clear()
    play.followers.welcome_again(play.sessions["Ben"])

    assert slow.frames == []
    slow.waiting = 0
    slow.empty.set()
    for _ in range(3):
        await asyncio.sleep(0)
    assert [f["full"] for f in slow.frames if f["type"] == "welcome"] == [True]


async def test_D4_who_is_full_while_what_was_removed_is_cleared_gets_the_whole_board_once_it_drains() -> None:
    play = Play()
    for name in ("Ana", "Ben"):
        play.come(name)
    play.act("Ana", card("a"))
    slow = play.lines["Ben"]
    slow.waiting = FULL + 1
    play.act("Ana", card("b"))
    play.act("Ana", RemoveCard(card("a").id))
    slow.frames.clear()
    before = play.current.board
    kept = [item for item in before.items.values() if item.removed is None]
    play.current.advance(load(Board("b", "s", seq=before.seq + 1, floor=before.seq + 1), kept), [])
    play.followers.tell_changes(before, None)

    slow.waiting = 0
    slow.empty.set()
    for _ in range(3):
        await asyncio.sleep(0)
    (welcome,) = [f for f in slow.frames if f["type"] == "welcome"]
    assert welcome["full"]
    assert [put["id"] for put in welcome["puts"]] == [card("b").id]


async def test_D13_the_outline_hears_which_parts_changed_and_of_drafts_only_their_author() -> None:
    play = Play()
    ana, ben = play.come("Ana", want="parts"), play.come("Ben", want="parts")
    play.act("Ana", card("a", draft=True))

    parts = [f for f in ana.frames if f["type"] == "parts"]
    assert [f["parts"] for f in parts] == [["loose"]]
    assert ben.frames == []


async def test_D13_the_outline_is_welcomed_without_items_and_says_so_truly_where_it_stands() -> None:
    play = Play()
    play.come("Ana")
    play.act("Ana", card("a"))
    line = Line()
    session = Session(9, "login", play.sessions["Ana"].actor, "Ana", "O", "her outline", line, "parts", 1)
    play.followers.welcome(session, 0, None, 3)

    (frame,) = line.frames
    assert (frame["puts"], frame["dels"]) == ([], [])
    assert (frame["full"], frame["to"], frame["last_n"], frame["part"]) == (True, 1, 3, {"i": 1, "of": 1})


@pytest.mark.parametrize(("want", "told"), [("parts", True), ("wall", False)])
async def test_D13_the_wall_of_a_person_is_told_nothing_of_their_drafts(want: str, told: bool) -> None:
    play = Play()
    play.come("Ana")
    line = Line()
    play.followers.welcome(
        Session(9, "login", play.sessions["Ana"].actor, "Ana", "O", "wall", line, want, 1), 0, None, 0
    )
    line.frames.clear()
    draft = card("a", draft=True)
    play.act("Ana", draft)
    play.followers.tell_clash(Clash(draft.id, "text", "CANARY one", "CANARY two", "Ana"))

    assert bool(line.frames) is told
    assert ("CANARY" in str(line.frames)) is told
    play.act("Ana", card("b"))
    assert {"type": "parts", "to": 2, "parts": ["loose"]} in line.frames


async def test_the_same_tab_coming_again_takes_the_place_of_its_earlier_connection() -> None:
    play = Play()
    first = play.come("Ana")
    again = Session(9, "login", play.sessions["Ana"].actor, "Ana", "O", "tab of Ana", Line(), "items", 1)
    play.followers.replace(again)
    play.followers.welcome(again, 0, None, 0)

    assert first.waiting == -1
    assert list(play.followers.sessions) == [9]
    play.followers.leave(play.sessions["Ana"])
    assert list(play.followers.sessions) == [9]


async def test_D9_a_lone_deed_waits_for_nothing_however_many_look_on() -> None:
    play = Play()
    for i in range(600):
        play.come(f"Person {i}")

    assert play.followers.pause(1) == 0
    play.act("Person 0", card("a"))
    play.followers._pace._last_frame = monotonic() - 0.1
    assert play.followers.pause(1) == 0


async def test_D9_deeds_are_gathered_for_as_long_as_telling_everybody_has_taken() -> None:
    play = Play()
    play.come("Ana")
    play.act("Ana", card("a"))
    assert play.followers.pause(1) < 0.001

    pace = play.followers._pace
    pace._cost, pace._last_frame = 0.004, monotonic()
    assert 0.004 < play.followers.pause(1) <= 0.004 / SHARE
    pace._cost, pace._last_frame = 5.0, monotonic()
    assert 0 < play.followers.pause(1) <= LONGEST


async def test_D9_what_telling_takes_is_measured_and_a_single_slow_frame_is_soon_forgotten() -> None:
    play = Play()
    for i in range(50):
        play.come(f"Person {i}")
    pace = play.followers._pace
    pace._cost = 1.0
    for i in range(60):
        play.act("Person 0", card(f"card {i}"))

    assert 0 < pace._cost < 0.05


async def test_D9_deeds_are_stored_while_the_next_frame_may_not_go_yet() -> None:
    play = Play()
    play.come("Ana")
    pace = play.followers._pace
    pace._cost, pace._last_frame = 0.02 * SHARE, monotonic()
    pace._storing = 0.015
    assert 0 < play.followers.pause(1) <= 0.005
    pace._storing = 0.03
    assert play.followers.pause(1) == 0


async def test_D9_what_storing_takes_is_measured_from_when_the_turn_was_to_begin() -> None:
    pace = FramePace()
    assert pace.pause(1) == 0
    pace._turn = monotonic() - 0.02
    pace.begin()
    taken = pace._storing
    pace.begin()  # by what another process stored: that was no turn

    assert 0.02 * WEIGHT <= taken < LONGEST
    assert pace._storing == taken


async def test_D9_a_late_loop_makes_any_board_hot() -> None:
    play = Play()
    play.come("Ana")
    play.followers._pace._last_frame, play.followers._pace._lag.seconds = monotonic(), 0.05

    assert 0 < play.followers.pause(1) <= FLOOR


async def test_D9_a_whole_group_of_deeds_waits_for_nothing() -> None:
    play = Play()
    play.come("Ana")
    play.followers._pace._last_frame, play.followers._pace._lag.seconds = monotonic(), 0.05

    assert play.followers.pause(GROUP) == 0


@pytest.mark.parametrize("waits", [True, False])
async def test_C5_who_read_too_slowly_is_told_whether_the_server_still_waits(waits: bool) -> None:
    play = Play()
    line = play.come("Ben")
    play.come("Ana")
    play.followers.tell_waiting(not waits)
    line.waiting = FULL + 1
    play.act("Ana", card("a"))
    play.followers.tell_waiting(waits)
    line.waiting = 0
    line.empty.set()
    await until(lambda: not play.sessions["Ben"].full)

    assert [frame["waiting"] for frame in line.frames if frame["type"] == "waiting"] == [not waits, waits]
