"""Points out values that what stands beside them denies: their counts, headings, the name of a sum. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log
from typing import NamedTuple

from app.outcomes.imports.flags.row_flags import FlaggedRow, flagged, of_lines
from app.outcomes.imports.flags.spelled_alike import spelled_alike
from app.outcomes.imports.plan import ParsedRow, SeriesKey
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition, ValueKind
from app.outcomes.measures.number_format import exact_quantity, quantity
from app.outcomes.measures.other_units import may_be_other
from app.outcomes.measures.values import is_divided

FEWEST_PLACES = 3  # of which one can be the sum of the others
LONG = 30  # years
FIRST = 1910  # until which a number of some thousands is a date
FAR = 8  # times as much: a rate that is standardised by age is nearer to its crude one
SCALES = (1, 100, 1_000, 10_000, 100_000, 1_000_000)
WAYS: dict[ValueKind, str] = {
    "proportion": "shares of {0}",
    "rate": "per {0}",
    "count": "counts",
    "mean": "means",
    "time_between": "times",
    "score": "scores",
}
SUM = re.compile(r"(?i)((sub|grand)?[ -]?totals?|summe|(ins)?gesamt|totaal)( ?:| ?\(.*\)| (all|of|for)\b.*)?")
MADE_OF = {"sum": SUM, "average": re.compile(r"(?i)(averages?|mean|median)( ?:| ?\(.*\)| (of|for)\b.*)?")}
# per 1,000 bed days, per 100 000, per 100.000
PER = re.compile(r"(?i)\bper (\d{1,3}(?:[,. ’']?000)+|100)\b(?![.,]\d)")


class Claim(NamedTuple):
    """A row with the value that the file gives, and the one that its numerator and denominator make."""

    row: ParsedRow
    given: Decimal
    computed: Decimal


def of_values(
    by_series: Mapping[SeriesKey, Sequence[ParsedRow]],
    definitions: Mapping[str, Definition],
    today: date | None,
) -> Iterator[FlaggedRow]:
    """All that the values of a file warn of: what most rows share first, then row by row."""
    yield from denied(by_series, definitions)
    yield from turned_years(by_series)
    yield from long_before(by_series)
    yield from spelled_alike(by_series)
    yield from of_lines(by_series, definitions, today)
    yield from flagged(by_series, definitions)


def denied(
    by_series: Mapping[SeriesKey, Sequence[ParsedRow]], definitions: Mapping[str, Definition]
) -> Iterator[FlaggedRow]:
    """Once a measure: its values are of another scale than it has, or some differ from what is computed.

    And the first row of each place that is called like a sum.
    """
    yield from _sums_as_places(by_series)
    yield from sums_by_their_numbers(by_series)
    claims: dict[str, list[Claim]] = {}
    for key, rows in by_series.items():
        if is_divided(definitions[key.measure]):
            claims.setdefault(key.measure, []).extend(_claims(rows, definitions[key.measure]))
    for measure, made in claims.items():
        definition = definitions[measure]
        far = [one for one in made if not 1 / FAR < abs(one.given / one.computed) < FAR]
        differing = [one for one in made if one.row.numbers.typed is not None]
        if 2 * len(far) > len(made):
            yield FlaggedRow(far[0].row.number, _said(far[0], definition) + _scale(far[0], definition))
        elif differing:
            rest = f" So it is in {len(differing)} rows." if len(differing) > 1 else ""
            why = f"{_said(differing[0], definition)} What is computed counts.{rest}"
            yield FlaggedRow(differing[0].row.number, why)


def _sums_as_places(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The first row of each place that is called like a sum or an average of the others, such as Subtotal."""
    for key, rows in by_series.items():
        what = next((what for what, name in MADE_OF.items() if name.fullmatch(key.area)), "")
        if what:
            first = min(one.number for one in rows)
            why = f"looks like the {what} of other rows, but it is read as a place of its own."
            yield FlaggedRow(first, f"“{key.area[:60]}” {why}")


