"""Joins two people's changes to one text, word by word."""

import re
from collections import Counter

from merge3 import Merge3

WORD = re.compile(r"\w+|\s+|[^\w\s]")
MOST = 6_000_000  # about how much comparing takes 0.1 s; no texts that people write come near it


def join(base: str, yours: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same words."""
    if yours == theirs or base == theirs:
        return yours
    if base == yours:
        return theirs
    was, mine, other = WORD.findall(base), WORD.findall(yours), WORD.findall(theirs)
    if _cost(was, mine) > MOST or _cost(was, other) > MOST:
        return None
    pieces: list[str] = []
    for kind, *parts in Merge3(was, mine, other).merge_groups():
        if kind == "conflict":
            return None
        pieces.extend(parts[0])
    return "".join(pieces)


def _cost(one: list[str], two: list[str]) -> int:
    """How much difflib has to look at: all pairs of equal words, once for each piece it may find.

    Of 200 words and more it leaves out those that are everywhere.
    """
    times = Counter(two)
    often = len(two) // 100 + 1 if len(two) >= 200 else len(two)
    return sum(times[word] for word in one if times[word] <= often) * min(len(one), len(two))
