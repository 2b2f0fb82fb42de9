"""Which chart a series is offered, and why not an XmR chart: limits that mislead are not drawn in silence.

Sources: NHS England, Making Data Count; nhs-r-community/NHSRplotthedots#127 (rare events).
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.outcomes.spc.series import Observation
from app.outcomes.spc.xmr import FULL

Chart = Literal["xmr", "run", "line"]
YEAR = 365.25  # days

OVERLAP = (
    "The periods overlap, so neighbours are alike and limits would be too narrow: a line, without limits."
)
SELDOM = "Fewer than two values a year say little about chance: a run chart, or a plain line."
FEW = f"With fewer than {FULL} values a run chart says more than trial limits."
RARE = "Most values are zero. For rare events, the time between them on an XmR chart says more."


class Offer(NamedTuple):
    """The chart to begin with, and a sentence where another choice was likely."""

    chart: Chart
    say: str | None


def offer(observations: Sequence[Observation], *, overlapping: bool = False) -> Offer:
    """The chart for rows in order of time. `overlapping`: rolling or pooled periods, such as 3-year rates."""
    days = [row.date for row in observations if row.value is not None]
    zeros = sum(row.value == 0 for row in observations)
    if overlapping:
        return Offer("line", OVERLAP)
    if len(days) < 2 or len(days) - 1 < 2 * (days[-1] - days[0]).days / YEAR:
        return Offer("run", SELDOM)
    if len(days) < FULL:
        return Offer("run", FEW)
    return Offer("xmr", RARE if 2 * zeros > len(days) else None)
