"""How much of a reading may be shown when there are few points. The engine computes all the same.

Limits of few points move with each new one. NHS England's own chart shows none before 13 points
(nhs-r-community/NHSRplotthedots#194); we show them as what they are, and do not assure by them.
"""

from typing import Literal, NamedTuple

from app.outcomes.spc.icons import AssuranceIcon, Variation
from app.outcomes.spc.xmr import FULL, Segment, XmrReading

Drawn = Literal["none", "trial", "full"]

NOT_ENOUGH = "Not enough data: limits need at least two values, one right after the other."
TRIAL = f"Trial limits: with fewer than {FULL} values they will still move."


class Shown(NamedTuple):
    """What people get to see: limits segment by segment, the icons, and the sentence that goes with them."""

    limits: list[Drawn]
    variation: Variation | None
    assurance: AssuranceIcon | None
    say: str | None


def shown(reading: XmrReading) -> Shown:
    """The reading as far as its last segment has values for it; trial limits are drawn dashed."""
    limits = [drawn(segment) for segment in reading.segments]
    if limits[-1] == "none":
        return Shown(limits, None, None, NOT_ENOUGH)
    if limits[-1] == "trial":
        return Shown(limits, reading.variation, None, TRIAL)
    return Shown(limits, reading.variation, reading.assurance_icon, None)


def drawn(segment: Segment) -> Drawn:
    """How the limits of a segment are drawn. Missing values do not count, unlike in R's warning."""
    if segment.lpl is None:
        return "none"
    return "full" if segment.values >= FULL else "trial"
