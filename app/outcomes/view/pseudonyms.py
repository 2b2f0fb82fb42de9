"""Names of people in issued reports: kept is who, never the name, so that people can be erased. Pure."""

import re
from collections.abc import Callable

import msgspec

PSEUDONYM = re.compile(r"⟦person:([0-9a-f-]{36})⟧")


def pseudonym(person: str) -> str:
    """What stands in a kept report in the place of a name."""
    return f"⟦person:{person}⟧"


def with_names(kept: str, name: Callable[[str], str]) -> str:
    """The JSON of a kept report with the names as they are now."""
    return PSEUDONYM.sub(lambda found: msgspec.json.encode(name(found[1])).decode()[1:-1], kept)
