"""The part of the mapping form that asks how the periods and numbers of a file are written. Pure.

What the cells decide is shown and can be changed; what they leave open has to be answered.
"""

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec.structs import replace

from app.outcomes.imports.columns.period_column import PeriodLook
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures import number_text, periods
from app.outcomes.measures.measure import Frequency, Measure
from app.outcomes.measures.period_forms import Order, PeriodStyle, Role
from app.outcomes.measures.period_text import span_of
from app.outcomes.spc.series import Unreadable
from app.spaces.rules import Errors

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
BY_THE_DAY: tuple[Frequency, ...] = ("day", "week", "irregular")


def read_reading(
    form: Mapping[str, str], look: FileLook, mapping: ColumnMapping, measures: Sequence[Measure]
) -> tuple[ColumnMapping, Errors]:
    """The mapping with how periods and numbers are read, and what is still open."""
    errors: Errors = {}
    found = period_look(look, mapping)
    style, frequencies = mapping.style, _frequencies(look, mapping, measures)
    order = form.get("date_order", "")
    if order in get_args(Order):
        style = style._replace(order=order)  # type: ignore[arg-type]
    elif asks_order(found, frequencies) and mapping.one_period == "":
        errors["date_order"] = (
            f"“{found.slashed}” can begin with the day or with the month, and no other date of the column "
            "decides it. Choose one."
        )
    role = form.get("dates_are", "")
    if role in get_args(Role):
        style = style._replace(role=role)  # type: ignore[arg-type]
    elif (
        "week" in frequencies
        and found.role == "in"
        and found.weekday not in (None, 0)
        and look.layout != "long"
    ):
        errors["dates_are"] = (
            f"The dates are all {WEEKDAYS[found.weekday or 0]}. Say which day of the week they are."
        )
    decimal = form.get("decimal", "")
    if decimal not in (".", ","):
        whole = _whole_numbers(look, mapping, measures)
        decimal = look.decimal.of_whole_numbers if whole else look.decimal.sign
        if not decimal:
            errors["decimal"] = (
                f"“{look.decimal.example}” can be read in two ways, and the other numbers do not decide it."
            )
    return replace(mapping, style=style, decimal=decimal or "."), errors


def reading_values(mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]) -> dict[str, str]:
    """The values of these fields: what was chosen, or what the cells decide for this measure."""
    found, frequencies = period_look(look, mapping), _frequencies(look, mapping, measures)
    decided = bool(found.order) or (bool(frequencies) and not asks_order(found, frequencies))
    chosen = mapping.style.order != (found.order or found.regular or "dmy")
    return {
        "date_order": mapping.style.order if decided or chosen else "",
        "dates_are": mapping.style.role if mapping.style.role != "in" else "",
        "decimal": mapping.decimal if look.decimal.sign else "",
    }


def asks_order(found: PeriodLook, frequencies: set[Frequency]) -> bool:
    """Whether nothing decides if the day or the month comes first.

    That all dates are the same day of a month decides it for months, but not where days are counted.
    """
    if not found.slashed or found.order:
        return False
    return found.regular is None or bool(frequencies & set(BY_THE_DAY))


def open_questions(look: FileLook, mapping: ColumnMapping, measures: Sequence[Measure]) -> bool:
    """Whether a file in our own layout, which needs no mapping, has something to ask all the same."""
    return bool(read_reading({}, look, mapping, measures)[1])


def period_look(look: FileLook, mapping: ColumnMapping) -> PeriodLook:
    """What is known of the periods: of their column, or of the headings where they are side by side."""
    if look.layout == "long":
        return next(
            (one.periods for one in look.columns if one.heading.casefold() == "period_start"), PeriodLook()
        )
    if mapping.period_at is not None and mapping.period_at < len(look.columns):
        return look.columns[mapping.period_at].periods
    return look.across


def date_orders(look: FileLook) -> list[tuple[str, str]]:
    """The choices of the order, each with an example of this file; none where no date has an order."""
    candidates = (look.across, *(one.periods for one in look.columns))
    example = next((one.slashed for one in candidates if one.slashed), "")
    if not example:
        return []
    choices = []
    for order, name in (("dmy", "Day first"), ("mdy", "Month first")):
        span = span_of(example, PeriodStyle(order))  # type: ignore[arg-type]
        said = f": {example} is {periods.long_date(span.start)}" if span else ""
        choices.append((order, name + said))
    return choices


def order_hint(look: FileLook) -> str:
    """What happens where nobody chooses an order. Empty where nothing decides it."""
    regular = next((one.periods.regular for one in look.columns if one.periods.regular), look.across.regular)
    if not regular:
        return ""
    first = "day" if regular == "dmy" else "month"
    return f"Without a choice the {first} comes first, because every date is then the same day of its month."


def decimals(look: FileLook) -> list[tuple[str, str]]:
    """The choices of the decimal sign, each with an example of this file; none where it does not matter."""
    example = look.decimal.example
    if not example:
        return []
    choices = []
    for sign, name in ((".", "A point"), (",", "A comma")):
        try:
            given = number_text.read(example, sign).number
        except Unreadable:
            choices.append((sign, name))
        else:
            said = given if isinstance(given, str) else f"{given:,f}"
            choices.append((sign, f"{name}: {example} is read as {said}"))
    return choices


def has_dates(look: FileLook, measures: Sequence[Measure]) -> bool:
    """Whether there are single days that can begin or end the week of a measure."""
    if all(one.definition.frequency != "week" for one in measures):
        return False
    return any(one.periods.longest for one in look.columns) or bool(look.across.longest)


def _whole_numbers(look: FileLook, mapping: ColumnMapping, measures: Sequence[Measure]) -> bool:
    """Whether all numbers of the file are counts: 1.234 of them is 1,234."""
    kinds = {one.definition.value_kind for one in _measures_of(look, mapping, measures)}
    counted = {"count", "proportion", "rate"} if mapping.take.startswith("ratio") else {"count"}
    return bool(kinds) and kinds <= counted


def _frequencies(look: FileLook, mapping: ColumnMapping, measures: Sequence[Measure]) -> set[Frequency]:
    """How the measures of the file are counted."""
    return {one.definition.frequency for one in _measures_of(look, mapping, measures)}


def _measures_of(look: FileLook, mapping: ColumnMapping, measures: Sequence[Measure]) -> list[Measure]:
    """The measures that the file has numbers of."""
    codes = {mapping.measure.casefold()}
    if look.layout == "long":
        codes = {
            word.casefold()
            for one in look.columns
            if one.heading.casefold() == "measure_code"
            for word, _ in one.words
        }
    return [one for one in measures if one.code.casefold() in codes]
