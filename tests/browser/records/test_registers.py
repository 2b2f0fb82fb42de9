"""Registers in real Chromium: several cards kept in one press, found and changed."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, served
from tests.support.browser import PHONE, faultless, screenshot

__all__ = ["board", "served"]
NOTES = (
    "Tŷ cynnes i bawb",
    "Families hear about the first offer too late",
    "Transport can be moved on the day",
)


@pytest.mark.timeout(180)
async def test_selected_cards_are_kept_found_and_changed_in_a_register(board: CanvasBoard) -> None:
    for at, text in enumerate(NOTES):
        await board.card(text, x=40 + 260 * at, y=40)
    ana = await board.at("Ana Okafor")
    for text in NOTES:
        await card_of(ana, text).click(modifiers=["Shift"])
    await ana.locator("#selection-bar").get_by_role("button", name="More").click()
    await ana.get_by_role("button", name="Keep them as records…").click()
    await ana.get_by_label("What are they?").select_option(label="Assumptions")
    await faultless(ana, "registers-several")
    await ana.get_by_role("checkbox", name="Keep: Transport can be").uncheck()
    await ana.get_by_role("button", name="Keep them, so that all see them").click()

    rows = ana.locator("table.records tbody th")
    await expect(rows).to_have_count(2)
    await faultless(ana, "registers-assumptions")
    await expect(ana.get_by_label("State")).to_be_visible()
    await expect(ana.locator("#filters > summary")).to_be_hidden()
    await ana.set_viewport_size({"width": 390, "height": 844})
    await ana.locator("#filters > summary").click()
    await faultless(ana, "registers-filters-390")
    await ana.set_viewport_size({"width": 1440, "height": 900})
    await ana.get_by_label("Search in all words").fill("ty cyn")
    await ana.keyboard.press("Enter")
    await expect(rows).to_have_count(1)
    await ana.get_by_role("link", name="Change “Tŷ cynnes i bawb” here").click()
    await screenshot(ana, "registers-change")
    await ana.get_by_label("We believe that …").fill("Tŷ cynnes i bawb yn y gaeaf")
    await ana.get_by_role("button", name="Save").click()
    await expect(rows).to_contain_text(["Tŷ cynnes i bawb yn y gaeaf"])
    await _connect(ana)
    await ana.goto(f"{board.server.url}/spaces/{board.space}/find?q=gaeaf")
    await faultless(ana, "registers-find")
    await expect(ana.locator("#found")).to_contain_text("Assumption · Untested")


async def _connect(ana: Page) -> None:
    """The record of the only row rests on one that is looked for by its words."""
    await ana.get_by_role("link", name="Tŷ cynnes i bawb yn y gaeaf", exact=True).click()
    await ana.locator("#connect > summary").click()
    await ana.locator("#connect-look").fill("offer")
    await ana.locator("#connect").get_by_role("button", name="Find").click()
    await expect(ana.locator("#connect-choices")).to_contain_text("that have these words")
    await ana.get_by_label("To what?").select_option(label=f"Assumption: {NOTES[1]}")
    await ana.locator("#connect").get_by_role("button", name="Connect", exact=True).click()
    await expect(ana.get_by_role("region", name="Connected to")).to_contain_text(NOTES[1])


async def test_without_javascript_and_on_a_phone_it_is_the_same(board: CanvasBoard) -> None:
    section = await board.section("What must be true?")
    for at, text in enumerate(NOTES[:2]):
        await board.card(text, section=section, x=40, y=40 + at)
    page = await board.pages.open(java_script_enabled=False, **PHONE)
    token = {"name": "tl_session", "value": board.tokens["Cleo Marsh"], "url": board.server.url}
    await page.context.add_cookies([token])  # type: ignore[list-item]
    await page.goto(f"{board.server.url}/boards/{board.id}/outline")
    await page.get_by_role("link", name="Keep several of the cards in What must be true?").click()
    await page.get_by_label("What are they?").select_option(label="Questions")
    await page.get_by_role("button", name="Keep them, so that all see them").click()
    await page.get_by_label("Search in all words").fill("offer")
    await page.get_by_role("button", name="Show").click()

    await expect(page.locator("table.records tbody th")).to_contain_text([NOTES[1]])
    await screenshot(page, "registers-phone-folded")
    await expect(page.get_by_label("State")).to_be_hidden()
    await page.locator("#filters > summary").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("State").select_option(label="Closed ones")
    await screenshot(page, "registers-phone-filters")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator("#filters > summary")).to_have_text("Filter 1 chosen")
    await expect(page.get_by_text("Nothing fits.")).to_be_visible()
