"""What other domains add to people's pages and deeds: main puts it together, people know none of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.di import NamedDependency
from msgspec import Struct

from app.db import Tx


class PeopleHooks(Struct, frozen=True):
    """Callables of the other domains, each inside the transaction it is given."""

    my_spaces: Callable[[Tx, str], Awaitable[list[Any]]]
    touch: Callable[
        [Tx, str], Awaitable[list[tuple[str, int]]]
    ]  # (topic, number) to ring for after the commit
    my_data: tuple[Callable[[Tx, str], Awaitable[tuple[str, Any]]], ...]
    overdue: Callable[[Tx, str], Awaitable[list[Any]]]  # numbers that the person could enter now
    on_erase: tuple[Callable[[Tx, str], Awaitable[None]], ...]  # may raise Refused: then nothing is erased


InjectedHooks = NamedDependency[PeopleHooks]
