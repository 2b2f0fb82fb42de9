"""The rules of special cause, of which the first that holds is named, unless a profile says otherwise.

They are: outside the limits, trend (seven in a row rising or falling), two of three near a limit, and shift
(seven in a row on one side of the mean).

Source: nhs-r-community/NHSRplotthedots 0.2.2, R/ptd_calculate_point_type.R. Rules hold within one segment; a
missing value interrupts every rule but keeps its place.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from math import ceil, floor
from typing import NamedTuple

from app.outcomes.spc.limits import Limits, Lines
from app.outcomes.spc.profiles import Profile
from app.outcomes.spc.series import Direction, Unreadable

SHIFT = 7  # points on one side
STEPS = 6  # steps one way, of 7 points


class Cause(StrEnum):
    """The rules by the names of NHSRplotthedots."""

    ABOVE_LIMIT = "Above UCL"
    BELOW_LIMIT = "Below LCL"
    RISING = "7 Point Trend (Increasing)"
    FALLING = "7 Point Trend (Decreasing)"
    TWO_ABOVE = "2 in 3 Above CL"
    TWO_BELOW = "2 in 3 Below CL"
    SHIFT_ABOVE = "7 Points Above CL"
    SHIFT_BELOW = "7 Points Below CL"
    COMMON = "Common Cause"


HIGH = frozenset({Cause.ABOVE_LIMIT, Cause.RISING, Cause.TWO_ABOVE, Cause.SHIFT_ABOVE})
LOW = frozenset({Cause.BELOW_LIMIT, Cause.FALLING, Cause.TWO_BELOW, Cause.SHIFT_BELOW})
IMPROVEMENTS: dict[Direction, frozenset[Cause]] = {"increase": HIGH, "decrease": LOW, "neutral": frozenset()}


class Place(NamedTuple):
    """Where a point lies. `side` of the mean is 1, 0 or -1. None where value, mean or limits are missing."""

    outside: bool | None
    near: bool | None
    side: int | None


NOWHERE = Place(None, None, None)


def places(values: Sequence[int | None], lines: Lines) -> list[Place]:
    """Where each value lies. A value on a limit is inside it, a value on a near line is not near."""
    if lines.mean is None:
        return [NOWHERE] * len(values)
    # Whole numbers can be compared with the line rounded up or down, which is faster than with fractions.
    low, high = ceil(lines.mean), floor(lines.mean)
    sides = [None if value is None else (value > high) - (value < low) for value in values]
    if lines.limits is None:
        return [Place(None, None, side) for side in sides]
    return _among(values, sides, lines.limits)


def _among(values: Sequence[int | None], sides: Sequence[int | None], limits: Limits) -> list[Place]:
    lower, upper = ceil(limits.lower), floor(limits.upper)
    near_lower, near_upper = ceil(limits.near_lower), floor(limits.near_upper)
    found = []
    for value, side in zip(values, sides, strict=True):
        if value is None:
            found.append(NOWHERE)
            continue
        outside = value > upper or value < lower
        near = not outside and (value > near_upper or value < near_lower)
        found.append(Place(outside, near, side))
    return found


def causes(
    values: Sequence[int | None], at: Sequence[Place], profile: Profile, better: Direction = "neutral"
) -> list[Cause]:
    """The cause of every row of one segment, where `better` is the direction of improvement.

    Raises Unreadable where NHSRplotthedots stops too, if the profile asks for its answers.
    """
    steps = [_sign(before, after) for before, after in pairwise(values)]
    if profile.as_r:
        _stop_as_r(steps)
    trends = _trends(steps, len(values), as_r=profile.as_r)
    two = _two_of_three(at, beyond_counts=profile.beyond_counts)
    shift = _shift(at)
    first = IMPROVEMENTS[better] if profile.better_first else frozenset()
    return [_named(_holding(place, trends[row], two[row], shift[row]), first) for row, place in enumerate(at)]


def _holding(place: Place, trends: Sequence[Cause], two: bool, shift: bool) -> Iterator[Cause]:
    """All rules that hold for a point, in their order."""
    high = place.side == 1
    if place.outside:
        yield Cause.ABOVE_LIMIT if high else Cause.BELOW_LIMIT
    yield from trends
    if two:
        yield Cause.TWO_ABOVE if high else Cause.TWO_BELOW
    if shift:
        yield Cause.SHIFT_ABOVE if high else Cause.SHIFT_BELOW


def _named(holding: Iterable[Cause], first: Collection[Cause]) -> Cause:
    """The rule that is named: the first of those that come `first`, else the first of all."""
    rules = list(holding)
    return next((rule for rule in rules if rule in first), next(iter(rules), Cause.COMMON))


def _sign(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else (after > before) - (after < before)


def _runs(marks: Sequence[int | None], least: int) -> Iterator[tuple[int, int, int]]:
    """Begin, end (exclusive) and mark of each run of at least `least` equal marks that are 1 or -1."""
    begin = 0
    for mark, run in groupby(marks):
        end = begin + len(list(run))
        if mark and end - begin >= least:
            yield begin, end, mark
        begin = end


def _trends(steps: Sequence[int | None], rows: int, *, as_r: bool) -> list[tuple[Cause, ...]]:
    """The trends that each row is part of, on either side of the mean; two equal values break them."""
    rises, falls = [False] * rows, [False] * rows
    for begin, end, step in _runs(steps, STEPS):
        part_of = rises if step == 1 else falls
        part_of[begin : end + 1] = [True] * (end + 1 - begin)
    return [
        _directions(row, steps, rises, falls, as_r=as_r) if rises[row] or falls[row] else ()
        for row in range(rows)
    ]


def _directions(
    row: int, steps: Sequence[int | None], rises: Sequence[bool], falls: Sequence[bool], *, as_r: bool
) -> tuple[Cause, ...]:
    """Rising, falling, or both. A point that ends one trend and begins another belongs to the rise first.

    NHSRplotthedots looks at the step to the next row whenever that row is in a trend too, even one that this
    row is no part of: the end of a rise is then "decreasing" when a fall, a plateau or a lower rise follows.
    """
    if not as_r:
        return ((Cause.RISING,) if rises[row] else ()) + ((Cause.FALLING,) if falls[row] else ())
    goes_on = row + 1 < len(rises) and (rises[row + 1] or falls[row + 1])
    step = steps[row] if goes_on else steps[row - 1]
    return (Cause.RISING if step == 1 else Cause.FALLING,)


def _two_of_three(at: Sequence[Place], *, beyond_counts: bool) -> list[bool]:
    """The rows near a limit with another such row among three neighbours, all on one side of the mean."""
    # A far row has a side, so three rows on the mean or three missing values never count.
    far = [bool(place.near or (beyond_counts and place.outside)) for place in at]
    found = [False] * len(at)
    for row in range(len(at) - 2):
        three = range(row, row + 3)
        one_side = at[row].side == at[row + 1].side == at[row + 2].side
        if one_side and sum(far[i] for i in three) >= 2:
            for i in three:
                found[i] = found[i] or far[i]
    return found


def _shift(at: Sequence[Place]) -> list[bool]:
    """The rows in runs of 7 or more on one side of the mean; a point on the mean breaks the run."""
    found = [False] * len(at)
    for begin, end, _ in _runs([place.side for place in at], SHIFT):
        found[begin:end] = [True] * (end - begin)
    return found


def _stop_as_r(steps: Sequence[int | None]) -> None:
    """Raise Unreadable where a missing value leaves open whether 7 points are a trend: there R stops."""
    for begin in range(len(steps) - STEPS + 1):
        seen = set(steps[begin : begin + STEPS])
        if None in seen and (seen <= {None, 1} or seen <= {None, -1}):
            raise Unreadable("NHSRplotthedots stops here: a missing value lies in what may be a trend.")
