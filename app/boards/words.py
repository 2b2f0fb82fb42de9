"""Joins two people's changes to one text, word by word."""

import re

from merge3 import Merge3

WORD = re.compile(r"\w+|\s+|[^\w\s]")


def join(base: str, yours: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same words."""
    if yours == theirs or base == theirs:
        return yours
    if base == yours:
        return theirs
    pieces: list[str] = []
    for kind, *parts in Merge3(WORD.findall(base), WORD.findall(yours), WORD.findall(theirs)).merge_groups():
        if kind == "conflict":
            return None
        pieces.extend(parts[0])
    return "".join(pieces)
