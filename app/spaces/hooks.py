"""What other domains add to the page of a space. Main fills it in: spaces import no domain above."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from app.db import Tx
from app.spaces.space import Seat

Listing = Callable[[Tx, Seat], Awaitable[list[Any]]]
# Titles of what the log of a space is about, by kind and id: "goal:..." to "Home sooner".
Titles = Callable[[Tx, Seat], Awaitable[dict[str, str]]]


class NeedsYou(Struct, frozen=True):
    """Something of a space that waits for the person who looks: one line under "What needs you".

    `say` is what waits, `detail` where and since when, `link` the page that does it, `action` the word on its
    button. `kind` is the kind of card whose tint it has; `by` a day or time, said last and louder.
    """

    say: str
    detail: str
    link: str
    action: str
    kind: str
    by: str = ""


# Each domain has one such function. It gives only what this person may see and do, the most pressing first.
NeedsProvider = Callable[[Tx, Seat], Awaitable[list[NeedsYou]]]


class SpaceHooks(Struct, frozen=True):
    """Each gives a list for the page of a space, as the person with this seat may see it."""

    board_cards: Listing
    live_boards: Listing  # those where somebody is now: each has an id, a title and who is `here`
    goal_lines: Listing
    workshops: Listing
    needs: tuple[NeedsProvider, ...]  # in the order in which the page shows what they give
    titles: Titles
