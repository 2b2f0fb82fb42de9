"""What other domains add to the page of a space. Main fills it in: spaces import no domain above."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from app.db import Tx
from app.spaces.space import Seat

Listing = Callable[[Tx, Seat], Awaitable[list[Any]]]


class SpaceHooks(Struct, frozen=True):
    """Each gives a list for the page of a space, as the person with this seat may see it."""

    board_cards: Listing
    goal_lines: Listing
