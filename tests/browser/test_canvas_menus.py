"""Menus of the canvas act on Enter or a click; arrow keys and letters only look through them."""

from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, is_saved, open_panel, served

__all__ = ["board", "served"]


async def _kind_menu(board: CanvasBoard) -> tuple[Page, str]:
    """Ana's page with the menu of a note's kind in focus."""
    card = await board.card("What is it?")
    ana = await board.at("Ana Okafor")
    await open_panel(ana, ana.locator(f"#card-{card} .card-face"))
    await ana.get_by_label("Kind").focus()
    return ana, card


async def test_K4_arrow_keys_and_letters_look_through_a_menu_and_enter_chooses(board: CanvasBoard) -> None:
    ana, card = await _kind_menu(board)
    menu = ana.get_by_label("Kind")
    for _ in range(3):
        await ana.keyboard.press("ArrowDown")
    await ana.keyboard.type("Ask")
    await expect(menu).to_have_value("ask")
    await expect(ana.locator(".board-panel .hint:visible")).to_have_text(
        "Enter chooses it, Escape leaves it."
    )
    await expect(ana.locator(f"#card-{card} .card-kind")).to_contain_text("Note")
    await expect(ana.get_by_role("button", name="Undo").first).to_be_disabled()
    await ana.keyboard.press("Enter")

    await expect(ana.locator(f"#card-{card} .card-kind")).to_contain_text("Ask")
    await expect(ana.locator(".board-panel .hint:visible")).to_have_count(0)
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(f"#card-{card} .card-kind")).to_contain_text("Note")
    await expect(menu).to_have_value("note")


async def test_a_menu_that_is_left_changes_nothing(board: CanvasBoard) -> None:
    ana, card = await _kind_menu(board)
    menu = ana.get_by_label("Kind")
    for leave in ("Escape", "Tab"):
        await menu.focus()
        await ana.keyboard.press("ArrowDown")
        await expect(menu).to_have_value("problem")
        await ana.keyboard.press(leave)
        await expect(menu).to_have_value("note")

    await is_saved(ana)
    assert (await board.fields(card))["kind"] == "note"


async def test_news_of_others_leaves_a_choice_that_is_being_made(board: CanvasBoard) -> None:
    ana, card = await _kind_menu(board)
    position = ana.get_by_label("Position")
    await board.card("The second")
    await expect(position.locator("option")).to_have_count(4)
    await position.focus()
    await ana.keyboard.type("After: The s")
    chosen = await position.input_value()
    third = await board.card("The third")
    await expect(ana.locator(f"#card-{third}")).to_be_visible()

    await expect(position).to_have_value(chosen)
    await ana.keyboard.press("Enter")
    await expect(ana.locator(".loose .card .card-text")).to_have_text(
        ["The second", "What is it?", "The third"]
    )
    await expect(position.locator("option")).to_have_count(5)
    await expect(ana.locator(f"#card-{card}")).to_be_visible()
