"""Looks for something as people do: by the page, whose results are read as they stand there."""

import re
from html import unescape

from tests.boards.conftest import Desk
from tests.spaces.house import Person

CARD = re.compile(r'href="/boards/[^"#]+#card-([0-9a-f-]+)"')
FOUND = re.compile(r'<div id="found".*?\n</div>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


async def found(desk: Desk, who: Person, words: str) -> str:
    """What the page shows as found, without its tags."""
    page = await who.http.get(f"{desk.winter.path}/find", params={"q": words})
    assert page.status_code == 200, page.text
    return " ".join(unescape(TAG.sub("", FOUND.findall(page.text)[0])).split())


async def cards(desk: Desk, who: Person, words: str) -> set[str]:
    """The ids of the cards that the page shows as found."""
    page = await who.http.get(f"{desk.winter.path}/find", params={"q": words})
    assert page.status_code == 200, page.text
    return set(CARD.findall(page.text))
