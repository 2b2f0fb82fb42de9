"""What find compares: words without case, accents and width, as the page does in lib/folding.js. Pure."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

import regex
from msgspec import Struct

from app.boards.core.text.merge3 import UNSPACED

LONGEST = 60  # signs of a word that count; what is longer is no word that anybody types
SHORT = 200  # signs of a text whose words are remembered: a name, no card
MOST_TERMS = 12  # of a query; further ones are left out

# Accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic, and variants of signs. The marks of other
# scripts are vowels or sounds of their own, so they stay. What hyphenates or directs is no part of a word.
_MARKS = regex.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\ufe00-\ufe0f]"
    r"|\p{Cf}"
)
# In scripts that put no spaces between words each sign is a word, with the marks that follow it.
WORD = regex.compile(
    rf"[{UNSPACED}][\p{{M}}\p{{Cf}}\u3099\u309a\uff9e\uff9f]*"
    rf"|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}\p{{Cf}}])+"
)
SPACE = regex.compile(r"\p{White_Space}+")

Term = tuple[str, ...]  # words that stand next to each other


class Word(Struct, frozen=True):
    """A folded word, and from where to where it stands in its text."""

    word: str
    start: int
    end: int


class Query(Struct, frozen=True):
    """What somebody looks for: all of the terms; the last word may be the beginning of one."""

    terms: tuple[Term, ...]

    def parts(self) -> Iterable[tuple[Term, bool]]:
        """Each term, and whether its last word may be unfinished."""
        return ((term, at == len(self.terms) - 1) for at, term in enumerate(self.terms))


class Piece(Struct, frozen=True):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    found: bool


def fold(text: str) -> str:
    """The text without case, accents and width."""
    bare = _MARKS.sub("", normalize("NFKD", text))
    return normalize("NFKC", bare.lower().upper().lower().replace("ς", "σ"))


def words(text: str) -> list[Word]:
    """The folded words of a text, in order."""
    return [
        Word(word[:LONGEST], run.start(), run.end())
        for run in WORD.finditer(text)
        for word in _folded(run.group())
    ]


WordsOf = Callable[[str], Sequence[Word]]


def query(text: str) -> Query:
    """What is asked for: terms are parted by spaces, and what holds no word is left out."""
    terms = (tuple(one.word for one in words(part)) for part in SPACE.split(text))
    return Query(tuple(term for term in terms if term)[:MOST_TERMS])


def matches(asked: Query, texts: Sequence[str], words_of: WordsOf = words) -> bool:
    """Whether each term stands in at least one of the texts. Where nothing is asked for, nothing matches.

    `words_of` may remember the words of a text, for as long as one looks for one thing.
    """
    return bool(asked.terms) and all(
        any(_starts(words_of(text), term, prefix) for text in texts if _may_hold(text, term))
        for term, prefix in asked.parts()
    )


def _may_hold(text: str, term: Term) -> bool:
    """False where the words of a term stand nowhere in the text. To fold all of it takes longer."""
    if not text.isascii():
        return True
    low = text.lower()
    return all(word in low for word in term)


def holds(text: str, term: Term, prefix: bool) -> bool:
    """Whether a text has the words of a term next to each other."""
    if len(text) > SHORT:
        return bool(_starts(words(text), term, prefix))
    known, joined = _known_words(text)
    return term[-1] in joined and bool(_starts(known, term, prefix))


@lru_cache(maxsize=4096)
def _known_words(text: str) -> tuple[tuple[Word, ...], str]:
    """Of a name, and in one string: the same hundreds are looked through for each term that is asked for."""
    known = tuple(words(text))
    return known, " ".join(one.word for one in known)


def pieces(asked: Query, text: str, words_of: WordsOf = words) -> list[Piece]:
    """The text in pieces, with what was looked for marked. Joined, they are the text."""
    folded = words_of(text)
    spans = sorted(
        (folded[at].start, folded[at + len(term) - 1].end)
        for term, prefix in asked.parts()
        for at in _starts(folded, term, prefix)
    )
    found, done = [], 0
    for start, end in spans:
        start = max(start, done)
        if end <= start:
            continue
        found += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    return [piece for piece in (*found, Piece(text[done:], False)) if piece.text]


def _folded(run: str) -> list[str]:
    """Mostly one word; a sign such as the half is two."""
    if run.isascii():  # most words, at a fraction of the time
        return [run.lower()]
    found: list[str] = WORD.findall(fold(run))
    return found


def _starts(folded: Sequence[Word], term: Term, prefix: bool) -> list[int]:
    texts, first, last = [one.word for one in folded], list(term[:-1]), term[-1]
    ends = range(len(first), len(texts))
    return [
        end - len(first)
        for end in ends
        if (texts[end] == last or (prefix and texts[end].startswith(last)))
        and texts[end - len(first) : end] == first
    ]
