"""What other domains add to the page of a space: main puts it together, spaces know none of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from app.db import Tx
from app.spaces.space import Seat

Listing = Callable[[Tx, Seat], Awaitable[list[Any]]]


class SpaceHooks(Struct, frozen=True):
    """Each gives what the page of a space lists, for whoever has this seat."""

    board_cards: Listing
    goal_lines: Listing
