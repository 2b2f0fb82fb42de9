"""A private page in Chromium: saved as it is typed, in two windows, without a network, without JavaScript."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.people.test_people_pages import sign_up
from tests.support.browser import Pages, faultless
from tests.support.server import Server

GOAL = "What I want to get better at"
DOING = "What I already do for it"


async def begin(page: Page, server: Server) -> None:
    await page.goto(f"{server.url}/me")
    await page.get_by_role("link", name="Immunity to change").click()
    await page.get_by_role("button", name="Begin a page").click()
    await page.get_by_role("heading", name="What keeps me from changing?").wait_for()


@pytest.mark.timeout(180)
async def test_it_is_saved_as_it_is_typed_and_two_windows_lose_nothing(pages: Pages, server: Server) -> None:
    pages.expect("ERR_INTERNET_DISCONNECTED|htmx:error: Failed to fetch")
    page = await pages.open()
    await sign_up(page, server)
    await page.goto(f"{server.url}/me/immunity")
    await faultless(page, "immunity-empty")
    await begin(page, server)
    other = await page.context.new_page()
    await other.goto(page.url)

    await page.get_by_label(GOAL).press_sequentially("To ask before I answer")
    await expect(page.locator("[data-state]")).to_contain_text("Saved,")
    await page.get_by_label(GOAL).press_sequentially(", always")
    await expect(page.get_by_label(GOAL)).to_be_focused()
    await expect(page.locator("[data-state]")).to_contain_text("Saved,")
    assert await page.get_by_label(GOAL).input_value() == "To ask before I answer, always"

    await other.get_by_label(DOING).fill("I count to ten")
    await expect(other.locator("[data-state]")).to_contain_text("Saved,")
    await other.get_by_label(GOAL).fill("To wait")
    await expect(other.get_by_text("You wrote in this box in another window too")).to_be_visible()
    await faultless(other, "immunity-asked")
    await other.get_by_label("Keep both").check()
    await expect(other.get_by_label(GOAL)).to_have_value("To ask before I answer, always\n\nTo wait")

    await page.context.set_offline(True)
    await page.get_by_label(DOING).fill("I listen")
    await expect(page.locator("[data-state]")).to_contain_text("no connection")
    await page.context.set_offline(False)
    await expect(page.get_by_text("You wrote in this box in another window too")).to_be_visible(
        timeout=15_000
    )
    await page.get_by_label("Keep what is here").check()
    await expect(page.get_by_label(DOING)).to_have_value("I listen")
    await expect(page.get_by_label(GOAL)).to_have_value("To ask before I answer, always\n\nTo wait")
    await page.locator(".immunity-version > summary").first.click()
    await faultless(page, "immunity-page")
    await page.goto(f"{page.url}/hand-on")
    await faultless(page, "immunity-hand-on")


async def test_all_of_it_works_without_javascript(pages: Pages, server: Server) -> None:
    page = await pages.open(java_script_enabled=False)
    await sign_up(page, server)
    await begin(page, server)
    await page.get_by_label(GOAL).fill("To ask before I answer")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_label(GOAL).fill("Hm")
    await page.get_by_role("button", name="Save").click()
    await page.locator(".immunity-version > summary").first.click()
    await page.get_by_role("button", name="Restore").click()
    await expect(page.get_by_label(GOAL)).to_have_value("To ask before I answer")

    await page.get_by_role("button", name="Remove this page").click()
    await page.get_by_role("button", name="Restore To ask before I answer").click()
    await expect(page.get_by_label(GOAL)).to_have_value("To ask before I answer")
    await page.get_by_role("button", name="Remove this page").click()
    await page.get_by_role("button", name="Erase now To ask before I answer").click()
    await expect(page.get_by_text("You have no page yet")).to_be_visible()
