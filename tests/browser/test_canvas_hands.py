"""The canvas by hand: the bar and the panel, gestures, toolbars, and finding one's way."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, look_at, open_panel, served
from tests.support.browser import PHONE

__all__ = ["board", "served"]


async def test_nothing_but_a_bar_shows_when_a_card_is_selected_and_the_panel_opens_on_request(
    board: CanvasBoard,
) -> None:
    card, other = await board.card("Nobody rang", x=0, y=40), await board.card("Another", x=400, y=40)
    ana = await board.at("Ana Okafor")
    panel, bar = ana.locator("#board-panel"), ana.locator("#selection-bar")
    await expect(panel).to_be_hidden()
    await _face(ana, card).click()
    await expect(bar.get_by_role("button")).to_have_text(["Edit", "Link", "Move…", "Comment", "⋯"])
    await expect(panel).to_be_hidden()
    await bar.get_by_label("Kind").select_option(label="Question")
    await expect(ana.locator(f"#card-{card} .card-kind")).to_have_text("Question")
    await bar.get_by_role("button", name="Comment").click()

    await expect(ana.get_by_label("Add a comment")).to_be_focused()
    await expect(bar.get_by_role("button")).to_have_count(0)
    await ana.locator("#canvas").click(position={"x": 700, "y": 600})
    await expect(ana.get_by_label("Words", exact=True)).to_have_value("Nobody rang")
    await _face(ana, other).click()
    await expect(ana.get_by_label("Words", exact=True)).to_have_value("Another")


async def test_K5_escape_leaves_the_fields_of_the_panel_and_the_bar_to_the_card(board: CanvasBoard) -> None:
    card = await board.card("Nobody rang", x=0, y=40)
    ana = await board.at("Ana Okafor")
    for label in ("Words", "Kind", "Add a comment"):
        await open_panel(ana, _face(ana, card))
        await ana.get_by_label(label, exact=True).focus()
        await ana.keyboard.press("Escape")
        await expect(_face(ana, card)).to_be_focused()
        await expect(ana.locator("#board-panel")).to_be_hidden()
    await ana.keyboard.press("Shift+F10")
    await expect(ana.locator("#selection-bar").get_by_role("button", name="Edit")).to_be_focused()
    await ana.keyboard.press("Escape")
    await expect(_face(ana, card)).to_be_focused()
    await ana.keyboard.press("Escape")

    await expect(ana.locator(".card.selected")).to_have_count(0)


async def test_K5_a_toolbar_is_one_tab_stop_with_arrows_inside(board: CanvasBoard) -> None:
    await board.card("Nobody rang", x=0, y=40)
    ana = await board.at("Ana Okafor")
    tools = ana.get_by_role("toolbar", name="Tools").get_by_role("button")
    await tools.first.focus()
    await ana.keyboard.press("ArrowRight")
    await expect(tools.nth(1)).to_be_focused()
    await ana.keyboard.press("End")
    await expect(tools.last).to_be_focused()
    await ana.keyboard.press("ArrowRight")
    await expect(tools.first).to_be_focused()
    await ana.keyboard.press("Tab")
    await expect(ana.get_by_role("toolbar", name="View").get_by_role("button").first).to_be_focused()
    await ana.keyboard.press("Shift+Tab")

    await expect(tools.first).to_be_focused()


async def test_K5_escape_takes_the_drag_of_a_card_and_of_a_section_back(board: CanvasBoard) -> None:
    section = await board.section("Where it begins", x=0, y=200, w=500, h=300)
    card = await board.card("Nobody rang", section=section, x=20, y=30)
    ana = await board.at("Ana Okafor")
    for what in (f"#card-{card} .card-face", f"#section-{section} .frame-pick"):
        before = await ana.locator(what).bounding_box()
        await _grab(ana, what)
        await ana.mouse.move(900, 600, steps=4)
        await ana.keyboard.press("Escape")
        await expect(ana.locator(".lifted")).to_have_count(0)
        await ana.mouse.move(950, 620)
        await ana.mouse.up()
        await is_saved(ana)
        assert await ana.locator(what).bounding_box() == before

    assert ((await board.fields(card))["x"], (await board.fields(section))["x"]) == (20, 0)


async def test_K6_a_pinch_zooms_and_takes_back_the_drag_that_its_first_finger_began(
    board: CanvasBoard,
) -> None:
    card = await board.card("Nobody rang", x=0, y=40)
    phone = await board.at("Ana Okafor", **PHONE)
    await phone.locator(".phone-hint button").tap()
    await look_at(phone, 60, 120)
    await _face(phone, card).tap()
    box: Any = await _face(phone, card).bounding_box()
    x, y = box["x"] + 30, box["y"] + 30
    cdp = await phone.context.new_cdp_session(phone)

    async def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": each[0], "y": each[1], "id": id} for id, each in enumerate(at)]
        await cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await touch("touchStart", (x, y))
    await touch("touchMove", (x + 20, y + 20))
    await expect(phone.locator(".card.lifted")).to_have_count(1)
    await touch("touchStart", (x + 20, y + 20), (x + 60, y + 60))
    await expect(phone.locator(".card.lifted")).to_have_count(0)
    for step in range(1, 6):
        await touch("touchMove", (x + 20, y + 20), (x + 60 + 12 * step, y + 60 + 12 * step))
    await touch("touchEnd")
    await is_saved(phone)

    assert await phone.evaluate("throughline.renderer.viewport.k") > 1.5
    assert (await board.fields(card))["x"] == 0


async def test_K6_the_wheel_does_what_was_chosen_at_first_use_and_in_the_settings(board: CanvasBoard) -> None:
    await board.card("Nobody rang", x=0, y=40)
    ana = await board.at("Ana Okafor")
    await ana.mouse.move(600, 400)
    await ana.mouse.wheel(0, 100)
    ask = ana.locator(".note-bar.ask")
    await expect(ask).to_contain_text("How do you move on the canvas?")
    assert await _zoom(ana) == "100 %"
    await ask.get_by_role("button", name="Mouse: the wheel zooms").click()
    await ana.mouse.move(600, 400)
    await ana.mouse.wheel(0, 300)
    await expect(ana.locator("#zoom-percent")).not_to_have_text("100 %")
    await ana.reload()
    await is_saved(ana)
    await ana.mouse.move(600, 400)
    await ana.mouse.wheel(0, 300)
    await expect(ana.locator("#zoom-percent")).not_to_have_text("100 %")
    await expect(ask).to_have_count(0)
    before = await _zoom(ana)
    await ana.get_by_role("button", name="Shortcuts and settings").click()
    await ana.get_by_label("What the wheel does").select_option(label="Touchpad: it pans")
    await ana.keyboard.press("Escape")
    await ana.mouse.move(600, 400)
    was = await ana.evaluate("throughline.renderer.viewport.y")
    await ana.mouse.wheel(0, 120)
    await ana.wait_for_function("was => throughline.renderer.viewport.y === was - 120", arg=was)

    assert await _zoom(ana) == before


async def test_one_jumps_to_a_section_fits_the_bulk_and_comes_back_to_content(board: CanvasBoard) -> None:
    near = await board.section("Where it begins", x=0, y=200)
    far = await board.section("What must be true?", x=1000, y=200)
    for number in range(12):
        section = near if number % 2 else far
        await board.card(f"Card {number}", section=section, x=20, y=20 + 10 * number)
    await board.card("Left far away", x=90_000, y=90_000)
    ana = await board.at("Ana Okafor")
    assert int((await _zoom(ana)).split()[0]) > 50, "one card far away does not make all the others tiny"
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("j")
    await ana.get_by_role("dialog").get_by_role("button", name="What must be true? 6 cards").click()
    await expect(ana.locator(f"#section-{far} .frame-pick")).to_be_focused()
    await expect(ana.locator(f"#section-{far}")).to_be_in_viewport()
    back = ana.get_by_role("button", name="Back to content")
    await expect(back).to_be_hidden()
    await look_at(ana, -20000, 0)
    await back.click()

    await expect(card_of(ana, "Card 1").first).to_be_in_viewport()
    await expect(back).to_be_hidden()


async def test_cards_seen_from_afar_are_a_list_in_their_section_for_a_screen_reader(
    board: CanvasBoard,
) -> None:
    section = await board.section("Where it begins", x=0, y=0, w=5000, h=3200)
    ana = await board.at("Ana Okafor")
    await ana.evaluate(_FOUR_HUNDRED, section)
    await look_at(ana, 0, 100, 0.11)
    listed = ana.locator(f"#section-{section}").get_by_role("listitem")
    await expect(listed).to_have_count(400)
    await expect(ana.locator(".card")).to_have_count(0)
    await expect(listed.first).to_have_text("Note: Card 0")
    await look_at(ana, 0, 100)

    await expect(ana.locator(".far-list")).to_have_count(0)


def _face(page: Page, card: str) -> Any:
    return page.locator(f"#card-{card} .card-face")


async def _grab(page: Page, what: str) -> None:
    box: Any = await page.locator(what).bounding_box()
    await page.mouse.move(box["x"] + 20, box["y"] + 12)
    await page.mouse.down()


async def _zoom(page: Page) -> str:
    return str(await page.locator("#zoom-percent").text_content())


# Puts 400 cards of a section onto the page's own renderer.
_FOUR_HUNDRED = """section => {
  const { renderer, sync } = window.throughline
  for (let i = 0; i < 400; i++) {
    const fields = { kind: "note", text: `Card ${i}`, section, order: `a${String(i).padStart(3, "0")}`,
      x: (i % 20) * 230, y: Math.floor(i / 20) * 150, w: 200, by: "", at: 0 }
    sync.view.set(`c${i}`, { id: `c${i}`, item: "card", seq: 1, fields })
  }
  renderer.redrawAll()
}"""
