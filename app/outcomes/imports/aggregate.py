"""Adds up several rows of one series and period, such as departments of one hospital. Pure.

Numerators are added to numerators and denominators to denominators, counts to counts; nothing else adds up.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow
from app.outcomes.imports.row_parser import MOST_LETTERS, parse_row
from app.outcomes.imports.rows import FileRow
from app.outcomes.measures.marks import Mark, joined
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.period_text import span_of
from app.outcomes.measures.periods import Period, of_day
from app.outcomes.measures.values import PeriodValue, is_divided, period_value
from app.outcomes.spc.series import Unreadable

ALONE = "Only counts, and numerators with their denominators, can be added up."
SHORT = "{label} would be the sum of {months} only. Its other months are not in the file."
PART = "Row {number}, a part of the same sum, has no number."


def sum_rows(rows: Iterable[FileRow], known: Lookup) -> Iterator[ParsedRow | RefusedRow]:
    """One row for all rows of the same series and period. If one of them is refused, all of them are."""
    by_id = {one.id: one.definition for one in known.measures.values()}
    groups = _grouped((row, parse_row(row, known)) for row in rows)
    as_months = _dates_are_months(groups, known)
    for texts, parts in groups:
        wrong = next((one for one in parts if isinstance(one, RefusedRow)), None)
        good = [one for one in parts if isinstance(one, ParsedRow)]
        if wrong:
            yield from (_refused_with(one, wrong) for one in parts)
        elif short := _too_short(texts, good[0].period, known, as_months):
            yield from (RefusedRow(one.number, short) for one in good)
        elif len(good) == 1:
            yield good[0]
        else:
            yield from _sum(good, by_id[good[0].series.measure])


def _grouped(
    read: Iterable[tuple[FileRow, ParsedRow | RefusedRow]],
) -> list[tuple[set[str], list[ParsedRow | RefusedRow]]]:
    """The rows of each sum together, with the texts of their periods that say themselves how long they are.

    A row that cannot be parsed is grouped by its texts.
    """
    read = list(read)
    ended = {row.number for row, _ in read if row.end}
    pairs = [((row.measure, row.place.casefold(), row.period, row.breakdown), one) for row, one in read]
    keys = {texts: (one.series, one.period.start) for texts, one in pairs if isinstance(one, ParsedRow)}
    parts: dict[object, tuple[set[str], list[ParsedRow | RefusedRow]]] = {}
    for texts, one in pairs:
        said, ones = parts.setdefault(keys.get(texts, texts), (set(), []))
        ones.append(one)
        if one.number not in ended:
            said.add(texts[2])
    return list(parts.values())


def _dates_are_months(groups: list[tuple[set[str], list[ParsedRow | RefusedRow]]], known: Lookup) -> bool:
    """Whether the dates of a file are how a spreadsheet keeps its months: all first days, or all last ones.

    Where each of them is the first day of its own period, or each the last, they stand for that instead.
    """
    pairs = [
        (span, parts[0].period)
        for texts, parts in groups
        if isinstance(parts[0], ParsedRow)
        for text in texts
        if (span := span_of(text, known.style)) is not None and span.unit == "day"
    ]
    first = all(span.start.day == 1 for span, _ in pairs)
    last = all((span.start + timedelta(days=1)).day == 1 for span, _ in pairs)
    return (first and any(span.start != period.start for span, period in pairs)) or (
        last and any(span.start != period.end for span, period in pairs)
    )


def _too_short(texts: set[str], period: Period, known: Lookup, as_months: bool) -> str:
    """Why the months that a sum is made of are not its whole period; empty where they are, or are none."""
    if not texts or known.style.role != "in" or _months(period) < 2:
        return ""
    spans = [span_of(text, known.style) for text in texts]
    units = {"month", "day"} if as_months else {"month"}
    if any(span is None or span.unit not in units for span in spans):
        return ""
    months = {span.start.replace(day=1) for span in spans if span}
    if len(months) == _months(period):
        return ""
    names = ", ".join(of_day(start, "month").label for start in sorted(months))
    return SHORT.format(label=period.label, months=names)


def _months(period: Period) -> int:
    """How many months a period has."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _refused_with(one: ParsedRow | RefusedRow, wrong: RefusedRow) -> RefusedRow:
    return (
        one
        if isinstance(one, RefusedRow)
        else RefusedRow(one.number, f"Row {wrong.number} of the same sum: {wrong.why}")
    )


def _sum(rows: list[ParsedRow], definition: Definition) -> Iterator[ParsedRow | RefusedRow]:
    try:
        total = _summed(rows, definition)
    except Unreadable as why:
        yield from (RefusedRow(one.number, str(why)) for one in rows)
        return
    mark = joined(Mark(one.numbers.status, one.numbers.note) for one in rows)
    if total.status == "final" and mark.status in ("provisional", "revised"):
        total = total._replace(status=mark.status)
    total = total._replace(note=total.note or mark.note[:MOST_LETTERS])
    yield replace(rows[0], numbers=total, low95=None, high95=None, parts=len(rows), doubled=_doubled(rows))


def _doubled(rows: list[ParsedRow]) -> bool:
    """Whether one of the rows may be the total of the others."""
    counts = [one.numbers.value if one.numbers.numerator is None else one.numbers.numerator for one in rows]
    known = [one for one in counts if one is not None]
    return len(rows) > 2 and any(known) and 2 * max(known, default=Decimal(0)) == sum(known)


def _summed(rows: list[ParsedRow], definition: Definition) -> PeriodValue:
    if all(one.numbers.status == "missing" and one.numbers.denominator is None for one in rows):
        return PeriodValue("missing")
    if is_divided(definition):
        n, d = _add(rows, "numerator"), _add(rows, "denominator")
        return period_value(definition, n, d, "missing")
    if definition.value_kind != "count":
        raise Unreadable(ALONE)
    return period_value(definition, "missing", "missing", _add(rows, "value"))


def _add(rows: list[ParsedRow], name: str) -> Decimal:
    numbers = [getattr(one.numbers, name) for one in rows]
    if None in numbers:
        lacking = rows[numbers.index(None)]
        alone = lacking.numbers.value is not None
        raise Unreadable(ALONE if alone else PART.format(number=lacking.number))
    return sum(numbers, Decimal(0))
