"""A PostgreSQL whose answers never come: given up, asked again, and said so meanwhile (rules S8, C5)."""

import asyncio
import re
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.access import Actor, Role
from app.boards.core.group_commit import OpRequest
from app.boards.core.ops import AddCard, EditCard
from app.boards.core.stage.ops import TakeOut
from app.boards.core.stage.taken_out import WORDS
from app.boards.core.stage.votes import Cast
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.live.stage import casting
from app.boards.live.turn.ticket import Answer
from app.boards.storage.tables import ballot
from app.db import new_id
from app.main import services
from tests.boards.conftest import Desk
from tests.boards.live.test_casts import Vote, seat
from tests.boards.live.test_room_lives import Line, follow
from tests.support.databases import Postgres
from tests.support.proxy import Proxy, Way, hostile_proxy
from tests.support.until import until

SOON = 5.0  # seconds in which everything goes on


@pytest.fixture
async def line(postgres: Postgres) -> AsyncIterator[Proxy]:
    """What lies between the product and its database."""
    async with hostile_proxy(f"{postgres.folder}/.s.PGSQL.5432", None) as proxy:
        yield proxy


@pytest.fixture
def database_url(postgres_url: str, line: Proxy) -> str:
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    return f"postgresql+asyncpg://postgres@127.0.0.1:{line.port}/{name}"


@pytest.fixture
async def rooms(desk: Desk) -> Rooms:
    rooms = services(desk.home.app).rooms
    await rooms.open(desk.id)
    return rooms


def requests(desk: Desk) -> list[OpRequest]:
    """Deeds with and without a number; done twice, the last would be seen in the log."""
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    card = new_id()
    return [
        actions.request(bo, AddCard(card, "note", "First"), client="tab", n=1),
        actions.request(bo, AddCard(new_id(), "note", "Of a form")),
        actions.request(bo, EditCard(card, text="First, again")),
    ]


def seqs(answers: list[Answer]) -> list[int | None]:
    return [answer.result.seq if answer.result else None for answer in answers]


@pytest.mark.parametrize("fault", ["go_half_open", "lose_answers"])
async def test_S8_on_a_line_that_died_without_a_word_deeds_are_done_once_and_soon(
    desk: Desk, rooms: Rooms, line: Proxy, fault: str
) -> None:
    await desk.card(desk.winter.ana)  # from then on the room has a connection that rests
    before = (await rooms.open(desk.id)).room.board.seq
    getattr(line, fault)()
    began = monotonic()
    answers = await actions.act(rooms, desk.id, None, requests(desk))

    assert monotonic() - began < SOON
    assert seqs(answers) == [before + 1, before + 2, before + 3]
    assert await desk.home.count("deed") == before + 3
    assert (await rooms.open(desk.id)).room.board.seq == before + 3


async def test_S8_words_are_rung_for_where_the_answer_to_taking_them_out_was_lost(
    desk: Desk, rooms: Rooms, line: Proxy
) -> None:
    card, rung = await desk.card(desk.winter.bo), list[str]()
    (await rooms.open(desk.id)).room.ring = lambda topic, _number: rung.append(topic)
    line.lose_answers()
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    await actions.act(rooms, desk.id, None, [actions.request(bo, TakeOut(card), client="tab", n=1)])

    assert sorted(set(rung)) == [f"board:{desk.id}", f"{WORDS}:{desk.id}"]


async def test_C5_who_waits_for_the_database_is_told_so_and_it_goes_on_when_the_line_heals(
    desk: Desk, rooms: Rooms, line: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    live = await rooms.open(desk.id)
    ana, late = Line(), Line()
    member = Actor(Role.MEMBER, desk.winter.bo.id, "o")
    follow(live, member, 1001, ana)
    line.up.swallow = line.down.swallow = True
    doing = asyncio.create_task(actions.act(rooms, desk.id, None, requests(desk)))
    await until(lambda: told(ana) == [True], 8)
    follow(live, member, 1002, late)
    page = await desk.winter.ana.get(f"{desk.path}/outline")
    line.cut_all()
    line.up, line.down = Way(), Way()
    began = monotonic()
    await doing

    assert monotonic() - began < SOON
    assert told(ana) == [True, False]
    assert late.frames[0]["waiting"] is True
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "database does not answer at the moment" in page.text
    assert not re.search("What you wrote|Sign in", page.text), "who only looks"
    assert "could not be answered without the database: NoAnswer, TimeoutError" in caplog.text
    assert (await desk.winter.ana.get(f"{desk.path}/outline")).status_code == 200


@pytest.mark.parametrize("fault", ["go_half_open", "lose_answers"])
async def test_S8_on_a_line_that_died_a_dot_and_a_note_are_kept_and_count_once(
    desk: Desk, rooms: Rooms, line: Proxy, fault: str
) -> None:
    vote = Vote(desk)
    one, _two = await vote.open(desk.winter.ana)
    bo = await seat(desk, desk.winter.bo)
    note = AddCard(new_id(), "note", "Kept meanwhile", phase=vote.first)
    asked = [actions.request(bo.actor, note, client="phone", n=1)]
    getattr(line, fault)()
    answers, refused = await asyncio.gather(
        actions.act(rooms, desk.id, bo, asked),
        casting.cast(rooms, desk.id, bo, Cast(vote.phase, 1, one)),
    )

    assert None not in seqs(answers)
    assert refused is None
    assert await vote.rows(ballot) == 1
    await vote.op(desk.winter.ana, do="close_vote", id=vote.phase)
    assert (await vote.totals())[one] == 1


async def test_S8_a_full_pool_is_waited_for(desk: Desk, rooms: Rooms) -> None:
    def hold(tx: Connection) -> None:
        tx.execute(text("SELECT pg_sleep(4)"))

    holding = [asyncio.create_task(desk.home.db.run_short_write(hold)) for _ in range(20)]
    await until(lambda: all_connected(desk))
    answers = await actions.act(rooms, desk.id, None, requests(desk))
    await asyncio.gather(*holding)

    assert None not in seqs(answers)


async def all_connected(desk: Desk) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%'"
    return int(await desk.home.value(query)) == 20


def told(line: Line) -> list[Any]:
    """What somebody was told of the database."""
    return [frame["waiting"] for frame in line.frames if frame["type"] == "waiting"]
