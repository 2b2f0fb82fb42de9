"""How numbers of a measure are said: to its decimals, and where a chart puts its ticks. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10

from app.outcomes.measures.measure import Definition

Value = Decimal | float | int
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def bare(value: Value, definition: Definition) -> str:
    """The number alone, or with its percent sign: '88.1%', '1,204', '2.6'."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    rounded = exact.quantize(Decimal(1).scaleb(-definition.decimals), ROUND_HALF_UP)
    words = f"{abs(rounded) if rounded == 0 else rounded:,}"
    return f"{words}%" if definition.unit == "%" else words


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


def tick_words(values: list[float], definition: Definition) -> list[str]:
    """The ticks with only as many decimals as they need, all alike."""
    places = max((_places(value) for value in values), default=0)
    sign = "%" if definition.unit == "%" else ""
    return [f"{value:,.{places}f}{sign}" for value in values]


def _places(value: float) -> int:
    exponent = Decimal(repr(round(value, 6))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
