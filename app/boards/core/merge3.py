"""Joins two people's changes to one text, never finer than what stands between spaces (rule T2)."""

from collections import Counter
from difflib import SequenceMatcher

import regex
from msgspec import Struct

# Scripts that put no spaces between words; the long sounds of Kana belong to no script of their own.
_SCRIPTS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
_UNSPACED = "".join(rf"\p{{Script={name}}}" for name in _SCRIPTS) + "\u30fc\uff70"
TOKEN = regex.compile(rf"\s|(?=[{_UNSPACED}])\X|(?:(?![{_UNSPACED}\s])\X)+")
Tokens = list[str]
MOST = 6_000_000  # about how much comparing takes 0.1 s; no texts that people write come near it


class Edit(Struct, frozen=True):
    """The tokens from `start` up to `end` of the text both began with become `new`."""

    start: int
    end: int
    new: Tokens

    @property
    def inserts(self) -> bool:
        return self.start == self.end


def tokens_of(text: str) -> Tokens:
    """The parts of a text that are joined as they are: each space, and what stands between spaces.

    In scripts without spaces each sign is a part of its own; in all others a time, a number, an address or
    a joined emoji is one, so that a join makes no value that nobody wrote. Put together they are the text.
    """
    tokens: Tokens = TOKEN.findall(text)
    return tokens


def join(base: str, yours: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same words.

    Where both only add at one place both additions stand, `theirs` first. Exchanging `yours` and `theirs`
    changes the turn of such additions and nothing else.
    """
    if yours == theirs or base == theirs:
        return yours
    if base == yours:
        return theirs
    was, mine, other = tokens_of(base), tokens_of(yours), tokens_of(theirs)
    if _cost(was, mine) > MOST or _cost(was, other) > MOST:
        return None
    edits = _both(_edits(was, other), _edits(was, mine))
    return None if edits is None else _applied(was, edits)


def _edits(was: Tokens, new: Tokens) -> list[Edit]:
    """What makes `new` of `was`, from left to right."""
    codes = SequenceMatcher(None, was, new).get_opcodes()
    return [Edit(i, j, new[k:end]) for kind, i, j, k, end in codes if kind != "equal"]


def _both(first: list[Edit], second: list[Edit]) -> list[Edit] | None:
    """All edits of two people in turn, one made alike by both once; None where they do not go together."""
    i = j = 0
    while i < len(first) and j < len(second):
        if _clash(first[i], second[j]):
            return None
        if first[i].end <= second[j].end:
            i += 1
        else:
            j += 1
    # The sort is stable: of two additions at one place the first person's comes first.
    in_turn = sorted([*first, *second], key=lambda edit: (edit.start, edit.end))
    return [edit for i, edit in enumerate(in_turn) if i == 0 or edit != in_turn[i - 1]]


def _clash(one: Edit, two: Edit) -> bool:
    """Whether both change the same words, so that no text holds what each of them wants."""
    if one == two or one.end < two.start or two.end < one.start:
        return False
    if one.inserts and two.inserts:
        return False
    if one.inserts or two.inserts:
        added, changed = (one, two) if one.inserts else (two, one)
        return not _apart(added, changed)
    return True


def _apart(added: Edit, changed: Edit) -> bool:
    """Whether what one adds at the edge of what the other rewrites is set off from it by a space."""
    if not changed.new:
        return False
    if added.start == changed.end:
        return added.new[0].isspace()
    return added.start == changed.start and added.new[-1].isspace()


def _applied(was: Tokens, edits: list[Edit]) -> str:
    text, at = "", 0
    for edit in edits:
        text = _glued(text + "".join(was[at : edit.start]), edit.new)
        at = edit.end
    return _glued(text, was[at:])


def _glued(text: str, new: Tokens) -> str:
    """`text` and `new` after it; with a space between where they would run together into another word."""
    if not text or not new:
        return text + "".join(new)
    last = tokens_of(text[-100:])[-1]
    runs_together = not (last.isspace() or new[0].isspace()) and tokens_of(last + new[0]) != [last, new[0]]
    return f"{text}{' ' if runs_together else ''}{''.join(new)}"


def _cost(one: Tokens, two: Tokens) -> int:
    """How much difflib has to look at: all pairs of equal tokens, once for each piece it may find.

    Of 200 tokens and more it leaves out those that are everywhere.
    """
    times = Counter(two)
    often = len(two) // 100 + 1 if len(two) >= 200 else len(two)
    return sum(times[token] for token in one if times[token] <= often) * min(len(one), len(two))
