"""By key: cut, the arrows with cards of several sections, undo after words were taken back in their box."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, served
from tests.support.browser import WIDE

__all__ = ["board", "served"]

CLIPBOARD: dict[str, Any] = {**WIDE, "permissions": ["clipboard-read", "clipboard-write"]}


async def test_undo_after_words_were_taken_back_in_their_box_takes_back_what_came_before(
    board: CanvasBoard,
) -> None:
    card = await board.card("Beds are full", x=0, y=40)
    ana = await board.at("Ana Okafor")
    await card_of(ana, "Beds").click()
    await ana.keyboard.press("ArrowRight")
    await is_saved(ana)
    await ana.keyboard.press("Enter")
    await ana.keyboard.type(" again")
    await is_saved(ana)
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(".writer textarea")).to_have_value("Beds are full")
    await ana.keyboard.press("Escape")
    await is_saved(ana)
    assert (await board.fields(card))["x"] == 8
    await ana.keyboard.press("Control+z")
    await is_saved(ana)

    fields = await board.fields(card)
    assert (fields["x"], fields["text"]) == (0, "Beds are full")


async def test_cards_that_are_cut_are_on_the_clipboard_and_come_back_by_one_undo(board: CanvasBoard) -> None:
    section = await board.section("Where it begins", x=0, y=200, w=520, h=300)
    for number in range(3):
        await board.card(f"Card {number}", "problem", section=section)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    await card_of(ana, "Card 0").click()
    await card_of(ana, "Card 2").click(modifiers=["Shift"])
    await ana.keyboard.press("Control+x")
    words = ana.locator(f"#section-{section} .card-text")
    await expect(words).to_have_text(["Card 1"])
    await expect(ana.locator("#notes")).to_contain_text("Cut 2 cards.")
    assert await ana.evaluate("navigator.clipboard.readText()") == "Card 0\nCard 2"
    await ana.keyboard.press("Control+v")
    await expect(words).to_have_text(["Card 1", "Card 0", "Card 2"])
    await expect(ana.locator(".card.kind-problem")).to_have_count(3)
    await ana.keyboard.press("Control+z")
    await ana.keyboard.press("Control+z")

    await expect(words).to_have_text(["Card 0", "Card 1", "Card 2"])


async def test_arrows_move_cards_of_several_sections_each_in_its_own_turn_as_one_step(
    board: CanvasBoard,
) -> None:
    one = await board.section("Where it begins", x=0, y=200, w=520, h=300)
    two = await board.section("What must be true?", x=600, y=200, w=520, h=300)
    for number in range(3):
        await board.card(f"One {number}", section=one)
        await board.card(f"Two {number}", section=two)
    loose = await board.card("Loose", x=0, y=900)
    ana = await board.at("Ana Okafor")
    await card_of(ana, "One 0").click()
    for words in ("Two 1", "Loose"):
        await card_of(ana, words).click(modifiers=["Shift"])
    await ana.keyboard.press("ArrowRight")

    await expect(_words(ana, one)).to_have_text(["One 1", "One 0", "One 2"])
    await expect(_words(ana, two)).to_have_text(["Two 0", "Two 2", "Two 1"])
    await is_saved(ana)
    assert (await board.fields(loose))["x"] == 8
    await ana.keyboard.press("Control+z")
    await expect(_words(ana, one)).to_have_text(["One 0", "One 1", "One 2"])
    await expect(_words(ana, two)).to_have_text(["Two 0", "Two 1", "Two 2"])
    await card_of(ana, "Loose").click(modifiers=["Shift"])
    await ana.keyboard.press("Shift+ArrowRight")
    await expect(_words(ana, two)).to_have_text(["Two 0", "Two 2", "Two 1"])
    await ana.keyboard.press("Shift+ArrowRight")
    await expect(ana.locator("#notes")).to_contain_text("They are already as far that way as they go.")


def _words(page: Page, section: str) -> Locator:
    return page.locator(f"#section-{section} .card-text")
