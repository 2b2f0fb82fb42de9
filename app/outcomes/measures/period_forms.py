"""The forms in which people write a day, month, quarter, week or year, and what each makes of it. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
FINANCIAL = 4  # the month in which a financial year begins
EPOCH = date(1899, 12, 30)  # the day before day 1 of spreadsheets, as they count
SERIALS = (20_000, 80_000)  # days from 1954 to 2119
CENTURIES = range(1900, 2101)  # years that six or eight digits in a row may begin with
YEARS_KNOWN = range(1800, 2201)

Order = Literal["dmy", "mdy", "ymd"]  # the year first, of two digits
Role = Literal[
    "in", "start", "end", "any"
]  # what a day or month is of its period; any: one that stands for all
Unit = Literal["day", "week", "month", "quarter", "year", "window"]


class PeriodStyle(NamedTuple):
    """How the texts of one column are read. `prefix` is in front of all of them, such as MSitAE-.

    `years`: 2010-11 is a financial year here and not November 2010; `months`: it is November, and so is
    2010/11. `fiscal`: all years are financial ones: Q1 2024 could be of the one that begins in 2024 or of the
    one that ends in it.
    """

    order: Order = "dmy"
    role: Role = "in"
    prefix: str = ""
    years: bool = False
    fiscal: bool = False
    months: bool = False


PLAIN = PeriodStyle()


class Span(NamedTuple):
    """First and last day of what was written, and what kind of thing it was."""

    start: date
    end: date
    unit: Unit
    role: Role = "in"


MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
MON, MON2 = MONTH.format("mon"), MONTH.format("mon2")
YEAR = r"(?P<y>\d{4}|\d{2})"
FOUR = r"(?P<y>\d{4})"
FINANCIAL_YEAR = r"(?:fy ?)?(?P<y>\d{4})[/-](?P<next>\d{4}|\d{2})"
SHORT_FINANCIAL_YEAR = r"(?:fy ?)?(?P<y>\d{2})[/-](?P<next>\d{2})"
QUARTER_NAME = r"(?:quarter|qtr|trimestre|trim|quartal|kwartaal|kwartał|kvartal|q)"
NTH_QUARTER = rf"(?P<nth>[1-4])(?:st|nd|rd|th|er|re|e|ème|\.|º|°)? ?{QUARTER_NAME}\.?"
QUARTER = rf"(?:{QUARTER_NAME}\.? ?(?P<q>[1-4])|{NTH_QUARTER})"
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


def _day(year: str, month: str | int, day: str) -> Span:
    one = date(year_number(year), int(month), int(day))
    return Span(one, one, "day")


def _slashed(match: re.Match[str], style: PeriodStyle) -> Span | None:
    first, second = match["a"], match["b"]
    if style.order == "mdy" and match["sign"] != ".":
        first, second = second, first
    if style.order == "ymd" and len(match["y"]) == 2:
        return _day(first, second, match["y"])
    return _day(match["y"], second, first)


def _month_of(year: int, month: int) -> Span:
    start = date(year, month, 1)
    return Span(start, end_of_month(start), "month")


def _month_of_financial_year(match: re.Match[str], _style: PeriodStyle) -> Span | None:
    if not _follows(match):
        return None
    month = month_number(match["mon"])
    return _month_of(year_number(match["y"]) + (month < FINANCIAL), month)


def _year_and_month(match: re.Match[str], style: PeriodStyle) -> Span | None:
    """2023-04. In a column of financial years 2010-11 is none of its months, 2010/11 only among months."""
    alone = "/" in match[0] and _follows(match) and not style.months
    if int(match["m"]) > 12 or style.years or alone:
        return None
    return _month_of(int(match["y"]), int(match["m"]))


def _quarter(match: re.Match[str], style: PeriodStyle) -> Span | None:
    """Of a financial year where two years are written, else of a calendar year."""
    groups = match.groupdict()
    if not _follows(match) if groups.get("next") else style.fiscal:
        return None
    begin = FINANCIAL if groups.get("next") else 1
    start = plus_months(
        date(year_number(match["y"]), begin, 1), 3 * int(groups.get("q") or groups["nth"]) - 3
    )
    return Span(start, plus_months(start, 3) - timedelta(days=1), "quarter")


def _financial_year(match: re.Match[str], _style: PeriodStyle) -> Span | None:
    if not _follows(match):
        return None
    start = date(year_number(match["y"]), FINANCIAL, 1)
    return Span(start, plus_months(start, 12) - timedelta(days=1), "year")


def _calendar_year(match: re.Match[str], style: PeriodStyle) -> Span | None:
    if style.fiscal or int(match["y"]) not in YEARS_KNOWN:
        return None
    return Span(date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31), "year")


def _week(match: re.Match[str], _style: PeriodStyle) -> Span:
    monday = date.fromisocalendar(int(match["y"]), int(match["w"]), 1)
    return Span(monday, monday + timedelta(days=6), "week")


def _compact(match: re.Match[str], _style: PeriodStyle) -> Span | None:
    if int(match["y"]) not in CENTURIES:
        return None
    if "d" in match.groupdict():
        return _day(match["y"], match["m"], match["d"])
    return _month_of(int(match["y"]), int(match["m"]))


def _serial(match: re.Match[str], _style: PeriodStyle) -> Span | None:
    days = int(match["n"])
    if not SERIALS[0] <= days < SERIALS[1]:
        return None
    return Span(EPOCH + timedelta(days=days), EPOCH + timedelta(days=days), "day")


def _of_names(match: re.Match[str], _style: PeriodStyle) -> Span:
    if "d" in match.groupdict():
        return _day(match["y"], month_number(match["mon"]), match["d"])
    return _month_of(year_number(match["y"]), month_number(match["mon"]))


def _numbered_month(match: re.Match[str], _style: PeriodStyle) -> Span:
    return _month_of(int(match["y"]), int(match["m"]))


Form = tuple[re.Pattern[str], Callable[[re.Match[str], PeriodStyle], Span | None]]


def _form(pattern: str, made: Callable[[re.Match[str], PeriodStyle], Span | None]) -> Form:
    return re.compile(pattern, re.ASCII), made


FORMS: tuple[Form, ...] = (
    _form(
        r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        lambda m, _: _day(m["y"], m["m"], m["d"]),
    ),
    _form(r"(?P<a>\d{1,2})(?P<sign>[/.-])(?P<b>\d{1,2})(?P=sign)" + YEAR, _slashed),
    _form(rf"{FOUR}[-/](?P<next>(?P<m>\d{{1,2}}))", _year_and_month),
    _form(rf"{MON}[ ,./_'-]*{YEAR}", _of_names),
    _form(rf"{FOUR}[ ,./_-]*{MON}", _of_names),
    _form(rf"{DAY}(?: of)?[ /-]?{MON}[ ,/'-]*{YEAR}", _of_names),
    _form(rf"{MON} {DAY},? {FOUR}", _of_names),
    _form(rf"{FOUR}[ /-]?{MON}[ /-]{DAY}", _of_names),
    _form(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _compact),
    _form(r"(?P<y>\d{4})(?P<m>\d{2})", _compact),
    _form(r"(?P<y>\d{4})[ -]?m(?P<m>\d{1,2})", _numbered_month),
    _form(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})", _compact),
    _form(rf"{FINANCIAL_YEAR}[ ,/-]*{MON}", _month_of_financial_year),
    _form(rf"{MON}[ ,-]*{FINANCIAL_YEAR}", _month_of_financial_year),
    _form(rf"{FOUR}[ ,/-]*{QUARTER}", _quarter),
    _form(rf"{QUARTER}[ ,/-]*(?:of )?{FOUR}", _quarter),
    _form(rf"{FINANCIAL_YEAR}[ ,-]*{QUARTER}", _quarter),
    _form(rf"{QUARTER}[ ,-]*(?:of )?{FINANCIAL_YEAR}", _quarter),
    _form(rf"{SHORT_FINANCIAL_YEAR}[ ,-]*{QUARTER}", _quarter),
    _form(rf"{QUARTER}[ ,-]*(?:of )?{SHORT_FINANCIAL_YEAR}", _quarter),
    _form(FINANCIAL_YEAR, _financial_year),
    _form(SHORT_FINANCIAL_YEAR, _financial_year),
    _form(rf"{FOUR}-?w(?P<w>\d{{1,2}})", _week),
    _form(rf"w(?P<w>\d{{1,2}})[ /-]{FOUR}", _week),
    _form(rf"{FOUR}mm(?P<m>\d{{2}})", _numbered_month),  # as the statistics of the Netherlands
    _form(rf"{FOUR}k(?:w0)?(?P<q>[1-4])", _quarter),  # as there and in Scandinavia
    _form(rf"{FOUR}jj00", _calendar_year),
    _form(r"(?P<y>\d{4}) \[yr(?P=y)\]", _calendar_year),  # as the World Bank
    _form(r"(?P<n>\d{5})(?:\.0+)?", _serial),
    _form(FOUR, _calendar_year),
)

BY_NAME = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}


def month_number(name: str) -> int:
    return BY_NAME[name[:3]]


def year_number(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _follows(match: re.Match[str]) -> bool:
    """Whether the second year written is the one after the first."""
    return (int(match["y"]) + 1) % (100 if len(match["next"]) == 2 else 10_000) == int(match["next"])


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
