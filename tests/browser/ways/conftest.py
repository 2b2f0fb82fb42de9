"""One server and one browser for all ways, and for each test a board of its own and a fresh page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page

from app.db import Database, new_id
from app.people import actions as people
from app.spaces import actions
from app.spaces.space import SpaceDraft
from tests.browser.ways.scene import Scene, furnished
from tests.browser.ways.shelf import TITLE, Shelf
from tests.support.browser import WIDE, Pages
from tests.support.databases import copy_sqlite
from tests.support.server import serving

DRAFT = SpaceDraft("Winter Together", "So that people are home when they are ready to leave hospital.")
PLAIN: dict[str, Any] = {**WIDE, "java_script_enabled": False}


@dataclass
class House:
    """A served product with Ana in it: her two browsers, with JavaScript and without, and her script."""

    db: Database
    ana: str
    api: httpx.AsyncClient
    browsers: Pages
    wide: BrowserContext
    plain: BrowserContext

    async def space(self) -> str:
        async with self.db.write() as tx:
            return await actions.create_space(tx, self.ana, DRAFT, "Northfield Trust")

    async def board(self, space: str) -> str:
        id = new_id()
        form = {"title": TITLE, "template": "blank", "id": id, "_csrf_token": self.api.cookies["tl_csrf"]}
        answer = await self.api.post(f"/spaces/{space}/boards", data=form)
        assert answer.status_code == 303, answer.text
        return id

    async def shelf(self, space: str) -> Shelf:
        """The boards of a space as the server has them."""
        query = f"SELECT title, archived_at FROM board WHERE space_id = '{space}'"
        async with self.db.read() as tx:
            rows = (await tx.exec_driver_sql(query)).all()
        return [(row.title, row.archived_at is not None) for row in rows]


@pytest.fixture(scope="session")
async def house(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("ways")
    url = copy_sqlite(sqlite_template, folder)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving(folder, url, LIMITS="off"))
        db = Database(url)
        stack.push_async_callback(db.close)
        async with db.write() as tx:
            ana = await people.create_person(tx, "Ana Okafor", "ana@example.org")
            token = await people.start_session(tx, ana, "a test")
        api = httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, timeout=20)
        stack.push_async_callback(api.aclose)
        api.cookies.set("tl_session", token)
        await api.get("/sign-in")
        browsers = Pages(browser)
        stack.push_async_callback(browsers.close)
        contexts = [(await browsers.open(**look)).context for look in (WIDE, PLAIN)]
        for context in contexts:
            await context.add_cookies([{"name": "tl_session", "value": token, "url": server.url}])
        yield House(db, ana, api, browsers, *contexts)


Open = Callable[[str, bool], Awaitable[Page]]


@pytest.fixture
async def open_page(house: House) -> AsyncIterator[Open]:
    """`await open_page(path, javascript)`: a page of Ana's; unexpected console errors fail the test."""
    opened: list[Page] = []

    async def open_one(path: str, javascript: bool) -> Page:
        page = await (house.wide if javascript else house.plain).new_page()
        opened.append(page)
        await page.goto(f"{house.api.base_url}{path}")
        return page

    yield open_one
    for page in opened:
        await page.goto("about:blank")  # where it is still on its way to another page, closing waits for ever
        await page.close()
    problems, house.browsers.problems[:] = house.browsers.problems[:], []
    assert not problems, "The console of the browser reports:\n" + "\n".join(problems)


@pytest.fixture
async def scene(house: House) -> Scene:
    return await furnished(house.api, await house.board(await house.space()))
