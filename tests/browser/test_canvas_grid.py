"""Sections that lay their cards out: nothing overlaps, and a drop or a key is a place in the order."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, is_saved, open_panel, served
from tests.support.browser import axe

__all__ = ["board", "served"]

OVERLAPS = """() => {
  const cards = [...document.querySelectorAll(".card")]
  const boxes = cards.map((card) => [card.dataset.id, card.getBoundingClientRect()])
  const beside = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5
  const apart = (a, b) => beside(a, b) || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5
  return boxes.flatMap(([one, a]) => boxes.filter(([other, b]) => one < other && !apart(a, b)))
}"""
ORDER = """(section) => {
  const cards = [...document.querySelectorAll(`#section-${section} .card`)]
  const words = (card) => card.querySelector(".card-text").textContent
  const boxes = cards.map((card) => [words(card), card.getBoundingClientRect()])
  return boxes.sort(([, a], [, b]) => a.top - b.top || a.left - b.left).map(([text]) => text)
}"""


async def _letters(board: CanvasBoard, section: str, letters: str = "ABCDEF") -> dict[str, str]:
    return {letter: await board.card(letter, section=section, x=0, y=0) for letter in letters}


async def _fit(page: Page) -> None:
    await page.get_by_role("button", name="Fit").click()


async def _settled(page: Page, section: str, order: str) -> None:
    await page.wait_for_function(f"([id, order]) => ({ORDER})(id).join('') === order", arg=[section, order])
    await is_saved(page)


async def test_forty_notes_of_every_length_lie_apart_and_push_down_what_is_below(board: CanvasBoard) -> None:
    section = await board.section("What makes this hard?", x=0, y=0, w=700, h=300)
    await board.section("Below", x=0, y=380, w=700, h=200)
    await board.card("Outside all", x=100, y=640)
    for i in range(40):
        await board.card(f"Note {i}. " + "Longer than others. " * (i % 9), section=section)
    ana = await board.at("Ana Okafor")
    await expect(ana.locator(".card")).to_have_count(41)

    assert await ana.evaluate(OVERLAPS) == []
    frames = await ana.evaluate(
        "() => [...document.querySelectorAll('.frame:not(.loose)')].map((f) => f.getBoundingClientRect())"
    )
    assert frames[0]["bottom"] < frames[1]["top"]
    await board.card("One more by another. " * 60, section=section)
    await expect(ana.locator(".card")).to_have_count(42)
    assert await ana.evaluate(OVERLAPS) == []


async def test_a_card_dropped_between_two_comes_between_them_in_the_order(board: CanvasBoard) -> None:
    section = await board.section("Rows", x=0, y=0, w=520, h=460)
    cards = await _letters(board, section)
    ana = await board.at("Ana Okafor")
    await _fit(ana)
    await _settled(ana, section, "ABCDEF")
    start = await _middle(ana, cards["F"])
    goal = await _box(ana, cards["B"])
    await ana.mouse.move(*start)
    await ana.mouse.down()
    await ana.mouse.move(goal["x"] + 20, goal["y"] + goal["height"] / 2, steps=6)
    await expect(ana.locator(".insertion")).to_be_visible()
    mark = await ana.locator(".insertion").bounding_box()
    assert mark
    assert mark["x"] < goal["x"] < mark["x"] + 16
    assert abs(mark["y"] - goal["y"]) < 4
    await ana.mouse.up()
    await _settled(ana, section, "AFBCDE")
    fields = await board.fields(cards["F"])

    await expect(ana.locator(".insertion")).to_be_hidden()
    assert (fields["x"], fields["y"]) == (0, 0), "x and y of a grid's cards are kept"
    await ana.keyboard.press("Control+z")
    await _settled(ana, section, "ABCDEF")


async def test_a_card_dropped_where_it_was_changes_nothing(board: CanvasBoard) -> None:
    section = await board.section("Rows", x=0, y=0, w=520, h=460)
    cards = await _letters(board, section)
    ana = await board.at("Ana Okafor")
    await _fit(ana)
    before = await board.fields(cards["C"])
    start = await _middle(ana, cards["C"])
    await ana.mouse.move(*start)
    await ana.mouse.down()
    await ana.mouse.move(start[0] - 20, start[1] + 8, steps=4)
    await ana.mouse.up()
    await is_saved(ana)

    assert await board.fields(cards["C"]) == before


async def test_arrow_keys_move_a_card_in_the_order_of_its_section(board: CanvasBoard) -> None:
    section = await board.section("Rows", x=0, y=0, w=520, h=460)
    cards = await _letters(board, section)
    ana = await board.at("Ana Okafor")
    await _fit(ana)
    await ana.locator(f"#card-{cards['A']} .card-face").click()
    await ana.keyboard.press("ArrowRight")
    await _settled(ana, section, "BACDEF")
    await ana.keyboard.press("ArrowDown")
    await _settled(ana, section, "BCDAEF")
    await ana.keyboard.press("Shift+ArrowRight")
    await _settled(ana, section, "BCDEFA")
    await ana.keyboard.press("ArrowRight")
    await ana.keyboard.press("Shift+ArrowLeft")
    await _settled(ana, section, "ABCDEF")

    await expect(ana.locator(f"#card-{cards['A']} .card-face")).to_be_focused()


async def test_a_map_shows_its_labels_and_becomes_rows_by_a_menu(board: CanvasBoard) -> None:
    labels = {"axis_left": "We have seen it", "axis_right": "We are guessing", "axis_top": "All hangs on it"}
    section = await board.section("How sure are we?", x=0, y=0, w=600, h=400, layout="free", **labels)
    for i in range(3):
        await board.card(f"Belief {i}", section=section, x=40 + 10 * i, y=60 + 10 * i)
    ana = await board.at("Ana Okafor")
    await _fit(ana)

    assert await ana.evaluate(OVERLAPS) != [], "in a free section cards lie where they were put"
    for label in labels.values():
        await expect(ana.locator(".axes").get_by_text(label)).to_be_visible()
    frame, right = [
        await ana.locator(place).bounding_box() for place in (".frame-box", ".axes > .axis-right")
    ]
    assert frame
    assert right
    assert 0 < frame["x"] + frame["width"] - (right["x"] + right["width"]) < 12, "at its end of the axis"
    assert await axe(ana) == []
    await open_panel(ana, ana.get_by_role("button", name="How sure are we?"))
    await ana.get_by_label("How its cards lie").select_option("grid")
    await expect(ana.locator(".axes")).to_have_count(0)
    await is_saved(ana)
    assert await ana.evaluate(OVERLAPS) == []


async def _box(page: Page, card: str) -> Any:
    return await page.locator(f"#card-{card}").bounding_box()


async def _middle(page: Page, card: str) -> tuple[float, float]:
    box = await _box(page, card)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
