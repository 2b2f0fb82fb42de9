"""The part of the mapping form that asks how the periods and numbers of a file are written. Pure.

What the cells decide is shown and can be changed; what they leave open has to be answered.
"""

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec.structs import replace

from app.outcomes.imports.columns.edges import Edges
from app.outcomes.imports.columns.period_column import PeriodLook
from app.outcomes.imports.other_layouts import joined_period
from app.outcomes.imports.rows import ColumnMapping, FileLook, cell_at
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
        errors["date_order"] = _open_order(found)
    if not errors:  # what a date is a part of is asked once it is known which date it is
        style, errors = _read_parts(form, look, replace(mapping, style=style), found, frequencies)
    decimal = form.get("decimal", "")
    if decimal not in (".", ","):
        whole = _whole_numbers(look, mapping, measures)
        decimal = look.decimal.of_whole_numbers if whole else look.decimal.sign
        if not decimal:
            errors["decimal"] = (
                f"“{look.decimal.example}” can be read in two ways, and the other numbers do not decide it."
            )
    return replace(mapping, style=style, decimal=decimal or "."), errors


def _open_order(found: PeriodLook) -> str:
    """The question what dates begin with."""
    other = "year" if found.years_first else "month"
    orders: tuple[Order, ...] = ("dmy", "ymd" if found.years_first else "mdy")
    if all(span_of(found.slashed, PeriodStyle(order, prefix=found.prefix)) for order in orders):
        why = f"can begin with the day or with the {other}, and no other date of the column decides it"
    else:
        why = f"and other dates deny each other: some begin with the day and some with the {other}"
    return f"“{found.slashed}” {why}. Choose one."


def _read_parts(
    form: Mapping[str, str],
    look: FileLook,
    mapping: ColumnMapping,
    found: PeriodLook,
    frequencies: set[Frequency],
) -> tuple[PeriodStyle, Errors]:
    """What a day is of its week, or a day or month of a longer period, and whether that is open."""
    weekly = "week" in frequencies
    field = "dates_are" if weekly else "parts_are"
    if (role := form.get(field, "")) in get_args(Role):
        return mapping.style._replace(role=role), {}  # type: ignore[arg-type]
    if look.layout == "long" or mapping.one_period:
        return mapping.style, {}
    if weekly:
        if found.weekday in (None, 0) or found.role != "in":
            return mapping.style, {}
        days = WEEKDAYS[found.weekday or 0]
        return mapping.style, {field: f"The dates are all {days}. Say which day of the week they are."}
    if mapping.add_up or mapping.end_at is not None:
        return mapping.style._replace(role="in"), {}
    asked = next((one for one in sorted(frequencies) if _is_only_a_part(found, mapping.style, one)), None)
    if asked is None:
        return mapping.style._replace(role="in"), {}
    what = "Months" if found.has_months or found.of_months or not found.longest else "Days"
    whole = {"month": "month", "quarter": "quarter"}.get(asked, "year")
    why = f"{what} are written here, such as {found.part}, and the measure is counted by the {whole}."
    summed = "" if look.layout == "wide" else ", or add up the rows of one period"
    return mapping.style, {field: f"{why} Say what each of them stands for{summed}."}


def _is_only_a_part(found: PeriodLook, style: PeriodStyle, frequency: Frequency) -> bool:
    """Whether the days or months of a column may be something smaller than the periods of a measure.

    The first or last days of a month, quarter or year stand for it. A month stands for its quarter only where
    the heading says so: else its number may be of that month alone. Where it says that they are ends, first
    days may be those after the end, but below "Month ending" they are how a spreadsheet keeps April 2023.
    """
    edges = found.edges.get(style.order)
    if edges is None or frequency not in periods.MONTHLY:
        return False
    if frequency == "month" and found.of_months:
        return False
    if not edges.of(frequency, found.role):
        return True
    months = found.has_months or found.of_months
    return frequency != "month" and months and found.role == "in" and frequency not in found.named


def reading_values(mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]) -> dict[str, str]:
    """The values of these fields: what was chosen, or what the cells decide for this measure."""
    found, frequencies = period_look(look, mapping), _frequencies(look, mapping, measures)
    decided = bool(found.order) or (bool(frequencies) and not asks_order(found, frequencies))
    chosen = mapping.style.order != (found.order or found.regular or "dmy")
    return {
        "date_order": mapping.style.order if decided or chosen else "",
        "dates_are": mapping.style.role if mapping.style.role != "in" else "",
        "parts_are": mapping.style.role if mapping.style.role not in ("in", found.role) else "",
        "decimal": mapping.decimal if look.decimal.sign else "",
    }


def asks_order(found: PeriodLook, frequencies: set[Frequency]) -> bool:
    """Whether nothing decides if the day or the month comes first.

    That all dates are the first day of a month decides it for months, but not where days are counted.
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
        found = look.columns[mapping.period_at].periods
        return found if mapping.month_at is None else _of_two_columns(found, look, mapping)
    return look.across


def _of_two_columns(found: PeriodLook, look: FileLook, mapping: ColumnMapping) -> PeriodLook:
    """The periods of a column of years with a column of months beside it."""
    places = (mapping.period_at, mapping.month_at)
    cells = [[cell_at(list(row), place) for place in places] for row in (*look.sample[:1], look.heading)]
    both = joined_period(*cells[0], *cells[-1])
    span, named = span_of(both), look.columns[mapping.month_at or 0].periods.named
    if span is None or span.unit != "month":
        return found
    edges = dict.fromkeys(get_args(Order), Edges())
    return replace(found, has_months=True, edges=edges, named=named, part=both)


def date_orders(look: FileLook) -> list[tuple[str, str]]:
    """The choices of the order, each with an example of this file; none where no date has an order."""
    candidates = (look.across, *(one.periods for one in look.columns))
    example, prefix = next(((one.slashed, one.prefix) for one in candidates if one.slashed), ("", ""))
    if not example:
        return []
    choices = []
    orders = [("dmy", "Day first"), ("mdy", "Month first")]
    if any(one.years_first for one in candidates):
        orders[1] = ("ymd", "Year first")
    for order, name in orders:
        span = span_of(example, PeriodStyle(order, prefix=prefix))  # type: ignore[arg-type]
        said = f": {example} is {periods.long_date(span.start)}" if span else ""
        choices.append((order, name + said))
    return choices


def order_hint(look: FileLook) -> str:
    """What happens where nobody chooses an order. Empty where nothing decides it."""
    regular = next((one.periods.regular for one in look.columns if one.periods.regular), look.across.regular)
    if not regular:
        return ""
    first = "day" if regular == "dmy" else "month"
    return f"Without a choice the {first} comes first, because every date is then the first day of its month."


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


def has_parts(look: FileLook, measures: Sequence[Measure]) -> bool:
    """Whether there are days or months that can be a part of what a measure is counted by."""
    looks = (look.across, *(one.periods for one in look.columns))
    edges = [edges for one in looks for edges in one.edges.values()]
    counted = {one.definition.frequency for one in measures} & set(periods.MONTHLY)
    months = any(one.has_months for one in looks)
    return any(months and kind != "month" for kind in counted) or any(
        not one.of(kind) for one in edges for kind in counted
    )


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
