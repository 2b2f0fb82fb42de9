"""A three-way merge of text: two people's changes to one base, never finer than between spaces (rule T2)."""

import regex
from msgspec import Struct

# Scripts that put no spaces between words; the long sounds of Kana belong to no script of their own.
_SCRIPTS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar")
UNSPACED = "".join(rf"\p{{Script={name}}}" for name in _SCRIPTS) + "\u30fc\uff70"
TOKEN = regex.compile(rf"\s|(?=[{UNSPACED}])\X|(?:(?![{UNSPACED}\s])\X)+")
Tokens = list[str]
# Of tokens; finding so many takes about 0.03 s. Beyond them, only additions alone or removals alone are
# found; anything else counts as rewritten.
MAX_CHANGES = 300


class Edit(Struct, frozen=True):
    """The tokens of the base from `start` up to `end` become `new`."""

    start: int
    end: int
    new: Tokens

    @property
    def inserts(self) -> bool:
        return self.start == self.end


def tokens_of(text: str) -> Tokens:
    """The parts of a text that a merge never cuts: each space, and what stands between spaces.

    In scripts without spaces each character is a token of its own. In all others a time, a number, an address
    or a combined emoji is one token, so a merge makes no value that nobody wrote. Joined, they are the text.
    """
    tokens: Tokens = TOKEN.findall(text)
    return tokens


def merge(base: str, yours: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same words.

    Where both only add at the same place both additions stay, `theirs` first. Exchanging `yours` and `theirs`
    changes the order of such additions and nothing else.
    """
    if yours == theirs or base == theirs:
        return yours
    if base == yours:
        return theirs
    was, mine, other = tokens_of(base), tokens_of(yours), tokens_of(theirs)
    edits = _both(_edits(was, other), _edits(was, mine))
    return None if edits is None else _applied(was, edits)


def _edits(was: Tokens, new: Tokens) -> list[Edit]:
    """What makes `new` of `was`, from left to right."""
    start = _common(was, new)
    tail = _common(was[start:][::-1], new[start:][::-1])
    old, young = was[start : len(was) - tail], new[start : len(new) - tail]
    edits, i, j = [], 0, 0
    for x, y in [*_kept(old, young), (len(old), len(young))]:
        if i < x or j < y:
            edits.append(Edit(start + i, start + x, young[j:y]))
        i, j = x + 1, y + 1
    return edits


def _common(one: Tokens, two: Tokens) -> int:
    """With how many equal tokens both begin."""
    pairs = zip(one, two, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _kept(old: Tokens, young: Tokens) -> list[tuple[int, int]]:
    """Where the tokens that the shortest change keeps stand in both; none where the texts are too different.

    By E. Myers, "An O(ND) difference algorithm and its variations", 1986: after so many changes, `reach[k]`
    tokens of `old` are done on the diagonal k, where k fewer of `young` are.
    """
    reach, steps = {1: 0}, []
    for changes in range(min(len(old) + len(young), MAX_CHANGES) + 1):
        steps.append(reach.copy())
        for k in range(-changes, changes + 1, 2):
            x = reach[k + 1] if _adds(reach, k, changes) else reach[k - 1] + 1
            while x < len(old) and x - k < len(young) and old[x] == young[x - k]:
                x += 1
            reach[k] = x
            if x >= len(old) and x - k >= len(young):
                return _path(steps, k, x)
    return _all_of(old, young) or [(i, j) for j, i in _all_of(young, old)]


def _all_of(few: Tokens, many: Tokens) -> list[tuple[int, int]]:
    """Where the tokens of `few` stand in both, if `many` has them all in turn; else none.

    People who write in one paragraph for minutes add hundreds of words each, and take none away.
    """
    at, found = iter(enumerate(many)), []
    for i, token in enumerate(few):
        j = next((j for j, other in at if other == token), None)
        if j is None:
            return []
        found.append((i, j))
    return found


def _adds(reach: dict[int, int], k: int, changes: int) -> bool:
    """Whether the last change on the way to the diagonal k adds a token; else it removes one."""
    return k == -changes or (k != changes and reach[k - 1] < reach[k + 1])


def _path(steps: list[dict[int, int]], k: int, x: int) -> list[tuple[int, int]]:
    """The kept tokens on the way to `x` on the diagonal k, read backwards from there."""
    kept: list[tuple[int, int]] = []
    for changes in reversed(range(len(steps))):
        adds = _adds(steps[changes], k, changes)
        before = steps[changes][k + 1 if adds else k - 1]
        kept += [(at, at - k) for at in reversed(range(before if adds else before + 1, x))]
        k, x = k + 1 if adds else k - 1, before
    return kept[::-1]


def _both(first: list[Edit], second: list[Edit]) -> list[Edit] | None:
    """The edits of two people in order, an equal edit of both once; None where they do not fit together."""
    i = j = 0
    while i < len(first) and j < len(second):
        if _clash(first[i], second[j]):
            return None
        if first[i].end <= second[j].end:
            i += 1
        else:
            j += 1
    # The sort is stable: of two additions at the same place the one in `first` comes first.
    ordered = sorted([*first, *second], key=lambda edit: (edit.start, edit.end))
    return [edit for i, edit in enumerate(ordered) if i == 0 or edit != ordered[i - 1]]


def _clash(one: Edit, two: Edit) -> bool:
    """Whether both change the same words, so that no text can hold both changes."""
    if one == two or one.end < two.start or two.end < one.start:
        return False
    if one.inserts and two.inserts:
        return False
    if one.inserts or two.inserts:
        added, changed = (one, two) if one.inserts else (two, one)
        return not _apart(added, changed)
    return True


def _apart(added: Edit, changed: Edit) -> bool:
    """Whether a space separates what one person adds from the words next to it that the other rewrites."""
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
    """`text` and then `new`, with a space between where they would run together into another word."""
    if not text or not new:
        return text + "".join(new)
    last = tokens_of(text[-100:])[-1]
    runs_together = not (last.isspace() or new[0].isspace()) and tokens_of(last + new[0]) != [last, new[0]]
    return f"{text}{' ' if runs_together else ''}{''.join(new)}"
