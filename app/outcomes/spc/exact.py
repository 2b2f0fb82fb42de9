"""Numbers as they were written: 0.1 is a tenth, so what lies on a line is found on it.

Sums of floats put [0.1, 0.2, 0.3] * 5 beside their mean of 0.2. All values of a series are therefore whole
numbers of one small unit; lines drawn from them are fractions.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from typing import NamedTuple

from app.outcomes.spc.series import Number, Unreadable

MOST = 1e300  # of larger numbers the limits might not fit a float


class Whole(NamedTuple):
    """The values of a series times `unit`, all whole; what is missing stays None."""

    values: list[int | None]
    unit: int


def whole(values: Sequence[Number | None]) -> Whole:
    """Raises Unreadable with a sentence where a value is infinite, not a number, or beyond 1e300."""
    ratios = [None if value is None else ratio(value) for value in values]
    unit = lcm(*(part[1] for part in ratios if part is not None))
    return Whole([None if part is None else part[0] * (unit // part[1]) for part in ratios], unit)


def ratio(value: Number) -> tuple[int, int]:
    """Numerator and denominator of the number, a float taken as the shortest decimal that means it."""
    if not isinstance(value, int) and not isfinite(value):
        raise Unreadable(f"{value} is not a number that can be compared.")
    if not -MOST <= value <= MOST:
        raise Unreadable("A number is beyond 1e300, too large to compute with.")
    return (value, 1) if isinstance(value, int) else Decimal(str(value)).as_integer_ratio()


def mean(values: Sequence[int]) -> Fraction | None:
    """The arithmetic mean, None of nothing."""
    return Fraction(sum(values), len(values)) if values else None
