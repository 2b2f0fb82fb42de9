"""How a long job reports how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int], None]
"""Called with the stage, and how many rows or measures are done in it."""


def no_progress(_stage: str, _count: int) -> None:
    """For work that nobody follows."""
