"""The focus is the person's: on the canvas nothing that arrives moves it, and what takes it away is said."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served, write_new

__all__ = ["board", "served"]

REMOVED = "Somebody else removed the item you were on."


async def test_K2_a_message_that_is_over_hands_the_focus_on_and_single_keys_do_nothing(
    board: CanvasBoard,
) -> None:
    board.pages.expect("ERR_INTERNET_DISCONNECTED")
    ana = await board.at("Ana Okafor")
    await ana.context.set_offline(True)
    bar = ana.locator(".note-bar", has_text="The connection is lost")
    await bar.get_by_role("button", name="Close").focus()
    await ana.context.set_offline(False)
    await expect(bar).to_have_count(0, timeout=20_000)
    await ana.keyboard.press("n")

    await expect(ana.locator("#canvas:focus, .note-bar button:focus")).to_have_count(1)
    await expect(ana.locator(".writer")).to_have_count(0)


async def test_K2_a_removal_by_somebody_else_is_said_and_the_focus_goes_to_the_neighbour(
    board: CanvasBoard,
) -> None:
    first, second, third = [await board.card(text) for text in ("The first", "The second", "The third")]
    ana = await board.at("Ana Okafor")
    await _face(ana, second).focus()
    await board.act({"do": "remove_card", "id": second}, "Cleo Marsh")

    await expect(_face(ana, third)).to_be_focused()
    await expect(ana.locator("#say")).to_have_text(REMOVED)
    await expect(ana.locator("#notes")).to_contain_text(REMOVED)
    await board.act({"do": "remove_card", "id": third}, "Cleo Marsh")
    await expect(_face(ana, first)).to_be_focused()


async def test_keys_that_were_meant_for_what_is_gone_do_nothing_to_its_neighbour(board: CanvasBoard) -> None:
    first, second = [await board.card(text) for text in ("The first", "The second")]
    ana = await board.at("Ana Okafor")
    await _face(ana, first).focus()
    await board.act({"do": "remove_card", "id": first}, "Cleo Marsh")
    await expect(_face(ana, second)).to_be_focused()
    await ana.keyboard.type("nsx")
    await ana.keyboard.press("Delete")

    assert await ana.locator(".writer").count() == 0
    await expect(ana.locator(".card")).to_have_count(1)
    assert await ana.locator(".frame:not(.loose)").count() == 0
    await ana.locator("#canvas").click(position={"x": 5, "y": 5})
    await ana.keyboard.press("n")
    await expect(ana.locator(".writer textarea")).to_be_focused()


async def test_in_the_panel_too_the_focus_goes_to_the_neighbour(board: CanvasBoard) -> None:
    first, second = [await board.card(text) for text in ("The first", "The second")]
    ana = await board.at("Ana Okafor")
    await open_panel(ana, _face(ana, first))
    await ana.get_by_label("Kind").focus()
    await board.act({"do": "remove_card", "id": first}, "Cleo Marsh")

    await expect(_face(ana, second)).to_be_focused()
    await expect(ana.locator("#say")).to_have_text(REMOVED)


async def test_what_one_removes_or_undoes_oneself_is_not_laid_on_others(board: CanvasBoard) -> None:
    await board.card("The first")
    ana = await board.at("Ana Okafor")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("n")
    await ana.keyboard.type("The second")
    await ana.keyboard.press("Escape")
    await is_saved(ana)
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(".card")).to_have_count(1)
    await expect(card_of(ana, "The first").locator(".card-face")).to_be_focused()
    await ana.keyboard.press("Delete")
    await expect(ana.locator(".card")).to_have_count(0)
    await expect(ana.locator("#canvas")).to_be_focused()

    await expect(ana.locator("#say")).to_contain_text("Removed a card")
    assert REMOVED not in (await ana.locator("#notes").text_content() or "")


async def test_a_card_keeps_the_focus_where_others_move_it_and_when_its_section_goes(
    board: CanvasBoard,
) -> None:
    begins, goes = await board.section("Begins here", x=0), await board.section("Goes on here", x=600)
    card = await board.card("Moved about", section=begins)
    ana = await board.at("Ana Okafor")
    await _face(ana, card).focus()
    for section in (goes, begins, goes):
        await board.act({"do": "move_card", "id": card, "section": section}, "Cleo Marsh")
        await expect(ana.locator(f"#section-{section} #card-{card}")).to_be_visible()
        await expect(_face(ana, card)).to_be_focused()
    await board.act({"do": "remove_section", "id": goes}, "Cleo Marsh")
    await expect(ana.locator(f".loose #card-{card}")).to_be_visible()

    await expect(_face(ana, card)).to_be_focused()


async def test_K3_typing_with_a_card_selected_edits_that_card(board: CanvasBoard) -> None:
    card = await board.card("Say: ")
    ana = await board.at("Ana Okafor")
    await _face(ana, card).click()
    await ana.keyboard.type("some clear steps")
    await ana.keyboard.press("Escape")

    await expect(ana.locator(f"#card-{card}")).to_contain_text("Say: some clear steps")
    await expect(ana.locator(".card")).to_have_count(1)
    await expect(ana.locator(".frame:not(.loose)")).to_have_count(0)
    for first in "nslmcfw?[]+-":
        await ana.keyboard.type(first)
        await expect(ana.locator(".writer textarea")).to_have_value(f"Say: some clear steps{first}")
        await ana.keyboard.press("Backspace")
        await ana.keyboard.press("Escape")


async def test_typing_with_a_section_selected_edits_its_title(board: CanvasBoard) -> None:
    section = await board.section("Ways home")
    ana = await board.at("Ana Okafor")
    await ana.locator(f"#section-{section} .frame-pick").click()
    await ana.keyboard.type(", soon")

    await expect(ana.get_by_label("Title")).to_have_value("Ways home, soon")
    await expect(ana.locator(".frame:not(.loose)")).to_have_count(1)


async def test_with_nothing_selected_single_letters_are_shortcuts_again(board: CanvasBoard) -> None:
    card = await board.card("Left alone")
    ana = await board.at("Ana Okafor")
    await _face(ana, card).click()
    await ana.keyboard.press("Escape")
    await ana.keyboard.type("not this card")

    await expect(ana.locator(".writer textarea")).to_have_value("ot this card")
    await expect(ana.locator(f"#card-{card} .card-text")).to_have_text("Left alone")


async def test_on_the_canvas_itself_nothing_is_selected(board: CanvasBoard) -> None:
    card = await board.card("Left alone")
    ana = await board.at("Ana Okafor")
    await _face(ana, card).click()
    await expect(ana.locator(".selection-bar")).to_be_visible()
    await ana.keyboard.press("Shift+Tab")
    await expect(ana.locator("#canvas")).to_be_focused()
    await ana.keyboard.press("n")

    await expect(ana.locator(".writer textarea")).to_have_value("")


async def test_who_may_only_read_changes_nothing_by_typing(board: CanvasBoard) -> None:
    card = await board.card("For everyone to read")
    oli = await board.at("Oli Reed")
    await _face(oli, card).click()
    await oli.keyboard.type("some clear steps")

    await expect(oli.locator(".writer")).to_have_count(0)
    await expect(oli.locator(f"#card-{card} .card-text")).to_have_text("For everyone to read")


@pytest.mark.parametrize("key", ["я", "ζ"])
async def test_undo_works_on_a_cyrillic_and_a_greek_keyboard(board: CanvasBoard, key: str) -> None:
    ana = await board.at("Ana Okafor")
    await write_new(ana, "Taken back")
    await is_saved(ana)
    cdp = await ana.context.new_cdp_session(ana)
    pressed = {"key": key, "code": "KeyZ", "windowsVirtualKeyCode": 90, "modifiers": 2}
    await cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **pressed})
    await cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})

    await expect(ana.locator(".card")).to_have_count(0)


def _face(page: Page, card: str) -> Locator:
    return page.locator(f"#card-{card} .card-face")
