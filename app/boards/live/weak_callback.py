"""Callbacks that do not keep their owner alive."""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakMethod

T = TypeVar("T")


def weak(method: Callable[[T], None]) -> Callable[[T], None]:
    """`method`, as long as its owner lives; later it does nothing.

    An owner and its part that know each other are freed by a full collection alone, which comes late: a board
    of megabytes would stay that long.
    """
    reference = WeakMethod(method)

    def call(value: T) -> None:
        if (found := reference()) is not None:
            found(value)

    return call
