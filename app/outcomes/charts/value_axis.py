"""Where a chart puts the ticks of its values. Pure."""

from math import floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers within low and high, evenly spaced, at most so many."""
    width = high - low
    if width <= 0:
        return [low]
    size = 10.0 ** floor(log10(width / most))
    tries = (_within(low, high, size * step) for step in (*STEPS, 20.0, 50.0))
    return next(found for found in tries if len(found) <= most)


def _within(low: float, high: float, step: float) -> list[float]:
    first = floor(low / step)
    found = (round((first + i) * step, 10) for i in range(int((high - low) / step) + 3))
    return [tick for tick in found if low <= tick <= high]
