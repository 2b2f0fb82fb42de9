"""Where the values of a measure cannot go: below 0, above 100 %. Pure.

Limits stay as computed. Sentences and charts stop where the measure does.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.target_rules import NOT_BELOW_ZERO
from app.outcomes.readings.reading import Dot


class NaturalRange(NamedTuple):
    """The lowest and the highest value that a measure can have; None without an end.

    `whole`: it has whole numbers only.
    """

    low: float | None = None
    high: float | None = None
    whole: bool = False

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def nearest(self, value: float) -> float:
        """The value, or the end that it lies beyond."""
        if self.low is not None and value < self.low:
            return self.low
        return self.high if self.high is not None and value > self.high else value


def natural_range(definition: Definition, dots: Sequence[Dot]) -> NaturalRange:
    """The range of a measure. A value beyond an end shows that the measure has no such end.

    A count is whole, as long as none of its values has decimals.
    A mean stops at 0 where all its values are a numerator over a denominator, which are never below 0.
    """
    known = [dot for dot in dots if dot.value is not None]
    kind = definition.value_kind
    mean_of_counts = kind == "mean" and bool(known) and all(dot.denominator is not None for dot in known)
    low = 0.0 if kind in NOT_BELOW_ZERO or mean_of_counts else None
    high = float(definition.multiplier) if kind == "proportion" else None
    values = [float(dot.value or 0) for dot in known]
    if low is not None and min(values, default=0.0) < low:
        low = None
    if high is not None and max(values, default=0.0) > high:
        high = None
    return NaturalRange(low, high, kind == "count" and all(value.is_integer() for value in values))
