"""The outline in a room full of phones: drawn once for all, apart for whoever has something of their own."""

import asyncio
import base64
import json
import zlib
from collections.abc import Collection, Mapping
from typing import Any

import pytest
from msgspec import structs

from app.access import Actor, Role
from app.assets import Static
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.live import outline
from app.boards.live.current import Current
from app.boards.live.followers import Followers
from app.boards.live.outline import Drawn
from app.boards.live.session import Session
from app.boards.outline.drawing import Cards
from app.boards.outline.screen import OutlineScreen
from app.realtime.fanout import FULL
from app.spaces.space import Participant
from app.templating import engine
from tests.boards.live.test_followers import Line
from tests.boards.play import ANA, BEN, GIL, OLA, SUE, Play
from tests.support.until import until

CANARY = "only for its author"


class Names:
    """The people of the space; `hold` lets those who ask for them wait."""

    def __init__(self) -> None:
        self.hold = asyncio.Event()
        self.hold.set()

    async def __call__(self, space_id: str) -> Mapping[str, Participant]:
        await self.hold.wait()
        names = ((str(one.person), one) for one in (ANA, BEN, GIL, OLA, SUE))
        return {
            id: Participant(id, id.title(), one.organisation, "North", 1, one.role, False)
            for id, one in names
        }


class Counted(OutlineScreen):
    """Counts how often the outline was drawn, and each card."""

    def __init__(self, names: Names) -> None:
        super().__init__(Cards(engine(Static())), None)  # type: ignore[arg-type] # no database is asked
        self._names, self.drawings = names, 0

    async def names(self, space_id: str) -> Mapping[str, Participant]:
        return await self._names(space_id)

    async def draw(
        self,
        before: Board,
        board: Board,
        changed: Collection[str] | None,
        actor: Actor,
        persons: Collection[str],
    ) -> Drawn:
        self.drawings += 1
        return await super().draw(before, board, changed, actor, persons)


class Room(Play):
    """A board with pages on its outline."""

    def __init__(self) -> None:
        super().__init__()
        self.current, self.names = Current(self.board), Names()
        self.screen = Counted(self.names)
        self.followers = Followers(self.current, outline=self.screen)
        self.sessions: list[Session] = []

    def come(self, who: Actor) -> Line:
        line = Line()
        number = len(self.sessions) + 1
        session = Session(number, "login", who, "A", "O", f"tab {number}", line, "news", 1)
        self.sessions.append(session)
        self.followers.welcome(session, 0, None, 0)
        return line

    def tell(self) -> None:
        before = self.current.board
        touched = [id for id, item in self.board.items.items() if item.seq > before.seq]
        self.current.advance(self.board, touched)
        self.followers.tell_changes(before, None)

    async def drawn(self) -> None:
        """Once no drawing is under way any more."""
        while (task := self.followers.outline._task) is not None and not task.done():
            await task


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "EVERY", 0.0)


def news(line: Line) -> list[dict[str, Any]]:
    return [frame for frame in line.frames if frame["type"] == "news"]


