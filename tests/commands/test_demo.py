"""The demo: every run tells the same, everybody in it can sign in, and no other server is filled."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from itertools import combinations

import httpx

from app import config as settings
from app.access import Role
from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.layout.arrangement import Box, arrange
from app.boards.core.sight import see, viewer_in
from app.boards.storage import store
from app.db import Database
from app.demo.fill import CONTENT, SPACE, fill, is_empty
from app.phrases import day_now
from app.records import store as records
from app.records.core import reviewing
from app.records.core.history import replay
from app.records.core.kinds import KINDS
from tests.conftest import StartServer
from tests.support.ports import free_port
from tests.support.server import KEPT, ROOT


async def demo(**env: str) -> tuple[int, str, str]:
    """`python -m app demo --json` in a process of its own: how it ended, stdout, stderr."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "app", "demo", "--json"),
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), "CHEAP_PASSWORDS": "yes", **env},
        stdout=PIPE,
        stderr=PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_second_run_tells_the_same_and_adds_nothing(database_url: str) -> None:
    port = str(free_port())
    code, out, err = await demo(DATABASE_URL=database_url, PORT=port)
    before = await _boards(database_url)
    again = await demo(DATABASE_URL=database_url, PORT=port)
    told = json.loads(out)

    assert (code, err) == (0, "")
    assert again == (0, out, "")
    assert await _boards(database_url) == before
    assert list(told) == ["space", "boards", "join", "people", "workshops"]
    assert told["space"]["url"] == f"http://127.0.0.1:{port}/spaces/{told['space']['id']}"
    assert told["join"]["url"] == f"http://127.0.0.1:{port}/join/{told['join']['code']}"
    assert all(b["url"] == f"http://127.0.0.1:{port}/boards/{b['id']}" for b in told["boards"])
    assert [list(person) for person in told["people"]] == [
        ["name", "organisation", "role", "email", "password"]
    ] * len(told["people"])


async def test_a_server_that_others_reach_is_not_filled(sqlite_url: str) -> None:
    code, out, err = await demo(
        DATABASE_URL=sqlite_url, BASE_URL="https://throughline.example", SECRET="s" * 40
    )
    db = Database(sqlite_url)
    untouched = await is_empty(db)
    await db.close()

    assert (code, out) == (1, "")
    assert err.strip().endswith("BASE_URL is not this one.")
    assert untouched


async def test_an_empty_server_of_ones_own_is_filled_and_everybody_can_sign_in(
    start_server: StartServer, sqlite_url: str
) -> None:
    server = await start_server(sqlite_url)
    _, out, _ = await demo(DATABASE_URL=sqlite_url, BASE_URL=server.url)
    told = json.loads(out)
    for person in told["people"][::5]:
        async with httpx.AsyncClient(headers={"Origin": server.url}, follow_redirects=True) as http:
            await http.get(f"{server.url}/sign-in")
            form = {name: person[name] for name in ("email", "password")}
            await http.post(f"{server.url}/sign-in", data={**form, "_csrf_token": http.cookies["tl_csrf"]})
            pages = [await http.get(one["url"]) for one in (told["space"], *told["boards"])]

        assert [page.status_code for page in pages] == [200] * 5
    workshop, past = told["workshops"]
    assert list(workshop) == ["id", "title", "url", "console", "present", "board", "run_sheet"]
    assert list(past) == ["id", "title", "run_sheet", "minutes", "board"]
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.get(told["join"]["url"])).status_code == 200
        assert "Show the workshop on this screen" in (await stranger.get(workshop["present"])).text


async def test_there_is_something_of_everything_and_of_everybody(sqlite_url: str) -> None:
    boards = await _boards(sqlite_url)
    items = [item for board in boards for item in board.items.values()]
    cards = [item for item in items if item.item == "card"]
    organisation = {row["key"]: row["organisation"] for row in CONTENT["people"]}
    first = CONTENT["boards"][0]
    wrote = {organisation[card["by"]] for section in first["sections"] for card in section["cards"]}

    assert len(boards) == 4
    assert {card.fields["kind"] for card in cards} == set(CARD_KINDS)
    assert {item.fields["means"] for item in items if item.item == "link"} == set(LINK_MEANINGS)
    assert all(any(i.item == "comment" for i in board.items.values()) for board in boards)
    assert wrote == set(CONTENT["organisations"])
    assert {row["role"] for row in CONTENT["people"]} == {"steward", "member", "observer"}


async def test_a_goal_stands_on_its_card_and_none_of_its_numbers_is_hidden(sqlite_url: str) -> None:
    boards = await _boards(sqlite_url)
    faces = [item.fields["face"] for item in boards[0].items.values() if item.fields.get("face")]
    (face,) = [one for one in faces if "goal" in one]
    db = Database(sqlite_url)
    async with db.read() as tx:
        stories = (
            await tx.exec_driver_sql("SELECT count(*) FROM commentary WHERE approved_at NOTNULL")
        ).scalar()
        found = (await tx.exec_driver_sql("SELECT found FROM reading")).scalars().all()
    await db.close()

    assert face["word"] == "Improving"
    assert stories == 1
    assert len(found) == 15 + 4 + 3 + 3  # real ones by trust, ours by organisation and together
    assert not [one for one in found if "suppressed" in one]


async def test_it_tells_a_line_that_was_kept_each_record_as_its_history_says(sqlite_url: str) -> None:
    boards = await _boards(sqlite_url)
    faces = [item.fields["face"] for item in boards[0].items.values() if item.fields.get("face")]
    db = Database(sqlite_url)
    async with db.read() as tx:
        kept = await records.of_space(tx, SPACE)
        told = [replay(await records.history(tx, one.id), one.id, SPACE)[-1] for one in kept]
    await db.close()

    assert sorted((one["kind"], one["word"]) for one in faces if "record" in one) == [
        ("Assumption", "Supported"),
        ("Assumption", "Untested"),
        ("Dilemma", "Being held"),
        ("Test", "Adopted"),
    ]
    assert told == kept
    (dilemma,) = [one for one in kept if one.kind == "dilemma"]
    assert [spread.count for spread in reviewing.spreads(KINDS["dilemma"], dilemma)] == [36]
    assert [one.kind for one in kept if one.look_again and one.look_again < day_now()] == ["test"]


async def test_no_card_is_drawn_on_another_or_beside_its_section(sqlite_url: str) -> None:
    for board in await _boards(sqlite_url):
        views = [view for item in board.items.values() if (view := see(board, item, viewer_in(Role.MEMBER)))]
        drawn = arrange(views)
        cards = [view for view in views if view.item == "card"]
        sections = [drawn[view.id] for view in views if view.item == "section"]

        assert [pair for pair in combinations([drawn[card.id] for card in cards], 2) if _meet(*pair)] == []
        assert [card for card in cards if not _within(drawn[card.id], drawn[card.fields["section"]])] == []
        assert [pair for pair in combinations(sections, 2) if _meet(*pair)] == []


async def _boards(url: str) -> list[Board]:
    db = Database(url)
    try:
        told = await fill(db, settings.read({"DATABASE_URL": url}))
        async with db.read() as tx:
            return [await store.load(tx, board["id"]) for board in told.boards]
    finally:
        await db.close()


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def _within(card: Box, section: Box) -> bool:
    across = section.x <= card.x and card.x + card.w <= section.x + section.w
    return across and section.y <= card.y and card.y + card.h <= section.y + section.h
