"""A shift that lasts: the latest values all on one side of the mean, so that the limits are no longer theirs.

Limits of values from before a shift say what the process was, not what it is. Pure.
"""

from collections.abc import Sequence
from itertools import takewhile

from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.spc.special_cause import SHIFT


def segment_of_latest(reading: Reading) -> list[Dot]:
    """The points of the last segment up to the latest value that counts, those without a value included."""
    if reading.latest is None:
        return []
    segment = [dot for dot in reading.points if dot.segment == reading.points[-1].segment]
    counting = [place for place, dot in enumerate(segment) if dot.counts]
    return segment[: counting[-1] + 1] if counting else []


def trailing_side(dots: Sequence[Dot], centre: float, *, above: bool) -> list[Dot]:
    """The last points that all lie strictly on one side of a line. A missing value ends the run."""

    def beside(dot: Dot) -> bool:
        if dot.value is None or not dot.counts:
            return False
        return float(dot.value) > centre if above else float(dot.value) < centre

    return list(takewhile(beside, reversed(dots)))[::-1]


def lasting_shift(reading: Reading) -> list[Dot]:
    """The points of a shift of seven or more that lasts to the latest value; empty without one.

    Empty too where it is all there is since the last new limits: then they are its own.
    """
    dots = segment_of_latest(reading)
    last = reading.segments[-1] if reading.segments else None
    if not dots or dots[-1].value is None or last is None or last.mean is None or last.drawn == "none":
        return []
    run = trailing_side(dots, last.mean, above=float(dots[-1].value) > last.mean)
    return run if SHIFT <= len(run) < len(dots) else []
