"""Names of people in issued reports: kept is who, never the name, so that people can be erased. Pure."""

import re
from collections.abc import Callable

import msgspec

MARK = re.compile(r"⟦person:([0-9a-f-]{36})⟧")


def mark(person: str) -> str:
    """What stands in a kept report in the place of a name."""
    return f"⟦person:{person}⟧"


def written(kept: str, name: Callable[[str], str]) -> str:
    """The JSON of a kept report with the names as they are now."""
    return MARK.sub(lambda found: msgspec.json.encode(name(found[1])).decode()[1:-1], kept)
