"""Two people type in one card in two Chromiums: words lost, and how soon each sees the words of the other."""

import asyncio
import time
from collections.abc import Callable

import httpx
from msgspec import Struct
from playwright.async_api import Browser, Page

from app.db import new_id
from tests.bench.opening import WELCOMED
from tests.bench.stage import Stage
from tests.support.browser import chromium

BASE = "The first line of all\nThe line in the middle\nThe last line of all"
SPEED = 0.09  # seconds between two keys, as people type
SETTLE = 4.0  # seconds until the last words are everywhere
# Where each of the two puts the caret before typing, as keys.
PLACES: dict[str, tuple[list[str], list[str]]] = {
    "append": (["Control+End"], ["Control+End"]),
    "prepend": (["Control+Home"], ["Control+Home"]),
    "middle": (
        ["Control+Home", "ArrowDown", "Control+ArrowRight"],
        ["Control+Home", "ArrowDown", "Control+ArrowRight"],
    ),
    "lines": (["Control+Home", "End"], ["Control+End"]),
}
SHOWN = """() => [...document.querySelectorAll('.writer textarea, .writer .beside, .card')]
    .map(each => each.value ?? each.textContent).join(' ')"""


class TwoWriters(Struct, frozen=True):
    """Of `typed` words, `lost` ones and `doubled` ones; seconds until the other sees one (p50, p95)."""

    place: str
    typed: int
    lost: int
    doubled: int
    seen_s: tuple[float, float]


class Typist:
    """One person at the card, and what they saw of the other's words."""

    def __init__(self, page: Page, letter: str) -> None:
        self.page = page
        self.letter = letter
        self.typed: dict[str, float] = {}
        self.seen: dict[str, float] = {}

    async def type(self, seconds: float, before: bool) -> None:
        """Type numbered words, each set off by a space on the side where it meets what stands there."""
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            number += 1
            word = f"{self.letter}{number}"
            for key in f"{word} " if before else f" {word}":
                await self.page.keyboard.type(key)
                await asyncio.sleep(SPEED)
            self.typed[word] = time.monotonic()

    async def watch(self, other: "Typist", stop: Callable[[], bool]) -> None:
        while not stop():
            words = set((await self.page.evaluate(SHOWN)).split())
            for word in words & set(other.typed):
                self.seen.setdefault(word, time.monotonic())
            await asyncio.sleep(0.03)


async def measure(on: Stage, seconds: float) -> list[TwoWriters]:
    """Each place in turn, `seconds` of typing each."""
    async with chromium() as browser:
        return [await _at(on, browser, place, seconds) for place in PLACES]


async def _at(on: Stage, browser: Browser, place: str, seconds: float) -> TwoWriters:
    text = BASE if place in ("middle", "lines") else "What we know so far"
    card = await _card(on, text)
    pages = [await _open(on, browser, cookie, card) for cookie in on.cookies[:2]]
    typists = [Typist(page, letter) for page, letter in zip(pages, "ab", strict=True)]
    for typist, keys in zip(typists, PLACES[place], strict=True):
        for key in keys:
            await typist.page.keyboard.press(key)
    over = False
    a, b = typists
    watching = [asyncio.create_task(one.watch(other, lambda: over)) for one, other in ((a, b), (b, a))]
    before = place == "prepend"
    await asyncio.gather(*(typist.type(seconds, before) for typist in typists))
    await asyncio.sleep(SETTLE)
    over = True
    await asyncio.gather(*watching)
    for page in pages:
        await page.keyboard.press("Escape")
        await page.wait_for_function(WELCOMED)
    await asyncio.sleep(1)
    words = (await pages[0].locator(f"#card-{card} .card-text").inner_text()).split()
    for page in pages:
        await page.context.close()
    return _found(place, typists, words)


async def _card(on: Stage, text: str) -> str:
    """A new card with this text, made by plain HTTP."""
    id, headers = new_id(), {"Cookie": on.cookies[0], "Origin": on.server.url}
    async with httpx.AsyncClient(base_url=on.server.url, headers=headers) as http:
        await http.get("/sign-in")
        token = http.cookies["tl_csrf"]
        headers = {"Cookie": f"{on.cookies[0]}; tl_csrf={token}", "X-CSRFToken": token}
        op = {"do": "add_card", "id": id, "kind": "note", "text": text}
        body = {"client": new_id(), "ops": [{"n": 1, "op": op}]}
        answer = await http.post(f"/boards/{on.world.board}/ops", json=body, headers=headers)
        answer.raise_for_status()
    return id


async def _open(on: Stage, browser: Browser, cookie: str, card: str) -> Page:
    name, _, value = cookie.partition("=")
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_cookies([{"name": name, "value": value, "url": on.server.url}])
    page = await context.new_page()
    await page.goto(f"{on.server.url}/boards/{on.world.board}?view=canvas")
    await page.wait_for_function(WELCOMED)
    await page.locator(f"#card-{card} .card-face").focus()
    await page.keyboard.press("Enter")
    await page.locator(".writer textarea").wait_for()
    return page


def _found(place: str, typists: list[Typist], words: list[str]) -> TwoWriters:
    typed = {word: at for typist in typists for word, at in typist.typed.items()}
    late = sorted(
        other.seen.get(word, at + 60) - at
        for one, other in (typists, typists[::-1])
        for word, at in one.typed.items()
    )
    p50, p95 = (late[int(len(late) * share)] for share in (0.5, 0.95))
    lost = sum(word not in words for word in typed)
    doubled = sum(words.count(word) > 1 for word in typed)
    return TwoWriters(place, len(typed), lost, doubled, (p50, p95))
