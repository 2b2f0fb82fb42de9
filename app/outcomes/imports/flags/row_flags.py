"""Points out values that can be read but look wrong, before anything is imported. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

from msgspec import Struct

from app.outcomes.imports.columns import mark_column
from app.outcomes.imports.columns.column_look import ColumnLook
from app.outcomes.imports.guess import likely_marks
from app.outcomes.imports.other_layouts import undated
from app.outcomes.imports.plan import ParsedRow, SeriesKey
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources.cell import letter
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import exact_quantity
from app.outcomes.readings.continuity import UNITS

ABOUT = (Decimal(250), Decimal(4000))  # times the other values, that look like a thousand times
HUNDRED = (Decimal(25), Decimal(400))  # times a share, that look like 0.88 among 88 and 91
THOUSANDS = re.compile(
    r"(?i)(?<!per )\b(thousands?|millions?|billions?|lakhs?|lacs?|crores?|tsd|tausend|mio|mrd|milliers)\b"
    r"|(?<![\d,.])000(s|'s|’s)?\b|[£$€][mk]\b"
)
NINES = re.compile(r"9{3,}")
SCALE = re.compile(
    r"(?i)(in |en |rs\.? |£|\$|€)?"
    r"(thousands?|millions?|billions?|lakhs?|crores?|tsd\.?|mio\.?|mrd\.?|milliers)"
    r"( of .*|s? d['’e].*)?|'?000s?"
)
MULTIPLIED = re.compile(r"(?i)^(unit[ _]?mult(iplier)?|magnitude|power[ _]?code|scale|multiplier)$")
ACADEMIC = re.compile(r"(?i)\b(academic|school)\b")
FEWEST = 4  # values of a series, of which one can stand out
MOST = 0.7  # of the sums of a line that are of the same number of rows
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
        sizes = [abs(one) for one in values if one]
        alike = not sizes or max(sizes) < 10 * min(sizes)  # none of them stands out
        for place, row in enumerate(ordered):
            if why := _impossible(definition, row) or (not alike and _why(definition, values, place)):
                yield FlaggedRow(row.number, f"{row.period.label}: {why}")


def of_lines(
    by_series: Mapping[SeriesKey, Sequence[ParsedRow]],
    definitions: Mapping[str, Definition],
    today: date | None,
) -> Iterator[FlaggedRow]:
    """What whole lines warn of."""
    yield from spaced_out(by_series, definitions)
    yield from unequal_sums(by_series)
    yield from doubled_sums(by_series)
    under_way = [row for rows in by_series.values() for row in rows if today and row.period.end > today]
    for row in under_way[:1]:
        yield FlaggedRow(row.number, f"{row.period.label} is not over yet, so its number may still change.")


def spaced_out(
    by_series: Mapping[SeriesKey, Sequence[ParsedRow]], definitions: Mapping[str, Definition]
) -> Iterator[FlaggedRow]:
    """Where no period follows right upon another: a row of each may be of a longer time. Once a measure."""
    by_measure: dict[str, list[Sequence[ParsedRow]]] = {}
    for key, rows in by_series.items():
        if len(rows) > 2 and definitions[key.measure].frequency != "irregular":
            by_measure.setdefault(key.measure, []).append(rows)
    for measure, lines in by_measure.items():
        definition = definitions[measure]
        if not definition.pooled and all(_no_two_follow(rows) for rows in lines):
            first, second = sorted(lines[0], key=lambda row: row.period.start)[:2]
            kind = UNITS[definition.frequency]
            why = f"{first.period.label} is followed by {second.period.label}, and so on: no two rows are of "
            yield FlaggedRow(
                second.number,
                f"{why}neighbouring {kind}. Is each number of one of them, or of a longer time?",
            )


def unequal_sums(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The sums of fewer or more rows than nearly all others of their line."""
    for rows in by_series.values():
        usual, times = Counter(row.parts for row in rows).most_common(1)[0]
        if usual < 2 or len(rows) < FEWEST or times < MOST * len(rows):
            continue
        for row in rows:
            if row.parts != usual:
                own = "1 row" if row.parts == 1 else f"{row.parts} rows"
                why = f"{row.period.label}: the sum of {own}, where nearly all others are of {usual}."
                yield FlaggedRow(row.number, why)


