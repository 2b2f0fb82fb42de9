"""Reads what people write for a period, such as Q1 2022/23 or w/e 02/04/2023, as days. Pure.

Only what can mean one thing is read. What one text alone cannot say, such as whether 01/02/2024 begins with
the day, is in a `PeriodStyle`, which somebody finds in the whole column or chooses.
"""

import re
from datetime import date

from app.outcomes.measures.marks import period_and_mark
from app.outcomes.measures.month_names import in_english
from app.outcomes.measures.period_forms import (
    FORMS,
    MON,
    MON2,
    PLAIN,
    YEAR,
    PeriodStyle,
    Role,
    Span,
    end_of_month,
    month_number,
    plus_months,
    year_number,
)

TIME = re.compile(
    r"[t ](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?[ap]m)?(?P<zone>z| ?utc| ?gmt|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
SIGNS = str.maketrans("–—−‑’‘", "----''")
NAMED = re.compile("[a-z]")
MIDNIGHT = re.compile(r"0?0:00(:00(\.0+)?)?")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(r"^(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs)?(?:[a-z]*day)?,? ")
ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("end", re.compile(r"^(?:w/?e|wk ending|week[- ]?end(?:ing)?)\.?:? ")),
    (
        "start",
        re.compile(r"^(?:w/?[cb]|wk commencing|week[- ](?:commencing|beginning|starting|of|from))\.?:? "),
    ),
)
MONTHS_TO = re.compile(
    r"^(?:(?P<n>\d{1,2})[ -]months?|(?P<word>month|quarter|year))"
    r"[ -](?:end(?:ing|ed)?|to)(?: in)? (?P<last>.+)$"
)
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
RANGE = re.compile(r"^(?P<first>.+?) ?(?: - | to | until |(?<=[a-z0-9])-(?=[a-z0-9])) ?(?P<last>.+)$")
MONTHS_OF_YEAR = re.compile(rf"{MON} ?(?:-|/|to) ?{MON2}[ ,]*{YEAR}", re.ASCII)


def span_of(text: str, style: PeriodStyle = PLAIN) -> Span | None:
    """The days that a text names, or None where it names none for certain."""
    words = " ".join(period_and_mark(text)[0].split())
    if style.prefix and words.startswith(style.prefix):
        words = words.removeprefix(style.prefix)
    words = in_english(words.translate(SIGNS).casefold().strip())
    try:
        return _windowed(words, style)
    except (ValueError, OverflowError):  # it looks like a day, but no calendar has it
        return None


def _windowed(words: str, style: PeriodStyle) -> Span | None:
    for role, begins in ROLES:
        if match := begins.match(words):
            day = _one(words[match.end() :], style)
            return day._replace(role=role) if day and day.unit == "day" else None
    if match := MONTHS_TO.match(words):
        last = _one(match["last"], style)
        return _months_to(last, int(match["n"] or LENGTHS[match["word"]])) if last else None
    return _one(words, style) or _range(words, style)


def _one(words: str, style: PeriodStyle) -> Span | None:
    if match := TIME.search(words):
        if match["zone"] and not MIDNIGHT.fullmatch(match["time"]):
            return None  # another day where the clock is another
        words = words[: match.start()]
    named = WEEKDAY.match(words)
    words = words[named.end() :] if named else words
    for pattern, made in FORMS:
        if match := pattern.fullmatch(words):
            span = made(match, style)
            if span is not None:
                return span if named is None or _is_on(span, named["day"]) else None
    return None


def _is_on(span: Span, weekday: str) -> bool:
    """Whether a day is of the weekday that is written before it: else one of both is wrong."""
    return span.unit != "day" or WEEKDAYS[span.start.weekday()] == weekday


def _range(words: str, style: PeriodStyle) -> Span | None:
    """From one day or month to another: Apr 2022 to Mar 2023, 01/04/2022 - 31/03/2023, Oct-Dec 2022."""
    if match := MONTHS_OF_YEAR.fullmatch(words):
        return _months_of_year(match)
    match = RANGE.match(words)
    if match is None or (last := _one(match["last"], style)) is None:
        return None
    first = _one(match["first"], style)
    if first is None and NAMED.search(match["last"]):
        first = _day_before(match["first"], last)
    if first and first.unit == last.unit and first.unit in ("day", "month") and first.end < last.end:
        return Span(first.start, last.end, "window")
    return None


def _day_before(words: str, last: Span) -> Span | None:
    """A day that says no year, or no month either, before another: 6 or 30 Dec, before 5 January 2025."""
    if last.unit != "day":
        return None
    if words.isdigit() and len(words) <= 2:
        day = last.start.replace(day=int(words))
        return Span(day, day, "day")
    found = (_one(f"{words} {year}", PLAIN) for year in (last.start.year, last.start.year - 1))
    return next((one for one in found if one and one.unit == "day" and one.start < last.start), None)


def _months_of_year(match: re.Match[str]) -> Span | None:
    first, last, year = month_number(match["mon"]), month_number(match["mon2"]), year_number(match["y"])
    if first == last:
        return None
    start = date(year - (first > last), first, 1)
    return Span(start, end_of_month(date(year, last, 1)), "window")


def _months_to(last: Span, count: int) -> Span | None:
    """So many months, of which the last ends with this day or month."""
    if last.unit not in ("day", "month") or last.end != end_of_month(last.end) or not 1 <= count <= 60:
        return None
    return Span(plus_months(last.end.replace(day=1), 1 - count), last.end, "window")
