"""What other domains add to the pages and actions of people. Main fills it in: people import no domain."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.di import NamedDependency
from msgspec import Struct

from app.db import Tx


class PeopleHooks(Struct, frozen=True):
    """Functions of the other domains; each takes a transaction and the id of a person."""

    my_spaces: Callable[[Tx, str], Awaitable[list[Any]]]
    touch: Callable[
        [Tx, str], Awaitable[list[tuple[str, int]]]
    ]  # raises the epochs of their spaces; gives what to ring for after the commit
    my_data: tuple[Callable[[Tx, str], Awaitable[tuple[str, Any]]], ...]
    overdue: Callable[[Tx, str], Awaitable[list[Any]]]  # measures whose numbers they could enter now
    end_returns: Callable[
        [Tx, str], Awaitable[None]
    ]  # ends the return tokens, by which a guest could come back without signing in
    on_erase: tuple[Callable[[Tx, str], Awaitable[None]], ...]  # may raise Refused: then nothing is erased


InjectedHooks = NamedDependency[PeopleHooks]
