"""One workshop on three screens: a console led by keys alone, a projector nobody signs in to, and a phone."""

from typing import Any

from playwright.async_api import Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.workshops.test_phone import take_part, write
from tests.support.browser import WIDE, axe, screenshot

__all__ = ["board", "served"]
WALL: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
CANARY = "Nine days in a bed by the lift?"
SMALLEST = """() => {
  const speaks = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  const all = [...document.querySelectorAll("#projector-body *")]
  const shown = all.filter((one) => speaks(one) && one.getClientRects().length)
  return Math.min(...shown.map((one) => parseFloat(getComputedStyle(one).fontSize)))
}"""


async def lead(board: CanvasBoard, name: str) -> Page:
    """The console, at the doors of a workshop that this person begins by keys."""
    page = await board.pages.open(**WIDE)
    cookie = {"name": "tl_session", "value": board.tokens[name], "url": board.server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(f"{board.server.url}/boards/{board.id}/workshop")
    await page.locator("[name=purpose]").focus()
    await page.keyboard.type("So that people are home. ")
    await page.locator("main button").press("Enter")
    await expect(page.locator("#now-title")).to_contain_text("People are coming in")
    return page


async def project(board: CanvasBoard, console: Page) -> Page:
    """The link that the console makes, opened on a machine that nobody is signed in to."""
    async with console.context.expect_page() as opened:
        await console.locator("#open-projector").press("Enter")
    link = await (await opened.value).locator("#link").input_value()
    await (await opened.value).close()
    wall = await board.pages.open(link, **WALL)
    await wall.keyboard.press("Tab")
    await wall.get_by_text("Show it here").press("Enter")
    await wall.wait_for_url("**/present")
    return wall


async def is_sound(console: Page, wall: Page, name: str) -> None:
    """axe finds nothing on either; nothing on the wall is under 32 px or over its edges."""
    await screenshot(console, f"console-{name}")
    await screenshot(wall, f"projector-{name}")
    assert await axe(console) == []
    assert await axe(wall) == []
    assert await wall.evaluate(SMALLEST) >= 32
    assert await wall.evaluate("document.documentElement.scrollWidth") <= 1920
    assert await wall.evaluate("document.documentElement.scrollHeight") <= 1080
    assert await console.evaluate("document.documentElement.scrollWidth") <= 1440


class Hall:
    """Three screens of one workshop."""

    def __init__(self, console: Page, wall: Page, bo: Page) -> None:
        self.console, self.wall, self.bo = console, wall, bo

    async def key(self, key: str) -> None:
        """Press it where nothing is being typed."""
        await self.console.locator("#now-title").focus()
        await self.console.keyboard.press(key)

    async def ask(self, words: str) -> None:
        await self.console.locator("#next-prompt").focus()
        await self.console.keyboard.type(words)
        await self.key("n")
        await expect(self.console.locator("#seen-prompt")).to_be_focused()
        await expect(self.bo.locator("h1")).not_to_contain_text(words)
        await is_sound(self.console, self.wall, "seen")
        await self.console.keyboard.press("Enter")
        await self.all_show(words)

    async def all_show(self, words: str) -> None:
        for page, title in ((self.console, "#now-title"), (self.wall, "h1"), (self.bo, "#prompt")):
            await expect(page.locator(title)).to_contain_text(words)

    async def write(self, words: str) -> None:
        """A note comes while the clock is changed; nobody else is given it."""
        await write(self.bo, words)
        await expect(self.console.locator("[data-progress=wrote]")).to_have_text("1")
        await expect(self.wall.locator(".clock")).to_contain_text("4:")  # else it may be paused at 5:00
        await self.key("p")
        await expect(self.console.locator("#clock-pause")).to_contain_text("Continue")
        await self.key("+")
        await expect(self.wall.locator(".clock")).to_contain_text("5:")
        assert words not in await self.console.content()
        assert words not in await self.wall.content()
        await is_sound(self.console, self.wall, "write")

    async def gather(self, title: str) -> None:
        console = self.console
        await console.locator(".loose input[type=checkbox]").first.focus()
        await console.keyboard.press("Space")
        await console.locator("#new-title").focus()
        await console.keyboard.type(title)
        await console.keyboard.press("Enter")
        await expect(console.locator(".theme-title")).to_contain_text(f"{title} 1")
        await expect(console.locator("#new-title")).to_have_value("")
        await expect(self.wall.locator(".reading h2")).to_have_text(title)
        await is_sound(console, self.wall, "read")

    async def vote(self, winner: str) -> None:
        console = self.console
        await console.locator(".kinds a", has_text="Vote").press("Enter")
        await expect(console.locator("#next-dots")).to_have_value("3")
        await self.key("n")
        await expect(console.locator("#seen-prompt")).to_be_focused()
        await console.keyboard.press("Enter")
        await self.bo.locator(".place").first.click()
        await expect(console.locator("[data-progress=voted]")).to_have_text("1")
        await is_sound(console, self.wall, "vote")
        await self.key("c")
        await console.locator(".totals button").first.press("Enter")
        await expect(self.wall.locator(".result h1")).to_have_text(winner)
        await is_sound(console, self.wall, "result")

    async def end(self) -> None:
        await self.console.locator(".ending summary").press("Enter")
        await self.console.get_by_text("End it for everybody").press("Enter")
        await self.all_show("The workshop has ended")
        await is_sound(self.console, self.wall, "ended")


async def test_a_workshop_is_led_by_keys_from_its_doors_to_its_end(board: CanvasBoard) -> None:
    console = await lead(board, "Ana Okafor")
    wall = await project(board, console)
    hall = Hall(console, wall, await take_part(board, "Bo Hale"))
    await expect(wall.locator("h1")).to_contain_text("Welcome")
    await is_sound(console, wall, "doors")
    await hall.ask("What makes leaving so hard?")
    await hall.write(CANARY)
    await hall.key("r")
    await expect(wall.locator(".reading")).to_contain_text(CANARY)
    await hall.gather("Beds")
    await hall.vote("Beds")
    await hall.end()


async def test_what_is_typed_and_ticked_stays_while_the_console_is_drawn_anew(board: CanvasBoard) -> None:
    console = await lead(board, "Ana Okafor")
    phase = new_id()
    await board.act({"do": "open_phase", "id": phase, "from": None, "prompt": "Why?", "write": "shared"})
    bo = await take_part(board, "Bo Hale")
    await write(bo, "The first note")
    await console.locator(".loose input[type=checkbox]").check()
    await console.fill("#new-title", "Half a title")
    await console.fill("#next-prompt", "Half a question")
    await write(bo, "The second note")
    await expect(console.locator(".loose li")).to_have_count(2)

    await expect(console.locator(".loose input:checked")).to_have_count(1)
    await expect(console.locator("[data-picked]")).to_have_text("1")
    await expect(console.locator("#new-title")).to_have_value("Half a title")
    await expect(console.locator("#next-prompt")).to_have_value("Half a question")
    await expect(console.locator("#next-prompt")).to_be_focused()


async def test_a_projector_is_sent_away_within_seconds_when_its_link_is_withdrawn(board: CanvasBoard) -> None:
    console = await lead(board, "Ana Okafor")
    wall = await project(board, console)
    await expect(wall.locator("#saved")).to_have_text("")
    long = {"do": "open_phase", "id": new_id(), "from": None, "prompt": "Why do we wait for them? " * 20}
    await board.act({**long, "write": "private", "minutes": 5})
    await expect(wall.locator(".how")).to_contain_text("The rest of the question is on your phone.")
    await is_sound(console, wall, "long")  # the code to join is in sight
    await console.reload()
    await console.get_by_text("Withdraw").press("Enter")

    await expect(wall.locator("#saved")).to_have_text("This projector shows nothing any more.")
    assert (await wall.request.get(f"{board.server.url}/present")).status == 404
