"""A served board with people of two organisations at it, for the tests of the canvas in Chromium."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from app.access import Role
from app.db import Database, new_id
from app.people import actions as people
from app.spaces import actions
from app.spaces.space import SpaceDraft
from tests.support.browser import WIDE, Pages
from tests.support.databases import copy_sqlite
from tests.support.server import Server, serving

DRAFT = SpaceDraft(
    "Winter Together",
    "So that people are home, or where they want to be, when they are ready to leave hospital.",
)
NAMES = ("Ana Okafor", "Bo Hale", "Cleo Marsh", "Oli Reed")


@dataclass
class CanvasBoard:
    """Ana (steward), Bo and Oli (observer) of Northfield Trust, Cleo of Vale Hospice, and their board."""

    server: Server
    pages: Pages
    id: str
    tokens: dict[str, str]
    space: str = ""
    people: dict[str, str] = field(default_factory=dict)
    n: int = 0
    api: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{self.server.url}/boards/{self.id}?view=canvas"

    async def at(self, name: str, **look: Any) -> Page:
        """The canvas in that person's own browser, with all saved."""
        page = await self.pages.open(**(look or WIDE))
        await page.context.add_cookies(
            [{"name": "tl_session", "value": self.tokens[name], "url": self.server.url}]
        )
        await page.goto(self.url)
        await is_saved(page)
        return page

    async def act(self, op: dict[str, Any], name: str = "Ana Okafor") -> dict[str, Any]:
        """One op by plain HTTP, as a script of that person's would do it. The `changes` it answers."""
        self.n += 1
        client = self.api.get(name) or await self._client(name)
        body = {"client": f"script-{name[:2]}-{self.n}", "ops": [{"n": 1, "op": op}]}
        token = {"X-CSRFToken": client.cookies["tl_csrf"]}
        answer = await client.post(f"/boards/{self.id}/ops", json=body, headers=token)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        assert "code" not in said["acks"][0], said
        return said

    async def card(self, text: str, kind: str = "note", name: str = "Ana Okafor", **fields: Any) -> str:
        id = new_id()
        await self.act({"do": "add_card", "id": id, "kind": kind, "text": text, **fields}, name)
        return id

    async def section(self, title: str, **fields: Any) -> str:
        id = new_id()
        await self.act({"do": "add_section", "id": id, "title": title, **fields})
        return id

    async def link(self, start: str, end: str, means: str = "leads_to") -> str:
        id = new_id()
        await self.act({"do": "add_link", "id": id, "start": start, "end": end, "means": means})
        return id

    async def steward(self, path: str, **fields: str) -> None:
        """Sends a form of Ana's."""
        client = self.api.get("Ana Okafor") or await self._client("Ana Okafor")
        answer = await client.post(path, data={**fields, "_csrf_token": client.cookies["tl_csrf"]})
        assert answer.status_code == 303, answer.text

    async def archive(self) -> None:
        await self.steward(f"/boards/{self.id}/archive")

    async def fields(self, id: str) -> dict[str, Any]:
        """What the server has of an item."""
        answer = await self.api["Ana Okafor"].get(f"/boards/{self.id}/changes?client=reader&from=0")
        found: dict[str, Any] = next(item["fields"] for item in answer.json()["puts"] if item["id"] == id)
        return found

    async def _client(self, name: str) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.server.url, headers={"Origin": self.server.url}, timeout=20)
        client.cookies.set("tl_session", self.tokens[name])
        await client.get("/sign-in")
        self.api[name] = client
        return client


# Cards are measured as they come into view, and again when their letters have come: till then sections grow.
_LOOK = """async view => {
  throughline.renderer.viewport.set(view)
  await document.fonts.ready
  const places = () => JSON.stringify(
    [...document.querySelectorAll("[id^=card-], .frame-box")].map(one => one.getBoundingClientRect()))
  for (let was = "", same = 0; same < 3; ) {
    await new Promise(requestAnimationFrame)
    const now = places()
    same = now === was ? same + 1 : 0
    was = now
  }
}"""


async def look_at(page: Page, x: float, y: float, k: float = 1) -> None:
    """Pan and zoom there, and wait until nothing on the board moves any more."""
    await page.evaluate(_LOOK, {"x": x, "y": y, "k": k})


@pytest.fixture(scope="module")
async def served(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Server, str]]:
    """One server for the tests of a file, each of which has a space and a board of its own."""
    folder = tmp_path_factory.mktemp("canvas")
    url = copy_sqlite(sqlite_template, folder)
    async with serving(folder, url) as server:
        yield server, url


@pytest.fixture
async def board(served: tuple[Server, str], pages: Pages) -> AsyncIterator[CanvasBoard]:
    server, url = served
    if not server.running:
        await server.start()
    db = Database(url)
    tokens = {}
    async with db.write() as tx:
        ana, bo, cleo, oli = [
            await people.create_person(tx, name, f"{new_id()}@example.org") for name in NAMES
        ]
        space_id = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        where = f"SELECT organisation_id FROM member WHERE person_id = '{ana}'"
        (trust,) = (await tx.exec_driver_sql(where)).scalars()
        await actions.seat_person(tx, space_id, bo, trust, Role.MEMBER)
        await actions.seat_person(tx, space_id, oli, trust, Role.OBSERVER)
        hospice = await actions.add_organisation(tx, space_id, "Vale Hospice")
        await actions.seat_person(tx, space_id, cleo, hospice, Role.STEWARD)
        for name, person in zip(NAMES, (ana, bo, cleo, oli), strict=True):
            tokens[name] = await people.start_session(tx, person, "a test")
    await db.close()
    people_by_name = dict(zip(NAMES, (ana, bo, cleo, oli), strict=True))
    made = CanvasBoard(server, pages, new_id(), tokens, space_id, people_by_name)
    client = await made._client("Ana Okafor")
    fields = {
        "title": "Leaving hospital well",
        "template": "blank",
        "id": made.id,
        "_csrf_token": client.cookies["tl_csrf"],
    }
    answer = await client.post(f"/spaces/{space_id}/boards", data=fields)
    assert answer.status_code == 303, answer.text
    yield made
    for client in made.api.values():
        await client.aclose()


async def is_saved(page: Page) -> None:
    """The head says so: everything done here is durable on the server."""
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=10_000)


def card_of(page: Page, text: str) -> Locator:
    return page.locator(".card", has_text=text)


async def open_panel(page: Page, what: Locator) -> None:
    """Select a card or a section by its face or title, and open its panel."""
    await what.click()
    await page.keyboard.press("Alt+Enter")
    await expect(page.locator("#board-panel")).to_be_visible()


async def write_new(page: Page, text: str) -> None:
    """A new note by key, written and left."""
    await page.locator("#canvas").focus()
    await page.keyboard.press("n")
    await page.keyboard.type(text)
    await page.keyboard.press("Escape")
