"""The periods that measures are counted in: days, weeks, months, quarters and years. Pure."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import (
    FINANCIAL,
    MONTHS,
    PLAIN,
    PeriodStyle,
    Role,
    Span,
    Unit,
    plus_months,
)
from app.outcomes.measures.period_text import span_of
from app.outcomes.spc.series import Unreadable

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)
POOLED = re.compile(r"(\d{4})(/\d{2})? ?[-–] ?((?:\d{2})?\d{2})(/\d{2})?", re.ASCII)
MONTHLY: tuple[Frequency, ...] = ("month", "quarter", "calendar_year", "financial_year")
YEARS: tuple[Frequency, ...] = ("calendar_year", "financial_year", "irregular")
# The days, months and so on that a text of each kind may name; the rest is longer than what is counted.
LONGER: dict[Unit, tuple[Frequency, ...]] = {
    "day": ("day", "week", "month", "quarter", "calendar_year", "financial_year", "irregular"),
    "month": MONTHLY,
}
ONE_OF_TWO_YEARS = re.compile(
    r"(?i)f\.?y\.? ?[’']?(\d{2}){1,2}|(financial|fiscal) year \d{4}(?P<part>, .+)?", re.ASCII
)
PARTS: dict[Frequency, str] = {"month": " April", "quarter": " Q1"}
COUNTED: dict[Frequency, str] = {
    "day": "day",
    "week": "week, from Monday to Sunday",
    "month": "month",
    "quarter": "quarter",
    "calendar_year": "calendar year",
    "financial_year": "financial year, from April to March",
    "irregular": "period",
}
WHERE: dict[Role, str] = {"start": "first", "end": "last"}
WEEKS: dict[Role, str] = {"start": "a week that begins on", "end": "a week that ends on"}


class Period(NamedTuple):
    """First and last day, both included, and what people call it."""

    start: date
    end: date
    label: str


@lru_cache(maxsize=8192)  # the series of a measure have the same periods
def of_day(day: date, frequency: Frequency) -> Period:
    """The period that has this day in it. Weeks begin on Monday, financial years on 1 April."""
    start = _start(day, frequency)
    end = _start(_after(start, frequency), frequency) - timedelta(days=1)
    return Period(start, end, _label(start, end, frequency))


def after(period: Period, frequency: Frequency) -> Period:
    """The next period. One of seven days that do not begin on a Monday is followed by seven such days."""
    day = period.end + timedelta(days=1)
    if frequency == "week" and period.end - period.start == timedelta(days=6):
        return _week(day, "start")
    return of_day(day, frequency)


def latest_over(frequency: Frequency, today: date, count: int) -> list[Period]:
    """The last `count` periods that ended before the one with `today` in it, in order of time."""
    latest: list[Period] = []
    day = of_day(today, frequency).start - timedelta(days=1)
    while len(latest) < count:
        latest.append(of_day(day, frequency))
        day = latest[-1].start - timedelta(days=1)
    return latest[::-1]


@lru_cache(maxsize=8192)  # a file names the same few periods for every line
def read(text: str, frequency: Frequency, style: PeriodStyle = PLAIN) -> Period:
    """The period that somebody wrote: 2024-01-01, 01/01/2024, January 2024, 2024 Q1, 2024/25, 2024.

    Raises Unreadable with a sentence, also for what is longer than the periods that are counted.
    """
    # 2011-12 is a month, but of something counted by the year it is a year
    span = span_of(text, style._replace(years=True) if frequency in YEARS and not style.months else style)
    period = (
        _fitting(span, frequency, style) if span and EARLIEST <= span.start <= span.end <= LATEST else None
    )
    if period is None:
        words = " ".join(text.split())
        if style.fiscal and span is None and span_of(text, style._replace(fiscal=False)):
            raise Unreadable(_of_two_years(words, " Q1" if frequency == "quarter" else ""))
        if style.role in WHERE and (other := _of_any(text, frequency, style)):
            where, when = WHERE[style.role], other.label
            raise Unreadable(f"“{words[:40]}” is not the {where} part of a period, but somewhere in {when}.")
        if span and EARLIEST <= span.start <= span.end <= LATEST:
            days = _days(span)
            raise Unreadable(
                f"“{words[:40]}” is {days}, but the measure is counted by the {COUNTED[frequency]}."
            )
        if match := ONE_OF_TWO_YEARS.fullmatch(words):
            raise Unreadable(_of_two_years(words, PARTS.get(frequency, "") if match["part"] else ""))
        raise Unreadable(f"“{words[:40]}” is not a date or period. Write it like 2024-01-31 or January 2024.")
    return period


def _of_two_years(words: str, part: str) -> str:
    return f"“{words[:40]}” is of a financial year. Write both years, as in 2023/24{part}."


def _days(span: Span) -> str:
    """Which days a text names: all, or the first or last one of the week that it says it is of."""
    if span.role in WHERE and span.start == span.end:
        return f"{WEEKS[span.role]} {long_date(span.start)}"
    return f"from {long_date(span.start)} to {long_date(span.end)}"


def _of_any(text: str, frequency: Frequency, style: PeriodStyle) -> Period | None:
    """The period where it does not matter which part of it the text names."""
    try:
        return read(text, frequency, style._replace(role="any"))
    except Unreadable:
        return None


def read_window(text: str, style: PeriodStyle = PLAIN) -> Period | None:
    """Any days that somebody wrote, such as 12 months to March 2023, labelled by their end; or None."""
    span = span_of(text, style)
    return window(span.start, span.end) if span and EARLIEST <= span.start <= span.end <= LATEST else None


def window(start: date, end: date) -> Period:
    """Days that are no period of a calendar, labelled by their end where they are whole months."""
    after_end = end + timedelta(days=1)
    months = (after_end.year - start.year) * 12 + after_end.month - start.month
    if start.day == after_end.day == 1 and months:
        return Period(start, end, f"{months} months to {MONTHS[end.month - 1]} {end.year}")
    return Period(start, end, f"{long_date(start)} to {long_date(end)}")


def _fitting(span: Span, frequency: Frequency, style: PeriodStyle) -> Period | None:
    """The period of this frequency that a text names."""
    if frequency in LONGER.get(span.unit, ()):
        role = span.role if span.role != "in" else style.role
        if frequency == "week" and role in ("start", "end"):
            return _week(span.start, role)
        if span.role != "in" and frequency not in ("week", "irregular"):
            return None
        found = of_day(span.start, frequency)
        return found if frequency not in MONTHLY or _has_place(span, found, role) else None
    if frequency == "irregular":
        return Period(span.start, span.end, f"{long_date(span.start)} to {long_date(span.end)}")
    whole = of_day(span.start, frequency)
    return whole if (whole.start, whole.end) == (span.start, span.end) else None


def _has_place(span: Span, period: Period, role: Role) -> bool:
    """Whether a day or month is the first or last part of a period, where its column has only such."""
    if role == "start":
        return span.start == period.start
    return role != "end" or span.end == period.end


def _week(day: date, role: str) -> Period:
    """The seven days that begin or end with this one. They need not begin on a Monday."""
    start = day if role == "start" else day - timedelta(days=6)
    if start.weekday() == 0:
        return of_day(start, "week")
    end = start + timedelta(days=6)
    return Period(start, end, f"Week ending {long_date(end)}")


def read_pooled(text: str) -> Period:
    """Several years together, such as 2001 - 03 or 2018/19 - 20/21. Raises Unreadable with a sentence."""
    words = " ".join(text.split())
    if match := POOLED.fullmatch(words):
        first, of_financial, last = match[1], match[2], match[3]
        end = int(first[:4]) // 100 * 100 + int(last[-2:])
        end += 100 if end < int(first) else 0
        month = FINANCIAL if of_financial else 1
        year_after = end + (1 if not of_financial or match[4] is None else 0)
        if end - int(first) < 30:
            return Period(date(int(first), month, 1), date(year_after, month, 1) - timedelta(days=1), words)
    raise Unreadable(f"“{words[:40]}” is not a period of several years. Write it like 2001 - 03.")


def day_of(text: str, style: PeriodStyle = PLAIN, *, last: bool = False) -> date | None:
    """The day that a text names, or None. A month is its first day, or its last."""
    span = span_of(text, style)
    return (span.end if last else span.start) if span and span.unit in ("day", "month") else None


def _start(day: date, frequency: Frequency) -> date:
    match frequency:
        case "day" | "irregular":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        case "calendar_year":
            return day.replace(month=1, day=1)
        case "financial_year":
            return date(day.year - (day.month < FINANCIAL), FINANCIAL, 1)


def _after(start: date, frequency: Frequency) -> date:
    """A day in the period that follows the one that begins at `start`."""
    days = {"day": 1, "irregular": 1, "week": 7}
    months = {"month": 1, "quarter": 3, "calendar_year": 12, "financial_year": 12}
    if frequency in days:
        return start + timedelta(days=days[frequency])
    return plus_months(start, months[frequency])


def _label(start: date, end: date, frequency: Frequency) -> str:
    match frequency:
        case "day" | "irregular":
            return long_date(start)
        case "week":
            return f"Week of {long_date(start)}"
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case "quarter":
            return f"{MONTHS[start.month - 1]} to {MONTHS[end.month - 1]} {end.year}"
        case "calendar_year":
            return str(start.year)
        case "financial_year":
            return f"{start.year}/{end.year % 100:02}"


def long_date(day: date) -> str:
    """31 October 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
