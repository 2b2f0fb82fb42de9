"""How the canvas looks: cards, the headings of sections, links, and what stands out, measured in pixels."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, open_panel, served
from tests.support.browser import PHONE, axe, faultless

__all__ = ["board", "served"]
PROMPT = "What happens? What have you seen yourself? No explanations yet, only what you saw and heard."
LINES = "\n".join(f"line {number}" for number in range(1, 21))


async def test_a_long_card_is_cut_after_twelve_lines_and_whole_on_opening(board: CanvasBoard) -> None:
    short = await board.card("\n".join(["a line"] * 12), x=0, y=40)
    long = await board.card(LINES, x=400, y=40)
    ana = await board.at("Ana Okafor")
    more = ana.locator(f"#card-{long} .card-more")
    await expect(more).to_be_visible()

    await expect(ana.locator(f"#card-{short} .card-more")).to_be_hidden()
    assert await ana.locator(f"#card-{long} .card-text").evaluate(_LINES_SHOWN) == 12
    await more.click()
    await expect(ana.get_by_label("Words", exact=True)).to_have_value(LINES)


async def test_a_card_that_grows_too_long_is_cut_and_one_that_is_shortened_is_whole(
    board: CanvasBoard,
) -> None:
    card = await board.card("\n".join(["a line"] * 12), x=0, y=40)
    ana = await board.at("Ana Okafor")
    more = ana.locator(f"#card-{card} .card-more")
    await expect(more).to_be_hidden()
    await board.act({"do": "edit_card", "id": card, "text": "\n".join(["a line"] * 13)})
    await expect(more).to_be_visible()
    await board.act({"do": "edit_card", "id": card, "text": "a line"})

    await expect(more).to_be_hidden()


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.3, 0.15])
async def test_title_and_whole_prompt_are_at_least_14_px_on_the_screen_at_every_zoom(
    board: CanvasBoard, zoom: float
) -> None:
    section = await board.section("What makes this so hard?", prompt=PROMPT, x=0, y=200, w=520, h=320)
    await board.card("A card", section=section)
    ana = await board.at("Ana Okafor")
    await ana.evaluate("k => throughline.renderer.viewport.set({ x: 40, y: 300, k })", zoom)
    heading = ana.locator(f"#section-{section} header")
    await expect(heading.locator("p")).to_have_text(PROMPT)
    await expect(heading.locator(".frame-count")).to_have_text("1 card")
    sizes = await heading.evaluate(_SIZES)

    assert min(sizes["fonts"]) >= 14
    assert not sizes["cut"]
    assert sizes["bottom"] <= sizes["frame"] + 1, "it stands above its section"


async def test_kind_and_organisation_share_one_line_and_comments_are_a_count_on_the_corner(
    board: CanvasBoard,
) -> None:
    card = await board.card("Nobody rang", "assumption", x=0, y=40)
    await board.act(
        {"do": "add_comment", "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "card": card, "text": "Indeed"}
    )
    ana = await board.at("Ana Okafor")
    shown = ana.locator(f"#card-{card}")

    await expect(shown.locator(".card-head")).to_have_text(
        "Assumption\nNorthfield Trust", use_inner_text=True
    )
    assert await shown.locator(".card-head").evaluate("head => head.clientHeight") < 20
    await expect(shown.locator(".card-count")).to_have_text("1")
    assert float(await shown.locator(".card-text").evaluate(_FONT)) >= 14


async def test_a_selected_card_draws_its_links_with_their_words_above_the_cards_and_dims_the_rest(
    board: CanvasBoard,
) -> None:
    first = await board.card("The first", x=0, y=40)
    second = await board.card("The second", x=600, y=40)
    between = await board.card("In between", x=300, y=40)
    await board.link(first, second)
    ana = await board.at("Ana Okafor")
    await expect(ana.locator(".links > .link")).to_have_count(1)
    assert await ana.locator(".link-word").count() == 0
    await ana.locator(f"#card-{first} .card-face").click()

    word = ana.locator(".link-word")
    await expect(word).to_have_text("Leads to")
    box = await word.bounding_box()
    assert box
    on_top = await ana.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).className",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert on_top == "link-word", "though a card lies there"
    await expect(ana.locator(".card.dim")).to_have_id(f"card-{between}")
    await ana.locator(f"#card-{second} .card-face").click(modifiers=["Shift"])
    await expect(word).to_have_count(0)  # the words of many would cover the cards
    await expect(ana.locator(".links-above .link")).to_have_count(1)
    await ana.keyboard.press("Escape")
    await expect(ana.locator(".card.dim")).to_have_count(0)


async def test_the_canvas_is_faultless_on_every_screen_with_nothing_and_with_a_card_selected(
    board: CanvasBoard,
) -> None:
    section = await board.section("What makes this so hard?", prompt=PROMPT, x=0, y=200)
    await board.card("People wait days in a bed they no longer need", "problem", section=section)
    ana = await board.at("Ana Okafor")
    await faultless(ana, "canvas_at_rest")
    await card_of(ana, "People wait").locator(".card-face").click()
    await faultless(ana, "canvas_selected")
    await ana.keyboard.press("Alt+Enter")
    await faultless(ana, "canvas_panel")


async def test_on_a_phone_one_writes_in_a_sheet_and_the_panel_is_one(board: CanvasBoard) -> None:
    await board.card("Nobody rang", x=0, y=40)
    phone: Page = await board.at("Bo Hale", **PHONE)
    await phone.locator(".phone-hint button").tap()
    await phone.get_by_role("button", name="Problem").tap()
    box = phone.locator(".writer.sheet textarea")
    await expect(box).to_be_focused()
    size: Any = await box.bounding_box()
    assert size["width"] > 300
    assert size["height"] > 80
    assert float(await box.evaluate(_FONT)) >= 16, "smaller letters make phones zoom in"
    assert await axe(phone) == []
    await phone.keyboard.type("People wait for transport")
    await phone.get_by_role("button", name="Done").tap()
    await expect(card_of(phone, "People wait for transport")).to_be_visible()
    await expect(box).to_have_count(0)
    await open_panel(phone, card_of(phone, "Nobody rang").locator(".card-face"))
    sheet: Any = await phone.locator("#board-panel").bounding_box()

    assert (round(sheet["x"]), round(sheet["width"])) == (0, 390)
    assert round(sheet["y"] + sheet["height"]) == 844
    await phone.keyboard.press("Escape")
    await expect(phone.locator("#board-panel")).to_be_hidden()


_FONT = "element => parseFloat(getComputedStyle(element).fontSize)"
_LINES_SHOWN = """text => {
  const { lineHeight } = getComputedStyle(text)
  return Math.round(text.clientHeight / parseFloat(lineHeight))
}"""
# Of a heading: the sizes of its letters on the screen, and whether any of it is cut.
_SIZES = """heading => {
  const scale = heading.getBoundingClientRect().width / heading.offsetWidth
  const parts = [...heading.querySelectorAll("button, p, .frame-count")]
  return {
    fonts: parts.map((part) => parseFloat(getComputedStyle(part).fontSize) * scale + 0.01),
    cut: [heading, ...parts].some((part) => part.scrollWidth > part.clientWidth + 1),
    bottom: heading.getBoundingClientRect().bottom,
    frame: heading.parentElement.getBoundingClientRect().top,
  }
}"""
