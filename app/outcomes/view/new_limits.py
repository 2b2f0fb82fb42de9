"""Whether the chart suggests new limits, from which day and why. Drawing them is the act of a person. Pure.

Making Data Count asks for three things: a change that lasts, a known cause, and enough values after it. The
limits would begin with the first value of the shift.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from app.outcomes.measures.periods import long_date
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.readings.shift import lasting_shift
from app.outcomes.spc.xmr import FULL
from app.outcomes.view.content import MeasureEvent

BEFORE = 2  # values before the shift: a cause may come earlier than its effect


class NewLimits(Struct, frozen=True):
    """New limits that a person may draw: from which day, why, and the sentence that suggests them."""

    begins: date
    reason: str
    words: str


def suggestion(reading: Reading, events: Iterable[MeasureEvent]) -> NewLimits | None:
    """New limits where all conditions are met; None else."""
    run = lasting_shift(reading)
    if len(run) < FULL:
        return None
    cause = _cause(reading.points, run, events)
    if cause is None:
        return None
    mean = reading.segments[-1].mean or 0.0
    side = "above" if float(run[0].value or 0) > mean else "below"
    words = (
        f"New limits may be due from {run[0].label}: since then all {_those(reading, run)} lie {side} the "
        f"mean, and a cause is known: “{cause.words}” ({long_date(cause.when)}). Until they are drawn, the "
        "limits speak of the process as it was."
    )
    return NewLimits(run[0].start, cause.words, words)


def _those(reading: Reading, run: Sequence[Dot]) -> str:
    later = [dot for dot in reading.points if dot.start >= run[0].start]
    return f"{len(run)} values{' that count' if any(dot.excluded for dot in later) else ''}"


def _cause(points: Sequence[Dot], run: Sequence[Dot], events: Iterable[MeasureEvent]) -> MeasureEvent | None:
    """The event nearest to where a shift begins: from two values before it until its second value ends."""
    place = next(place for place, dot in enumerate(points) if dot.start == run[0].start)
    earliest, latest = points[max(0, place - BEFORE)].start, run[1].end
    near = [one for one in events if one.kind != "rebase" and earliest <= one.when <= latest]
    return min(near, key=lambda one: (abs((one.when - run[0].start).days), one.when), default=None)
