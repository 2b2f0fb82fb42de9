"""Numbers of a measure as text: rounded to its decimals, in its unit, with commas between thousands. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.outcomes.measures.measure import Definition

ATTACHED = ("%", "°")  # units that stand next to the number without a space
Value = Decimal | float


def quantity(definition: Definition, value: Value | None) -> str:
    """A value to the measure's decimals, with its unit: “88.1%”, “4.2 days”, “1,204”. Empty for None."""
    return "" if value is None else _with_unit(definition, _rounded(definition, value))


def exact_quantity(definition: Definition, value: Decimal) -> str:
    """A value with all the decimals it was entered with, and its unit: “95%”, “2.5 days”, “1,250”."""
    text = f"{value:,f}"
    return _with_unit(definition, text.rstrip("0").rstrip(".") if "." in text else text)


def number(definition: Definition, value: Value) -> str:
    """A value to the measure's decimals, without a unit other than the percent sign: “88.1%”, “4.2”.

    For the lines of a chart, where there is no room for “days”.
    """
    return _with_percent(definition, _rounded(definition, value))


def tick_labels(definition: Definition, ticks: Sequence[float]) -> list[str]:
    """The ticks of an axis with only as many decimals as they need, all alike: “2.5”, “3.0”."""
    places = max((_places(tick) for tick in ticks), default=0)
    return [_with_percent(definition, f"{tick:,.{places}f}") for tick in ticks]


def difference(definition: Definition, value: float) -> str:
    """How far apart two values are: “4.2 days”; “3.5 percentage points” between percentages."""
    text = quantity(definition, value)
    return f"{text.removesuffix('%')} percentage points" if definition.unit == "%" else text


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """What was counted out of what: “1,204 of 2,000”. Empty without a denominator."""
    return "" if denominator is None else f"{numerator:,f} of {denominator:,f}"


def _rounded(definition: Definition, value: Value) -> str:
    digits = Decimal(1).scaleb(-max(0, definition.decimals))
    rounded = Decimal(str(value)).quantize(digits, ROUND_HALF_UP)
    return f"{rounded or abs(rounded):,}"  # never “-0”


def _with_unit(definition: Definition, text: str) -> str:
    unit = definition.unit.strip()
    return f"{text}{unit}" if unit in ATTACHED or not unit else f"{text} {unit}"


def _with_percent(definition: Definition, text: str) -> str:
    return f"{text}%" if definition.unit == "%" else text


def _places(tick: float) -> int:
    exponent = Decimal(repr(round(tick, 6))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
