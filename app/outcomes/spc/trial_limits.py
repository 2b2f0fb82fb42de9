"""How much of a reading is shown when there are few points; it is computed in any case.

Limits of few points move with each new one. NHS England's own chart shows none before 13 points
(nhs-r-community/NHSRplotthedots#194); here they are shown as trial limits, without an assurance icon.
"""

from typing import Literal, NamedTuple

from app.outcomes.spc.icons import AssuranceIcon, Variation
from app.outcomes.spc.xmr import FULL, Segment, XmrReading

Drawn = Literal["none", "trial", "full"]

NOT_ENOUGH = "Not enough data: limits need at least two values, one right after the other."
TRIAL = f"Trial limits: with fewer than {FULL} values they will still move."


class Shown(NamedTuple):
    """What people see: how the limits of each segment are drawn, the icons, and a sentence about them."""

    limits: list[Drawn]
    variation: Variation | None
    assurance: AssuranceIcon | None
    say: str | None


def shown(reading: XmrReading) -> Shown:
    """What is shown of a reading; the last segment decides about the icons."""
    limits = [drawn(segment) for segment in reading.segments]
    if limits[-1] == "none":
        return Shown(limits, None, None, NOT_ENOUGH)
    if limits[-1] == "trial":
        return Shown(limits, reading.variation, None, TRIAL)
    return Shown(limits, reading.variation, reading.assurance_icon, None)


def drawn(segment: Segment) -> Drawn:
    """How the limits of a segment are drawn: dashed for "trial". Unlike in R, missing values do not count."""
    if segment.lpl is None:
        return "none"
    return "full" if segment.values >= FULL else "trial"
