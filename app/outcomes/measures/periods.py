"""The periods that measures are counted in: days, weeks, months, quarters and years. Pure."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.outcomes.measures.measure import Frequency
from app.outcomes.spc.series import Unreadable

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
BY_NAME = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
FINANCIAL = 4  # the month in which a financial year begins
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)

ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: 00:00(?::00)?)?", re.ASCII)
WORDED = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3,9})\.?[ '-]+(\d{4}|\d{2})", re.ASCII)
QUARTER = re.compile(r"(\d{4})(?:/(\d{2}|\d{4}))?[ -]?Q([1-4])", re.IGNORECASE | re.ASCII)
FINANCIAL_YEAR = re.compile(r"(\d{4})[/-](\d{2}|\d{4})", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
POOLED = re.compile(r"(\d{4})(/\d{2})? ?[-–] ?((?:\d{2})?\d{2})(/\d{2})?", re.ASCII)
YEARS: tuple[Frequency, ...] = ("calendar_year", "financial_year", "irregular")


class Period(NamedTuple):
    """First and last day, both included, and what people call it."""

    start: date
    end: date
    label: str


def of_day(day: date, frequency: Frequency) -> Period:
    """The period that has this day in it. Weeks begin on Monday, financial years on 1 April."""
    start = _start(day, frequency)
    end = _start(_after(start, frequency), frequency) - timedelta(days=1)
    return Period(start, end, _label(start, end, frequency))


def after(period: Period, frequency: Frequency) -> Period:
    """The next period."""
    return of_day(period.end + timedelta(days=1), frequency)


def latest_over(frequency: Frequency, today: date, count: int) -> list[Period]:
    """The last `count` periods that ended before the one with `today` in it, in order of time."""
    latest: list[Period] = []
    day = of_day(today, frequency).start - timedelta(days=1)
    while len(latest) < count:
        latest.append(of_day(day, frequency))
        day = latest[-1].start - timedelta(days=1)
    return latest[::-1]


@lru_cache(maxsize=4096)  # a file names the same few periods for every line
def read(text: str, frequency: Frequency) -> Period:
    """The period that somebody wrote: 2024-01-01, 01/01/2024, January 2024, 2024 Q1, 2024/25, 2024.

    In dates with slashes the day comes first. Raises Unreadable with a sentence.
    """
    words = " ".join(text.split())
    day = _day(words, frequency)
    if day is None or not EARLIEST <= day <= LATEST:
        raise Unreadable(f"“{words[:40]}” is not a date or period. Write it like 2024-01-31 or January 2024.")
    return of_day(day, frequency)


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


def day_of(text: str) -> date | None:
    """The day that a text names, or None."""
    try:
        return _full(" ".join(text.split()))
    except ValueError:
        return None


def _day(words: str, frequency: Frequency) -> date | None:
    try:
        # 2011-12 is a month, but of something counted by the year it is a year
        by_year = frequency in YEARS and ISO.fullmatch(words) and words.count("-") == 1
        return _part(words, frequency) if by_year else _full(words) or _part(words, frequency)
    except ValueError:  # it looks like a day, but no calendar has it
        return None


def _full(words: str) -> date | None:
    """A day, or the first of a month."""
    if match := ISO.fullmatch(words):
        year, month, day = match.groups()
        if int(month) > 12 and day is None:
            return None  # 2020-21 is a year
        return date(int(year), int(month), int(day or 1))
    if match := SLASHED.fullmatch(words):
        day, month, year = match.groups()
        return date(int(year), int(month), int(day))
    if match := WORDED.fullmatch(words):
        day, name, year = match.groups()
        number = BY_NAME.get(name[:3].casefold())
        if number is None or not MONTHS[number - 1].casefold().startswith(name.casefold()):
            return None
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day or 1))
    return None


def _part(words: str, frequency: Frequency) -> date | None:
    """The first day of a quarter or year. With a slash, quarters and years are financial ones.

    None for a period that is longer than those the measure is counted in.
    """
    if frequency not in (*YEARS, "quarter"):
        return None
    if match := QUARTER.fullmatch(words):
        year, of_financial, quarter = match.groups()
        first = 3 * int(quarter) - 2
        if of_financial:
            return _plus_months(date(int(year), FINANCIAL, 1), first - 1)
        return date(int(year), first, 1)
    if frequency == "quarter":
        return None
    if match := FINANCIAL_YEAR.fullmatch(words):
        year, following = match.groups()
        if (int(year) + 1) % 10 ** len(following) != int(following):
            return None  # such as 2001-03: several years together
        return date(int(year), FINANCIAL, 1)
    if YEAR.fullmatch(words):
        return date(int(words), FINANCIAL if frequency == "financial_year" else 1, 1)
    return None


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
    return _plus_months(start, months[frequency])


def _plus_months(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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
