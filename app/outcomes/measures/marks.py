"""The marks of statistical offices in place of a number, or beside it or its period, or in a column. Pure.

Those of the Government Statistical Service, NHS England, OHID, ONS, Eurostat, INSEE and Destatis. A letter
that means one thing in one office and another in the next, such as F, is not known.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.outcomes.measures.measure import Status

IN_PLACE: dict[str, Status] = {  # of a number
    **dict.fromkeys(("", "-", "–", "—", "‑", "−", "."), "missing"),
    **dict.fromkeys(("..", "...", "…", ":", "/", "//", "///"), "missing"),
    **dict.fromkeys(("x", "z", "[x]", "[z]", "[w]", "[u]", "[low]"), "missing"),
    **dict.fromkeys(("n/a", "na", "nan", "<na>", "null", "none", "missing", "not available"), "missing"),
    **dict.fromkeys(("n.a.", "n.d.", "nd", "n.s.", "ns", "s.d.", "sd", "(nd)", "(sd)", "(ns)"), "missing"),
    **dict.fromkeys(("#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!"), "missing"),
    **dict.fromkeys(("*", "c", "[c]", "(c)", "s", "(s)", "suppressed", "†"), "suppressed"),
}


class Mark(NamedTuple):
    """What a mark says: what the number is, or what stands in place of it, and a note for people."""

    status: Status | None = None
    note: str = ""

    @property
    def in_place(self) -> bool:
        """Whether it stands in place of a number."""
        return self.status in ("suppressed", "missing")


NOTHING = Mark()
MEANINGS: tuple[tuple[Mark, str], ...] = (
    (NOTHING, "a final normal"),
    (Mark("provisional"), "p prov provisional preliminary prelim provisoire vorläufig voorlopig"),
    (Mark("revised"), "r rev revised révisé révisée revidiert herzien"),
    (Mark("provisional", "Semi-definitive."), "sd semi-definitive"),
    (Mark(None, "Break in the series."), "b break"),
    (Mark(None, "The definition differs."), "d"),
    (Mark(None, "Estimated."), "e est estimate estimated"),
    (Mark(None, "Estimated by the statistical office."), "s"),
    (Mark(None, "Imputed."), "i imputed"),
    (Mark(None, "Of low reliability."), "u low"),
    (Mark(None, "Not significant."), "n"),
    (Mark("suppressed"), "c confidential suppressed *"),
    (Mark("missing"), "z x m : . .. missing"),
)
KNOWN = {word: mark for mark, words in MEANINGS for word in words.split()}
SIDE = re.compile(r"(?i)(.*\S)\s*(?:\[([^\W\d_]{1,16}(?:[, ]+[^\W\d_]{1,16})*)\]|\(([^\W\d_]{1,16})\))")
BARE = re.compile(r"(.*[\d%)])\s([^\W\d_]{1,16})")
FOOTNOTE = re.compile(r"(?i)(.*\S)\s*[\[(]((?:foot)?notes? ?\d{1,3}(?:, ?\d{1,3})*)[\])]")
GLUED = re.compile(r"(.*\d{4})([prPR])")  # 2023p, and never 12p, which are pence
LETTERS = (
    "bcdeprsuz"  # that Eurostat writes together, in the order of the alphabet: be and bep, and never bed
)
SENTENCES = re.compile(r"(?<=\.) ")  # of a note
VALUE = re.compile(r"(?i) (?:value|data|figure)s?$")


@lru_cache(maxsize=4096)
def mark_of(text: str) -> Mark | None:
    """What a text of marks alone says, such as p, [r], b;p or Provisional. None where one is not known.

    Eurostat writes several letters without anything between; RBS and Red are none of those.
    """
    words = VALUE.sub("", text.strip().strip("[]()").strip().casefold())
    parts = [one for one in re.split(r"[,;/| ]+", words) if one]
    if len(parts) == 1 and parts[0] not in KNOWN and _is_together(parts[0]):
        parts = list(parts[0])
    found = [KNOWN.get(one) for one in parts]
    return None if None in found else joined(one for one in found if one)


def joined(marks: Iterable[Mark]) -> Mark:
    """Several marks as one. What is provisional and revised is still provisional."""
    marks = list(marks)
    statuses = [one.status for one in marks if one.status]
    order: tuple[Status, ...] = ("suppressed", "missing", "provisional", "revised")
    status = next((one for one in order if one in statuses), None)
    notes = [note for one in marks for note in SENTENCES.split(one.note) if note]
    if status == "provisional" and "revised" in statuses:
        notes.append("Revised.")
    return Mark(status, " ".join(dict.fromkeys(notes)))


def without_marks(words: str) -> tuple[str, Mark]:
    """A number without the marks behind it, and what they say. What is no known mark stays."""
    found: list[Mark] = []
    while words and not words[-1].isdigit():
        rest, mark = _last(words)
        if mark is None:
            break
        words = rest
        found.insert(0, mark)
    return words, joined(found)


@lru_cache(maxsize=4096)
def period_and_mark(text: str) -> tuple[str, str]:
    """A period without the mark behind it, as in 2023 (p), 2024 Q1 [r] or 2023p; and that mark as written."""
    words = text.rstrip()
    if not words or words[-1].isdigit():
        return text, ""
    if match := FOOTNOTE.fullmatch(words):
        return match[1], ""
    match = GLUED.fullmatch(words) or SIDE.fullmatch(words) or BARE.fullmatch(words)
    if match is None:
        return text, ""
    said = next(one for one in match.groups()[1:] if one)
    mark = _beside(said)
    return (match[1], said) if mark and not mark.in_place else (text, "")


def _beside(said: str) -> Mark | None:
    """What stands behind a number or period, where it is a mark and no word such as beds."""
    word = said.casefold()
    single = all(one in KNOWN for one in re.split(r"[, ]+", word))
    mark = mark_of(said) if single or _is_together(word) else None
    return None if mark == NOTHING else mark


def _is_together(word: str) -> bool:
    """Whether a word is several letters that Eurostat writes together."""
    return len(word) in (2, 3) and list(word) == sorted(set(word)) and set(word) <= set(LETTERS)


def _last(words: str) -> tuple[str, Mark | None]:
    """The text without its last mark, and that."""
    if match := FOOTNOTE.fullmatch(words):
        return match[1], Mark(None, f"{match[2][:1].upper()}{match[2][1:]} in the file.")
    match = SIDE.fullmatch(words) or BARE.fullmatch(words)
    mark = _beside(next(one for one in match.groups()[1:] if one)) if match else None
    return (match[1], mark) if match and mark else (words, None)
