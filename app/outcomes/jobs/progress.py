"""How work that takes a while says how far it is."""

from collections.abc import Callable

Tell = Callable[[str, int], None]  # what is being done, and how many rows or measures of it are


def silent(_stage: str, _count: int) -> None:
    """For work that nobody follows."""
