"""From where to where a chart shows values, and where it puts their ticks. Pure."""

from collections.abc import Collection
from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def padded_range(values: Collection[float], padding: float, *, whole: bool = False) -> tuple[float, float]:
    """The lowest and the highest value, moved apart by a share of their distance; 0 to 1 without values.

    What is never below zero begins at zero. `whole`: at least two whole numbers lie within.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    space = (high - low) * padding or abs(high) * 0.1 or 1.0
    low, high = (0.0 if low >= 0 > low - space else low - space), high + space
    return (float(floor(low)), float(ceil(high))) if whole and ceil(low) >= floor(high) else (low, high)


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Round numbers within low and high, evenly spaced, at most so many; `whole`: without decimals."""
    width = high - low
    if width <= 0:
        return [low]
    size = 10.0 ** floor(log10(width / most))
    steps = [size * step for step in (*STEPS, 20.0, 50.0)]
    tries = (_within(low, high, step) for step in steps if not whole or (step >= 1 and step.is_integer()))
    return next(choice for choice in tries if len(choice) <= most)


def _within(low: float, high: float, step: float) -> list[float]:
    first = floor(low / step)
    multiples = (round((first + i) * step, 10) for i in range(int((high - low) / step) + 3))
    return [tick for tick in multiples if low <= tick <= high]
