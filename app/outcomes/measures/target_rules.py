"""Whether a target fits its measure: its unit, and which way is better. Pure."""

from decimal import Decimal

from app.outcomes.measures.measure import Comparator, Definition
from app.outcomes.measures.number_format import exact_quantity, unit_words

NOT_BELOW_ZERO = ("proportion", "rate", "count", "time_between")


def in_unit(definition: Definition, typed: str, value: Decimal, sure: str) -> tuple[Decimal, str | None]:
    """The target in the unit of the measure, and what is wrong with it or has to be asked.

    `sure` is what a person typed and was asked about before: typed again, it is meant so.
    """
    percent, share = typed.strip().endswith("%"), definition.value_kind == "proportion"
    if percent and not share and definition.unit != "%":
        return value, f"This measure is not in %. Its unit is {unit_words(definition) or 'a plain number'}."
    if percent and share:
        value = value * definition.multiplier / 100
    if definition.value_kind in NOT_BELOW_ZERO and value < 0:
        return value, "No value of this measure is below 0."
    if share and value > definition.multiplier:
        most = exact_quantity(definition, Decimal(definition.multiplier))
        return value, f"A share lies between 0 and {most}."
    if (
        share
        and not percent
        and definition.multiplier > 1
        and 0 < value <= 1
        and typed.strip() != sure.strip()
    ):
        return value, _asked(definition, value)
    return value, None


def against_direction(definition: Definition, comparator: Comparator) -> str | None:
    """What is wrong with a target on the wrong side: “at least” where lower is better, or the reverse."""
    if definition.direction == "decrease" and comparator == ">=":
        return "Lower is better here, so a target is “at most”. To aim for more, change which way is better."
    if definition.direction == "increase" and comparator == "<=":
        return (
            "Higher is better here, so a target is “at least”. To aim for less, change which way is better."
        )
    return None


def _asked(definition: Definition, value: Decimal) -> str:
    small, large = (exact_quantity(definition, one) for one in (value, value * definition.multiplier))
    number = exact_quantity(definition, value * definition.multiplier).removesuffix("%")
    return f"Is that {small}, or {large}? For {large} write {number}. For {small} set the target once more."
