"""The grid in which people enter numbers: its rows, and what was typed into them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Observed, Status
from app.outcomes.measures.other_units import refuse_other_units
from app.outcomes.measures.periods import Period
from app.outcomes.measures.suppression import is_small
from app.outcomes.measures.values import PeriodValue, is_divided, number, period_value
from app.outcomes.spc.series import Unreadable

SHOWN = {  # periods in a grid at first
    "day": 14,
    "week": 13,
    "month": 12,
    "quarter": 8,
    "calendar_year": 6,
    "financial_year": 6,
}
MOST = 400  # periods in a grid
BLANK = 4  # empty rows for new days, where values come at irregular times
MOST_LETTERS = 60  # in a cell
CHANGED_SINCE = "Somebody entered {now} after you opened this page. To replace it with yours, save again."
NO_DAY = "Write the day, such as 2026-01-31."


class GridRow(Struct, frozen=True):
    """One period. `cells` are texts by column (n, d, v); `seen` is the number of the revision they show.

    `now` is the value that counts now. `expected` is the day it was due, where it is overdue.
    """

    key: str  # the first day, or "new-1" for a row whose day is not typed yet
    period: Period | None
    cells: Mapping[str, str]
    seen: int
    now: Observed | None
    expected: date | None = None
    day: str = ""  # as typed in a new row


class PeriodEntry(Struct, frozen=True):
    """One period with the numbers to save. `revision` is the one they replace, 0 for none."""

    period: Period
    numbers: PeriodValue
    revision: int


def columns(definition: Definition) -> tuple[str, ...]:
    """The columns to type in: numerator, denominator and value (n, d, v), or the value alone (v)."""
    return ("n", "d", "v") if is_divided(definition) else ("v",)


def rows(definition: Definition, known: Sequence[Observed], today: date, more: int = 0) -> list[GridRow]:
    """The last periods that are over, the latest last, with the known values; `more` go further back.

    `known` are all values of the series in order of time.
    """
    by_start = {one.start: one for one in known}
    if definition.frequency == "irregular":
        days = [Period(one.start, one.end, one.label) for one in known[-12 - more :]]
        blank = [GridRow(f"new-{n}", None, {}, 0, None) for n in range(1, BLANK + 1)]
        return [*(_row(definition, one, by_start.get(one.start), None) for one in days), *blank]
    count = min(SHOWN[definition.frequency] + more, MOST)
    # Before the first number nothing was expected.
    first = min(by_start, default=today)
    return [
        _row(definition, one, by_start.get(one.start), today if one.start > first else None)
        for one in periods.latest_over(definition.frequency, today, count)
    ]


def with_seen(rows: Iterable[GridRow], form: Mapping[str, str]) -> list[GridRow]:
    """The rows with the revisions that the form showed.

    Nothing was saved yet, so a value that somebody else entered meanwhile must still be noticed on saving.
    """
    return [
        replace(row, seen=int(seen)) if _is_whole(seen := form.get(f"seen-{row.key}", "")) else row
        for row in rows
    ]


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def with_typed(rows: Iterable[GridRow], form: Mapping[str, str]) -> list[GridRow]:
    """The rows with what was typed into them, so that nothing is lost when something has to be corrected."""
    return [
        GridRow(
            row.key,
            row.period,
            {name: form.get(f"{name}-{row.key}", row.cells.get(name, ""))[:MOST_LETTERS] for name in "ndv"},
            row.seen,
            row.now,
            row.expected,
            form.get(f"day-{row.key}", "")[:MOST_LETTERS],
        )
        for row in rows
    ]


def read(
    definition: Definition, rows: Iterable[GridRow], form: Mapping[str, str], known: Iterable[Observed]
) -> tuple[list[PeriodEntry], dict[str, str]]:
    """What changed, and what is wrong by cell ("n-2026-01-01"). Rows that say what is known are left out.

    `known` are all values of the series, also those before the first row.
    """
    entries, errors = [], {}
    taken = {one.start for one in known}
    for row in rows:
        typed = {name: form.get(f"{name}-{row.key}", row.cells.get(name, "")) for name in columns(definition)}
        if not _edited(row, typed):
            continue
        period, wrong = _period(row, form, taken)
        if wrong:
            errors[f"day-{row.key}"] = wrong
            continue
        value = _value(definition, row, typed, errors)
        if value is None or period is None or _same(value, row.now):
            continue
        if _changed_since(row, form):
            errors[f"{columns(definition)[0]}-{row.key}"] = CHANGED_SINCE.format(now=_in_words(row.now))
            continue
        entries.append(PeriodEntry(period, value, row.seen))
    return entries, errors


def will_hide(definition: Definition, row: GridRow) -> bool:
    """Whether the numbers in the cells of a row will be hidden as small."""
    value = _value(definition, row, {name: row.cells.get(name, "") for name in columns(definition)}, {})
    if value is None or not definition.suppress_below:
        return False
    day = row.period.start if row.period else date.min
    one = Observed("", day, day, 0, value.value, value.numerator, value.denominator)
    return is_small(definition, one)


def _row(definition: Definition, period: Period, now: Observed | None, today: date | None) -> GridRow:
    due = period.end + timedelta(days=definition.lag_days)
    late = today is not None and now is None and due < today
    cells = _cells(definition, now)
    key = period.start.isoformat()
    return GridRow(key, period, cells, now.revision if now else 0, now, due if late else None)


def _cells(definition: Definition, now: Observed | None) -> dict[str, str]:
    if now is None:
        return {}
    if now.status == "suppressed":
        return {columns(definition)[0]: "*"}
    shown = {"n": now.numerator, "d": now.denominator}
    alone = now.numerator is None or not is_divided(definition)
    shown["v"] = now.typed if now.typed is not None else now.value if alone else None
    return {name: format(value, "f") for name, value in shown.items() if value is not None}


def _edited(row: GridRow, typed: Mapping[str, str]) -> bool:
    return any(text.strip() != row.cells.get(name, "") for name, text in typed.items())


def _period(row: GridRow, form: Mapping[str, str], taken: set[date]) -> tuple[Period | None, str]:
    """The period of a row, or a sentence why there is none.

    A new row has the day that was typed into it, which must not be in `taken`.
    """
    if row.period is not None:
        return row.period, ""
    try:
        period = periods.read(form.get(f"day-{row.key}", ""), "irregular")
    except Unreadable:
        return None, NO_DAY
    if period.start in taken:
        return None, f"{period.label} is there already."
    taken.add(period.start)
    return period, ""


def _value(
    definition: Definition, row: GridRow, typed: Mapping[str, str], errors: dict[str, str]
) -> PeriodValue | None:
    """The numbers of a row; None where a sentence was added to `errors`."""
    given: dict[str, Decimal | Status] = {"n": "missing", "d": "missing", "v": "missing"}
    of = definition.multiplier if definition.value_kind == "proportion" else 100
    for name, text in typed.items():
        try:
            given[name] = number(text[: MOST_LETTERS + 1], percent_of=of)
            refuse_other_units(definition, *([text.strip()] if one == name else [] for one in "ndv"))
        except Unreadable as why:
            errors[f"{name}-{row.key}"] = str(why)
    if any(f"{name}-{row.key}" in errors for name in typed):
        return None
    try:
        return period_value(definition, given["n"], given["d"], given["v"])
    except Unreadable as why:
        errors[f"{_cell_at_fault(definition, given)}-{row.key}"] = str(why)
        return None


def _cell_at_fault(definition: Definition, given: Mapping[str, Decimal | Status]) -> str:
    """The column whose cell shows a sentence about the row."""
    n, d = given["n"], given["d"]
    try:
        period_value(definition, n, d, "missing")
    except Unreadable:
        alone = isinstance(n, Decimal) and not isinstance(d, Decimal)
        return "d" if alone or (isinstance(d, Decimal) and d <= 0 and n != "missing") else "n"
    return "v"


def _same(value: PeriodValue, now: Observed | None) -> bool:
    if now is None:
        return value.status == "missing" and value.numerator is None
    before = (now.value, now.numerator, now.denominator, now.typed)
    status = "final" if now.value is not None else now.status
    return (value.status, value.value, value.numerator, value.denominator, value.typed) == (status, *before)


def _changed_since(row: GridRow, form: Mapping[str, str]) -> bool:
    """Whether the form showed an earlier revision than the one that counts now."""
    return form.get(f"seen-{row.key}", str(row.seen)) != str(row.seen)


def _in_words(now: Observed | None) -> str:
    if now is None:
        return "nothing"
    if now.numerator is not None and now.denominator is not None:
        return f"{now.numerator:f} of {now.denominator:f}"
    return now.status if now.value is None else format(now.value, "f")