def sums_by_their_numbers(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The first row of a place that has in every period as much as all others together, whatever its name."""
    groups: dict[tuple[str, object], dict[SeriesKey, dict[date, Decimal]]] = {}
    for key, rows in by_series.items():
        counted = {row.period.start: _counted(row) for row in rows}
        groups.setdefault((key.measure, key.breakdown), {})[key] = counted
    for lines in groups.values():
        sums: dict[date, Decimal] = {}
        for counted in lines.values():
            for day, one in counted.items():
                sums[day] = sums.get(day, Decimal(0)) + one
        for key, counted in lines.items() if len(lines) >= FEWEST_PLACES else ():
            named = any(name.fullmatch(key.area) for name in MADE_OF.values())
            doubled = all(one and 2 * one == sums[day] for day, one in counted.items())
            if key.area and not named and len(counted) > 1 and doubled:
                why = "has in every period as much as all the others together. Is it their sum?"
                yield FlaggedRow(min(row.number for row in by_series[key]), f"“{key.area[:60]}” {why}")


def _counted(row: ParsedRow) -> Decimal:
    """What can be added up of a row: its numerator, or its number."""
    numbers = row.numbers
    return (numbers.value if numbers.numerator is None else numbers.numerator) or Decimal(0)


def turned_years(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The first January that is read as eleven months before the December above it.

    Where the year of a row is a financial one, January 2023 below December 2023 is January 2024.
    """
    for rows in by_series.values():
        for two_above, above, row in zip(rows, rows[1:], rows[2:], strict=False):
            year = above.period.start.year
            turned = (date(year, 11, 1), date(year, 12, 1), date(year, 1, 1))
            if (two_above.period.start, above.period.start, row.period.start) == turned:
                why = f"{row.period.label} stands below {above.period.label}. Are its years financial ones?"
                yield FlaggedRow(row.number, f"{why} Then write both, as in {year}/{(year + 1) % 100:02}.")
                return


def long_before(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The last row of each line before a gap of many years: 1 that is shown as a date is 1 January 1900.

    Plain years are as somebody wrote them.
    """
    for rows in by_series.values():
        for row, after in pairwise(sorted(rows, key=lambda one: one.period.start)):
            years = after.period.start.year - row.period.start.year
            first = row.period.start.year <= FIRST and not row.period.label.isdigit()
            if years >= LONG and first:
                why = f"{row.period.label} is {years} years before the next, {after.period.label}. "
                yield FlaggedRow(row.number, f"{why}Does a spreadsheet show a plain number as this date?")


def of_scale(look: FileLook, mapping: ColumnMapping, definition: Definition) -> Iterator[FlaggedRow]:
    """The chosen columns whose headings say that they are counted per another number than the measure is."""
    for one in look.columns if mapping.take == "as_is" else ():
        per = PER.search(one.heading) if one.index in mapping.firsts else None
        if per and int(re.sub(r"\D", "", per[1])) != definition.multiplier:
            as_what = WAYS[definition.value_kind].format(f"{definition.multiplier:,}")
            said = (
                f"Column {one.letter} is headed “{one.heading[:60]}”, but its numbers are read as {as_what}."
            )
            yield FlaggedRow(look.place.last_heading, said)
    for one in look.columns if may_be_other(definition) else ():
        if one.index in mapping.firsts and one.numbers.share:
            said = f"Column {one.letter} has shares such as {one.numbers.share[:20]}, but the measure is in "
            yield FlaggedRow(look.place.last_heading, f"{said}{definition.unit}.")


def _claims(rows: Sequence[ParsedRow], definition: Definition) -> Iterator[Claim]:
    for row in rows:
        n, d, typed = row.numbers.numerator, row.numbers.denominator, row.numbers.typed
        given = row.numbers.value if typed is None else typed
        if n and d and given is not None:
            yield Claim(row, given, n * definition.multiplier / d)


def _said(claim: Claim, definition: Definition) -> str:
    numbers = claim.row.numbers
    counts = f"{claim.row.period.label}: {numbers.numerator:,f} of {numbers.denominator:,f} is "
    return (
        f"{counts}{quantity(definition, claim.computed)}, but the file says "
        f"{exact_quantity(definition, claim.given)}."
    )


def _scale(claim: Claim, definition: Definition) -> str:
    """What the file may be counted per, where that is not what the measure is."""
    times = float(abs(claim.given / claim.computed)) * definition.multiplier
    per = min(SCALES, key=lambda scale: abs(log(times / scale))) if times else 0
    if not per or per == definition.multiplier:
        return ""
    return f" Is it counted per {per:,}?" if per > 1 else " Is it a share of 1?"
