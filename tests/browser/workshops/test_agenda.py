"""Agenda A from its template to its minutes: led by keys alone, with a projector and two phones."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.workshops.test_console import is_sound, project
from tests.browser.workshops.test_phone import NARROW, write
from tests.support.browser import PHONE, WIDE, axe, screenshot

__all__ = ["board", "served"]
FIRST, SECOND = (
    "How is it that we hurry people and let them wait?",
    "How is it that all decide and nobody does?",
)


class Walk:
    """Four screens of one workshop."""

    def __init__(self, board: CanvasBoard, console: Page, wall: Page, phones: list[Page]) -> None:
        self.board, self.console, self.wall, self.phones = board, console, wall, phones

    async def on(self) -> str:
        """The next step of the run-sheet, by two keys: what everybody is asked then."""
        console = self.console
        await console.locator("#now-title").focus()
        await console.keyboard.press("n")
        seen = console.locator("#seen-prompt")
        await expect(seen).to_be_focused()
        prompt = (await seen.inner_text()).strip()
        await console.keyboard.press("Enter")
        for page, title in (
            (console, "#now-title"),
            (self.wall, "h1"),
            *((one, "#prompt") for one in self.phones),
        ):
            await expect(page.locator(title)).to_contain_text(prompt)
        await expect(console.locator("#move-everyone")).to_have_count(0)  # its own press is answered too
        return prompt

    async def key(self, key: str) -> None:
        await self.console.locator("#now-title").focus()
        await self.console.keyboard.press(key)

    async def look(self, name: str) -> None:
        """Nothing is wider than its screen, and axe finds nothing on any."""
        await is_sound(self.console, self.wall, f"agenda-{name}")
        for phone in self.phones:
            await is_fit(phone, f"agenda-phone-{name}")


async def is_fit(page: Page, name: str) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    await screenshot(page, f"{name}-{width}")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert await axe(page) == [], name


async def as_person(board: CanvasBoard, name: str, path: str, **look: Any) -> Page:
    page = await board.pages.open(**look)
    cookie = {"name": "tl_session", "value": board.tokens[name], "url": board.server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(f"{board.server.url}{path}")
    return page


async def plan_it(board: CanvasBoard) -> Page:
    """From the list of templates to open doors, without a mouse."""
    page = await as_person(board, "Ana Okafor", f"/spaces/{board.space}/workshops", **WIDE)
    await is_fit(page, "agenda-list")
    await page.locator("a[href$='new?from=01_name_it']").press("Enter")
    await expect(page.get_by_role("button", name="Plan it")).to_be_visible()
    await is_fit(page, "agenda-plan")
    await page.get_by_role("button", name="Plan it").press("Enter")
    await expect(page.locator("#sheet-title")).to_be_attached()
    await is_fit(page, "agenda-sheet")
    await page.get_by_role("link", name="Wicked questions").press("Enter")
    await page.locator("#f-backstage").focus()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" Ask the second table first.")
    await page.get_by_role("button", name="Save").press("Enter")
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await expect(page.locator("#f-backstage")).to_have_value(re.compile("Ask the second table first"))
    narrow = await as_person(board, "Ana Okafor", page.url.removeprefix(board.server.url), **PHONE)
    await is_fit(narrow, "agenda-sheet")
    await page.get_by_role("button", name="Open the doors").press("Enter")
    await expect(page.locator("#now-title")).to_contain_text("People are coming in")
    return page


STEPS = 29


@pytest.mark.timeout(180)
async def test_agenda_a_is_planned_and_led_by_keys_alone_to_its_minutes(board: CanvasBoard) -> None:
    console = await plan_it(board)
    path = console.url.split("/console")[0].removeprefix(board.server.url)
    wall = await project(board, console)
    bo = await as_person(board, "Bo Hale", f"{path}/take-part", **PHONE)
    cleo = await as_person(board, "Cleo Marsh", f"{path}/take-part", **NARROW)
    walk = Walk(board, console, wall, [bo, cleo])
    await walk.look("doors")
    seen = set()
    for at in range(STEPS):
        prompt = await walk.on()
        kind = await console.locator("#console-now").get_attribute("data-kind") or ""
        if kind == "write":
            asks = "How is it that" in prompt
            await write(bo, FIRST if asks else f"One of step {at}?")
            await write(cleo, SECOND if asks else f"Another of step {at}?")
        if kind == "vote":
            await bo.locator(".place").first.click()
            await expect(console.locator("[data-progress=voted]")).to_have_text("1")
        if kind not in seen:
            await walk.look(kind)
        if kind == "vote":
            await walk.key("c")
            await expect(bo.locator("#stage-top")).to_have_attribute("data-kind", "result")
        seen.add(kind)
    assert seen >= {"write", "read", "vote"}
    await console.locator(".ending summary").press("Enter")
    await console.get_by_text("End it for everybody").press("Enter")
    await expect(console.locator("#now-title")).to_contain_text("The workshop has ended")
    await walk.look("ended")
    await console.locator("#console-plan").get_by_role("link", name="Minutes").press("Enter")
    await expect(console.locator(".minutes-notes li > span", has_text=FIRST)).to_have_count(1)
    await is_fit(console, "agenda-minutes")
    phone = await as_person(board, "Bo Hale", console.url.removeprefix(board.server.url), **PHONE)
    await is_fit(phone, "agenda-minutes")
