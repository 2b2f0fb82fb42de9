"""Who is sent what when what people may see changes: by a reveal, or by the hat they wear."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from app.access import Actor, Role
from app.boards.core.board import Board, Item
from app.boards.core.delivery import owners_of_other_parts, parts
from app.boards.core.indexes import load, put
from app.boards.core.ops import AddCard
from app.boards.core.sight import viewer_in
from app.boards.live.session import Session
from tests.boards.live.test_followers import Line, Play, card
from tests.boards.play import EVERYONE, sees, uid
from tests.boards.scripts import Step, steps
from tests.boards.scripts import play as play_script


def stage(*facilitators: str, clock: float | None = None, ended: bool = False) -> dict[str, Any]:
    return {"facilitators": list(facilitators), "lead": facilitators[0], "ends_at": clock, "ended": ended}


class Workshop(Play):
    """A board whose followers are told of what a workshop does to it."""

    def become(self, items: Iterable[Item], *, reveals: bool = False) -> None:
        """One deed that leaves `items` as they now are."""
        before = board = self.current.board
        touched = []
        for item in items:
            board = put(board, structs.replace(item, seq=before.seq + 1))
            touched.append(item.id)
        board = structs.replace(board, seq=before.seq + 1, epoch=before.epoch + reveals, stage="stage")
        self.current.advance(board, touched)
        self.followers.tell_changes(before, None)

    def set_stage(self, fields: dict[str, Any]) -> None:
        self.become([Item("stage", "stage", 0, 1, fields["lead"], 1.0, fields, {}, 1)])

    def note(self, number: int, owner: str) -> Item:
        fields = {"kind": "note", "text": f"Note {number}", "section": None, "x": 0, "y": 0, "w": 200}
        return Item(uid(number), "card", 1, 1, owner, 1.0, {**fields, "order": f"a{number:04}"}, {})

    def session(self, conn: int, name: str, line: Line, want: str) -> Session:
        """Another page of somebody who is here."""
        return Session(conn, "login", self.sessions[name].actor, name, "O", f"page {conn}", line, want, 1)

    def audience(self, name: str) -> str:
        return self.sessions[name].viewer.audience.name

    def last_audience(self, name: str) -> str | None:
        """As the frames said it, since the last look."""
        told = [frame["audience"] for frame in self.lines[name].frames if "audience" in frame]
        return str(told[-1]) if told else None

    def clear(self) -> None:
        for line in self.lines.values():
            line.frames.clear()
            line.written.clear()

    def notes(self) -> Iterator[Item]:
        items = [item for item in self.current.board.items.values() if item.item == "card"]
        return (item for item in items if item.shown is None)

    def reveal(self, *removed: str) -> None:
        at = self.current.board.seq + 1
        shown = [structs.replace(note, shown=at) for note in self.notes()]
        gone = [structs.replace(note, removed=at) for note in shown if note.owner in removed]
        self.become([one for one in shown if one.owner not in removed] + gone, reveals=True)

    def welcomes(self, name: str) -> list[dict[str, Any]]:
        return [frame for frame in self.lines[name].frames if frame["type"] == "welcome"]


def sent(line: Line, kind: str = "changes") -> list[tuple[dict[str, Any], int]]:
    """The frames of a kind, each with what tells it from others that hold the same."""
    both = zip(line.frames, line.written, strict=True)
    return [(frame, id(written)) for frame, written in both if frame["type"] == kind]


PEOPLE = [f"Person {i}" for i in range(200)]


@pytest.fixture
async def room() -> Workshop:
    """Two hundred people, each with two or three notes that only they see: five hundred in all."""
    workshop = Workshop()
    notes = [workshop.note(i, PEOPLE[i % len(PEOPLE)]) for i in range(500)]
    workshop.current.advance(load(Board("b", "s", seq=1), notes), [note.id for note in notes])
    for name in PEOPLE:
        workshop.come(name)
    workshop.clear()
    return workshop


async def test_D8_what_is_revealed_to_all_is_encoded_once_for_those_who_wrote_it_too(room: Workshop) -> None:
    room.reveal()

    assert len({encoded for line in room.lines.values() for _, encoded in sent(line)}) == 1
    for line in room.lines.values():
        ((frame, _),) = sent(line)
        assert len(frame["puts"]) == 500
        assert not any("draft" in put["fields"] for put in frame["puts"])


async def test_D8_whose_note_was_taken_away_as_it_was_revealed_has_a_frame_of_their_own(
    room: Workshop,
) -> None:
    room.reveal("Person 7", "Person 120")

    frames = {name: sent(line) for name, line in room.lines.items()}
    assert all(len(given) == 1 for given in frames.values())
    assert len({encoded for given in frames.values() for _, encoded in given}) == 3
    assert {name for name, ((frame, _),) in frames.items() if frame["dels"]} == {"Person 7", "Person 120"}
    assert len(frames["Person 7"][0][0]["dels"]) == 3


async def test_D8_the_outline_of_an_author_needs_no_frame_of_its_own_at_a_reveal(room: Workshop) -> None:
    lines = [Line() for _ in PEOPLE]
    for i, line in enumerate(lines):
        room.followers.welcome(room.session(1000 + i, PEOPLE[i], line, "parts"), 0, None, 0)
    room.reveal()

    assert len({encoded for line in lines for _, encoded in sent(line, "parts")}) == 1
    assert [[frame["parts"] for frame, _ in sent(line, "parts")] for line in lines] == [[["loose"]]] * 200


async def test_D4_who_follows_a_reveal_goes_on_from_there_and_who_comes_back_from_before_gets_all(
    room: Workshop,
) -> None:
    before = room.audience("Person 3")
    cursor = room.current.board.seq
    room.reveal()
    after = room.last_audience("Person 3")

    assert after is not None
    assert after == room.audience("Person 3") != before
    assert len(list(room.followers.cohorts)) == 1
    room.act("Person 3", card("a"))
    assert room.last_audience("Person 5") == after, "it is told once"
    for told, at, full in ((before, cursor, True), (after, cursor + 1, False)):
        line = Line()
        room.followers.welcome(room.session(999, "Person 3", line, "items"), at, told, 0)
        assert [frame["full"] for frame in line.frames if frame["type"] == "welcome"][-1] is full


async def test_D4_who_is_behind_and_who_has_no_news_is_told_the_audience_too() -> None:
    play = Workshop()
    for name in ("Ana", "Ben"):
        play.come(name)
    play.act("Ana", AddCard(uid(1), "note", "Mine", draft=True))
    before = play.audience("Ben")
    play.clear()
    play.become([structs.replace(play.current.board.items[uid(1)], removed=2)], reveals=True)

    (ben,) = play.given("Ben")
    assert (ben["from"], ben["to"], ben["puts"], ben["dels"]) == (0, 2, [], [])
    assert ben["audience"] == play.audience("Ben") != before


async def test_D5_whose_hat_changes_is_welcomed_and_nobody_else_is() -> None:
    play = Workshop()
    for name in ("Ana", "Ben", "Cat"):
        play.come(name)
    plain = play.audience("Ben")
    play.set_stage(stage("Ana"))

    assert [frame["full"] for frame in play.welcomes("Ana")] == [True]
    assert play.last_audience("Ana") == play.audience("Ana") != plain
    assert play.welcomes("Ben") == play.welcomes("Cat") == []
    play.clear()
    play.set_stage(stage("Ben", "Ana"))
    assert [name for name in play.sessions if play.welcomes(name)] == ["Ben"]
    play.clear()
    play.set_stage(stage("Ana", "Ben", ended=True))
    assert [name for name in play.sessions if play.welcomes(name)] == ["Ana", "Ben"]
    assert play.audience("Ana") == play.audience("Ben") == play.audience("Cat") == plain
    assert len(list(play.followers.cohorts)) == 2, "who has no news stays where they were"


async def test_D5_a_clock_that_is_set_welcomes_nobody() -> None:
    play = Workshop()
    for name in ("Ana", "Ben"):
        play.come(name)
    play.set_stage(stage("Ana"))
    play.clear()
    for minute in range(5):
        play.set_stage(stage("Ana", clock=60.0 * minute))

    assert play.welcomes("Ana") == play.welcomes("Ben") == []


async def test_D5_a_hat_that_comes_while_a_socket_is_full_is_told_once_it_drains() -> None:
    play = Workshop()
    slow = play.come("Ana")
    play.come("Ben")
    slow.waiting = 10**9
    play.act("Ben", card("a"))
    slow.frames.clear()
    play.set_stage(stage("Ana"))

    assert slow.frames == []
    slow.waiting = 0
    slow.empty.set()
    for _ in range(3):
        await asyncio.sleep(0)
    assert [frame["full"] for frame in play.welcomes("Ana")] == [True]
    assert play.last_audience("Ana") == play.audience("Ana") != play.audience("Ben")


async def test_D13_a_wall_wears_no_hat_whoever_projects() -> None:
    play = Workshop()
    play.come("Ana", want="wall")
    play.come("Ben", want="wall")
    play.set_stage(stage("Ana"))

    assert play.welcomes("Ana") == []
    assert play.audience("Ana") == play.audience("Ben")


async def test_O5_a_role_that_changes_needs_a_welcome_and_an_organisation_or_epoch_none() -> None:
    play = Workshop()
    play.come("Ana")
    session = play.sessions["Ana"]

    def becomes(role: Role, epoch: int) -> bool:
        session.set_actor(Actor(role, "Ana", "another"), epoch)
        return session.sees_otherwise_on(play.current.board)

    assert not becomes(Role.MEMBER, 2)
    play.current.board = structs.replace(play.current.board, epoch=9)
    assert not becomes(Role.MEMBER, 3)
    assert becomes(Role.OBSERVER, 4)


@given(steps)
def test_D13_whoever_is_not_apart_has_the_parts_of_their_group(drawn: list[Step]) -> None:
    script = play_script(drawn)
    now = script.play.board
    for then in script.boards:
        ids = [item.id for item in now.items.values() if item.seq > then.seq]
        for actor in EVERYONE:
            group = parts(then, now, ids, viewer_in(actor.role))
            if actor.person not in owners_of_other_parts(then, now, ids, group):
                assert parts(then, now, ids, sees(actor)) == group
