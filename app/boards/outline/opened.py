"""How much of each section comes with a page or answer; the rest is fetched when it is reached. Pure."""

from collections.abc import Mapping

from app.boards.core.delivery import LOOSE
from app.boards.outline.document import WHOLE, Window

AT_ONCE = 40  # cards that come with the page before anything is opened, at most; each is about 2 KB

OPENED = "x-opened"  # the header
Opened = Mapping[str, Window] | None  # parts that are not in it have no cards on the page; None is all of all


def opened_by(said: str | None) -> Opened:
    """What a page has opened, as its script says in OPENED: 'part~cards~last card', parted by commas."""
    if said is None:
        return None
    parts = (one.split("~") for one in said.split(","))
    return {id: Window(_number(count), last) for id, count, last in (one for one in parts if len(one) == 3)}


def opened_at_first(counts: Mapping[str, int], asked: str, card: str = "", whole: bool = False) -> Opened:
    """What comes with a page: of the part `asked` for its first cards, up to `card` at least, or the `whole`.

    Of the others come those that are small, in turn. `counts` has the number of cards of each part.
    """
    current = current_of(counts, asked)
    opened = {current: WHOLE if whole else Window(AT_ONCE, card)}
    left = AT_ONCE - counts.get(current, 0)
    for id, count in counts.items():
        if id not in opened and count <= left:
            opened[id] = WHOLE
            left -= count
    return opened


def current_of(counts: Mapping[str, int], asked: str) -> str:
    """The part that a small screen shows: the one asked for, else the first."""
    return asked if asked in counts else next(iter(counts), LOOSE)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
