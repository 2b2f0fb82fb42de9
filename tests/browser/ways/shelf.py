"""Every deed on a whole board, done on the page of a space's boards."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Page

from tests.browser.ways.hands import Clicks, Keys
from tests.browser.ways.table import Absent

TITLE = "Leaving hospital well"
Shelf = list[tuple[str, bool]]  # titles, and whether archived


@dataclass(frozen=True)
class BoardDeed:
    """`word` is what its button is called; `done` tells from the server's boards whether it took effect."""

    word: str
    done: Callable[[Shelf], bool]
    archived: bool = False
    then: str = ""  # what is written on the page that opens
    saves: bool = False  # a file comes of it, and nothing on the server

    @property
    def is_link(self) -> bool:
        return bool(self.then) or self.saves


BOARD_DEEDS: dict[str, BoardDeed | Absent] = {
    "board.show": Absent("Looking changes nothing; every other test begins with it."),
    "board.follow": Absent("What others do appears by itself: there is nothing to do for it."),
    "board.act": Absent("The door that all deeds on items go through: each of them has a row of its own."),
    "board.export": BoardDeed("Download:", lambda now: now == [(TITLE, False)], saves=True),
    "board.set_up": Absent("On a page of its own, with a form each: tests/boards/library/test_set_up.py."),
    "board.who_sets_up": Absent("On the same page."),
    "board.rename": BoardDeed(
        "Rename", lambda now: ("Home well, in time", False) in now, then="Home well, in time"
    ),
    "board.duplicate": BoardDeed("Duplicate", lambda now: len(now) == 2),
    "board.archive": BoardDeed("Archive", lambda now: now == [(TITLE, True)]),
    "board.restore": BoardDeed("Restore", lambda now: now == [(TITLE, False)], archived=True),
}


async def by_keys(at: Keys, deed: BoardDeed) -> None:
    await at.reach("summary", f"More for {TITLE}")
    await at.press("Enter")
    await at.reach("a" if deed.is_link else "button", f"{deed.word} {TITLE}")
    await (at.press("Enter") if deed.saves else at.send())
    if deed.then:
        await at.reach("input", "Title")
        await at.press("Control+a")
        await at.type(deed.then)
        await at.send()


async def by_clicks(page: Page, deed: BoardDeed) -> None:
    """With JavaScript and without: links and forms."""
    at = Clicks(page)
    await page.locator("summary", has_text="More").click()
    await at.on(f"{deed.word} {TITLE}", "link" if deed.is_link else "button")
    if deed.then:
        await page.get_by_label("Title").fill(deed.then)
        await at.on("Save")
