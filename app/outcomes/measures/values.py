"""Numbers that a person or a file gives for one period, and the value computed from them. Pure."""

from decimal import Decimal
from typing import NamedTuple

from app.outcomes.measures import number_text
from app.outcomes.measures.measure import Definition, Status
from app.outcomes.measures.number_text import stored
from app.outcomes.spc.series import Unreadable

DIVIDED = ("proportion", "rate", "mean")  # kinds that are a numerator over a denominator


class PeriodValue(NamedTuple):
    """What is stored of one period. `value` is in the unit of the measure."""

    status: Status
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    typed: Decimal | None = None  # only where it differs from the computed value
    note: str = ""


def is_divided(definition: Definition) -> bool:
    """Whether it is entered as a numerator and a denominator, and not only as one number."""
    return definition.value_kind in DIVIDED


def number(text: str, *, percent_of: int = 100) -> Decimal | Status:
    """A number as people type it (1,234.5 or 88%), or the status that a mark stands for.

    `percent_of` is what 100 % is in the unit of the measure. Raises Unreadable with a sentence, also for a
    formula.
    """
    return number_text.read(text, ".", percent_of).number


def period_value(
    definition: Definition,
    numerator: Decimal | Status,
    denominator: Decimal | Status,
    value: Decimal | Status,
    note: str = "",
) -> PeriodValue:
    """What is stored of one period: the value computed from numerator and denominator where both are known.

    Raises Unreadable with a sentence where the numbers contradict each other or the kind of measure.
    """
    n = numerator if isinstance(numerator, Decimal) else None
    d = denominator if isinstance(denominator, Decimal) else None
    v = value if isinstance(value, Decimal) else None
    _check(definition, n, d, v)
    lacking = v is None and (n is None or not is_divided(definition))
    if lacking and "suppressed" in (numerator, denominator, value):
        return PeriodValue("suppressed", note=note)
    computed = _computed(definition, n, d)
    if computed is None and v is None:
        return _nothing(definition, n, d, note)
    if computed is None:
        return PeriodValue("final", v, n, d, note=note)
    differs = v is not None and abs(v - computed) > _rounding(v)
    return PeriodValue("final", computed, n, d, v if differs else None, note)


def suppressed(definition: Definition, counts: tuple[Decimal | None, ...]) -> bool:
    """Whether one of these counts is too small to be shown: at least 1 and below `suppress_below`.

    Zeros are shown: nobody can be recognised by them, and measures of rare harm need them.
    """
    if not definition.suppress_below:
        return False
    return any(count is not None and 0 < count < definition.suppress_below for count in counts)


def _check(definition: Definition, n: Decimal | None, d: Decimal | None, v: Decimal | None) -> None:
    if (n is not None and n < 0) or (d is not None and d < 0):
        raise Unreadable("A numerator or denominator cannot be below zero.")
    if d == 0 and n:
        raise Unreadable("The denominator is zero, but the numerator is not.")
    if definition.value_kind != "proportion":
        return
    if n is not None and d is not None and n > d:
        raise Unreadable("The numerator is larger than the denominator.")
    if v is not None and not 0 <= v <= definition.multiplier:
        most = "100%" if definition.multiplier == 100 else f"{definition.multiplier:,}"
        raise Unreadable(f"A share lies between 0 and {most}.")


def _computed(definition: Definition, n: Decimal | None, d: Decimal | None) -> Decimal | None:
    if is_divided(definition):
        if n is None or not d:
            return None
        return stored(n * definition.multiplier / d, "The value")
    return n if definition.value_kind == "count" else None


def _nothing(definition: Definition, n: Decimal | None, d: Decimal | None, note: str) -> PeriodValue:
    """Without a value: zero out of zero means nobody was counted, one number of a pair is a mistake."""
    if d == 0:
        return PeriodValue("missing", None, n, d, note=note or "Nobody was counted in this period.")
    if n is not None and is_divided(definition):
        raise Unreadable("There is a numerator, but no denominator.")
    if d is not None:
        raise Unreadable("There is a denominator, but no numerator.")
    return PeriodValue("missing", note=note)


def _rounding(value: Decimal) -> Decimal:
    """How far a typed value may be from the computed one: half of its last digit."""
    exponent = value.as_tuple().exponent
    return Decimal((0, (5,), min(exponent, 0) - 1)) if isinstance(exponent, int) else Decimal(0)
