"""Points out values that can be read but look wrong, before anything is imported. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from msgspec import Struct

from app.outcomes.imports.plan import ParsedRow, SeriesKey
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import exact_quantity

ABOUT = (Decimal(250), Decimal(4000))  # times the other values, that look like a thousand times
HUNDRED = (Decimal(25), Decimal(400))  # times a share, that look like 0.88 among 88 and 91
OVER_TIME = re.compile(r"(?i)\b(ytd|year[- ]to[- ]date|cum(ulative)?|rolling|running total)\b|kumul|cumul")
THOUSANDS = re.compile(
    r"(?i)(?<!per )\b(thousands?|millions?|tsd|mio)\b|(?<![\d,.])000(s|'s|’s)?\b|[£$€][mk]\b"
)
FEWEST = 4  # values of a series, of which one can stand out
NEAR = 4  # values before and after that are its neighbours


class FlaggedRow(Struct, frozen=True):
    """One value to look at again, with the number of its row and the reason."""

    number: int
    why: str


def flagged(
    by_series: Mapping[SeriesKey, Sequence[ParsedRow]], definitions: Mapping[str, Definition]
) -> Iterator[FlaggedRow]:
    """The values that look wrong: a thousand times their neighbours, half a case, more than all."""
    for key, rows in by_series.items():
        definition = definitions[key.measure]
        ordered = sorted(rows, key=lambda row: row.period.start)
        values = [row.numbers.value for row in ordered]
        for place, row in enumerate(ordered):
            if why := _why(definition, values, place):
                yield FlaggedRow(row.number, f"{row.period.label}: {why}")


def of_headings(look: FileLook, mapping: ColumnMapping) -> Iterator[FlaggedRow]:
    """The headings of the chosen columns that say that a number is not what it looks like."""
    for one in look.columns:
        if one.index not in (*mapping.firsts, *mapping.seconds):
            continue
        why = ""
        if OVER_TIME.search(one.heading):
            why = ": a number of several periods would count for one."
        elif THOUSANDS.search(one.heading):
            why = ", but its numbers are read as they stand."
        if why:
            said = f"Column {one.letter} is headed “{one.heading[:60]}”{why}"
            yield FlaggedRow(look.place.last_heading, said)


def _why(definition: Definition, values: Sequence[Decimal | None], place: int) -> str:
    value = values[place]
    if value is None:
        return ""
    if definition.value_kind == "count" and value % 1:
        return f"{exact_quantity(definition, value)} is a count with decimals."
    if definition.value_kind == "proportion" and value > definition.multiplier:
        return f"{exact_quantity(definition, value)} is more than all."
    near = [
        abs(one)
        for one in (*values[max(0, place - NEAR) : place], *values[place + 1 : place + 1 + NEAR])
        if one
    ]
    if len(near) + 1 < FEWEST or not value:
        return ""
    if 10 * abs(value) > max(near) and abs(value) < 10 * min(near):
        return ""  # nothing to compute for nearly all values
    usual, said = median(near), exact_quantity(definition, value)
    times = abs(value) / usual
    if ABOUT[0] <= times <= ABOUT[1]:
        return f"{said} is about a thousand times the values around it."
    if ABOUT[0] <= 1 / times <= ABOUT[1]:
        return f"{said} is about a thousandth of the values around it."
    if definition.value_kind == "proportion" and HUNDRED[0] <= 1 / times <= HUNDRED[1]:
        return f"{said} is about a hundredth of the values around it."
    return ""
