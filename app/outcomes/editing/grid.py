"""The grid in which people enter numbers: its rows, and what was typed into them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Observed, Status
from app.outcomes.measures.periods import Period
from app.outcomes.measures.values import PeriodValue, counted, is_divided, number
from app.outcomes.spc.series import Unreadable

SHOWN = {"day": 14, "week": 13, "month": 12, "quarter": 8, "calendar_year": 6, "financial_year": 6}
MOST = 400  # periods in a grid
BLANK = 4  # rows to add days to what is irregular
MOST_LETTERS = 60  # of a cell
SINCE = "Somebody entered {now} after you opened this page. To replace it with yours, save again."
NO_DAY = "Write the day, such as 2026-01-31."


class GridRow(Struct, frozen=True):
    """One period. `cells` are texts by column (n, d, v); `seen` is the revision they were made from."""

    key: str  # the first day, or "new-1" where it is yet to be written
    period: Period | None
    cells: Mapping[str, str]
    seen: int
    now: Observed | None
    expected: date | None = None  # the day it was due, where it is overdue
    day: str = ""  # of a new row


class PeriodEntry(Struct, frozen=True):
    """What is to be kept of one period."""

    period: Period
    counted: PeriodValue
    revision: int


def columns(definition: Definition) -> tuple[str, ...]:
    """What there is to type: numerator, denominator, or the value alone."""
    return ("n", "d", "v") if is_divided(definition) else ("v",)


def grid(definition: Definition, there: Sequence[Observed], today: date, more: int = 0) -> list[GridRow]:
    """The periods that are over, the latest last, with what is known of them."""
    by_start = {one.start: one for one in there}
    if definition.frequency == "irregular":
        known = [Period(one.start, one.end, one.label) for one in there[-12 - more :]]
        blank = [GridRow(f"new-{n}", None, {}, 0, None) for n in range(1, BLANK + 1)]
        return [*(_row(definition, one, by_start.get(one.start), None) for one in known), *blank]
    count = min(SHOWN[definition.frequency] + more, MOST)
    found = periods.latest_over(definition.frequency, today, count)
    # Before the first number nothing was expected.
    begun = min(by_start, default=today)
    return [
        _row(definition, one, by_start.get(one.start), today if one.start > begun else None) for one in found
    ]


def as_seen(rows: Iterable[GridRow], form: Mapping[str, str]) -> list[GridRow]:
    """The same rows as of the revisions that the form was made from: they were not kept, so not overtaken."""
    return [
        replace(row, seen=int(seen)) if _is_whole(seen := form.get(f"seen-{row.key}", "")) else row
        for row in rows
    ]


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def refilled(rows: Iterable[GridRow], form: Mapping[str, str]) -> list[GridRow]:
    """The same rows with what was typed into them: nothing is lost when something is to be mended."""
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
    definition: Definition, rows: Iterable[GridRow], form: Mapping[str, str], there: Iterable[Observed]
) -> tuple[list[PeriodEntry], dict[str, str]]:
    """What changed, and what is wrong by cell. Rows that say what is there already are left alone.

    `there` is all that is known, whether the grid goes back so far or not.
    """
    entries, errors = [], {}
    taken = {one.start for one in there}
    for row in rows:
        typed = {name: form.get(f"{name}-{row.key}", row.cells.get(name, "")) for name in columns(definition)}
        if not _touched(row, typed):
            continue
        period, wrong = _period(row, form, taken)
        if wrong:
            errors[f"day-{row.key}"] = wrong
            continue
        kept = _kept(definition, row, typed, errors)
        if kept is None or period is None or _same(kept, row.now):
            continue
        if _overtaken(row, form):
            errors[f"{columns(definition)[0]}-{row.key}"] = SINCE.format(now=_said(row.now))
            continue
        entries.append(PeriodEntry(period, kept, row.seen))
    return entries, errors


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


def _touched(row: GridRow, typed: Mapping[str, str]) -> bool:
    return any(text.strip() != row.cells.get(name, "") for name, text in typed.items())


def _period(row: GridRow, form: Mapping[str, str], taken: set[date]) -> tuple[Period | None, str]:
    """Of a new row the day that was written, once."""
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


def _kept(
    definition: Definition, row: GridRow, typed: Mapping[str, str], errors: dict[str, str]
) -> PeriodValue | None:
    """The numbers of a row, or sentences for its cells."""
    found: dict[str, Decimal | Status] = {"n": "missing", "d": "missing", "v": "missing"}
    of = definition.multiplier if definition.value_kind == "proportion" else 100
    for name, text in typed.items():
        try:
            found[name] = number(text[: MOST_LETTERS + 1], percent_of=of)
        except Unreadable as why:
            errors[f"{name}-{row.key}"] = str(why)
    if any(f"{name}-{row.key}" in errors for name in typed):
        return None
    try:
        return counted(definition, found["n"], found["d"], found["v"])
    except Unreadable as why:
        errors[f"{_guilty(definition, found)}-{row.key}"] = str(why)
        return None


def _guilty(definition: Definition, found: Mapping[str, Decimal | Status]) -> str:
    """The cell beside which a sentence about a row stands."""
    n, d = found["n"], found["d"]
    try:
        counted(definition, n, d, "missing")
    except Unreadable:
        halved = isinstance(n, Decimal) and not isinstance(d, Decimal)
        return "d" if halved or (isinstance(d, Decimal) and d <= 0 and n != "missing") else "n"
    return "v"


def _same(kept: PeriodValue, now: Observed | None) -> bool:
    if now is None:
        return kept.status == "missing" and kept.numerator is None
    before = (now.value, now.numerator, now.denominator, now.typed)
    shown = "final" if now.value is not None else now.status
    return (kept.status, kept.value, kept.numerator, kept.denominator, kept.typed) == (shown, *before)


def _overtaken(row: GridRow, form: Mapping[str, str]) -> bool:
    """Whether the form was made from an earlier revision than the one that counts now."""
    return form.get(f"seen-{row.key}", str(row.seen)) != str(row.seen)


def _said(now: Observed | None) -> str:
    if now is None:
        return "nothing"
    if now.numerator is not None and now.denominator is not None:
        return f"{now.numerator:f} of {now.denominator:f}"
    return now.status if now.value is None else format(now.value, "f")
