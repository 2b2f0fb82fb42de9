"""Where a rebase begins a new segment: at the first row on or after its day."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple


class EffectiveRebase(NamedTuple):
    """A rebase on a day without observation, and the day it takes effect; None where it does not."""

    requested: date
    begins: date | None


def bounds(
    dates: Sequence[date], rebase: Collection[date], *, as_r: bool = False
) -> tuple[list[tuple[int, int, int]], list[EffectiveRebase]]:
    """Number, first row and end (exclusive) of each segment, and the rebases on days without observation.

    R ignores a rebase on such a day; here it takes effect on the next observation. A rebase on the first row
    begins a segment too: as in R, the numbers of segments then start at 1 instead of 0.
    """
    starts, moved = set(), []
    for asked in sorted(set(rebase)):
        row = bisect_left(dates, asked)
        if row < len(dates) and dates[row] == asked:
            starts.add(row)
        elif not as_r:
            takes_effect = 0 < row < len(dates)
            moved.append(EffectiveRebase(asked, dates[row] if takes_effect else None))
            starts.update({row} if takes_effect else ())
    edges = sorted({0, *starts})
    first = 1 if 0 in starts else 0
    ends = [*edges[1:], len(dates)]
    return [(first + i, begin, end) for i, (begin, end) in enumerate(zip(edges, ends, strict=True))], moved
