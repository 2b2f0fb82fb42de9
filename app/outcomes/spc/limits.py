"""The lines of an XmR chart: the mean, the process limits, and the near lines two thirds of the way to them.

Source: nhs-r-community/NHSRplotthedots 0.2.2, R/ptd_spc_standard.R. Limits are not cut at 0 or 100 %.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from app.outcomes.spc.exact import mean

LIMIT = Fraction("2.66")  # not 3 / 1.128, which other tools use and which is a little less
NEAR = LIMIT * 2 / 3
SCREEN = Fraction("3.267")  # ranges of at least so many average ranges are screened out


class Limits(NamedTuple):
    """The average moving range, and the process limits and near lines computed from it."""

    average_range: Fraction
    lower: Fraction
    near_lower: Fraction
    near_upper: Fraction
    upper: Fraction


class Lines(NamedTuple):
    """The lines of one segment in the unit of its values. None without any value (mean) or range (limits)."""

    mean: Fraction | None
    limits: Limits | None


def lines(baseline: Sequence[int | None], *, screen: bool, as_r: bool) -> Lines:
    """The lines computed from the rows of a baseline. Ranges are between neighbours that both have a value.

    `screen` leaves out very large ranges once. `as_r`: as NHSRplotthedots does in odd cases.
    """
    centre = mean([value for value in baseline if value is not None])
    ranges = [
        abs(after - before)
        for before, after in pairwise(baseline)
        if before is not None and after is not None
    ]
    average = _average_range(ranges, screen=screen, as_r=as_r)
    return Lines(centre, None if centre is None or average is None else _limits(centre, average))


def _average_range(ranges: Sequence[int], *, screen: bool, as_r: bool) -> Fraction | None:
    average = mean(ranges)
    if average is None or not screen:
        return average
    most = ceil(SCREEN * average)  # ranges are whole numbers
    kept = mean([range_ for range_ in ranges if range_ < most])  # once, not again with the new average
    if as_r:
        return kept
    # Where screening leaves only ranges of zero, limits equal to the mean would flag every point.
    return kept or average


def _limits(centre: Fraction, average: Fraction) -> Limits:
    far, near = LIMIT * average, NEAR * average
    return Limits(average, centre - far, centre - near, centre + near, centre + far)
