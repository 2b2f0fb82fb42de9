"""Absent periods: those of which a series has no row at all, between two of which it has. Pure.

The rules of the charts know neighbours only and take no notice of them. So runs are then counted in values
and not in months, and the chart marks the gap.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Frequency
from app.outcomes.measures.periods import Period
from app.outcomes.readings.reading import Dot

UNITS: dict[Frequency, str] = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "calendar_year": "years",
    "financial_year": "years",
    "irregular": "values",
}
MOST_COUNTED = 10_000  # absent periods in one gap


def period_of(dot: Dot) -> Period:
    """The period that a value is of."""
    return Period(dot.start, dot.end, dot.label)


def gap_between(definition: Definition, before: Dot, after: Dot) -> bool:
    """Whether periods are absent between two neighbours. Irregular values have no periods between them."""
    return definition.frequency != "irregular" and after.start > before.end + timedelta(days=1)


def unit_of(definition: Definition, dots: Sequence[Dot]) -> str:
    """What neighbours are counted in: “months”, or “values” where months are absent or have no value."""
    whole = all(dot.counts for dot in dots)
    if not whole or any(gap_between(definition, *pair) for pair in pairwise(dots)):
        return "values"
    return UNITS[definition.frequency]


def absent_note(definition: Definition, dots: Sequence[Dot]) -> str:
    """A sentence on the periods that are absent; empty where none are."""
    absent = [period for pair in pairwise(dots) for period in _absent(definition, *pair)]
    if not absent:
        return ""
    unit = UNITS[definition.frequency]
    if len(absent) == 1:
        return f"{absent[0].label} is not here. Runs and trends count values, not {unit}."
    names = f"the first {absent[0].label} and the last {absent[-1].label}"
    return f"{len(absent)} {unit} are not here, {names}. Runs and trends count values, not {unit}."


def _absent(definition: Definition, before: Dot, after: Dot) -> Iterator[Period]:
    if not gap_between(definition, before, after):
        return
    period = periods.after(period_of(before), definition.frequency)
    for _ in range(MOST_COUNTED):
        if period.start >= after.start:
            return
        yield period
        period = periods.after(period, definition.frequency)
