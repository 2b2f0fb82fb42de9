"""Find on the canvas: by one key, through the list, to the card, and back."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, served
from tests.support.browser import PHONE, axe, faultless, screenshot

__all__ = ["board", "served"]


@pytest.fixture
async def filled(board: CanvasBoard) -> CanvasBoard:
    """Two cards about beds in two places, and one about something else."""
    wards = await board.section("Wards", x=0, y=0)
    await board.card("Beds are free", section=wards)
    await board.card("Nobody to call", section=wards)
    await board.card("Bed managers meet at nine", kind="problem", name="Cleo Marsh", x=2400, y=1800)
    return board


async def look(page: Page, words: str) -> None:
    await page.locator("#canvas").focus()
    await page.keyboard.press("/")
    await page.keyboard.type(words)
    await expect(page.locator("#find-panel")).to_be_visible()


async def test_a_slash_finds_by_section_and_enter_jumps_to_the_card(filled: CanvasBoard) -> None:
    page = await filled.at("Ana Okafor")
    await look(page, "bed")
    await expect(page.locator("#find-count")).to_have_text("2 cards found")
    await expect(page.locator(".find-section")).to_have_text(["Wards 1", "Outside the sections 1"])
    await expect(page.locator("#find-list mark")).to_have_text(["Beds", "Bed"])
    await expect(page.locator(".finding .card[data-found]")).to_have_count(2)
    await page.keyboard.type("s")
    await expect(page.locator("#find-count")).to_have_text("1 card found")
    await page.keyboard.press("Backspace")
    await expect(page.locator("#find-count")).to_have_text("2 cards found")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator(".find-card[aria-selected=true]")).to_contain_text("Bed managers")

    await page.keyboard.press("Enter")

    await expect(page.locator("#find-panel")).to_be_hidden()
    await expect(card_of(page, "Bed managers").locator(".card-face")).to_be_focused()
    await expect(card_of(page, "Bed managers")).to_be_in_viewport()
    shown = await card_of(page, "Bed managers").bounding_box()
    assert shown
    assert shown["width"] > 140, "too small to read"
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.locator(".finding")).to_have_count(0)


async def test_escape_returns_to_where_one_was(filled: CanvasBoard) -> None:
    page = await filled.at("Ana Okafor")
    await look(page, "managers")
    dim = card_of(page, "Nobody to call").locator(".card-face")
    await expect(dim).to_have_css("box-shadow", "none")
    assert await axe(page) == [], "what is not found can be read all the same"

    await page.keyboard.press("Escape")

    await expect(page.locator("#canvas")).to_be_focused()
    await expect(page.locator("#find-words")).to_have_value("")
    await expect(dim).not_to_have_css("box-shadow", "none")


async def test_what_others_write_is_found_and_what_they_remove_is_not(filled: CanvasBoard) -> None:
    page = await filled.at("Ana Okafor")
    await look(page, "bed")
    await expect(page.locator("#find-count")).to_have_text("2 cards found")

    more = await filled.card("One more bed", name="Cleo Marsh")
    await expect(page.locator("#find-count")).to_have_text("3 cards found")
    await filled.act({"do": "remove_card", "id": more}, "Cleo Marsh")
    await expect(page.locator("#find-count")).to_have_text("2 cards found")


async def test_a_card_is_found_by_its_organisation_and_a_press_jumps_on_a_phone(filled: CanvasBoard) -> None:
    page = await filled.at("Ana Okafor", **PHONE)
    await page.locator("#phone-hint button").click()
    await page.locator("#find-words").tap()
    await page.keyboard.type("hospice")
    await expect(page.locator(".find-card")).to_have_count(1)
    await screenshot(page, "find-phone")

    await page.locator(".find-card").tap()

    await expect(card_of(page, "Bed managers")).to_be_in_viewport()
    await expect(page.locator("#find-panel")).to_be_hidden()


async def test_the_list_stands_up_to_axe_at_every_width(filled: CanvasBoard) -> None:
    page = await filled.at("Ana Okafor")
    await look(page, "bed")

    await faultless(page, "find-on-canvas")


async def test_addresses_are_links_that_open_in_a_tab_of_their_own(board: CanvasBoard) -> None:
    await board.card("Read https://example.org/a?b=1, please", x=0, y=0)
    await board.section("Asked", prompt="As in http://example.org/prompt", x=300, y=0)
    page = await board.at("Ana Okafor")
    link = card_of(page, "please").locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    await expect(link).to_have_attribute("rel", "noopener nofollow")
    await expect(page.locator(".frame header a")).to_have_attribute("href", "http://example.org/prompt")
    await page.context.route("https://example.org/**", lambda route: route.fulfill(body="There"))

    async with page.context.expect_page() as opened:
        await link.click()

    assert (await opened.value).url == "https://example.org/a?b=1"
