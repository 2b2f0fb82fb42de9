"""Headings as words: databases write financial_year and FinYear. Pure."""

import re

JOINED = re.compile(r"_+|(?<=[a-z])(?=[A-Z])")
FISCAL = re.compile(
    r"(?i)\b(financial|fiscal|academic|school|fy|f/y)\b"
    r"|\bfin\.? ?(years?|yr|months?|mth|quarters?|qtr|periods?|weeks?|wk)\b"
    r"|\byears? (end(ing|ed)?|to)\b(?!.*\b(31 )?dec)"
)


def worded(heading: str) -> str:
    """The heading with blanks between its words."""
    return JOINED.sub(" ", heading).strip()


def is_fiscal(heading: str) -> bool:
    """Whether it says that years, or parts of them, are those of financial years."""
    return bool(FISCAL.search(worded(heading)))
