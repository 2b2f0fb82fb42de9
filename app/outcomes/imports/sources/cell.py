"""One cell of a file: a text, or a number that a spreadsheet stores as one. Pure."""

import re
from functools import lru_cache
from typing import Literal
from unicodedata import digit

from app.outcomes.measures import number_text
from app.outcomes.measures.period_forms import CENTURIES, PeriodStyle
from app.outcomes.measures.period_text import span_of
from app.outcomes.spc.series import Unreadable

Kind = Literal["empty", "number", "year", "period", "text"]


# A number in one of both ways to write decimals, as most are, and not too large for one.
PLAIN = re.compile(
    r"-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,3})?|-?\d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,3})?", re.ASCII
)


SIGNS = dict(zip("٫٬٪．，％－／（）：", ".,%.,%-/():", strict=True))  # that stand beside such digits


class Typed(str):
    """A number that a spreadsheet stores as a number: a point in it is a decimal point, whatever the file."""

    __slots__ = ()


def in_plain_digits(cell: str) -> str:
    """A number or date in other digits than 0 to 9, such as ١٢٣, in those; else the text as it is."""
    if cell.isascii() or not any(sign.isdecimal() and not sign.isascii() for sign in cell):
        return cell
    plain = "".join(SIGNS.get(sign) or (str(digit(sign)) if sign.isdecimal() else sign) for sign in cell)
    return plain if plain.isascii() else cell


@lru_cache(maxsize=16_384)
def kind_of(cell: str) -> Kind:
    """What a cell looks like by itself. A mark for a missing number, known or not, counts as a number."""
    if not cell:
        return "empty"
    cell = in_plain_digits(cell)
    if cell.isascii() and cell.isdigit():
        return "year" if len(cell) == 4 and int(cell) in CENTURIES else "number"
    if PLAIN.fullmatch(cell):
        return "number"
    for decimal in ".,":
        try:
            number_text.read(cell, decimal)
        except Unreadable:
            continue
        return "number"
    if not any(map(str.isalnum, cell)):
        return "number"
    return "period" if span_of(cell) or span_of(cell, PeriodStyle("mdy")) else "text"


def letter(index: int) -> str:
    """The name of a column as spreadsheets have it: A for 0, Z for 25, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def index_of(name: str) -> int | None:
    """The index of a column by its letters, or None."""
    if not (name.isascii() and name.isalpha() and len(name) <= 2):
        return None
    index = 0
    for sign in name.upper():
        index = index * 26 + ord(sign) - 64
    return index - 1
