"""Which sections of the outline come whole, and which as a heading that is fetched when somebody opens it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request

from app.boards.core.delivery import LOOSE

AT_ONCE = 40  # cards that come with the page before anything is opened, at most; each is about 2 KB

Opened = frozenset[str] | None  # ids of parts; None is all of them


def opened_by(request: Request[Any, Any, Any]) -> Opened:
    """The parts that the page has opened, as its script says; None for a page that has them all."""
    said = request.headers.get("x-opened")
    return None if said is None else frozenset(said.split(","))


def opened_at_first(counts: Mapping[str, int], asked: str) -> Opened:
    """The parts that come whole with a page: the one `asked` for, and as many more, in turn, as are small.

    `counts` has the number of cards of each part. None where all of them come.
    """
    opened, left = {asked} & counts.keys(), max(0, AT_ONCE - counts.get(asked, 0))
    for id, count in counts.items():
        if id not in opened and count <= left:
            opened.add(id)
            left -= count
    return None if len(opened) == len(counts) else frozenset(opened)


def current_of(counts: Mapping[str, int], asked: str) -> str:
    """The part that a small screen shows: the one asked for, else the first."""
    return asked if asked in counts else next(iter(counts), LOOSE)
