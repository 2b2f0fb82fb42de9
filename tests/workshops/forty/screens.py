"""The screens of a workshop that is played: lines and pages that keep all they are given."""

import io
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
from playwright.async_api import Browser, Page, WebSocket

from app.rehearse.simulated import Meeting, Simulated
from app.rehearse.workshop.play import Played
from app.workshops.projector import links
from tests.support.until import until
from tests.workshops.forty.canaries import DOORS

NOBODY = -1  # the reader of a screen that owns nothing
PAGES = {"console": "#console-now", "take-part": "#stage-top", "present": "#projector-body"}
FILES = ("md", "csv", "json", "docx", "pdf")
ITEMS = re.compile(r'\n|(?=\{"id")|\],')
# What a page says of its own form, moment and order; and how many have answered.
PASSING = re.compile(
    r'value="[^"]*"|nonce="[^"]*"|[\w-]{43,}|data-progress="\w+">\d+|data-[a-z-]+="[\d.]*"|\d\d:\d\d(?::[\d.]+)?'
)


class Screen(Simulated):
    """A console, a projector or a board that somebody has open: it only notes down what comes."""

    def __init__(self, want: str, cookie: str, meeting: Meeting) -> None:
        super().__init__(NOBODY, cookie, meeting)
        self.want, self.heard = want, list[bytes]()

    def receive(self, payload: bytes) -> None:
        self.heard.append(payload)
        if b'"welcome"' in payload[:60] and not self.ready.done():
            self.ready.set_result(None)


@dataclass
class Screens:
    """Lines of who leads, of the board and of the wall; and with a browser its three pages."""

    lines: list[Screen] = field(default_factory=list)
    pages: list[tuple[int, Page, str]] = field(default_factory=list)  # reader, and where its phase stands
    framed: list[tuple[int, bytes]] = field(default_factory=list)  # what those pages were sent

    async def open(self, played: Played, browser: Browser | None) -> None:
        lead, meeting = played.lead, played.phones[0].meeting
        opened = [
            (await links.exchange(lead.db, await links.make(lead.db, await lead.board())))[1] for _ in "ab"
        ]
        wall = Meeting(meeting.at, "/present/live")
        self.lines = [
            Screen("stage:console", lead.cookie, meeting),
            Screen("items", lead.cookie, meeting),
            Screen("wall", lead.cookie, meeting),
            Screen("stage:projector", f"tl_screen={opened[0]}", wall),
        ]
        for line in self.lines:
            await line.connect()
            await line.ready
        if browser is not None:
            last = played.phones[-1]
            await self._page(browser, played, NOBODY, lead.cookie, "console")
            await self._page(browser, played, last.number, last.cookie, "take-part")
            await self._page(browser, played, NOBODY, f"tl_screen={opened[1]}", "present")

    async def _page(self, browser: Browser, played: Played, reader: int, cookie: str, door: str) -> None:
        at = f"http://{played.lead.at.authority}"
        page = await (await browser.new_context()).new_page()
        page.on("websocket", lambda line: self._listen(reader, line))
        await page.goto(f"{at}/livez")
        await self._give(page, cookie)
        board = f"{at}/boards/{played.lead.copied.board}"
        await page.goto(f"{at}/present" if door == "present" else f"{board}/{door}")
        self.pages.append((reader, page, PAGES[door]))

    def _listen(self, reader: int, line: WebSocket) -> None:
        def keep(payload: str | bytes) -> None:
            self.framed.append((reader, payload.encode() if isinstance(payload, str) else payload))

        line.on("framereceived", keep)

    async def at_phase(self, phase: str) -> None:
        """Each page shows it, by itself."""
        for _, page, where in self.pages:
            shown = partial(page.eval_on_selector, where, "one => one.dataset.phase")

            async def there(shown: Any = shown) -> bool:
                return bool(await shown() == phase)

            await until(there, 30, f"the phase on {page.url}, where {await page.inner_text('body')}")

    async def told(self) -> list[tuple[int, bytes]]:
        """All that was sent to any of them, and what stands on the pages now; by reader."""
        sent = [(NOBODY, b"\n".join(line.heard)) for line in self.lines]
        stands = [(reader, (await page.content()).encode()) for reader, page, _ in self.pages]
        return [*sent, *stands, *self.framed]

    async def close(self) -> None:
        for line in self.lines:
            line.meeting.over = True
            line.leave()
        for _, page, _ in self.pages:
            await page.context.close()

    async def signed_in_again(self, console: str, cookie: str) -> None:
        """Who leads opens the console anew, in the same browser; the lines are back by themselves."""
        for _, page, where in self.pages:
            if where == PAGES["console"]:
                await self._give(page, cookie)
                await page.goto(console)
        await until(lambda: all(one.line is not None for one in self.lines), 20, "all are back")

    async def _give(self, page: Page, cookie: str) -> None:
        at = re.match("https?://[^/]+", page.url)
        for one in cookie.split("; "):
            name, _, value = one.partition("=")
            await page.context.add_cookies([{"name": name, "value": value, "url": at[0] if at else ""}])


def doors_of(played: Played, *, all_of_them: bool) -> list[str]:
    """Every address at which somebody might find what stands on this board.

    Without those that take long to make, and the home, which says who is here just now.
    """
    copied = played.lead.copied
    space, minutes = f"/spaces/{copied.space}", f"/spaces/{copied.space}/workshops/{copied.workshop}/minutes"
    more = [space, *(f"{minutes}/as/{form}" for form in FILES)] if all_of_them else []
    return [
        *(f"/boards/{copied.board}/{door}" for door in DOORS),
        minutes, *more, f"{space}/find?q=who", f"{space}/records", f"{space}/log",
        f"{space}/workshops", f"{space}/workshops/{copied.workshop}", "/me/data.json",
    ]  # fmt: skip


async def loaded(played: Played, cookie: str, doors: list[str]) -> dict[str, str]:
    """What somebody with this cookie is given there; Word files as the words in them."""
    found, at = {}, f"http://{played.lead.at.authority}"
    async with httpx.AsyncClient(base_url=at, headers={"Cookie": cookie}, timeout=30) as http:
        for door in doors:
            found[door] = words_of(await http.get(door))
    return found


def words_of(answer: httpx.Response) -> str:
    if answer.content.startswith(b"%PDF"):
        return subprocess.run(
            ["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True
        ).stdout.decode()
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def lasting(told: dict[str, str]) -> dict[str, set[str]]:
    """The lines and items of each, in any order and without what only passes."""
    return {
        door: {one.rstrip(",]}") for one in ITEMS.split(PASSING.sub("", words))}
        for door, words in told.items()
    }
