"""The pages where one arrives, in real Chromium: quiet, complete at every width, and by keyboard."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Route, expect

from app.access import Role
from app.boards.storage import look_store
from app.boards.storage.look_store import Look
from app.db import Database, new_id, now
from app.outcomes.measures.measure import Definition
from app.people import actions as people
from app.spaces import actions
from app.spaces.joining import join
from app.spaces.space import SpaceDraft
from tests.conftest import Running
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.support.browser import PHONE, WIDE, Pages, axe, faultless
from tests.support.server import Server

DRAFT = SpaceDraft(
    "Winter Together",
    "So that people are home, or where they want to be, when they are ready to leave hospital.",
)
NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 640}}
SHARE = Definition("Left within 2 days of being ready to leave hospital", suppress_below=0)
FALLING = [(90, 100)] * 12 + [(60 - n, 100) for n in range(8)]
MOST_MOVED = 0.05  # of the layout, as browsers count it
MOVED = """() => new Promise((done) => {
  let moved = 0
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value
  }).observe({ type: "layout-shift", buffered: true })
  document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(() => done(moved), 300)))
})"""
BROKEN = r"""() => {
  const broken = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".unseen, svg, script")) continue
    for (const word of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0)
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) broken.push(word[0])
    }
  }
  return broken
}"""


@dataclass
class Stage:
    """A served space with a goal that gets worse, and a number that is due."""

    server: Server
    pages: Pages
    space: str
    goal: str
    measure: str
    token: str
    db: Database
    others: tuple[str, ...]

    async def open(self, **look: Any) -> Page:
        page = await self.pages.open(**look)
        await page.context.add_cookies([{"name": "tl_session", "value": self.token, "url": self.server.url}])
        return page

    async def board(self) -> str:
        """A board called Leaving well."""
        made = new_id()
        async with httpx.AsyncClient(base_url=self.server.url, headers={"Origin": self.server.url}) as http:
            http.cookies.set("tl_session", self.token)
            await http.get("/join")
            form = {"title": "Leaving well", "template": "blank", "_csrf_token": http.cookies["tl_csrf"]}
            await http.post(f"/spaces/{self.space}/boards", data={**form, "id": made})
        return made

    async def here(self, board: str, many: int) -> None:
        """So many of the others are on the board now, as the process that they are connected to notes it."""
        async with self.db.write() as tx:
            for i, person in enumerate(self.others):
                until = now() + timedelta(minutes=1) if i < many else None
                await look_store.note(tx, [Look(board, person, 0, now(), until)])

    @property
    def paths(self) -> dict[str, str]:
        home = f"/spaces/{self.space}"
        return {
            "home": home,
            "boards": f"{home}/boards",
            "outcomes": f"{home}/outcomes",
            "goal": f"{home}/outcomes/goals/{self.goal}",
            "measure": f"{home}/outcomes/measures/{self.measure}",
            "reports": f"{home}/outcomes/reports",
            "people": f"{home}/people",
            "mine": "/",
        }


@pytest.fixture
async def stage(shared_server: Running, pages: Pages) -> AsyncIterator[Stage]:
    server, database_url = shared_server
    db = Database(database_url)
    async with db.write() as tx:
        ana = await people.create_person(tx, "Ana Okafor", f"{new_id()}@example.org")
        bo, cleo = [
            await people.create_person(tx, name, f"{new_id()}@example.org")
            for name in ("Bo Hale", "Cleo Marsh")
        ]
        space = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        trust = (await actions.organisations_of_space(tx, space))["Northfield Trust"]
        for person in (bo, cleo):
            await actions.seat_person(tx, space, person, trust, Role.MEMBER)
        await join.add_code(tx, space, ana, now())
        token = await people.start_session(tx, ana, "a test")
    goal = await a_goal(db, space, ana, trust, title="Nobody waits longer than four hours in A&E")
    measure = await a_measure(db, space, goal, ana, SHARE)
    await a_measure(db, space, goal, ana, SHARE, "second")
    await numbers(db, measure, ana, FALLING, trust, definition=SHARE)
    yield Stage(server, pages, space, goal, measure, token, db, (bo, cleo))
    await db.close()


async def late_fonts(page: Page) -> None:
    """Let fonts come a second after the page, as over a slow line."""

    async def wait(route: Route) -> None:
        await page.wait_for_timeout(1000)
        await route.continue_()

    await page.route("**/*.woff2", wait)


async def test_the_pages_of_a_space_pass_axe_and_fit_every_width(stage: Stage) -> None:
    ana = await stage.open(**WIDE)
    await ana.goto(f"{stage.server.url}/spaces/{stage.space}/boards")
    await ana.get_by_label("Title").fill("Leaving hospital well")
    await ana.get_by_role("button", name="Create board").click()
    await ana.wait_for_url("**/boards/*")
    for name, path in stage.paths.items():
        await ana.goto(stage.server.url + path)
        await faultless(ana, f"arrive-{name}")
    await ana.goto(stage.server.url + stage.paths["home"])
    for menu in await ana.locator("details.menu > summary").all():
        await menu.click()  # which closes the one before: open at once they would cover each other
        assert await axe(ana) == []


async def test_late_fonts_do_not_move_what_is_read(stage: Stage) -> None:
    async def moved(page: Page, path: str) -> float:
        await late_fonts(page)
        await page.goto(stage.server.url + path)
        return float(await page.evaluate(MOVED))

    found = {"front": moved(await stage.pages.open(**PHONE), "/")}
    for name, path in stage.paths.items():
        found[name] = moved(await stage.open(**PHONE), path)
    moves = dict(zip(found, await asyncio.gather(*found.values()), strict=True))

    assert {name: one for name, one in moves.items() if one >= MOST_MOVED} == {}


async def test_on_the_narrowest_phone_no_word_breaks_inside(stage: Stage) -> None:
    page = await stage.open(**NARROW)
    for path in stage.paths.values():
        await page.goto(stage.server.url + path)

        assert await page.evaluate(BROKEN) == [], path


async def test_the_two_ways_in_come_before_signing_in(stage: Stage) -> None:
    page = await stage.pages.open(stage.server.url, **PHONE)
    words = await page.locator("a, button").all_inner_texts()
    lead = await page.locator(".lead").inner_text()

    assert words.index("Make a space") < words.index("I have a code") < words.index("Sign in")
    assert len(lead.split()) <= 32
    await expect(page.get_by_role("img", name="A board on which")).to_be_visible()
    await page.get_by_role("link", name="Make a space").click()
    await expect(page.get_by_role("heading", name="Create an account")).to_be_visible()


async def test_numbers_are_entered_from_the_first_screen_and_one_lands_at_the_chart(stage: Stage) -> None:
    page = await stage.open(**PHONE)
    await page.goto(stage.server.url + stage.paths["goal"])
    await page.locator("summary", has_text="Enter numbers").click()
    way = page.locator(".menu-items a", has_text=SHARE.name).first
    box = await way.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"]
    await way.click()
    await page.wait_for_url("**/entry")
    await page.goto(stage.server.url + stage.paths["measure"])
    link = page.get_by_role("link", name="Enter numbers")
    await expect(link).to_be_in_viewport(ratio=1)
    await link.click()
    await page.locator('input[name^="n-"]').last.fill("41")
    await page.locator('input[name^="d-"]').last.fill("100")
    await page.get_by_role("button", name="Save", exact=True).click()

    await expect(page.get_by_text("Saved 1 value.")).to_be_in_viewport()
    assert page.url.endswith("?kept=1#chart")


async def test_a_sentence_about_the_numbers_stands_once(stage: Stage) -> None:
    page = await stage.open(**WIDE)
    await page.goto(stage.server.url + stage.paths["measure"])
    sentence = await page.locator(".say").first.inner_text()

    assert (await page.locator("main").inner_text()).count(sentence) == 1


async def test_moving_a_measure_lies_behind_a_menu_that_escape_closes(stage: Stage) -> None:
    page = await stage.open(**WIDE)
    await page.goto(stage.server.url + stage.paths["goal"])
    await expect(page.get_by_role("button", name="Move down")).to_be_hidden()
    more = page.locator("summary", has_text="More for").first
    await more.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Move down")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Move down")).to_be_hidden()
    await expect(more).to_be_focused()


async def test_the_bar_stays_in_two_rows_on_a_phone_and_works_by_keyboard(stage: Stage) -> None:
    for look in (PHONE, NARROW):
        page = await stage.open(**look)
        await page.goto(stage.server.url + stage.paths["people"])
        bar = await page.locator(".bar").bounding_box()
        assert bar
        assert bar["height"] <= 112
        await expect(page.locator('.bar-nav [aria-current="page"]')).to_be_in_viewport(ratio=1)
        await page.locator(".bar-space > summary").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.locator(".bar-space a", has_text="Winter Together")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.locator(".bar-space .menu-items")).to_be_hidden()


async def test_no_page_where_one_arrives_is_heavier_than_100_kb(stage: Stage) -> None:
    page = await stage.open()
    for path in stage.paths.values():
        answer = await page.request.get(stage.server.url + path)

        assert len(await answer.body()) < 100_000, path


async def test_what_is_live_comes_by_itself_and_moves_neither_focus_nor_page(stage: Stage) -> None:
    page = await stage.open(viewport={"width": 1440, "height": 400})
    await page.clock.install()
    await page.goto(f"{stage.server.url}{stage.paths['home']}")
    await expect(page.locator(".live-board")).to_have_count(0)
    board = await stage.board()
    await stage.here(board, 1)
    await page.clock.run_for(5_100)
    await expect(page.locator(".live-board")).to_contain_text("1 person is here now.")
    join = page.locator(f"#join-{board}")
    await join.focus()
    await page.evaluate("scrollTo(0, 120)")
    await stage.here(board, 2)
    await page.clock.run_for(5_100)

    await expect(page.locator(".live-board")).to_contain_text("2 people are here now.")
    await expect(join).to_be_focused()
    assert await page.evaluate("scrollY") == 120
    await stage.here(board, 0)
    await page.clock.run_for(5_100)
    await expect(page.locator(".live-board")).to_have_count(0)
