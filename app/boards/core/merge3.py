"""A three-way merge of text, word by word: two people's changes to one base."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

WORD = re.compile(r"\w+|\s+|[^\w\s]")
Words = list[str]
MAX_COST = 6_000_000  # comparing so much takes about 0.1 s; no texts that people write come near it


def merge(base: str, yours: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same words."""
    if yours == theirs or base == theirs:
        return yours
    if base == yours:
        return theirs
    was, mine, other = WORD.findall(base), WORD.findall(yours), WORD.findall(theirs)
    if _cost(was, mine) > MAX_COST or _cost(was, other) > MAX_COST:
        return None
    pieces: list[str] = []
    for before, ours, others in _aligned(was, mine, other):
        if before not in (ours, others) and ours != others:
            return None
        pieces += others if ours == before else ours
    return "".join(pieces)


def _aligned(was: Words, mine: Words, other: Words) -> Iterator[tuple[Words, Words, Words]]:
    """The three texts cut at the same places: what both kept, and between that what either changed.

    Known as diff3 (Khanna, Kunal and Pierce 2007, "A formal investigation of diff3").
    """
    a = b = c = 0
    for start, in_mine, in_other, size in _unchanged(was, mine, other):
        yield was[a:start], mine[b:in_mine], other[c:in_other]
        a, b, c = start + size, in_mine + size, in_other + size
        yield was[start:a], mine[in_mine:b], other[in_other:c]


def _unchanged(was: Words, mine: Words, other: Words) -> Iterator[tuple[int, int, int, int]]:
    """Where words of `was` stand in all three, and how many; last the ends of the texts."""
    ours, others = (SequenceMatcher(None, was, new).get_matching_blocks() for new in (mine, other))
    i = j = 0
    while i < len(ours) and j < len(others):
        one, two = ours[i], others[j]
        start, end = max(one.a, two.a), min(one.a + one.size, two.a + two.size)
        if start < end:
            yield start, one.b + start - one.a, two.b + start - two.a, end - start
        if one.a + one.size < two.a + two.size:
            i += 1
        else:
            j += 1
    yield len(was), len(mine), len(other), 0


def _cost(one: list[str], two: list[str]) -> int:
    """How many comparisons difflib makes: all pairs of equal words, once for each piece it may find.

    Of 200 words and more it leaves out those that are everywhere.
    """
    times = Counter(two)
    often = len(two) // 100 + 1 if len(two) >= 200 else len(two)
    return sum(times[word] for word in one if times[word] <= often) * min(len(one), len(two))
