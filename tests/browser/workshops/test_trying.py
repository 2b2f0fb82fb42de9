"""A facilitator tries a workshop with pretend people, by keys alone, from the run-sheet and back."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.workshops.test_console import SMALLEST, WALL
from tests.commands.planned import planned
from tests.conftest import StartServer
from tests.support.browser import PHONE, WIDE, Pages, axe, chromium, faultless, screenshot
from tests.support.world import make_world

MARK = "Trying out: these people are pretend."


async def test_one_learns_the_console_with_pretend_people(start_server: StartServer, sqlite_url: str) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    workshop = await planned(sqlite_url, world)
    cookie: Any = {"name": "tl_session", "value": world.tokens["Ana"], "url": server.url}
    async with chromium() as browser:
        pages = Pages(browser)
        ana, phone = await pages.open(**WIDE), await pages.open(**PHONE)
        for page in (ana, phone):
            await page.context.add_cookies([cookie])
        await ana.goto(f"{server.url}/spaces/{world.space}/workshops/{workshop}")
        await faultless(ana, "try-before")
        await ana.get_by_text("Try it with pretend people").press("Enter")
        await expect(ana.locator("#now-title")).to_contain_text("People are coming in")

        await move_on(ana)
        await expect(ana.locator("[data-progress=of]").first).not_to_have_text("0")
        await faultless(ana, "trying-console")
        await wall_is_marked(ana, pages)
        for place in ("take-part", "", "outline"):
            await phone.goto(ana.url.replace("console", place))
            await expect(phone.locator(".trying")).to_contain_text(MARK)
            await screenshot(phone, f"trying-phone-{place}-390")
        await ana.get_by_text("End the try-out").press("Enter")
        await expect(ana.locator(".flash")).to_contain_text("its pretend people are gone")
        await expect(ana.get_by_text("Try it with pretend people")).to_be_visible()
        pages.expect("404|4404|Not Found")
        gone = await phone.reload()
        assert gone is not None
        assert gone.status == 404
        await pages.close()


async def move_on(console: Page) -> None:
    """To the first step, in two presses."""
    await expect(console.locator(".trying")).to_contain_text(MARK)
    await expect(console.locator(".keys-button")).to_be_visible()  # its script is there
    await console.locator("#now-title").focus()
    await console.keyboard.press("n")
    await expect(console.locator("#seen-prompt")).to_be_focused()
    await console.keyboard.press("Enter")
    await expect(console.locator("#now-title")).not_to_contain_text("People are coming in")


async def wall_is_marked(console: Page, pages: Pages) -> None:
    async with console.context.expect_page() as opened:
        await console.locator("#open-projector").press("Enter")
    link = await (await opened.value).locator("#link").input_value()
    wall = await pages.open(link, **WALL)
    await wall.get_by_text("Show it here").press("Enter")
    await expect(wall.locator("#projector-body")).to_be_visible()
    await wall.wait_for_load_state()  # with its sheets: sizes are those of nobody before
    await expect(wall.locator(".trying")).to_contain_text(MARK)
    await screenshot(wall, "trying-wall-1920")
    assert await wall.evaluate(SMALLEST) >= 32
    assert await wall.evaluate("document.documentElement.scrollHeight") <= 1080
    assert await axe(wall) == []