def doubled_sums(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """Lines whose sums have their own total among their parts, mostly."""
    for rows in by_series.values():
        doubled = [row for row in rows if row.doubled]
        if 2 * len(doubled) > len(rows):
            first = doubled[0]
            why = f"one of the {first.parts} rows that are added up is as large as all the others together. "
            yield FlaggedRow(
                first.number, f"{first.period.label}: {why}Is it their total, which would count twice?"
            )


def _no_two_follow(rows: Sequence[ParsedRow]) -> bool:
    ordered = sorted((row.period for row in rows), key=lambda one: one.start)
    return all((later.start - before.end).days > 1 for before, later in pairwise(ordered))


def of_headings(look: FileLook, mapping: ColumnMapping) -> Iterator[FlaggedRow]:
    """The headings of the chosen columns that say that a number is not what it looks like."""
    for one in look.columns:
        if one.index == mapping.period_at:
            yield from _of_periods(look, one)
        if one.index in (*mapping.firsts, *mapping.seconds) and THOUSANDS.search(one.heading):
            said = (
                f"Column {one.letter} is headed “{one.heading[:60]}”, but its numbers are read as they stand."
            )
            yield FlaggedRow(look.place.last_heading, said)


def of_marks(look: FileLook, mapping: ColumnMapping) -> Iterator[FlaggedRow]:
    """A column of marks that nobody chose, so that the marks are lost, or are those of other numbers."""
    if mapping.layout == "wide":
        unsure = mark_column.unsure(look.heading, undated(look.heading))
        mixed = {*likely_marks(look, mapping, sure=False)} - {*likely_marks(look, mapping)}
        for index in (one for one in unsure if one in mixed):
            said = f"Column {letter(index)} has marks among other words, so it is not read."
            yield FlaggedRow(look.place.last_heading, said)
    if mapping.layout != "rows" or (mapping.marks_at is not None and mapping.marks_at - 1 in mapping.firsts):
        return
    found = likely_marks(look, mapping, sure=False)
    right = [index for index in found if index - 1 in mapping.firsts]
    if not right and len(found) == 1 and mapping.marks_at is None:
        said = f"Column {letter(found[0])} looks like marks of the numbers, but it is not read."
        yield FlaggedRow(look.place.last_heading, said)
    read = {*mapping.firsts, *mapping.seconds, mapping.period_at, mapping.month_at, mapping.place_at}
    for one in (one for one in look.columns if one.kind == "number" and one.index not in {*read, *found}):
        if one.index - 1 in mapping.firsts and not one.heading:
            said = f"Column {one.letter}, right of the numbers, has numbers too, but it is not read."
            yield FlaggedRow(look.place.last_heading, said)
    for index in right[: not mapping.no_marks]:
        said = f"Column {letter(index)}, right of the numbers, looks like their marks, but "
        other = "another one was chosen for them." if mapping.marks_at is not None else "it is not read."
        yield FlaggedRow(look.place.last_heading, said + other)


def _of_periods(look: FileLook, one: ColumnLook) -> Iterator[FlaggedRow]:
    """What the column of the periods warns of."""
    if ACADEMIC.search(one.heading):
        said = f"Column {one.letter} is headed “{one.heading[:60]}”, but years such as 2023/24 are read as "
        yield FlaggedRow(look.place.last_heading, f"{said}financial ones, from April to March.")
    if one.periods.exchanged:
        said = (
            f"Column {one.letter} has dates beside texts such as {one.periods.exchanged}: a spreadsheet may "
        )
        yield FlaggedRow(look.place.last_heading, f"{said}have exchanged day and month in the dates.")


def of_file(look: FileLook, mapping: ColumnMapping) -> Iterator[FlaggedRow]:
    """What the rest of a file says of its numbers: a unit beside or above them, shares in two spellings."""
    if mapping.layout in ("long", "shared"):
        return
    numbers = {*mapping.firsts, *mapping.seconds}
    for one in look.columns:
        words = [word for word, _ in one.words if one.kind == "text" and SCALE.fullmatch(word.strip())]
        if words:
            said = f"Column {one.letter} says “{words[0][:60]}”, but numbers are read as they stand."
            yield FlaggedRow(look.place.last_heading + 1, said)
        powers = [word for word, _ in one.words if MULTIPLIED.search(one.heading) and word.isdecimal()]
        if any(int(word) > 1 for word in powers):
            said = f"Column {one.letter} is headed “{one.heading[:40]}” and says {max(powers, key=int)[:20]}"
            yield FlaggedRow(look.place.last_heading + 1, f"{said}, but numbers are read as they stand.")
        if one.index in numbers and one.numbers.bare:
            said = (
                f"Column {one.letter} has some shares with % and others without, such as {one.numbers.bare}."
            )
            yield FlaggedRow(look.place.last_heading, said)
        if one.index in numbers and len(one.numbers.currencies) > 1:
            said = f"Column {one.letter} has numbers in {' and '.join(one.numbers.currencies)}, "
            yield FlaggedRow(look.place.last_heading, f"{said}but all are read as they stand.")
    for number, cells in look.above:
        text = " ".join(filter(None, cells))
        if number < look.place.first_heading and THOUSANDS.search(text):
            said = f"“{text[:60]}” stands above the table, but its numbers are read as they stand."
            yield FlaggedRow(number, said)


def _impossible(definition: Definition, row: ParsedRow) -> str:
    """What cannot be: half a case, fewer than none, more than all."""
    kind, value, counted = definition.value_kind, row.numbers.value, row.numbers.numerator
    if value is None or kind not in ("count", "proportion", "rate"):
        return ""
    if kind == "proportion" and counted is not None and counted % 1:
        return f"{counted:f} of {row.numbers.denominator or 0:f} is a count with decimals."
    why = ""
    if kind == "count" and value % 1:
        why = "is a count with decimals."
    elif value < 0:
        why = "is below 0."
    elif kind == "proportion" and value > definition.multiplier:
        why = "is more than all."
    return f"{exact_quantity(definition, value)} {why}" if why else ""


def _why(definition: Definition, values: Sequence[Decimal | None], place: int) -> str:
    value = values[place]
    around = (*values[max(0, place - NEAR) : place], *values[place + 1 : place + 1 + NEAR])
    near = [abs(one) for one in around if one]
    if not near or not value:
        return ""
    if 10 * abs(value) > max(near) and abs(value) < 10 * min(near):
        return ""  # nothing to compute for nearly all values
    usual, said = median(near), exact_quantity(definition, value)
    times = abs(value) / usual
    if definition.value_kind == "proportion" and HUNDRED[0] <= 1 / times <= HUNDRED[1]:
        return f"{said} is about a hundredth of the values around it."
    if len(near) + 1 < FEWEST:
        return ""
    if ABOUT[0] <= times <= ABOUT[1]:
        return f"{said} is about a thousand times the values around it."
    if times > ABOUT[1]:
        return f"{said} is {times:,.0f} times the values around it. Does it stand for a missing number?"
    if NINES.fullmatch(f"{value:f}"):
        return f"{said} is far from the values around it. Does it stand for a missing number?"
    if ABOUT[0] <= 1 / times <= ABOUT[1]:
        return f"{said} is about a thousandth of the values around it."
    return ""
