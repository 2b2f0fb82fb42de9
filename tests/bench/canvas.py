"""The canvas of large boards in Chromium: frames while one pans, zooms or notes arrive, and a grid laid anew.

A frame is the time from one painted frame to the next. What else the machine does is in it, so an empty
board is measured in the same run, in turn with the large one.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain

from playwright.async_api import Page

from tests.bench import boards
from tests.bench.figure import Figure
from tests.bench.opening import WELCOMED
from tests.bench.stage import Stage
from tests.support.browser import chromium

GOALS = {2_000: 25.0, 5_000: 33.0}  # ms of a frame at p95
SCALES = (0.15, 0.45, 1.0)
ROUNDS, FRAMES = 3, 40
NOTES, NOTES_IN = 40, 10.0  # seconds
WIDE = {"width": 1440, "height": 900}

# A jump to another scale brings much into view at once: it is waited for and told apart, as it is no gesture.
GESTURE = """async ([kind, k, frames]) => {
  const { renderer } = window.throughline, view = renderer.viewport
  const way = (i) => (i % 20 < 10 ? 1 : -1)
  const pan = (i) => view.pan(-24 * way(i), -16 * way(i)), zoom = (i) => view.zoomTo(view.k * 1.04 ** way(i))
  const steps = { pan, zoom }
  const frame = () => new Promise(requestAnimationFrame)
  const gaps = [], jump = []
  let last = await frame()
  view.zoomTo(k)
  for (let i = 0; i < 30; i++) {
    const now = await frame()
    jump.push(now - last)
    last = now
  }
  for (let i = 0; i < frames; i++) {
    steps[kind](i)
    const now = await frame()
    gaps.push(now - last)
    last = now
  }
  return { gaps, jump: Math.max(...jump) }
}"""
WATCH = """() => {
  window.gaps = []
  let last = performance.now()
  const frame = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(frame) }
  requestAnimationFrame(frame)
}"""
REFLOW = """() => {
  const { renderer, context } = window.throughline, took = []
  const [section] = context.items.sections
  const cards = context.items.cards(section.id)
  renderer.viewport.fit(renderer.box(section.id))
  renderer.element(null)
  for (let i = 0; i < 40; i++) {
    const began = performance.now()
    renderer.layout.measure(cards[0].id, 150 + i)
    renderer.element(null)
    renderer.world.getBoundingClientRect()
    took.push(performance.now() - began)
  }
  return { took, cards: cards.length }
}"""
SCRIPT = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)"""


async def measure(on: Stage, cards: int) -> list[Figure]:
    board = await boards.filled(on, f"{cards} cards", cards)
    empty = await boards.new_board(on, "Empty")
    async with opened(on, board) as page, opened(on, empty) as beside:
        found = await _gestures(page, beside, cards)
        if cards == min(GOALS):
            found += [await _notes(on, board, page), await _reflow(page)]
            script = await page.evaluate(SCRIPT) / 1024
            found.append(Figure("script on the canvas, compressed", script, "KB", 95))
    return found


@asynccontextmanager
async def opened(on: Stage, board: str, view: str = "canvas") -> AsyncIterator[Page]:
    """A page of the first of the people, with the board welcomed, in a Chromium of its own."""
    name, _, value = on.cookies[0].partition("=")
    async with chromium() as browser:
        context = await browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
        await context.add_cookies([{"name": name, "value": value, "url": on.server.url}])
        page = await context.new_page()
        await page.goto(f"{on.server.url}/boards/{board}?view={view}", timeout=60_000)
        await page.wait_for_function(WELCOMED, timeout=60_000)
        yield page


async def _gestures(page: Page, beside: Page, cards: int) -> list[Figure]:
    found = []
    for kind in ("pan", "zoom"):
        for scale in SCALES:
            rounds = [
                (
                    await page.evaluate(GESTURE, [kind, scale, FRAMES]),
                    await beside.evaluate(GESTURE, [kind, scale, FRAMES]),
                )
                for _ in range(ROUNDS)
            ]
            gaps, idle = (
                list(chain.from_iterable(one["gaps"] for one in each)) for each in zip(*rounds, strict=True)
            )
            jump = max(full["jump"] for full, _ in rounds)
            what = f"{kind} a board of {cards:,} cards at {scale:.0%}, a frame at p95"
            ratio = f"p50 {at(gaps, 0.5):.1f}; an empty board {at(idle, 0.95):.1f}, p50 {at(idle, 0.5):.1f}"
            ratio += f"; the jump to that scale {jump:.0f} at most"
            found.append(Figure(what, at(gaps, 0.95), "ms", GOALS[cards], ratio))
    return found


async def _notes(on: Stage, board: str, page: Page) -> Figure:
    """The longest frame while notes of others arrive in a section that is in view."""
    await page.evaluate("throughline.renderer.viewport.zoomTo(1)")
    section = await page.evaluate("throughline.context.items.sections[0].id")
    people = await boards.enter(on, board)
    try:
        await page.evaluate(WATCH)
        await asyncio.sleep(NOTES_IN / NOTES)
        quiet = max(await page.evaluate("window.gaps.splice(0)"))
        for number in range(NOTES):
            await boards.send(people, boards.card(section, number))
            await asyncio.sleep(NOTES_IN / NOTES)
        gaps = await page.evaluate("window.gaps")
    finally:
        people.close()
    beside = f"p95 {at(gaps, 0.95):.1f}; {quiet:.1f} before the first"
    return Figure(f"{NOTES} notes arrive in {NOTES_IN:.0f} s, the longest frame", max(gaps), "ms", 50, beside)


async def _reflow(page: Page) -> Figure:
    found = await page.evaluate(REFLOW)
    what = f"a grid of {found['cards']} cards laid anew and drawn, median"
    return Figure(what, at(found["took"], 0.5), "ms", 8, f"p95 {at(found['took'], 0.95):.1f}")


def at(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
