"""A guest comes back in the same browser and finds every word; somebody else in it finds none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect
from sqlalchemy import text

from app.db import Database, new_id, now
from app.spaces.joining import join
from app.spaces.space import JoinCode
from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, served, write_new
from tests.support.browser import WIDE, faultless
from tests.support.server import Server

__all__ = ["board", "served"]

UNREACHABLE = r"ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)|WebSocket connection to .* failed"


@dataclass
class Night:
    """The board, a code to it, and its database."""

    board: CanvasBoard
    db: Database
    space: str
    code: JoinCode

    async def new_code(self) -> JoinCode:
        async with self.db.write() as tx:
            by = await tx.execute(text("SELECT person_id FROM member WHERE space_id = :s"), {"s": self.space})
            by_id = str(by.scalars().first())
            self.code = await join.add_code(tx, self.space, by_id, now() + timedelta(days=1))
        return self.code

    async def join(self, page: Page, name: str, *, shared: bool = False) -> None:
        """Join by the code, as a person does; ends on the canvas."""
        await page.goto(f"{self.board.server.url}/join/{self.code.code}?board={self.board.id}")
        await self.fill_in(page, name, shared=shared)
        await is_saved(page)

    async def fill_in(self, page: Page, name: str, *, shared: bool = False) -> None:
        await page.get_by_label("Your name").fill(name)
        await page.get_by_label("Your organisation").fill("Riverside Pharmacy")
        if shared:
            await page.get_by_label("This is a shared device").check()
        await page.get_by_role("button", name="Join", exact=True).click()

    async def pass_by(self) -> None:
        """Thirteen hours in which no guest does anything."""
        async with self.db.write() as tx:
            guests = "SELECT id FROM person WHERE email IS NULL"
            await tx.execute(
                text(f"UPDATE login SET seen_at = :at WHERE person_id IN ({guests})"),
                {"at": f"{now() - timedelta(hours=13):%Y-%m-%d %H:%M:%S.%f}"},
            )

    async def offline_card(self, page: Page, words: str) -> None:
        """A card written while no server is in reach, and kept on the device; then the tab is closed."""
        await self.board.server.stop()
        await expect(page.locator("#saved")).to_have_attribute("data-state", "offline", timeout=15_000)
        await write_new(page, words)
        await expect(page.locator("#saved")).to_contain_text("1 stored on this device")


@pytest.fixture
async def night(served: tuple[Server, str], board: CanvasBoard) -> AsyncIterator[Night]:
    board.pages.expect(UNREACHABLE)
    db = Database(served[1])
    async with db.read() as tx:
        where = await tx.execute(text("SELECT space_id FROM board WHERE id = :id"), {"id": board.id})
        space = str(where.scalar_one())
    made = Night(board, db, space, None)  # type: ignore[arg-type]
    await made.new_code()
    yield made
    await db.close()


async def test_the_draft_and_the_card_of_the_night_are_there_in_the_morning(night: Night) -> None:
    board = night.board
    dee = await board.pages.open(**WIDE)
    await night.join(dee, "Dee")
    me = await _me(dee)
    board.tokens["Dee"] = await _session(dee.context)
    await board.card("Only for my own eyes", name="Dee", draft=True)
    await expect(card_of(dee, "Only for my own eyes")).to_be_visible()
    await dee.evaluate(_KEEP_REFUSED, [me, board.id])
    await night.offline_card(dee, "Written in the cellar")
    await dee.close()
    await night.pass_by()
    await board.server.start()

    again = await dee.context.new_page()
    await again.goto(board.url)
    await expect(again.get_by_role("heading", name="Are you Dee, here on")).to_be_visible()
    assert await card_of(again, "Written in the cellar").count() == 0
    await faultless(again, "known-guest")
    await again.get_by_role("button", name="Yes").click()
    await again.wait_for_url(f"**/boards/{board.id}")
    await is_saved(again)

    await expect(card_of(again, "Only for my own eyes")).to_be_visible()
    await expect(card_of(again, "Written in the cellar")).to_be_visible()
    await expect(again.get_by_role("button", name="Not saved, 1 item")).to_be_visible()
    assert await _me(again) == me
    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Written in the cellar")).to_have_count(1)
    assert await card_of(cleo, "Only for my own eyes").count() == 0


async def test_a_tab_left_open_over_night_leads_to_the_question(night: Night) -> None:
    board = night.board
    board.pages.expect("401")
    dee = await board.pages.open(**WIDE)
    await night.join(dee, "Dee")
    await night.offline_card(dee, "Written in the cellar")
    await night.pass_by()
    await board.server.start()
    await expect(dee.locator("#saved")).to_contain_text(
        "You are signed out, 1 stored on this device", timeout=15_000
    )
    await dee.get_by_role("button", name="Sign in").click()
    await dee.get_by_role("button", name="Yes").click()
    await dee.wait_for_url(f"**/boards/{board.id}")
    await is_saved(dee)

    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Written in the cellar")).to_have_count(1)


async def test_somebody_else_neither_sees_nor_sends_what_a_guest_left(night: Night) -> None:
    board = night.board
    dee = await board.pages.open(**WIDE)
    await night.join(dee, "Dee")
    me = await _me(dee)
    await night.offline_card(dee, "Written in the cellar")
    await dee.close()
    await night.pass_by()
    await board.server.start()

    eve = await dee.context.new_page()
    await eve.goto(f"{board.server.url}/join/{night.code.code}?board={board.id}")
    await expect(
        eve.get_by_text("1 change of theirs, on this device only, would be deleted.")
    ).to_be_visible()
    await eve.get_by_role("button", name="Somebody else").click()
    await night.fill_in(eve, "Eve")
    await is_saved(eve)

    assert await _me(eve) != me
    assert await card_of(eve, "Written in the cellar").count() == 0
    assert await eve.evaluate(_STORED_OF, me) == 0
    cleo = await board.at("Cleo Marsh")
    assert await card_of(cleo, "Written in the cellar").count() == 0


async def test_what_a_guest_left_stays_theirs_when_somebody_else_joins_and_signs_out(night: Night) -> None:
    board = night.board
    # With two boards the code alone leads to the home.
    await board.steward(f"/spaces/{night.space}/boards", title="Another", template="blank", id=new_id())
    dee = await board.pages.open(**WIDE)
    await night.join(dee, "Dee")
    me = await _me(dee)
    await night.offline_card(dee, "Written in the cellar")
    left = await dee.evaluate(_STORED_OF, me)
    await dee.close()
    await night.pass_by()
    token = next(one for one in await dee.context.cookies() if one["name"].startswith("tl_guest_"))
    await dee.context.clear_cookies()
    await board.server.start()

    eve = await dee.context.new_page()
    await eve.goto(f"{board.server.url}/join/{night.code.code}")
    await night.fill_in(eve, "Eve")
    await eve.locator(".bar-person > summary").click()
    await eve.wait_for_function(f"({_LAST})().then(last => last === undefined)")
    await eve.get_by_role("button", name="Sign out", exact=True).click()
    await eve.wait_for_url(f"{board.server.url}/")
    assert await eve.evaluate(_STORED_OF, me) == left
    await eve.context.add_cookies([token])  # type: ignore[list-item]
    await eve.goto(board.url)
    await eve.get_by_role("button", name="Yes").click()
    await eve.wait_for_url(f"**/boards/{board.id}")
    await is_saved(eve)

    await expect(card_of(eve, "Written in the cellar")).to_be_visible()


async def test_on_a_shared_device_the_browser_keeps_nothing(night: Night) -> None:
    board = night.board
    dee = await board.pages.open(**WIDE)
    await night.join(dee, "Dee", shared=True)
    me = await _me(dee)
    await write_new(dee, "Written in the library")
    await is_saved(dee)
    session = next(one for one in await dee.context.cookies() if one["name"] == "tl_session")

    assert session["expires"] == -1
    assert await dee.evaluate(_STORED_OF, me) == 0
    assert await dee.evaluate(f"({_LAST})().then(last => last ?? null)") is None
    board.pages.expect("401")  # of what the page asks until it is left
    await night.pass_by()
    await dee.goto(board.url)
    await expect(dee.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await dee.evaluate(_STORED_OF, me) == 0


async def _me(page: Page) -> str:
    return str(await page.locator("#board").get_attribute("data-me"))


async def _session(context: BrowserContext) -> str:
    cookies: list[Any] = await context.cookies()
    return str(next(one["value"] for one in cookies if one["name"] == "tl_session"))


_OPEN = """const db = await new Promise((done) => {
    const asked = indexedDB.open("throughline")
    asked.onsuccess = () => done(asked.result)
  })"""

# A text that the server refused, as the page puts it away.
_KEEP_REFUSED = f"""async ([person, board]) => {{
  {_OPEN}
  const op = {{ do: "add_card", id: "c" }}
  const draft = {{ id: "kept", words: "Refused words", say: "Not now.", op, at: 1 }}
  const tx = db.transaction("drafts", "readwrite")
  tx.objectStore("drafts").put({{ person, board, id: "kept", draft }})
  await new Promise((done) => (tx.oncomplete = done))
  db.close()
}}"""

# How many rows this browser stores of a person.
_STORED_OF = f"""async (person) => {{
  {_OPEN}
  const names = [...db.objectStoreNames].filter((name) => name !== "notes")
  const counts = await Promise.all(names.map((name) => new Promise((done) => {{
    const store = db.transaction(name).objectStore(name)
    store.count(IDBKeyRange.bound([person], [person, []])).onsuccess = (event) => done(event.target.result)
  }})))
  db.close()
  return counts.reduce((sum, count) => sum + count, 0)
}}"""

# Whose boards open here without a network.
_LAST = f"""async () => {{
  {_OPEN}
  const last = await new Promise((done) => {{
    const notes = db.transaction("notes").objectStore("notes")
    notes.get("person").onsuccess = (event) => done(event.target.result)
  }})
  db.close()
  return last
}}"""
