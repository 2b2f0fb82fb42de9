"""Text is text: three hundred hostile payloads in every text field, on every view, in real Chromium."""

from typing import Any, get_args, get_type_hints
from uuid import uuid4

import pytest
from msgspec import UnsetType
from playwright.async_api import Page

from app.access import Actor, Role
from app.boards.core.board import Board
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.ops import TEXT_LIMITS, AddCard, AddComment, AddSection, Op
from app.boards.storage import commit
from app.db import Database
from tests.browser.hostile import PAYLOADS
from tests.conftest import StartServer
from tests.support.browser import Pages
from tests.support.server import Server
from tests.support.world import World, make_world

FIELDS = {
    (op.__struct_config__.tag, name)
    for op in get_args(Op)
    for name, kind in get_type_hints(op).items()
    if kind is str or (set(get_args(kind)) == {str, UnsetType})
}
# ids and choices: whatever is not one of a few known words is refused, and is never shown
WORDS = "document.body.innerText + [...document.querySelectorAll('textarea,input')].map(e => e.value).join()"
FOREIGN = "document.querySelectorAll('main script, main iframe, main meta, main base, main link').length"
CHOSEN = {"id", "kind", "means", "start", "end", "card", "person", "other"}


def test_three_hundred_payloads_for_every_text_field_there_is() -> None:
    assert len(set(PAYLOADS)) == 300
    assert {name for _, name in FIELDS} - CHOSEN == set(TEXT_LIMITS)


@pytest.mark.timeout(180)
async def test_payloads_reach_the_canvas_and_the_outline_as_text(
    start_server: StartServer, sqlite_url: str, pages: Pages
) -> None:
    world = await make_world(sqlite_url)
    await _fill(sqlite_url, world)
    server = await start_server(sqlite_url)
    for view in ("outline", "?view=canvas"):
        page = await _signed_in(pages, server, world)
        asked = _asked(page)
        await page.goto(f"{server.url}/boards/{world.board}/{view}".replace("/?", "?"))
        await page.get_by_text(PAYLOADS[0], exact=True).first.wait_for(state="attached")
        shown = await page.evaluate(WORDS)

        assert await page.evaluate("window.pwned") is None
        assert [url for url in asked if "hostile" in url] == []
        assert await page.evaluate(FOREIGN) <= 1
        if view == "outline":
            missing = [text for text in PAYLOADS if _plain(text) not in _plain(shown)]
            assert missing == []


@pytest.mark.timeout(120)
async def test_payloads_in_names_reach_every_page_of_a_space_as_text(
    start_server: StartServer, sqlite_url: str, pages: Pages
) -> None:
    world = await make_world(sqlite_url)
    await _name(sqlite_url, world)
    server = await start_server(sqlite_url)
    page = await _signed_in(pages, server, world)
    space = f"/spaces/{world.space}"
    for path in ("/", space, f"{space}/people", f"{space}/boards", f"{space}/edit", f"{space}/codes", "/me"):
        await page.goto(server.url + path)

        assert await page.evaluate("window.pwned") is None, path
        assert "hostile" not in page.url, path
        assert await page.locator("main iframe, main script, main base, main meta").count() == 0, path


def _asked(page: Page) -> list[str]:
    """All that the page asks the network for, as it goes."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


async def _fill(url: str, world: World) -> None:
    """A section, card and comment for each payload, by the rules and into the database."""
    actor = Actor(Role.STEWARD, world.people["Ana"], world.organisations["North"])
    ops: list[Op] = []
    for i, text in enumerate(PAYLOADS):
        section, card = str(uuid4()), str(uuid4())
        x, y = (i % 20) * 560.0, (i // 20) * 360.0
        ops.append(AddSection(section, text[:200], text, text, x, y))
        ops.append(AddCard(card, "note", text, section))
        ops.append(AddComment(str(uuid4()), card, text))
    group = decide_group(
        Board(world.board, world.space), [OpRequest(actor, "", None, op, 1.0) for op in ops], {}, {}
    )
    assert group.refused == ()
    db = Database(url)
    await db.run_write(lambda tx: commit.append(tx, group))
    await db.close()


async def _name(url: str, world: World) -> None:
    db = Database(url)
    async with db.write() as tx:
        names: dict[str, Any] = {
            "person": ("name", PAYLOADS[1]),
            "organisation": ("name", PAYLOADS[23]),
            "board": ("title", PAYLOADS[42]),
            "space": ("name", PAYLOADS[61]),
        }
        for table, (column, text) in names.items():
            await tx.exec_driver_sql(f"UPDATE {table} SET {column} = ?", (text[:120],))
        await tx.exec_driver_sql(
            "UPDATE space SET purpose = ?, scope = ?, agreement = ?", tuple(PAYLOADS[5:8])
        )
    await db.close()


async def _signed_in(pages: Pages, server: Server, world: World) -> Page:
    page = await pages.open(viewport={"width": 1440, "height": 900})
    await page.context.add_cookies([{"name": "tl_session", "value": world.tokens["Ana"], "url": server.url}])
    return page


def _plain(text: str) -> str:
    return "".join(text.split())
