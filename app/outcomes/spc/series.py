"""A series over time, the options of its reading, and the error for what cannot be read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from app.outcomes.spc.profiles import MDC_R, Profile

Number = int | float | Decimal
Direction = Literal["increase", "decrease", "neutral"]
FEWEST_FIXED = 12  # rows a fixed baseline needs, as NHSRplotthedots asks


class Unreadable(ValueError):
    """Why a text or a series cannot be read: a sentence for people."""


class Observation(NamedTuple):
    """One row of a series. A `value` of None is missing: it keeps its place and is never zero."""

    date: date
    value: Number | None


@dataclass(frozen=True, slots=True)
class Options:
    """How a series is read.

    `improvement_direction` says which way is better, `target` is in the unit of the values, `target_side`
    says on which side of it values meet it where that is not the better direction, each date of
    `rebase` begins new limits, `fix_after_n_points` is how many rows of a segment make its limits (None:
    all), `screen_outliers` leaves very large ranges out of them.
    """

    improvement_direction: Direction = "increase"
    target: Number | None = None
    target_side: Direction | None = None
    rebase: tuple[date, ...] = ()
    fix_after_n_points: int | None = None
    screen_outliers: bool = True
    profile: Profile = MDC_R

    def __post_init__(self) -> None:
        if self.fix_after_n_points is not None and self.fix_after_n_points < FEWEST_FIXED:
            raise Unreadable(f"Limits can be fixed after {FEWEST_FIXED} points or more, not fewer.")


def in_order(observations: list[Observation]) -> list[Observation]:
    """The rows by date. Raises Unreadable where there are none, or two have the same date."""
    if not observations:
        raise Unreadable("There are no observations.")
    rows = sorted(observations, key=lambda row: row.date)
    for one, next_ in pairwise(rows):
        if one.date == next_.date:
            raise Unreadable(f"The date {one.date} appears twice.")
    return rows
