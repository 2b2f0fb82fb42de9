"""Ninety minutes of a workshop, compressed: what the server and the pages of it hold from third to third."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page

from app.boards.storage import store
from app.db import Database
from app.workshops.projector import links
from tests.bench.figure import Figure
from tests.bench.processes import memory
from tests.bench.stage import Stage
from tests.support.browser import PHONE, WIDE, chromium

ROUNDS, A_ROUND = 30, 180  # rounds, and seconds of the pages' clocks in each
MB = 2**20

Heaps = Callable[[], Awaitable[dict[str, float]]]


async def measure(
    on: Stage,
    board: str,
    phone: str,
    begin: Callable[[], Awaitable[None]],
    go_round: Callable[[], Awaitable[None]],
) -> list[Figure]:
    """Once it has begun: thirty rounds of three minutes, with a console, a projector and a phone open."""
    held: dict[str, list[float]] = {}
    await begin()
    async with _pages(on, board, phone) as look:
        for _ in range(ROUNDS):
            await go_round()
            for name, size in (await look()).items():
                held.setdefault(name, []).append(size)
            held.setdefault("server", []).append(memory(on.server.pid) / MB)
    return [_figure(name, sizes) for name, sizes in held.items()]


def _figure(name: str, sizes: list[float]) -> Figure:
    third = len(sizes) // 3
    at = [sizes[0], sizes[third], sizes[2 * third], sizes[-1]]
    beside = "MB at the start, a third, two thirds, the end: " + ", ".join(f"{size:.1f}" for size in at)
    return Figure(f"{name}: growth over the last hour of ninety minutes", at[-1] - at[1], "MB", None, beside)


@asynccontextmanager
async def _pages(on: Stage, board: str, phone: str) -> AsyncIterator[Heaps]:
    """Gives what lets three minutes go by on each page, and says how many MB its script holds then."""
    db = Database(on.database_url)
    async with db.read() as tx:
        token = await links.make(db, await store.load(tx, board))
    _, screen = await links.exchange(db, token)
    await db.close()
    at = f"{on.server.url}/boards/{board}"
    lead = on.world.cookie("Ana")["Cookie"]
    async with chromium() as browser:
        pages = {
            "console": await _open(browser, lead, f"{at}/console", WIDE),
            "projector": await _open(browser, f"tl_screen={screen}", f"{on.server.url}/present", WIDE),
            "phone": await _open(browser, phone, f"{at}/take-part", PHONE),
        }

        async def look() -> dict[str, float]:
            return {name: await _later(page) for name, page in pages.items()}

        yield look


async def _open(browser: Browser, cookie: str, address: str, shape: dict[str, object]) -> Page:
    context = await browser.new_context(**shape)  # type: ignore[arg-type]
    name, _, value = cookie.partition("=")
    origin = "/".join(address.split("/")[:3])
    await context.add_cookies([{"name": name, "value": value, "url": origin}])
    page = await context.new_page()
    await page.clock.install()
    await page.goto(address)
    return page


async def _later(page: Page) -> float:
    """Its clocks tick for three minutes in a moment."""
    await page.clock.run_for(A_ROUND * 1000)
    line = await page.context.new_cdp_session(page)
    await line.send("HeapProfiler.collectGarbage")
    used = float((await line.send("Runtime.getHeapUsage"))["usedSize"]) / MB
    await line.detach()
    return used
