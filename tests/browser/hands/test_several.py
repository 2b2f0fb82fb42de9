"""Several cards at once on the canvas: chosen by press, box and key; moved, changed and taken back as one."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.canvas_board import CanvasBoard, board, is_saved, look_at, served
from tests.support.browser import PHONE, axe, faultless, screenshot

__all__ = ["board", "served"]


async def test_K7_fifteen_cards_chosen_by_a_box_move_to_a_section_by_one_op_and_one_undo(
    board: CanvasBoard,
) -> None:
    one, two = await _two_sections(board)
    for number in range(15):
        await board.card(f"Card {number}", section=one)
    ana = await board.at("Ana Okafor")
    await _look_at_all(ana)
    await _draw_box(ana, one)
    await expect(_bar(ana).locator(".selected-count")).to_have_text("15 selected")
    await expect(ana.locator("#say")).to_have_text("15 cards selected")
    await screenshot(ana, "several-1440")
    assert await axe(ana) == []
    before = await _cursor(ana)
    await _bar(ana).get_by_label("Move to section").select_option(label="What must be true?")
    await is_saved(ana)

    assert await _cursor(ana) == before + 1, "one op"
    await expect(ana.locator(f"#section-{two} .card")).to_have_count(15)
    await expect(ana.locator(f"#section-{two} .card-text")).to_have_text([f"Card {n}" for n in range(15)])
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(f"#section-{one} .card-text")).to_have_text([f"Card {n}" for n in range(15)])
    await is_saved(ana)
    assert await _cursor(ana) == before + 2, "one undo"


async def test_K7_one_of_several_is_dragged_and_all_land_in_their_order_at_the_mark(
    board: CanvasBoard,
) -> None:
    one, two = await _two_sections(board)
    cards = [await board.card(f"Card {number}", section=one) for number in range(4)]
    await board.card("There before", section=two)
    ana = await board.at("Ana Okafor")
    await _look_at_all(ana)
    await ana.keyboard.down("Shift")
    for number in (3, 0, 2, 1, 1):
        await _face(ana, cards[number]).click()
    await ana.keyboard.up("Shift")
    await expect(_bar(ana).locator(".selected-count")).to_have_text("3 selected")
    await _drag(ana, _face(ana, cards[2]), ana.locator(f"#section-{two} .card-face"), drop=False)
    await expect(ana.locator(".card.lifted")).to_have_attribute("data-many", "3")
    await expect(ana.locator(".card.carried")).to_have_count(2)
    await screenshot(ana, "several-dragged")
    await ana.keyboard.press("Escape")
    await ana.mouse.up()
    await expect(ana.locator(".carried, .lifted")).to_have_count(0)
    await expect(ana.locator(f"#section-{one} .card")).to_have_count(4)
    await _drag(ana, _face(ana, cards[2]), ana.locator(f"#section-{two} .card-face"))
    await is_saved(ana)

    words = ana.locator(f"#section-{two} .card-text")
    await expect(words).to_have_text(["Card 0", "Card 2", "Card 3", "There before"])
    await ana.keyboard.press("Control+z")
    await expect(words).to_have_text(["There before"])


async def test_several_dragged_out_of_a_grid_keep_their_places_among_themselves(board: CanvasBoard) -> None:
    one, _ = await _two_sections(board)
    cards = [await board.card(f"Card {number}", section=one) for number in range(2)]
    ana = await board.at("Ana Okafor")
    await _look_at_all(ana)
    await ana.keyboard.down("Shift")
    for card in cards:
        await _face(ana, card).click()
    await ana.keyboard.up("Shift")
    before = [await _face(ana, card).bounding_box() for card in cards]
    await _grab(ana, _face(ana, cards[0]))
    at: Any = before[0]
    await ana.mouse.move(at["x"] + 20, 700, steps=4)
    await ana.mouse.up()
    await expect(ana.locator(f"#section-{one} .card")).to_have_count(0)
    await is_saved(ana)

    after = [await _face(ana, card).bounding_box() for card in cards]
    shifts = [(a["x"] - b["x"], a["y"] - b["y"]) for a, b in zip(after, before, strict=True) if a and b]
    assert [round(x) for x, _ in shifts] == [0, 0]
    assert abs(shifts[0][1] - shifts[1][1]) < 1
    assert shifts[0][1] > 100
    assert [(await board.fields(card))["section"] for card in cards] == [None, None]


async def test_by_keyboard_alone_one_adds_selects_several_moves_changes_removes_and_takes_back(
    board: CanvasBoard,
) -> None:
    one, two = await _two_sections(board)
    cards = [await board.card(f"Card {number}", section=one) for number in range(4)]
    ana = await board.at("Ana Okafor")
    await _face(ana, cards[0]).focus()
    await ana.keyboard.press("Tab")
    await ana.keyboard.press("Alt+Shift+ArrowDown")
    await ana.keyboard.press("Alt+Shift+ArrowDown")
    await expect(ana.locator("#say")).to_have_text("3 cards selected")
    await expect(_face(ana, cards[3])).to_be_focused()
    await expect(_face(ana, cards[3])).to_have_accessible_description("Selected")
    await ana.keyboard.press("Alt+ArrowUp")
    await expect(_face(ana, cards[2])).to_be_focused()
    await ana.keyboard.press("Shift+Space")
    await expect(_bar(ana).locator(".selected-count")).to_have_text("2 selected")
    await ana.keyboard.press("Alt+m")
    await expect(_bar(ana).get_by_label("Move to section")).to_be_focused()
    await ana.keyboard.type("What")
    await ana.keyboard.press("Enter")
    await expect(ana.locator(f"#section-{two} .card-text")).to_have_text(["Card 1", "Card 3"])
    await ana.keyboard.press("Escape")
    await ana.keyboard.press("Control+d")
    await expect(ana.locator(f"#section-{two} .card")).to_have_count(4)
    await expect(_bar(ana).locator(".selected-count")).to_have_text("2 selected")
    await ana.keyboard.press("Delete")
    await expect(ana.locator(f"#section-{two} .card")).to_have_count(2)
    for count in (4, 2):
        await ana.keyboard.press("Control+z")
        await expect(ana.locator(f"#section-{two} .card")).to_have_count(count)
    await ana.keyboard.press("Control+z")
    await is_saved(ana)

    texts = [f"Card {n}" for n in range(4)]
    await expect(ana.locator(f"#section-{one} .card-text")).to_have_text(texts)
    await _face(ana, cards[0]).focus()
    await ana.keyboard.press("Control+a")
    await expect(_bar(ana).locator(".selected-count")).to_have_text("4 selected")
    await ana.keyboard.press("Escape")
    await expect(ana.locator(".card.selected")).to_have_count(0)


async def test_K6_while_several_are_selected_a_finger_draws_a_box_and_a_second_one_takes_it_back(
    board: CanvasBoard,
) -> None:
    await board.card("Nobody rang", x=0, y=40)
    await board.card("Another", x=0, y=240)
    phone = await board.at("Ana Okafor", **PHONE)
    await phone.locator(".phone-hint button").tap()
    await look_at(phone, 60, 20)
    await phone.get_by_role("button", name="Select", exact=True).tap()
    canvas: Any = await phone.locator("#canvas").bounding_box()
    cdp = await phone.context.new_cdp_session(phone)

    async def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": canvas["y"] + y, "id": id} for id, (x, y) in enumerate(at)]
        await cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    count = _bar(phone).locator(".selected-count")
    await touch("touchStart", (20, 30))
    await touch("touchMove", (100, 200))
    await expect(count).to_have_text("1 selected")
    await touch("touchStart", (100, 200), (150, 250))
    await expect(count).to_have_text("0 selected")
    await touch("touchMove", (100, 200), (220, 320))
    await touch("touchEnd")
    assert await phone.evaluate("throughline.renderer.viewport.k") > 1.2
    await look_at(phone, 60, 20)
    await touch("touchStart", (20, 30))
    await touch("touchMove", (100, 330))
    await touch("touchEnd")

    await expect(count).to_have_text("2 selected")
    assert await phone.evaluate("throughline.renderer.viewport.y") == 20, "the canvas stays where it is"


async def test_K5_escape_takes_a_box_back(board: CanvasBoard) -> None:
    section, _ = await _two_sections(board)
    await board.card("Nobody rang", section=section)
    ana = await board.at("Ana Okafor")
    await _look_at_all(ana)
    await _draw_box(ana, section, drop=False)
    await expect(ana.locator(".card.selected")).to_have_count(1)
    await expect(ana.locator(".select-box")).to_be_visible()
    await ana.keyboard.press("Escape")

    await expect(ana.locator(".select-box")).to_be_hidden()
    await expect(ana.locator(".card.selected")).to_have_count(0)
    await ana.mouse.up()
    await ana.keyboard.up("Shift")
    await expect(ana.locator(".card.selected")).to_have_count(0)


async def test_on_a_phone_cards_are_selected_one_by_one_and_what_others_remove_is_not_counted(
    board: CanvasBoard,
) -> None:
    cards = [await board.card(f"Card {number}", x=10, y=150 * number) for number in range(3)]
    phone = await board.at("Ana Okafor", **PHONE)
    await phone.locator(".phone-hint button").tap()
    await look_at(phone, 60, 80)
    await phone.get_by_role("button", name="Select", exact=True).tap()
    for card in cards:
        await _face(phone, card).tap()
    await phone.locator("#canvas").tap(position={"x": 20, "y": 500})
    count = _bar(phone).locator(".selected-count")
    await expect(count).to_have_text("3 selected")
    await screenshot(phone, "several-390")
    await board.act({"do": "remove_card", "id": cards[2]}, "Cleo Marsh")
    await expect(count).to_have_text("2 selected")
    await _bar(phone).get_by_role("button", name="More").tap()
    await screenshot(phone, "several-more-390")
    await phone.get_by_role("dialog").get_by_role("button", name="Select all of my cards").tap()
    await expect(count).to_have_text("2 selected")
    await _bar(phone).get_by_label("Kind of all").select_option(label="Question")
    await _bar(phone).get_by_role("button", name="Done").tap()
    await is_saved(phone)

    await expect(phone.locator(".kind-question.card")).to_have_count(2)
    await expect(_bar(phone).get_by_role("button")).to_have_count(0)


async def test_the_canvas_with_several_selected_is_faultless(board: CanvasBoard) -> None:
    await board.card("Nobody rang", x=0, y=40)
    await board.card("Another", x=0, y=240)
    ana = await board.at("Ana Okafor")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("Control+a")
    await expect(_bar(ana).locator(".selected-count")).to_have_text("2 selected")

    await faultless(ana, "several")


async def _two_sections(board: CanvasBoard) -> tuple[str, str]:
    one = await board.section("Where it begins", x=0, y=200, w=660, h=400)
    return one, await board.section("What must be true?", x=800, y=200, w=660, h=400)


async def _look_at_all(page: Page) -> None:
    await look_at(page, 40, 20, 0.6)


def _bar(page: Page) -> Locator:
    return page.locator("#selection-bar")


def _face(page: Page, card: str) -> Locator:
    return page.locator(f"#card-{card} .card-face")


async def _draw_box(page: Page, section: str, *, drop: bool = True) -> None:
    box: Any = await page.locator(f"#section-{section} .frame-box").bounding_box()
    await page.keyboard.down("Shift")
    await page.mouse.move(box["x"] - 10, box["y"] - 4)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] + 10, box["y"] + box["height"] + 10, steps=5)
    if drop:
        await page.mouse.up()
        await page.keyboard.up("Shift")


async def _grab(page: Page, what: Locator) -> None:
    box: Any = await what.bounding_box()
    await page.mouse.move(box["x"] + 20, box["y"] + 12)
    await page.mouse.down()


async def _drag(page: Page, what: Locator, before: Locator, *, drop: bool = True) -> None:
    """To the left edge of another card."""
    to: Any = await before.bounding_box()
    await _grab(page, what)
    await page.mouse.move(to["x"] - 30, to["y"] + 30, steps=6)
    if drop:
        await page.mouse.up()


async def _cursor(page: Page) -> int:
    return int(await page.evaluate("throughline.sync.replica.cursor"))
