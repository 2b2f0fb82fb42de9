"""Large boards: the outline until it can be used, and finding on a board and in a space."""

import time

import httpx

from tests.bench import boards
from tests.bench.canvas import at, opened
from tests.bench.figure import Figure
from tests.bench.stage import Stage
from tests.support.browser import chromium

CARDS, BOARDS = 5_000, 4  # cards of a board, boards of the space
TIMES = 11
FIND = """async (words) => {
  const box = document.querySelector("#find-words"), count = document.querySelector("#find-count")
  const frame = () => new Promise(requestAnimationFrame)
  const before = count.textContent, began = performance.now()
  let [last, longest] = [began, 0]
  box.value = words
  box.dispatchEvent(new Event("input", { bubbles: true }))
  while (count.textContent === before) {
    await frame()
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  return [last - began, longest]
}"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


async def measure(on: Stage) -> list[Figure]:
    ids = [await boards.filled(on, f"Large {number + 1}", CARDS) for number in range(BOARDS)]
    return [*await _outline(on, ids[0]), *await _find_on_board(on, ids[0]), await _find_in_space(on)]


async def _outline(on: Stage, board: str) -> list[Figure]:
    """Usable: the page is here with its scripts, and nothing has been opened yet."""
    name, _, value = on.cookies[0].partition("=")
    seconds, size = [], 0
    async with chromium() as browser:
        for _ in range(3):
            context = await browser.new_context(viewport={"width": 390, "height": 844})
            await context.add_cookies([{"name": name, "value": value, "url": on.server.url}])
            page = await context.new_page()
            answer = await page.goto(f"{on.server.url}/boards/{board}/outline", wait_until="load")
            assert answer is not None
            assert answer.ok, answer
            size = len(await answer.body())
            await page.wait_for_function(f"({LOADED})() > 0")
            seconds.append(await page.evaluate(LOADED) / 1e3)
            await context.close()
    what = f"outline of {CARDS:,} cards"
    return [
        Figure(f"{what}, usable for the first time", at(seconds, 0.5), "s", 1.5),
        Figure(f"{what}, its HTML before anything is opened", size / 1024, "KB", 150),
    ]


async def _find_on_board(on: Stage, board: str) -> list[Figure]:
    async with opened(on, board) as page:
        first, blocked = await page.evaluate(FIND, "pharmacy no17")
        again, _ = await page.evaluate(FIND, "pharmacy no18 tablets")
    what = f"find on a canvas of {CARDS:,} cards, with 120 ms of rest after the last key"
    return [
        Figure(f"{what}, the first time", first, "ms", None, f"the longest frame {blocked:.0f}"),
        Figure(f"{what}, again", again, "ms"),
    ]


async def _find_in_space(on: Stage) -> Figure:
    took = []
    headers = {"Cookie": on.cookies[0]}
    async with httpx.AsyncClient(base_url=on.server.url, headers=headers, timeout=60) as http:
        for number in range(TIMES):
            began = time.monotonic()
            answer = await http.get(f"/spaces/{on.world.space}/find?q=pharmacy+no{number}")
            assert answer.status_code == 200, answer
            took.append((time.monotonic() - began) * 1e3)
    what = f"find in a space of {CARDS * BOARDS:,} cards, the whole page, median"
    return Figure(
        what, at(took[1:], 0.5), "ms", None, f"the first {took[0]:.0f}, p95 {at(took[1:], 0.95):.0f}"
    )
