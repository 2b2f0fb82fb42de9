"""Which characters a text may hold: what cannot be stored or seen is left out, all else stays. Pure.

And where a text may be cut, so that what several characters make stays whole.
"""

import re
import unicodedata
from collections.abc import Callable

import regex

# Control characters and lone halves of characters: PostgreSQL, JSON or UTF-8 cannot hold one of them.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|[\r\x0b\x0c]")
# Zero-width joiner and non-joiner: Persian, Hindi and joined emoji are spelled with them.
JOINERS = frozenset("\u200c\u200d")
FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{1,6}\U000e007f)")  # of England, Scotland, Wales
# Letters and signs by their category, which show nothing.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Signs that turn the direction of what follows, or end that: in a sentence they would reach beyond a quote.
TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
PARAGRAPH = re.compile(r"[^\n\x85\u2029]+")  # as far as a direction reaches
INVISIBLE = ("Cc", "Cf", "Cs")  # controls, formats such as those that turn the direction, halves


def set_apart(text: str) -> str:
    """The text to stand in a sentence of ours: one that goes from right to left turns nothing beside it.

    For sentences of pages and of files alike; in templates `<bdi>` does the same. Signs that turn the
    direction are left out, and each line is set apart for itself: its end would end what began before.
    """
    return PARAGRAPH.sub(_apart, TURNING.sub("", text))


def _apart(line: re.Match[str]) -> str:
    goes_back = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in line[0])
    return f"\u2068{line[0]}\u2069" if goes_back else line[0]


def with_one_line_end(text: str) -> str:
    """The text with `\\n` alone between its lines."""
    return LINE_END.sub("\n", text)


def storable(text: str) -> str:
    """Lines that end in one way, without what cannot be stored."""
    if (
        text.isprintable()
    ):  # no line end and nothing that cannot be stored: most texts, at a tenth of the time
        return text
    return UNSTORABLE.sub("", with_one_line_end(text))


def is_storable(text: str) -> bool:
    """Whether `storable` leaves nothing out."""
    if text.isprintable():
        return True
    return UNSTORABLE.search(with_one_line_end(text)) is None


def one_line(text: str) -> str:
    """One line without invisible characters; joiners stay inside words, white space becomes one space."""
    words = "".join(_visible(part) for part in FLAG.split(" ".join(text.split()))).split()
    return " ".join(word for word in words if not JOINERS.issuperset(word))


def cut(text: str, most: float, wide: Callable[[str], float] = len) -> str:
    """The text, or its beginning, cut between words where there are some. `wide` says how long it is."""
    return text if wide(text) <= most else beginning(text, most, wide).rsplit(" ", 1)[0] + "…"


def beginning(text: str, most: float, wide: Callable[[str], float] = len) -> str:
    """What of a text is at most so long, never cut within a letter that several characters make."""
    end = 0
    for sign in regex.finditer(r"\X", text):
        most -= wide(sign[0])
        if most < 0:
            break
        end = sign.end()
    return text[:end]


def _visible(part: str) -> str:
    if FLAG.fullmatch(part):
        return part
    return "".join(c for c in part if c in JOINERS or not _is_invisible(c))


def _is_invisible(sign: str) -> bool:
    return sign in FILLERS or unicodedata.category(sign) in INVISIBLE