def cards(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """What is packed in a frame."""
    packed = frame["cards"]
    found: list[dict[str, Any]] = json.loads(zlib.decompress(base64.b64decode(packed), -15)) if packed else []
    return found


def everything(line: Line) -> str:
    return "".join(
        json.dumps(frame) + json.dumps(cards(frame) if "cards" in frame else "") for frame in line.frames
    )


async def test_forty_phones_get_the_same_bytes_drawn_once() -> None:
    room = Room()
    phones = [room.come(GIL) for _ in range(40)]
    card = room.card(ANA, "More ramps")
    room.tell()
    await room.drawn()

    frames = [phone.written[-1] for phone in phones]
    assert all(frame is frames[0] for frame in frames)
    assert room.screen.drawings == 1
    (shown,) = cards(news(phones[0])[0])
    assert (shown["id"], shown["after"]) == (card, "")
    assert "More ramps" in shown["html"]


@pytest.mark.parametrize("author", [ANA, BEN, GIL, SUE])
async def test_a_draft_is_sent_to_its_author_alone_and_no_time_of_a_frame_tells_of_it(author: Actor) -> None:
    room = Room()
    section = room.section()
    room.tell()
    phones = {who.person: room.come(who) for who in (ANA, BEN, GIL, OLA, SUE)}
    room.draft(author, CANARY, section=section)
    room.tell()
    await room.drawn()
    assert [bool(news(phone)) for phone in phones.values()] == [name == author.person for name in phones]

    room.card(BEN if author is ANA else ANA, "For all", section=section)
    room.tell()
    await room.drawn()

    assert CANARY in everything(phones[author.person])
    assert [CANARY in everything(phone) for name, phone in phones.items() if name != author.person] == [
        False
    ] * 4
    kept = str(list(room.screen.cards._kept.values()))
    assert CANARY not in kept
    assert "For all" in kept


async def test_an_author_is_offered_what_is_theirs_and_nobody_else_is() -> None:
    room = Room()
    card = room.card(ANA, "A card")
    room.tell()
    ana, ben = room.come(ANA), room.come(BEN)
    comment = room.comment(BEN, card, "A remark")
    room.tell()
    await room.drawn()

    (for_ana,), (for_ben,) = cards(news(ana)[0]), cards(news(ben)[0])
    assert f"remove_comment {comment}" in for_ben["html"]
    assert f"remove_comment {comment}" not in for_ana["html"]
    assert "Take out the words" in for_ana["html"]
    assert "Take out the words" not in for_ben["html"]


async def test_an_observer_gets_no_buttons_though_a_member_of_the_same_board_was_drawn_first() -> None:
    room = Room()
    phones = [room.come(who) for who in (BEN, OLA)]
    room.card(ANA, "A card")
    room.tell()
    await room.drawn()

    assert ["Remove" in everything(phone) for phone in phones] == [True, False]


async def test_who_is_paused_takes_no_buttons_from_those_who_are_not() -> None:
    for paused in range(8):  # sets have no order: with one alone the other may be drawn first
        room = Room()
        strangers = [room.come(structs.replace(BEN, person=f"p{n}", paused=True)) for n in range(paused)]
        ben = room.come(BEN)
        room.card(ANA, "A card")
        room.tell()
        await room.drawn()

        assert "Remove" in everything(ben)
        assert ["Remove" in everything(one) for one in strangers] == [False] * paused


async def test_whoever_becomes_another_while_it_is_drawn_is_not_sent_what_they_were_to_see() -> None:
    room = Room()
    line = room.come(SUE)
    room.names.hold.clear()
    room.card(ANA, "A card")
    room.tell()
    await until(lambda: room.screen.drawings == 1)
    room.sessions[0].set_actor(Actor(Role.OBSERVER, "sue", "north"), 2)
    room.names.hold.set()
    await room.drawn()

    assert [(frame["ask"], cards(frame)) for frame in news(line)] == [(None, [])]


async def test_a_phone_that_reads_slowly_asks_for_all_once_it_can_read_again() -> None:
    room = Room()
    line, other = room.come(BEN), room.come(OLA)
    line.waiting = FULL + 1
    room.card(ANA, "First")
    room.tell()
    await room.drawn()
    room.card(ANA, "Second")
    room.tell()
    await room.drawn()
    assert ["Second" in everything(one) for one in (line, other)] == [False, True]

    line.waiting = 0
    line.empty.set()
    await until(lambda: news(line)[-1]["ask"] is None)


async def test_where_our_own_code_fails_over_a_drawing_pages_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()
    line = room.come(BEN)

    def fails(*_: object) -> str:
        raise ValueError("a mistake")

    monkeypatch.setattr(room.screen.cards, "html", fails)
    room.card(ANA, "First")
    room.tell()
    await room.drawn()
    monkeypatch.undo()
    monkeypatch.setattr(outline, "EVERY", 0.0)
    room.card(ANA, "Second")
    room.tell()
    await room.drawn()

    assert [(frame["ask"], len(cards(frame))) for frame in news(line)] == [(None, 0), ([], 1)]


async def test_a_copy_of_a_card_has_another_id_each_time_it_is_drawn() -> None:
    room = Room()
    line = room.come(BEN)
    card = room.card(ANA, "A card")
    room.tell()
    await room.drawn()
    (first,) = cards(news(line)[0])
    room.come(OLA)
    hand_drawn = {key: one for key, one in room.screen.cards._kept.items() if key[2] == card}
    (kept,) = hand_drawn.values()

    assert f"duplicate_card {kept.copy}" in kept.html
    assert kept.copy not in first["html"]


async def test_a_card_is_drawn_again_only_when_something_on_it_is_different(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    drawn: list[str] = []
    draw = room.screen.cards._draw

    def counted(*given: Any) -> Any:
        drawn.append(given[1].text)
        return draw(*given)

    monkeypatch.setattr(room.screen.cards, "_draw", counted)
    room.come(BEN)
    one, other = room.card(ANA, "One"), room.card(ANA, "Other")
    room.link(ANA, one, other)
    room.tell()
    await room.drawn()
    room.act(ANA, o.MoveCard(one, x=5.0, y=5.0))
    room.tell()
    await room.drawn()

    assert sorted(drawn) == ["One", "One", "Other"]
