"""What a card shows of its goal: the first outcome measure as a word, a value and a small line. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from app.boards.core.live_status import MOST_POINTS, TOP, LiveStatus, Sign
from app.outcomes.measures.measure import Measure, Series
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import in_words
from app.outcomes.readings.reading import Reading

NOTHING = "No numbers yet"
APART = "Read by organisation"
SIGNS: dict[str, Sign] = {
    "common_cause": "expected",
    "improvement_high": "better",
    "improvement_low": "better",
    "concern_high": "worse",
    "concern_low": "worse",
    "neutral_high": "higher",
    "neutral_low": "lower",
}


def first_outcome(measures: Sequence[Measure]) -> Measure | None:
    """The outcome measure in use that comes first in the goal, or None."""
    outcomes = [one for one in measures if one.definition.kind == "outcome" and not one.archived]
    return min(outcomes, key=lambda one: (one.position, one.id), default=None)


def status(
    goal: str, measure: Measure | None, series: Sequence[Series], readings: Mapping[str, Reading]
) -> LiveStatus:
    """What a card of the goal shows: the reading of the whole, or of the only series there is.

    `readings` are by series.
    """
    known = [one for one in series if one.id in readings and not one.breakdown and readings[one.id].latest]
    whole = [one for one in known if not one.organisation and not one.area]
    shown = whole or known
    if measure is None or not shown:
        return LiveStatus(goal, NOTHING)
    if len(shown) > 1:
        return LiveStatus(goal, APART)
    return _of(goal, measure, readings[shown[0].id])


def heights(values: Sequence[float]) -> tuple[int, ...]:
    """The latest values as heights from 0 (the lowest) to TOP (the highest), equal ones in the middle."""
    shown = values[-MOST_POINTS:]
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    if high <= low:
        return tuple(TOP // 2 for _ in shown)
    return tuple(round(TOP * (value - low) / (high - low)) for value in shown)


def _of(goal: str, measure: Measure, reading: Reading) -> LiveStatus:
    values = [float(dot.value) for dot in reading.points if dot.value is not None]
    latest = in_words(measure.definition, reading)(reading.latest.value if reading.latest else None)
    said = verdict.variation(reading, measure.definition)
    return LiveStatus(goal, said.words, latest[:60], heights(values), SIGNS.get(said.icon, UNSET))
