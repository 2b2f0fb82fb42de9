"""While one moves the board: titles stay legible, and once it rests all that is in view is drawn."""

import asyncio
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, served

__all__ = ["board", "served"]

CARDS = 320  # more than are drawn at once
ZOOM = """async ([from, to]) => {
  const { renderer } = window.throughline, { viewport, world } = renderer
  const title = () => {
    const header = document.querySelector(".frame > header")
    const grown = header.getBoundingClientRect().height / header.offsetHeight
    return grown * parseFloat(getComputedStyle(header.querySelector("h2")).fontSize)
  }
  const frame = () => new Promise(requestAnimationFrame)
  viewport.set({ x: 60, y: 200, k: from })
  await frame()
  const [titles, made] = [[], []]
  for (let k = from; to > from ? k < to : k > to; k *= to > from ? 1.06 : 1 / 1.2) {
    const before = renderer.cards.elements.size
    viewport.set({ x: 60, y: 200, k })
    await frame()
    await frame()
    titles.push(title())
    made.push(renderer.cards.elements.size - before)
  }
  viewport.set({ x: 60, y: 200, k: to })
  return { least: Math.min(...titles), most: Math.max(...made), moving: renderer.movement.isOngoing }
}"""
MISSING = """() => {
  const { renderer } = window.throughline, { viewport: { x, y, k, width, height }, layout, cards } = renderer
  const view = { x: -x / k, y: -y / k, w: width / k, h: height / k }
  if (renderer.movement.isOngoing || renderer.movement.isZooming) return "it moves"
  return [...layout.cardsIn(view)].filter(({ id }) => !cards.elements.has(id)).length
}"""

KEEP_ZOOMING = """() => {
  const { viewport } = window.throughline.renderer
  let step = 0
  return setInterval(() => viewport.set({ x: 60, y: 90, k: 0.45 * 1.02 ** (step++ % 8) }), 16)
}"""


async def large(board: CanvasBoard) -> Page:
    """The canvas of a board with so many cards in one section."""
    section = await board.section("What makes this so hard?", x=0, y=0, w=2400, h=600)
    parts: list[dict[str, Any]] = [
        {"do": "add_card", "id": new_id(), "kind": "note", "text": f"Card {i} " * 9, "section": section}
        for i in range(CARDS)
    ]
    for start in range(0, CARDS, 160):
        await board.act({"do": "batch", "parts": parts[start : start + 160]})
    return await board.at("Ana Okafor")


async def test_titles_stay_legible_while_one_zooms_and_all_in_view_is_drawn_at_rest(
    board: CanvasBoard,
) -> None:
    page = await large(board)
    out = await page.evaluate(ZOOM, [1.0, 0.45])
    await expect_all_drawn(page)
    near = await page.evaluate(ZOOM, [0.2, 0.9])
    await expect_all_drawn(page)

    assert min(out["least"], near["least"]) >= 14
    assert out["moving"], "the steps came one after another"
    assert out["most"] <= 32, "in two frames of a movement at most twice sixteen cards come new"


async def test_a_card_of_which_nothing_is_cut_has_no_clip_and_one_with_a_long_name_has(
    board: CanvasBoard,
) -> None:
    short = await board.card("A line", x=0, y=40)
    long = await board.card("\n".join(["a line"] * 20), x=300, y=40)
    page = await board.at("Ana Okafor")
    narrow = page.locator(f"#card-{short}")
    await expect(narrow).to_have_attribute("data-whole", "")
    await expect(page.locator(f"#card-{long}")).to_have_class("card kind-note cut")
    await expect(narrow.locator(".card-text")).to_have_css("overflow", "visible")
    await board.act({"do": "resize_card", "id": short, "w": 140})

    await expect(narrow).not_to_have_attribute("data-whole", "")
    await expect(narrow.locator(".chip")).to_have_css("overflow", "hidden")


async def test_at_rest_and_while_one_zooms_the_board_is_one_picture_of_the_size_it_is_seen_in(
    board: CanvasBoard,
) -> None:
    for x in (0, 1200):
        await board.section("Far down", x=x, y=0, w=1140, h=4000)
    page = await board.at("Ana Okafor")
    devtools = await page.context.new_cdp_session(page)
    trees: asyncio.Queue[list[dict[str, Any]]] = asyncio.Queue()
    devtools.on("LayerTree.layerTreeDidChange", lambda tree: trees.put_nowait(tree.get("layers", [])))
    await devtools.send("LayerTree.enable")
    await page.evaluate("throughline.renderer.viewport.set({ x: 60, y: 90, k: 0.45 })")
    resting = await picture(trees, lambda scale: scale == 1)
    dots = page.locator(".dots")
    await expect(dots).to_be_hidden()  # the picture has them

    zooming = await page.evaluate(KEEP_ZOOMING)
    moving = await picture(trees, lambda scale: scale > 1)
    assert moving["transform"][0] < 1.2, "painted as small as it is seen, so it is scaled by little"
    assert moving["layerId"] == resting["layerId"], "or the first frames go on painting it"
    await expect(dots).to_be_hidden()
    await page.evaluate("clearInterval", zooming)


async def picture(
    trees: asyncio.Queue[list[dict[str, Any]]], is_scaled: Callable[[float], bool]
) -> dict[str, Any]:
    """The only large layer, once it is scaled so."""
    while True:
        layers = await asyncio.wait_for(trees.get(), 10)
        large = [each for each in layers if each["drawsContent"] and each["height"] > 3000]
        if len(large) == 1 and is_scaled(large[0].get("transform", [1])[0]):
            return large[0]


async def expect_all_drawn(page: Page) -> None:
    await page.wait_for_function(f"() => ({MISSING})() === 0", timeout=10_000)
