"""Opening a board: what the server spends, how many bytes go over the line, and when Chromium can be used."""

from typing import Any

import httpx
from msgspec import Struct
from playwright.async_api import Page

from tests.bench import stage
from tests.bench.boards import enter, new_board
from tests.bench.processes import processor
from tests.bench.stage import Stage
from tests.support.browser import chromium, installed

TIMES = 20  # openings that the server's time is the mean of
SLOW_LINE = 1_000_000 / 8  # bytes a second of 1 Mbit/s
DELAY = 0.02  # seconds one way
WELCOMED = "() => document.querySelector('#saved')?.dataset.state === 'saved'"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


class Opening(Struct, frozen=True):
    cards: int
    page_ms: float  # processor of the server, for the page
    socket_ms: float  # processor of the server, from hello to the last part of the welcome
    page_bytes: int  # as sent, compressed
    socket_bytes: int
    chromium: "Seen | None"


class Seen(Struct, frozen=True):
    """Seconds until the board can be used: on loopback, and over 1 Mbit/s for the first time and again."""

    loopback: float
    slow_first: float
    slow_again: float


async def measure(on: Stage, cards: int) -> Opening:
    board = await _board(on, cards)
    page_ms, page_bytes = await _page(on, board)
    socket_ms, socket_bytes = await _socket(on, board)
    seen = await _seen(on, board) if installed() else None
    return Opening(cards, page_ms, socket_ms, page_bytes, socket_bytes, seen)


async def _board(on: Stage, cards: int) -> str:
    id = await new_board(on, "As it fills")
    people = await enter(on, id)
    try:
        await people.add_cards(cards)
    finally:
        people.close()
    return id


async def _page(on: Stage, board: str) -> tuple[float, int]:
    headers = {"Cookie": on.cookies[0], "Accept-Encoding": "br"}
    async with httpx.AsyncClient(base_url=on.server.url, headers=headers) as http:
        path = f"/boards/{board}?view=canvas"
        answer = await http.get(path)
        used = processor(on.server.pid)
        for _ in range(TIMES):
            answer = await http.get(path)
            assert answer.status_code == 200, answer
        return (processor(on.server.pid) - used) / TIMES * 1e3, answer.num_bytes_downloaded


async def _socket(on: Stage, board: str) -> tuple[float, int]:
    used = processor(on.server.pid)
    jar = on.folder / "openers"
    jar.write_text("\n".join(on.cookies[:TIMES]))
    arguments = ("--cookies", str(jar), "--origin", on.server.url, "--hello", stage.HELLO)
    # The last part, not the first, makes it ready: until then its bytes are still on their way.
    url = on.board_url(board)
    async with stage.crowd(url, TIMES, *arguments, "--ready", '"limits"', "--at-once", "1") as crowd:
        used = processor(on.server.pid) - used
        report = await crowd.ask("report")
        return used / TIMES * 1e3, report["bytes"] // TIMES


async def _seen(on: Stage, board: str) -> Seen:
    url, (name, _, value) = f"{on.server.url}/boards/{board}?view=canvas", on.cookies[0].partition("=")
    async with chromium() as browser:
        times: list[float] = []
        for speeds in ((None,), (SLOW_LINE, SLOW_LINE)):
            context = await browser.new_context(viewport={"width": 1440, "height": 900})
            await context.add_cookies([{"name": name, "value": value, "url": on.server.url}])
            times += [await _usable(await context.new_page(), url, speed) for speed in speeds]
            await context.close()
    return Seen(*times)


async def _usable(page: Page, url: str, speed: float | None) -> float:
    """Seconds. Chromium slows only HTTP down, so what came by the socket is added by computation."""
    line = await page.context.new_cdp_session(page)
    by_socket = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal by_socket
        by_socket += len(event["response"]["payloadData"])

    line.on("Network.webSocketFrameReceived", count)
    await line.send("Network.enable")
    if speed is not None:
        slow = {
            "offline": False,
            "latency": DELAY * 1e3,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        }
        await line.send("Network.emulateNetworkConditions", slow)
    await page.goto(url, wait_until="commit", timeout=60_000)
    await page.wait_for_function(WELCOMED, timeout=60_000)
    seconds = float(await page.evaluate(DRAWN)) / 1e3
    await page.close()
    return seconds + (by_socket / speed if speed else 0)
