"""How a goal shows itself on its cards: its first outcome measure in a word and a line. Pure."""

from collections.abc import Mapping, Sequence

from app.boards.core.live_status import MOST_POINTS, TOP, LiveStatus
from app.outcomes.measures.measure import Measure, Series
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import quantity
from app.outcomes.readings.reading import Reading

NOTHING = "No numbers yet"
APART = "Read by organisation"


def first_outcome(measures: Sequence[Measure]) -> Measure | None:
    """The measure that speaks for a goal."""
    outcomes = [one for one in measures if one.definition.kind == "outcome" and not one.archived]
    return min(outcomes, key=lambda one: (one.position, one.id), default=None)


def face(
    goal: str, measure: Measure | None, lines: Sequence[Series], found: Mapping[str, Reading]
) -> LiveStatus:
    """What is known of the goal: of the whole, or of the only line there is."""
    known = [one for one in lines if one.id in found and not one.breakdown and found[one.id].latest]
    whole = [one for one in known if not one.organisation and not one.area]
    said = whole or known
    if measure is None or not said:
        return LiveStatus(goal, NOTHING)
    if len(said) > 1:
        return LiveStatus(goal, APART)
    return _of(goal, measure, found[said[0].id])


def heights(values: Sequence[float]) -> tuple[int, ...]:
    """The latest values between the lowest of them (0) and the highest; what is level lies in the middle."""
    shown = values[-MOST_POINTS:]
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    if high <= low:
        return tuple(TOP // 2 for _ in shown)
    return tuple(round(TOP * (value - low) / (high - low)) for value in shown)


def _of(goal: str, measure: Measure, found: Reading) -> LiveStatus:
    values = [float(dot.value) for dot in found.points if dot.value is not None]
    latest = quantity(measure.definition, found.latest.value if found.latest else None)
    word = verdict.variation(found, measure.definition).words
    return LiveStatus(goal, word, latest[:60], heights(values))
