"""Exact numbers: 0.1 is a tenth, so a value that lies on a line is found to lie on it.

With floats, the mean of [0.1, 0.2, 0.3] * 5 is not exactly 0.2. So all values of a series become whole
numbers of one small unit; lines computed from them are fractions.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from app.outcomes.spc.series import Number, Unreadable

MOST = Decimal("1e300")  # the limits of larger numbers might not fit a float


class Whole(NamedTuple):
    """The values of a series multiplied by `unit`, all whole; missing values stay None."""

    values: list[int | None]
    unit: int


def whole(values: Sequence[Number | None]) -> Whole:
    """The values as whole numbers. Raises Unreadable where one is infinite, not a number, or beyond 1e300."""
    ratios = [None if value is None else ratio(value) for value in values]
    unit = lcm(*(part[1] for part in ratios if part is not None))
    return Whole([None if part is None else part[0] * (unit // part[1]) for part in ratios], unit)


def ratio(value: Number) -> tuple[int, int]:
    """Numerator and denominator of a number; a float counts as the shortest decimal that stands for it."""
    exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
    if isinstance(exact, Decimal) and not exact.is_finite():
        raise Unreadable(f"{value} is not a number that can be compared.")
    if not -MOST <= exact <= MOST:
        raise Unreadable("A number is beyond 1e300, too large to compute with.")
    return exact.as_integer_ratio()


def mean(values: Sequence[int]) -> Fraction | None:
    """The arithmetic mean; None of an empty series."""
    return Fraction(sum(values), len(values)) if values else None
