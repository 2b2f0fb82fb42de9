"""Reads a series as a run chart: too long a run on one side of the median, or too few crossings, is a signal.

For few points, and for data so skewed that limits mislead. Source: the rules of Anhøj and Olesen (2014) as
in anhoej/qicharts2 0.8.1, R/helper.functions.R.
"""

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import log2
from operator import itemgetter
from typing import NamedTuple

from app.outcomes.spc import exact, rebases
from app.outcomes.spc.rebases import EffectiveRebase
from app.outcomes.spc.series import Number, Observation, Unreadable

CHANCE = 0.05  # the probability that a stable process crosses the median so few times


class Run(NamedTuple):
    """A run chart in numbers. Points on the median are not `useful`; without useful ones there is no run."""

    median: float | None
    observations: int
    useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


class RunPart(NamedTuple):
    """The run chart from one rebase to the next: first row, end (exclusive), and its numbers."""

    begin: int
    end: int
    run: Run


def read(values: Sequence[Number | None]) -> Run:
    """The run chart of values in order of time, None for missing ones. Raises Unreadable without any row."""
    if not values:
        raise Unreadable("There are no values.")
    rows, unit = exact.whole(values)
    known = [value for value in rows if value is not None]
    median = _median(known)
    sides = [value > median for value in known if value != median] if median is not None else []
    shown = None if median is None else float(median / unit)
    if not sides:
        return Run(shown, len(rows), 0, None, None, None, None, signal=False)
    runs = [len(list(run)) for _, run in groupby(sides)]
    longest, crossings = max(runs), len(runs) - 1
    longest_max, crossings_min = round(log2(len(sides))) + 3, fewest_crossings(len(sides))
    signal = longest > longest_max or crossings < crossings_min
    return Run(shown, len(rows), len(sides), longest, longest_max, crossings, crossings_min, signal)


class LongRun(NamedTuple):
    """A run longer than chance allows: the rows that are part of it, and the side of the median it lies on.

    `latest`: no later value lies on the other side.
    """

    rows: tuple[int, ...]
    above: bool
    latest: bool


def parts(
    observations: Sequence[Observation], rebase: Collection[date]
) -> tuple[list[RunPart], list[EffectiveRebase]]:
    """A run chart with a median of its own from each rebase to the next, and the rebases on other days.

    `observations` are in order of time.
    """
    bounds, moved = rebases.bounds([row.date for row in observations], rebase)
    return [
        RunPart(begin, end, read([row.value for row in observations[begin:end]])) for _, begin, end in bounds
    ], moved


def sides(values: Sequence[Number | None]) -> list[tuple[int, bool]]:
    """Row and side (above or not) of each value that is not on the median."""
    rows, _ = exact.whole(values)
    median = _median([value for value in rows if value is not None])
    return [
        (row, value > median)
        for row, value in enumerate(rows)
        if value is not None and median is not None and value != median
    ]


def long_runs(values: Sequence[Number | None], longest_max: int) -> list[LongRun]:
    """The runs of one part that are longer than chance allows. A value on the median is part of none."""
    runs = [(above, tuple(row for row, _ in run)) for above, run in groupby(sides(values), key=itemgetter(1))]
    return [
        LongRun(rows, above, place == len(runs))
        for place, (above, rows) in enumerate(runs, 1)
        if len(rows) > longest_max
    ]


def fewest_crossings(useful: int) -> int:
    """The least number of crossings that chance alone gives in 95 of 100 charts (Chen 2010).

    It is the 5 % quantile of the binomial distribution with one toss of a coin for each step between `useful`
    points.
    """
    steps = useful - 1
    # Chances relative to that of the middle, downwards until they are too small to matter: none overflows.
    chances = [1.0]
    for heads in range(steps // 2, 0, -1):
        chances.append(chances[-1] * heads / (steps - heads + 1))
        if chances[-1] < 1e-20:
            break
    half = sum(reversed(chances))
    all_ = 2 * half - (1 if steps % 2 == 0 else 0)
    below = 0.0
    for less in range(len(chances) - 1, -1, -1):
        below += chances[less]
        if below >= CHANCE * all_:
            return steps // 2 - less
    return steps // 2


def _median(values: Sequence[int]) -> Fraction | None:
    if not values:
        return None
    middle, row = sorted(values), len(values) // 2
    return Fraction(middle[row]) if len(values) % 2 else Fraction(middle[row - 1] + middle[row], 2)
