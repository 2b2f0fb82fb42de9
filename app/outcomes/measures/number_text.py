"""Reads a number as people and statistical offices write it, with the marks beside it. Pure.

Only what can mean one thing is read. Whether 1.234 has a thousands point or decimals is for the whole file to
decide: `decimal` is its decimal sign.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.outcomes.measures import marks
from app.outcomes.measures.measure import Status
from app.outcomes.spc.series import Unreadable

PLACES = Decimal("1E-12")  # a computed value is stored to 12 decimals
WHOLE = Decimal(1)
LARGEST = Decimal(10) ** 15
BELOW = re.compile(r"[<≤]\s?\d{1,3}", re.ASCII)
MINUS = {"-", "−", "–", "‑"}  # also as word processors write it
SIGNS = "".join(MINUS)
CURRENCY = "£$€¥₹"
GROUPS = {  # by the decimal sign: whole numbers with or without groups of three, or as in India, and decimals
    ".": re.compile(
        r"[-−–‑]?(?=\.?\d)(?:\d+|[1-9]\d{0,2}(?:[,’'\s]\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:[eE][-+]?\d{1,2})?",
        re.ASCII,
    ),
    ",": re.compile(
        r"[-−–‑]?(?=,?\d)(?:\d+|[1-9]\d{0,2}(?:[.’'\s]\d{3})+)?(?:,\d*)?(?:[eE][-+]?\d{1,2})?", re.ASCII
    ),
}
# What most cells are: digits with commas between thousands, in a file whose decimals have a point.
GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}", re.ASCII)
BLANKS = re.compile(r"[\u00a0\u2007\u2009\u202f\u200a]")


class Given(NamedTuple):
    """A number, or the status that stands in its place; and what the marks beside the number say."""

    number: Decimal | Status
    status: Status | None = None
    note: str = ""


@lru_cache(maxsize=16_384)  # most cells of a file are like others
def read(text: str, decimal: str = ".", percent_of: int = 100) -> Given:
    """What a cell says. `percent_of` is what 100 % is in the unit of the measure.

    Raises Unreadable with a sentence, also for a formula.
    """
    if text.isdigit() and text.isascii() and len(text) <= 15:
        return Given(Decimal(text))
    if decimal == "." and GROUPED.fullmatch(text):
        return Given(Decimal(text.replace(",", "")))
    words = BLANKS.sub(" ", text).strip()
    if (standing := _in_place(words)) is not None:
        return standing
    plain, mark = marks.without_marks(words)
    if plain != words and (standing := _in_place(plain)) is not None:
        return standing._replace(note=" ".join(filter(None, (standing.note, mark.note))))
    if mark.in_place:
        raise Unreadable(f"“{words[:40]}” is a number with a mark that says there is none.")
    return Given(_number(plain, words, decimal, percent_of), mark.status, mark.note)


def _in_place(words: str) -> Given | None:
    """What stands in place of a number, such as *, [c], : u or <5; None where that is a number."""
    status = marks.IN_PLACE.get(words.casefold())
    if status is not None:
        return Given(status)
    if words.startswith(":") and (mark := marks.mark_of(words[1:])):  # as Eurostat says why
        return Given("suppressed" if mark.status == "suppressed" else "missing")
    return Given("suppressed", note=words) if BELOW.fullmatch(words) else None


def _number(plain: str, words: str, decimal: str, percent_of: int) -> Decimal:
    digits, negative = _without_currency(plain), False
    if digits.startswith("(") and digits.endswith(")"):  # as accounts write what is below zero
        digits, negative = _without_currency(digits[1:-1].strip()), True
    percent = digits.endswith("%")
    digits = digits.rstrip("%").strip() if percent else digits
    fits = GROUPS[decimal].fullmatch(digits) and any(c.isdigit() for c in digits)
    if not fits or (negative and digits[:1] in {*SIGNS}):
        other = "." if decimal == "," else ","
        if GROUPS[other].fullmatch(digits):
            sign_name = "comma" if decimal == "," else "point"
            raise Unreadable(f"“{words[:40]}” is not a number with a decimal {sign_name}.")
        raise Unreadable(f"“{words[:40]}” is not a number.")
    text = re.sub(r"[’'\s.]" if decimal == "," else r"[’'\s,]", "", digits).replace(decimal, ".")
    given = Decimal(("-" if text[:1] in MINUS else "") + text.lstrip(SIGNS)) * (-1 if negative else 1)
    return stored(given * percent_of / 100 if percent else given, words)


def _without_currency(words: str) -> str:
    """A number without a currency, which stands before or behind it, also between it and its minus."""
    if not any(one in CURRENCY for one in words):
        return words
    minus = words[:1] if words[:1] in MINUS else ""
    return minus + words.removeprefix(minus).strip().strip(CURRENCY).strip()


def stored(number: Decimal, words: str) -> Decimal:
    """The number without needless digits. Raises Unreadable where it is too large."""
    if abs(number) >= LARGEST:
        raise Unreadable(f"“{words[:40]}” is too large a number.")
    kept = number.quantize(PLACES).normalize()
    return kept if kept % 1 else kept.quantize(WHOLE) + 0  # 300 and not 3E+2, and never -0
