"""Which chart suits a series, and a sentence where an XmR chart would mislead.

Sources: NHS England, Making Data Count; nhs-r-community/NHSRplotthedots#127 (rare events).
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from app.outcomes.spc.series import Observation
from app.outcomes.spc.xmr import FULL

Chart = Literal["xmr", "run", "line"]

OVERLAP = (
    "The periods overlap, so neighbours are alike and limits would be too narrow: a line, without limits."
)
SELDOM = "Fewer than two values a year say little about chance: a run chart, or a plain line."
FEW = f"With fewer than {FULL} values a run chart says more than trial limits."
RARE = "Most values are zero. For rare events, the time between them on an XmR chart says more."


class Suggestion(NamedTuple):
    """The chart that suits a series, and a sentence where another was to be expected."""

    chart: Chart
    say: str | None


def suggest(observations: Sequence[Observation], *, overlapping: bool = False) -> Suggestion:
    """The chart for rows in order of time. `overlapping`: rolling or pooled periods, such as 3-year rates."""
    days = [row.date for row in observations if row.value is not None]
    zeros = sum(row.value == 0 for row in observations)
    if overlapping:
        return Suggestion("line", OVERLAP)
    if len(days) < 2 or 6 * (len(days) - 1) < _whole_months(days[0], days[-1]):
        return Suggestion("run", SELDOM)
    if len(days) < FULL:
        return Suggestion("run", FEW)
    return Suggestion("xmr", RARE if 2 * zeros > len(days) else None)


def _whole_months(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
