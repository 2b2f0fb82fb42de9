"""Numbers of a measure as text: rounded to its decimals, in its unit, with commas between thousands. Pure."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from app.outcomes.measures.measure import Definition

ATTACHED = ("%", "°")  # units that stand next to the number without a space
Value = Decimal | float
MOST_PLACES = 12
NOISE = Decimal("1E-9")  # values this near to each other, as a share of them, are the same


def quantity(definition: Definition, value: Value | None, places: int | None = None) -> str:
    """A value to the measure's decimals, with its unit: “88.1%”, “4.2 days”, “1,204”. Empty for None.

    `places` are other decimals, such as those of `places_apart`.
    """
    return "" if value is None else _with_unit(definition, _rounded(definition, value, places))


def places_apart(definition: Definition, values: Iterable[Value | None]) -> int:
    """The fewest decimals with which different values look different; at least those of the measure.

    So that nobody reads that a target of 95.0% lies above a limit of 95.0%, or 0.0 where all is 0.0003.
    """
    known = sorted({Decimal(str(value)) for value in values if value is not None})
    apart = [(a, b) for a, b in pairwise(known) if b - a > NOISE * max(abs(a), abs(b))]
    places = _visible(max(known, key=abs, default=Decimal(0)), definition.decimals)
    while places < MOST_PLACES and any(round_to(a, places) == round_to(b, places) for a, b in apart):
        places += 1
    return places


def _visible(value: Decimal, places: int) -> int:
    """The fewest decimals, at least `places`, with which a value that is not zero does not look like zero."""
    while places < MOST_PLACES and value and not round_to(value, places):
        places += 1
    return places


def round_to(value: Value, places: int) -> Decimal:
    """The value to so many decimals, halves away from zero."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-max(0, places)), ROUND_HALF_UP)


def exact_quantity(definition: Definition, value: Decimal) -> str:
    """A value with all the decimals it was entered with, and its unit: “95%”, “2.5 days”, “1,250”."""
    text = f"{value:,f}"
    return _with_unit(definition, text.rstrip("0").rstrip(".") if "." in text else text)


def number(definition: Definition, value: Value, places: int | None = None) -> str:
    """A value to the measure's decimals, without a unit other than the percent sign: “88.1%”, “4.2”.

    For the lines of a chart, where there is no room for “days”.
    """
    return _with_percent(definition, _rounded(definition, value, places))


def tick_labels(definition: Definition, ticks: Sequence[float]) -> list[str]:
    """The ticks of an axis with only as many decimals as they need, all alike: “2.5”, “3.0”."""
    places = max((_places(tick) for tick in ticks), default=0)
    return [_with_percent(definition, f"{tick:,.{places}f}") for tick in ticks]


def difference(definition: Definition, value: float, places: int | None = None) -> str:
    """How far apart two values are: “4.2 days”; “3.5 percentage points” between percentages."""
    text = quantity(definition, value, places)
    return f"{text.removesuffix('%')} percentage points" if definition.unit == "%" else text


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """What was counted out of what: “1,204 of 2,000”. Empty without a denominator."""
    return "" if denominator is None else f"{numerator:,f} of {denominator:,f}"


def _rounded(definition: Definition, value: Value, places: int | None) -> str:
    """A number that was given, not computed, gets more decimals where it would look like zero."""
    places = definition.decimals if places is None else places
    if isinstance(value, Decimal):
        places = _visible(value, places)
    rounded = round_to(value, places)
    return f"{rounded or abs(rounded):,f}"  # never “-0” and never “2E-7”


def unit_words(definition: Definition) -> str:
    """The unit as it follows a number. A rate says out of how many, unless its unit does so."""
    unit = definition.unit.strip()
    if definition.value_kind != "rate" or definition.multiplier == 1:
        return unit
    of = f"{definition.multiplier:,}"
    said = f"{definition.multiplier}" in unit.replace(",", "").replace(" ", "") or unit in ATTACHED
    return unit if said else f"{unit} per {of}".strip()


def _with_unit(definition: Definition, text: str) -> str:
    unit = unit_words(definition)
    return f"{text}{unit}" if unit in ATTACHED or not unit else f"{text} {unit}"


def _with_percent(definition: Definition, text: str) -> str:
    return f"{text}%" if definition.unit == "%" else text


def _places(tick: float) -> int:
    exponent = Decimal(repr(round(tick, 10))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
