"""People in issued reports: an id is stored in place of the name, so that people can be erased. Pure."""

import re
from collections.abc import Callable

import msgspec

FORMER_PERSON = "somebody who has left"  # for an id that nobody has any more
PSEUDONYM = re.compile(r"⟦person:([0-9a-f-]{36})⟧")


def pseudonym(person: str) -> str:
    """What stands in a stored report in the place of a name."""
    return f"⟦person:{person}⟧"


def with_names(stored: str, name: Callable[[str], str]) -> str:
    """The JSON of a stored report with the names as they are now."""
    return PSEUDONYM.sub(lambda match: msgspec.json.encode(name(match[1])).decode()[1:-1], stored)
