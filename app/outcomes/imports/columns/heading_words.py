"""Headings as words: databases write financial_year and FinYear. Pure."""

import re

JOINED = re.compile(r"_+|(?<=[a-z])(?=[A-Z])")
FISCAL = re.compile(
    r"(?i)\b(financial|fiscal|academic|school|fy|f/y)\b"
    r"|\bfin\.? ?(years?|yr|months?|mth|quarters?|qtr|periods?|weeks?|wk)\b"
)
YEAR_END = re.compile(r"(?i)\byears? (end(ing|ed)?|to)\b(?!.*(\bdec|\b31[ ./-]?12\b|\b12[ ./-]?31\b))")
CALENDAR = re.compile(r"(?i)\bcalendar\b")


def worded(heading: str) -> str:
    """The heading with blanks between its words."""
    return JOINED.sub(" ", heading).strip()


def is_fiscal(heading: str) -> bool:
    """Whether it says that years, or parts of them, are those of financial years."""
    return bool(FISCAL.search(worded(heading))) or says_year_end(heading)


def says_year_end(heading: str) -> bool:
    """Whether it says that years end, but not that it is with December: they may be calendar years."""
    return bool(YEAR_END.search(worded(heading)))


def is_calendar(heading: str) -> bool:
    """Whether it says that years are calendar years."""
    return bool(CALENDAR.search(worded(heading)))
