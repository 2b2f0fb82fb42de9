"""Reads a number as people and statistical offices write it, with the marks beside it. Pure.

Only what can mean one thing is read. Whether 1.234 has a thousands point or decimals is for the whole file to
decide: `decimal` is its decimal sign.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.outcomes.measures.measure import Status
from app.outcomes.spc.series import Unreadable

PLACES = Decimal("1E-12")  # a computed value is stored to 12 decimals
LARGEST = Decimal(10) ** 15
MARKS: dict[str, Status] = {  # how NHS England, OHID, ONS, the GSS and Eurostat mark what is not there
    **dict.fromkeys(
        ("", "-", "–", ".", "..", "...", ":", "x", "z", "[x]", "[z]", "[w]", "[u]", "[low]"), "missing"
    ),
    **dict.fromkeys(("n/a", "na", "null", "none", "missing", "not available"), "missing"),
    **dict.fromkeys((": z", ":z", ": u", ":u", ": n", ":n", ": m", ":m"), "missing"),
    **dict.fromkeys(("#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!"), "missing"),
    **dict.fromkeys(("*", "c", "[c]", ": c", ":c", "suppressed", "†"), "suppressed"),
}
FLAGS: dict[str, tuple[Status | None, str]] = {  # letters beside a number, by their meaning
    "p": ("provisional", ""),
    "prov": ("provisional", ""),
    "r": ("revised", ""),
    "rev": ("revised", ""),
    "b": (None, "Break in the series."),
    "d": (None, "The definition differs."),
    "e": (None, "Estimated."),
    "s": (None, "Estimated by the statistical office."),
    "u": (None, "Of low reliability."),
    "low": (None, "Of low reliability."),
    "n": (None, "Not significant."),
}
FLAGGED = re.compile(r"(.*[\d%)])\s*(?:\[([A-Za-z]{1,4}(?:[, ]+[A-Za-z]{1,4})*)\]|\s([A-Za-z]{1,4}))")
BELOW = re.compile(r"[<≤]\s?\d{1,3}", re.ASCII)
CURRENCY = "£$€¥₹"
GROUPS = {  # by the decimal sign: whole numbers with or without groups of three, or as in India, and decimals
    ".": re.compile(
        r"[-−]?(?=\.?\d)(?:\d+|[1-9]\d{0,2}(?:[,’'\s]\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:[eE][-+]?\d{1,2})?",
        re.ASCII,
    ),
    ",": re.compile(
        r"[-−]?(?=,?\d)(?:\d+|[1-9]\d{0,2}(?:[.’'\s]\d{3})+)?(?:,\d*)?(?:[eE][-+]?\d{1,2})?", re.ASCII
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
    mark = MARKS.get(words.casefold())
    if mark is not None:
        return Given(mark)
    if BELOW.fullmatch(words):
        return Given("suppressed", note=words)
    plain, status, note = _without_flags(words)
    return Given(_number(plain, words, decimal, percent_of), status, note)


def _without_flags(words: str) -> tuple[str, Status | None, str]:
    match = FLAGGED.fullmatch(words)
    if match is None:
        return words, None, ""
    flags = re.split(r"[, ]+", (match[2] or match[3]).casefold())
    if not match[2] and flags[0] not in FLAGS and all(one in FLAGS for one in flags[0]):
        flags = list(flags[0])  # Eurostat writes several letters without anything between
    meant = [FLAGS.get(one) for one in flags]
    if None in meant:
        return words, None, ""
    known = [one for one in meant if one is not None]
    return (
        match[1].strip(),
        next((one for one, _ in known if one), None),
        " ".join(say for _, say in known if say),
    )


def _number(plain: str, words: str, decimal: str, percent_of: int) -> Decimal:
    digits, negative = plain, False
    if digits.startswith("(") and digits.endswith(")"):  # as accounts write what is below zero
        digits, negative = digits[1:-1].strip(), True
    sign = "-" if digits[:1] in ("-", "−") else ""
    digits = (
        (sign + digits.lstrip("-−").strip(CURRENCY).strip()) if any(c in CURRENCY for c in digits) else digits
    )
    percent = digits.endswith("%")
    digits = digits.rstrip("%").strip() if percent else digits
    fits = GROUPS[decimal].fullmatch(digits) and any(c.isdigit() for c in digits)
    if not fits or (negative and digits[:1] in ("-", "−")):
        other = "." if decimal == "," else ","
        if GROUPS[other].fullmatch(digits):
            sign_name = "comma" if decimal == "," else "point"
            raise Unreadable(f"“{words[:40]}” is not a number with a decimal {sign_name}.")
        raise Unreadable(f"“{words[:40]}” is not a number.")
    text = re.sub(r"[’'\s.]" if decimal == "," else r"[’'\s,]", "", digits).replace(decimal, ".")
    given = Decimal(text.replace("−", "-")) * (-1 if negative else 1)
    return stored(given * percent_of / 100 if percent else given, words)


def stored(number: Decimal, words: str) -> Decimal:
    """The number without needless digits. Raises Unreadable where it is too large."""
    if abs(number) >= LARGEST:
        raise Unreadable(f"“{words[:40]}” is too large a number.")
    kept = number.quantize(PLACES) if number.as_tuple().exponent < -12 else number  # type: ignore[operator]
    return Decimal(format(kept.normalize(), "f")) + 0  # never -0
