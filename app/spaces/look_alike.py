"""Whether two names look alike: what a reader cannot tell apart must not pass for something else. Pure.

The table is Unicode's, cut to what NFKC leaves: see confusables.txt. No library for it is kept up to date.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from app.characters import FILLERS

TABLE = Path(__file__).with_name("confusables.txt")
# Signs that only choose the shape of the one before them.
SELECTORS = frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


def alike(one: str, other: str) -> bool:
    """Whether two names look the same: without case, invisible signs, and punctuation at the end.

    Case is folded before and after the look-alikes: a capital I looks like an l, a small i does not.
    """
    return not keys(one).isdisjoint(keys(other))


@lru_cache(maxsize=4096)
def keys(name: str) -> frozenset[str]:
    """What a name is compared by: names that share one are alike."""
    plain = _ended(_visible(unicodedata.normalize("NFKC", name)))
    return frozenset((_skeleton(plain).casefold(), _skeleton(plain.casefold()).casefold()))


def told_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names by id; of those that look alike each but the first has a number: 'Ana Okafor (2)'."""
    taken: dict[str, int] = {}
    found = {}
    for id, name in names:
        number = max(taken.get(key, 0) for key in keys(name)) + 1
        taken.update(dict.fromkeys(keys(name), number))
        found[id] = f"{name} ({number})" if number > 1 else name
    return found


def _visible(name: str) -> str:
    """In words with one space between them, without what shows nothing."""
    shown = "".join(c for c in name if not (unicodedata.category(c) == "Cf" or c in FILLERS | SELECTORS))
    return " ".join(shown.split())


def _ended(name: str) -> str:
    """Without punctuation at its end; a name of nothing else stays."""
    end = len(name)
    while end and (name[end - 1].isspace() or unicodedata.category(name[end - 1]).startswith("P")):
        end -= 1
    return name[:end] or name


def _skeleton(name: str) -> str:
    """The skeleton of Unicode Technical Standard 39, section 4, of a name without invisible signs."""
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFD", decomposed.translate(_table()))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    lines = [line for line in TABLE.read_text("utf-8").split("\n") if line and not line.startswith("# ")]
    rows = [line.partition("\t") for line in lines if line != "#"]
    return {ord(sign): looks_like for looks_like, _, signs in rows for sign in signs}
