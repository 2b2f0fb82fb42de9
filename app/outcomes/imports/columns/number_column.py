"""Finds in all numbers of a file which sign its decimals have. Pure."""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from app.outcomes.measures import number_text
from app.outcomes.spc.series import Unreadable

Decimals = Literal["", ".", ","]
SHAPE = str.maketrans("123456789", "111111111")  # zeros stay: a group of thousands does not begin with one
MOST_SHAPES = 10_000
WHOLE = re.compile(r"\D*\d+[.,]0+\D*")  # as a database writes 12 with three decimals
WITH_POINT = "£$₹¥"  # currencies that are written with a decimal point, so that a comma is between thousands


class NumberLook(Struct, frozen=True, omit_defaults=True):
    """What the numbers of a column tell: a number with decimals that can have only a point, or only a comma.

    `either`: one that could be read in both ways, and that is whole in one of them alone, if there is one;
    `other`: one such with the other sign. `grouped`: its sign, where it must be one between thousands,
    because smaller numbers have none and larger ones have it without exception. `bare`: a share without %,
    where others have it. `currencies`: the signs of all that stand beside its numbers. `share`: one with %.
    """

    point: str = ""
    comma: str = ""
    either: str = ""
    other: str = ""
    grouped: str = ""
    bare: str = ""
    currencies: str = ""
    share: str = ""


class DecimalSign(Struct, frozen=True, omit_defaults=True):
    """The decimal sign of a file, or empty where its numbers do not decide it.

    `example` is a number that would be another one with the other sign. `mixed`: some numbers have
    a point and others a comma.
    """

    sign: Decimals = "."
    example: str = ""
    mixed: bool = False

    @property
    def of_whole_numbers(self) -> Decimals:
        """The sign where all numbers are whole ones, so that the one of the example is between thousands.

        12.000 is a whole number in both ways.
        """
        if self.sign or self.mixed or WHOLE.fullmatch(self.example):
            return self.sign
        return "." if "," in self.example else ","


class NumberColumn:
    """Collects what the different texts of a column tell about decimals."""

    def __init__(self) -> None:
        self._point = self._comma = self._either = self._other = ""
        self._small = self._large = self._money = False
        self._shapes: set[str] = set()
        self._percent = self._bare = ""
        self._currencies: set[str] = set()

    def add(self, text: str) -> None:
        """Take a number as text into account."""
        digits = text.lstrip("-")
        self._currencies.update(sign for sign in number_text.CURRENCY if sign in text)
        if text.endswith("%"):
            self._percent = self._percent or str(text)
        elif not self._bare and any(map(str.isdigit, text)):
            self._bare = text
        if digits.isdigit():
            self._small = self._small or len(digits) < 4
            self._large = self._large or len(digits) > 3
        elif "." in text or "," in text:
            self._with_sign(text)

    def add_stored(self, text: str) -> None:
        """Take a number into account that a spreadsheet stores as one: it has no other decimals."""
        if text.endswith("%"):
            self._percent = self._percent or str(text)
        else:
            self._bare = self._bare or str(text)

    def look(self) -> NumberLook:
        """What the texts tell together."""
        sign = "" if not self._either else "," if "," in self._either else "."
        grouped = sign if (self._small and not self._large) or (self._money and sign == ",") else ""
        bare = self._bare if self._percent else ""
        currencies = "".join(sorted(self._currencies))
        return NumberLook(
            self._point, self._comma, self._either, self._other, grouped, bare, currencies, self._percent
        )

    def _with_sign(self, text: str) -> None:
        shape = text.translate(SHAPE)  # 12,345 tells as much as 67,891
        if shape in self._shapes:
            return
        if "e" not in shape and "E" not in shape and len(self._shapes) < MOST_SHAPES:
            self._shapes.add(shape)
        with_point, with_comma = (_read(text, decimal) for decimal in ".,")
        if with_point is not None and with_comma is None:
            self._point = self._point or text
        elif with_comma is not None and with_point is None:
            self._comma = self._comma or text
        elif with_point != with_comma:
            if self._either and ("," in text) != ("," in self._either):
                self._other = self._other or text
            elif not self._either or WHOLE.fullmatch(self._either):
                self._either = text
            self._money = self._money or any(sign in text for sign in WITH_POINT)


def decimal_sign(looks: Iterable[NumberLook]) -> DecimalSign:
    """The sign of decimals in a whole file."""
    looks = list(looks)
    either = next((one.either for one in looks if one.either), "")
    point, comma = any(one.point for one in looks), any(one.comma for one in looks)
    if point != comma:
        return DecimalSign("." if point else ",", either)
    if point:
        return DecimalSign("", next(one.point for one in looks if one.point), mixed=True)
    grouped = {one.grouped for one in looks if one.grouped}
    if len(grouped) == 1 and not any(one.other for one in looks):
        return DecimalSign("," if grouped == {"."} else ".", either)
    signs = {"," in text for one in looks for text in (one.either, one.other) if text}
    if len(signs) > 1:  # 1.234 and 2,345 side by side
        return DecimalSign("", either, mixed=True)
    return DecimalSign("", either) if either else DecimalSign()


def _read(text: str, decimal: str) -> object:
    try:
        return number_text.read(text, decimal).number
    except Unreadable:
        return None
