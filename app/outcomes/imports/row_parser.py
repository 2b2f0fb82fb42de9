"""Parses the texts of one row: its measure, place, period and numbers, or why it is refused. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from app.outcomes.imports.plan import (
    Lookup,
    ParsedRow,
    RefusedRow,
    Repeats,
    SeriesKey,
    refuse_overlaps,
    refuse_repeats,
)
from app.outcomes.imports.rows import FileRow
from app.outcomes.imports.sources.cell import Typed
from app.outcomes.measures import marks, number_text, periods
from app.outcomes.measures.marks import Mark
from app.outcomes.measures.measure import Definition, Measure, Status
from app.outcomes.measures.number_text import Given
from app.outcomes.measures.other_units import refuse_other_units
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue, period_value
from app.outcomes.spc.series import Unreadable

MOST_LETTERS = 200  # in a place, a note or a category
MOST_DIMENSIONS = 6  # of a breakdown
# By what its rows say: the measure, the place, whether that is missing, and the breakdown.
SeriesOfTexts = dict[tuple[str, str, bool, tuple[tuple[str, str], ...]], tuple[Definition, SeriesKey]]
MISSING = Given("missing")
NO_PERIOD = "This row has no period."
UNKNOWN_MARK = "Give its column another heading, or choose None as the column of marks."


def parse_rows(
    rows: Iterable[FileRow], known: Lookup, repeats: Repeats | None = None
) -> Iterator[ParsedRow | RefusedRow]:
    """Parse each row. A period that comes twice for a series is refused the second time."""
    series: SeriesOfTexts = {}
    return refuse_overlaps(refuse_repeats((parse_row(row, known, series) for row in rows), repeats), known)


def parse_row(row: FileRow, known: Lookup, series: SeriesOfTexts | None = None) -> ParsedRow | RefusedRow:
    """One row, parsed or refused. `series` remembers what rows of the same series said before."""
    try:
        return _parsed(row, known, {} if series is None else series)
    except Unreadable as why:
        return RefusedRow(row.number, str(why))


def _parsed(row: FileRow, known: Lookup, series: SeriesOfTexts) -> ParsedRow:
    texts = (row.measure, row.place, row.nameless, row.breakdown)
    found = series.get(texts)
    if found is None:
        measure = _measure(row, known)
        key = SeriesKey(measure.id, *_place(row, known), _breakdown(row))
        found = series[texts] = (measure.definition, key)
    definition, key = found
    period = _period(row, definition, known)
    if known.today and period.start > known.today:
        raise Unreadable(f"{period.label} has not begun yet.")
    return ParsedRow(
        row.number,
        key,
        row.place_name[:MOST_LETTERS],
        period,
        _numbers(row, definition, known.decimal),
        _limit(row.low95, known.decimal),
        _limit(row.high95, known.decimal),
    )


def _measure(row: FileRow, known: Lookup) -> Measure:
    code = row.measure.strip()
    measure = known.measures.get(code.casefold())
    if measure is None:
        none = f"There is no measure with the code “{code[:40]}” in this space."
        raise Unreadable(none if code else "This row names no measure.")
    if measure.id in known.closed:
        raise Unreadable(known.closed[measure.id])
    return measure


def _place(row: FileRow, known: Lookup) -> tuple[str | None, str]:
    """The organisation or area. People import numbers only for their own organisation and for areas."""
    if row.nameless:
        raise Unreadable("This row names no organisation or area.")
    words = " ".join(row.place.split())
    if not words or words.casefold() in known.own_names:
        return known.own, ""
    if len(words) > MOST_LETTERS:
        raise Unreadable("The name of the organisation or area is too long.")
    organisation = known.places.get(words.casefold())
    if organisation is not None and organisation != known.own:
        raise Unreadable(f"{words} imports its own numbers; you can import those of your organisation.")
    return organisation, "" if organisation else words


def _period(row: FileRow, definition: Definition, known: Lookup) -> Period:
    if not row.period:
        raise Unreadable(NO_PERIOD)
    if definition.pooled:
        return _pooled(row, definition, known)
    period = periods.read(row.period, definition.frequency, known.style)
    if not row.end and not (row.from_first_day and definition.frequency in periods.MONTHLY):
        return period
    end = _end(row, known) if row.end else period.end
    if definition.frequency == "irregular":
        if end < period.start:
            raise Unreadable("The period ends before it begins.")
        return Period(period.start, end, f"{periods.long_date(period.start)} to {periods.long_date(end)}")
    start = periods.day_of(row.period, known.style)
    week = definition.frequency == "week"  # of working days, perhaps
    if start is not None and not row.end:
        start = start.replace(day=1)  # any day of the first month will do
    if start is not None and start != period.start and not week:
        starts, should = periods.long_date(start), periods.long_date(period.start)
        raise Unreadable(f"The period begins on {starts}, but {period.label} on {should}.")
    if end != period.end and not (week and period.start <= end <= period.end):
        ends, should = periods.long_date(end), periods.long_date(period.end)
        raise Unreadable(f"The period ends on {ends}, but {period.label} on {should}.")
    return period


def _pooled(row: FileRow, definition: Definition, known: Lookup) -> Period:
    """A window that may overlap others: several years together, or any days from one to another."""
    if row.end:
        start, end = periods.day_of(row.period, known.style), _end(row, known)
        if start is None or end < start:
            raise Unreadable("The period ends before it begins.")
        return periods.window(start, end)
    if definition.frequency not in periods.YEARS:
        window = periods.read_window(row.period, known.style)
        if window is not None and window.end > window.start:
            return window
    return periods.read_pooled(row.period)


def _end(row: FileRow, known: Lookup) -> date:
    end = periods.day_of(row.end, known.style, last=True)
    if end is None:
        raise Unreadable(f"“{row.end[:40]}” is not a date. Write it like 2024-01-31.")
    return end


def _numbers(row: FileRow, definition: Definition, decimal: str) -> PeriodValue:
    of = definition.multiplier if definition.value_kind == "proportion" else 100
    refuse_other_units(definition, row.numerator, row.denominator, row.value)
    given = [_sum(texts, decimal, of) for texts in (row.numerator, row.denominator, row.value)]
    beside = [*_marks(row, given)] if row.marks else []
    said = beside + [Mark(one.status, one.note) for one in given if one.status or one.note]
    mark = marks.joined(said) if said else marks.NOTHING
    n, d, v = [one.number for one in given]
    if mark.status == "suppressed":  # the column of marks says why there is no number
        n, v = (mark.status if one == "missing" else one for one in (n, v))
    note = " ".join(filter(None, (row.note, mark.note)))[:MOST_LETTERS]
    if row.fraction and isinstance(v, Decimal) and not row.value[0].endswith("%"):
        if definition.value_kind != "proportion" or not 0 <= v <= 1:
            raise Unreadable("Only a share between 0 and 1 can be read this way.")
        v = v * definition.multiplier
    if row.complement:
        n, v = _complement(n, d, v, definition)
    if row.as_given:
        return _as_given(n, d, v, note)
    value = period_value(definition, n, d, v, note)
    status: Status | None = None if mark.in_place else mark.status
    return value._replace(status=status) if status and value.status == "final" else value


def _marks(row: FileRow, given: Sequence[Given]) -> Iterator[Mark]:
    """The marks beside the numbers. Raises Unreadable for one that is not known, or denies the number."""
    for text in row.marks:
        mark = marks.mark_of(text)
        if mark is None:
            raise Unreadable(
                f"“{text[:40]}” stands beside the number and is no mark that is known. {UNKNOWN_MARK}"
            )
        if mark.in_place and any(isinstance(given[place].number, Decimal) for place in (0, 2)):
            raise Unreadable(f"There is a number, but the mark “{text[:40]}” says that there is none.")
        yield mark


def _sum(texts: tuple[str, ...], decimal: str, of: int) -> Given:
    """The sum of several columns. One of them that is suppressed hides it."""
    if not texts:
        return MISSING
    if len(texts) == 1:
        return _given(texts[0], decimal, of)
    given = [_given(text, decimal, of) for text in texts]
    stood = [one.number for one in given if not isinstance(one.number, Decimal)]
    if not stood:
        mark = marks.joined(Mark(one.status, one.note) for one in given)
        return Given(sum((Decimal(one.number) for one in given), Decimal(0)), mark.status, mark.note)
    if "suppressed" in stood:
        return Given("suppressed")
    if len(stood) < len(texts):
        raise Unreadable("One of the columns that are added up has no number.")
    return MISSING


def _given(text: str, decimal: str, of: int) -> Given:
    # a number that a spreadsheet stores has a decimal point, whatever the texts of the file have
    return number_text.read(text, "." if isinstance(text, Typed) else decimal, of)


def _complement(
    n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, definition: Definition
) -> tuple[Decimal | Status, Decimal | Status]:
    """Numerator and value of the complement: from those who waited too long to those who did not."""
    if definition.value_kind != "proportion":
        raise Unreadable("Only a share of all can be turned into what is left of it.")
    if isinstance(n, Decimal) and isinstance(d, Decimal):
        if n > d:
            raise Unreadable("The numerator is larger than the denominator.")
        n = d - n
    elif isinstance(n, Decimal):
        raise Unreadable("There is a numerator, but no denominator.")
    return n, definition.multiplier - v if isinstance(v, Decimal) else v


def _as_given(n: Decimal | Status, d: Decimal | Status, v: Decimal | Status, note: str) -> PeriodValue:
    """A value as its publisher computed it."""
    if not isinstance(v, Decimal):
        return PeriodValue("suppressed" if v == "suppressed" else "missing", note=note)
    counts = [one if isinstance(one, Decimal) else None for one in (n, d)]
    return PeriodValue("final", v, counts[0], counts[1], note=note)


def _breakdown(row: FileRow) -> tuple[tuple[str, str], ...]:
    if not row.breakdown:
        return ()
    pairs = tuple(sorted({(name.strip(), word.strip()) for name, word in row.breakdown if word.strip()}))
    if len(pairs) > MOST_DIMENSIONS or any(len(name) + len(word) > MOST_LETTERS for name, word in pairs):
        raise Unreadable("The breakdown is too long.")
    return pairs


def _limit(text: str, decimal: str) -> Decimal | None:
    if not text:
        return None
    limit = number_text.read(text, decimal).number
    return limit if isinstance(limit, Decimal) else None
