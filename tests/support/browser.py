"""Real Chromium: pages that fail their test when the console reports an error nobody expected."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "var" / "shots"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A page that closes, or a line that is cut, while the service worker's script is on its way.
WORKER_CUT_OFF = re.compile("An unknown error occurred when fetching the script")
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def installed() -> str | None:
    """Debian's Chromium, without windows of its own where that is there; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Chromium, running."""
    path = installed()
    assert path, "The tests need Chromium. On Debian: sudo apt-get install -y chromium"
    arguments = ["--disable-dev-shm-usage", "--disable-gpu"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root with it
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


class Pages:
    """Opens pages, each as a person of its own, and keeps what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._expected = [WORKER_CUT_OFF]
        self._contexts: list[Any] = []
        self.problems: list[str] = []

    async def open(self, url: str = "", **context: Any) -> Page:
        """A page in a new context; options such as **PHONE or java_script_enabled=False go to the context."""
        opened = await self._browser.new_context(**context)
        self._contexts.append(opened)
        opened.on("console", self._on_console)
        opened.on("weberror", lambda fault: self.problems.append(f"page error: {fault.error}"))
        page = await opened.new_page()
        if url:
            await page.goto(url)
        return page

    def expect(self, pattern: str) -> None:
        """Say that console errors matching this regular expression belong to the test."""
        self._expected.append(re.compile(pattern))

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()
        unexpected = [p for p in self.problems if not any(e.search(p) for e in self._expected)]
        assert not unexpected, "The console of the browser reports:\n" + "\n".join(unexpected)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")


async def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line for each rule; empty when all is well."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    options = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
    found = await page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {rule['help']}: " + "; ".join(str(node["target"]) for node in rule["nodes"])
        for rule in found["violations"]
    ]


async def faultless(page: Page, name: str) -> None:
    """On a desk, a phone and a narrow phone: axe finds nothing, and nothing is wider than the window."""
    before = page.viewport_size
    for width, height in ((1440, 900), (390, 844), (320, 640)):
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate("scrollTo(0, 0)")  # else it is chance what a head that stays lies over
        await screenshot(page, f"{name}-{width}")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} at {width} is {wide} wide"
        found = await axe(page)
        assert found == [], f"{name} at {width}: {found}"
    if before:
        await page.set_viewport_size(before)


async def hurry(page: Page, seconds: int) -> None:
    """Let so many seconds go by for the page in a moment. Its clock must be installed before it is opened.

    Second by second: what it asks meanwhile is answered in between, as it would be.
    """
    for _ in range(seconds):
        await page.clock.run_for(1000)


async def screenshot(page: Page, name: str) -> None:
    """Where the environment has SHOTS, keeps a picture of the page under var/shots to look at."""
    if "SHOTS" in os.environ:
        SHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=SHOTS / f"{name}.png")
