"""Finds in all cells of a column how its periods are written, such as whether the day comes first. Pure."""

import re
from collections.abc import Sequence

from msgspec import Struct

from app.outcomes.imports.columns.edges import Edges
from app.outcomes.imports.columns.heading_words import is_fiscal, says_year_end, worded
from app.outcomes.measures.marks import period_and_mark
from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import Order, PeriodStyle, Role, Span
from app.outcomes.measures.period_text import span_of

# A date that may begin with the day or with the month, alone or as in w/e 02/04/2023.
SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", re.ASCII)
PREFIX = re.compile(r"[A-Za-z][A-Za-z&]*(?:[-_:] ?| - )")
CHANGING = re.compile(
    r"(?i)ytd|cumul|rolling|forecast|plan|target|until|since|before|after|average|total|to\b"
)
TWO_NUMBERS = re.compile(r"(\d{4})[/-](\d{2})", re.ASCII)  # a financial year, or a year and a month
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
FEWEST = 3  # different dates that can be regular
MOST = 0.8  # of the texts of a column of periods that can be read
TRIED = 400  # texts, after which a column with hardly any period is no longer tried
YEAR_DIGITS = 4
LENGTHS = (YEAR_DIGITS, 5, 6, 8)  # of digits alone that may be a period
ENDING = re.compile(
    r"(?i)\b(w/?e|(?:week|month|quarter|qtr|year|period)[- _]?end(ing|ed)?|ending|end[- _]date)\b"
)
STARTING = re.compile(
    r"(?i)\b(w/?[cb]|commencing|beginning|starting|start[- _]date"
    r"|(?:month|quarter|qtr|year|period)[- _]?start)\b"
)
NAMED: dict[Frequency, re.Pattern[str]] = {  # headings that say what their months stand for
    "quarter": re.compile(r"(?i)quarter|\bqtr|trimest|quartal|kwartaal"),
    "calendar_year": re.compile(r"(?i)\byear|jahr|\bann[eé]e|\baño\b|\bjaar"),
    "financial_year": re.compile(r"(?i)\byear|\bfy\b|jahr|\bann[eé]e|\baño\b|\bjaar"),
}
STORED = re.compile(r"\d{4}-\d\d-\d\d")
QUARTER_NUMBER = re.compile(r"\d{4}[/-]0?[1-4]", re.ASCII)
OF_MONTHS = re.compile(r"(?i)month|monat|\bmois|\bmes|maand")


class PeriodLook(Struct, frozen=True, omit_defaults=True):
    """How the periods of a column are written, as far as its cells tell.

    `order`: day or month first, because no calendar has another reading. `regular`: which of both makes all
    dates the first day of a month. `slashed`: a date that would be another one with the other order.
    `weekday`: of all its days, 0 for Monday. `role`: what the heading says the days are. `fiscal`: it says
    that years are financial ones. `years`: 2010-11 is one of them; `months`: it is one of the months beside
    it. `exchanged`: a text that is no date in one order, where all others are stored as dates that could be
    exchanged ones. `edges`: what part of longer periods its days and months are, by the order.
    """

    share: float = 0.0  # of the different texts that can be read
    order: Order | None = None
    regular: Order | None = None
    slashed: str = ""
    prefix: str = ""
    years: bool = False
    weekday: int | None = None
    role: Role = "in"
    fiscal: bool = False
    months: bool = False
    years_first: bool = False  # whether its dates may begin with a year of two digits, and nothing decides it
    named: tuple[Frequency, ...] = ()  # the longer periods that the heading names
    of_months: bool = False  # whether it names months
    longest: str = ""  # "day" where a text names a single day, else ""
    has_months: bool = False  # where a text names a month
    edges: dict[Order, Edges] = {}
    exchanged: str = ""
    part: str = ""  # a text that names a day or month
    example: str = ""

    @property
    def is_period(self) -> bool:
        return self.share >= MOST

    def style(self) -> PeriodStyle:
        """How to read the column unless somebody says otherwise."""
        order = self.order or self.regular or "dmy"
        return PeriodStyle(order, self.role, self.prefix, self.years, self.fiscal, self.months)


class PeriodColumn:
    """Collects what the different texts of a column tell about its periods."""

    def __init__(self, heading: str) -> None:
        self._heading = worded(heading)
        self._tried = self._read = 0
        self._only: set[Order] = set()
        self._alone = ""
        self._firsts: set[str] = set()
        self._seconds: set[str] = set()
        self._slashed = self._example = ""
        self._prefixes: set[str] = set()
        self._weekdays: dict[Order, set[int]] = {order: set() for order in ORDERS}
        self._years_first = True  # whether all dates can begin with a year of two digits
        self._financial: set[bool] = set()  # of two numbers, whether the second is the year after the first
        self._months = True  # of two numbers, whether the second can always be a month
        self._edges: dict[Order, Edges] = {}
        self._has_months = False
        self._a_part = ""
        self._stored: set[bool] = set()  # of days as spreadsheets store them, whether they could be exchanged
        self._years_alone = True  # whether all texts are calendar years
        self._undecided = False  # whether a text could be in either order

    def add(self, text: str) -> bool:
        """Take a text into account. Whether it names a period for certain in one of the styles."""
        if self._tried > TRIED and self._read < self._tried // 20:
            return False
        self._tried += 1
        text = period_and_mark(text)[0]
        if text.isdigit() and len(text) not in LENGTHS:
            return False
        found = self._spans(text)
        self._years_alone = self._years_alone and text.isdigit() and len(text) == YEAR_DIGITS
        if found:
            self._read += 1
            self._example = self._example or text
        return found

    def look(self) -> PeriodLook:
        """What the texts tell together."""
        years_first = self._may_begin_with_years()
        alone = set() if years_first else self._only
        order: Order | None = next(iter(alone)) if len(alone) == 1 else None
        days = self._weekdays[order or self._regular() or "dmy"]
        prefix = next(iter(self._prefixes)) if len(self._prefixes) == 1 else ""
        unread = len(self._prefixes) > 1
        return PeriodLook(
            share=0.0 if unread or not self._tried else self._read / self._tried,
            order=order,
            regular=None if order or alone or years_first else self._regular(),
            slashed=self._slashed or (self._a_part if years_first else ""),
            prefix=prefix,
            years=self._financial == {True},
            weekday=next(iter(days)) if len(days) == 1 else None,
            role="end"
            if ENDING.search(self._heading)
            else "start"
            if STARTING.search(self._heading)
            else "in",
            fiscal=is_fiscal(self._heading) and not (self._years_alone and says_year_end(self._heading)),
            years_first=years_first,
            months=self._months and False in self._financial,
            named=_named(self._heading),
            of_months=bool(OF_MONTHS.search(self._heading)),
            longest="day" if days else "",
            has_months=self._has_months,
            exchanged=self._alone if self._stored == {True} and not self._undecided else "",
            edges=self._edges,
            part=self._a_part,
            example=self._example,
        )

    def _spans(self, text: str) -> bool:
        if dates := SLASHED.findall(text):
            return self._slashed_dates(text, dates)
        if match := TWO_NUMBERS.fullmatch(text):
            self._financial.add((int(match[1]) + 1) % 100 == int(match[2]))
            self._months = self._months and 1 <= int(match[2]) <= 12
        span = span_of(text)
        if span is None:
            return self._prefixed(text)
        if STORED.match(text):
            self._stored.add(span.start.day < 13)
        for order, days in self._weekdays.items():
            self._part(order, span, text)
            if QUARTER_NUMBER.fullmatch(text) and NAMED["quarter"].search(self._heading):
                self._edges[order] = Edges(0, 0)  # 2023/4 may be the fourth quarter or April
            days |= {span.start.weekday()} if _is_one_day(span) else set()
        return True

    def _slashed_dates(self, text: str, dates: Sequence[tuple[str, str, str, str]]) -> bool:
        spans = {order: span_of(text, PeriodStyle(order)) for order in ORDERS[:2]}
        if not any(spans.values()) and (label := _label(text)):
            spans = {order: span_of(text, PeriodStyle(order, prefix=label)) for order in ORDERS[:2]}
            self._prefixes |= {label} if any(spans.values()) else set()
        if all(len(year) == 2 and int(first) > 12 for first, _, _, year in dates):
            spans["ymd"] = span_of(text, PeriodStyle("ymd"))
        self._years_first = self._years_first and spans.get("ymd") is not None
        good = [order for order in ORDERS[:2] if spans[order]]
        self._undecided = self._undecided or len(good) > 1
        if len(good) == 1:
            self._alone = text
            self._only.add(good[0])
        if good and spans["dmy"] != spans["mdy"]:
            self._slashed = self._slashed or text
        for first, _, second, _ in dates:
            self._firsts.add(first.lstrip("0"))
            self._seconds.add(second.lstrip("0"))
        for order, span in spans.items():
            if span:
                self._part(order, span, text)
                self._weekdays[order] |= {span.start.weekday()} if _is_one_day(span) else set()
        return bool(good)

    def _part(self, order: Order, span: Span, text: str) -> None:
        """Take into account what part of a longer period a day or month is."""
        if span.unit in ("day", "month") and span.role == "in":
            self._edges[order] = self._edges.get(order, Edges()).with_span(span)
            self._has_months = self._has_months or span.unit == "month"
            self._a_part = self._a_part or text

    def _may_begin_with_years(self) -> bool:
        """Whether 23/04/01 may be in 2023. The last days of months are those that 31/03/23 says."""
        edges = self._edges.get("dmy")
        return bool(self._firsts and self._years_first and not (edges and edges.of("month", "end")))

    def _prefixed(self, text: str) -> bool:
        """Take a period with a label in front of it into account."""
        label = _label(text)
        span = span_of(text, PeriodStyle(prefix=label)) if label else None
        if span is None:
            return False
        for order in self._weekdays:
            self._part(order, span, text)
        self._prefixes.add(label)
        return True

    def _regular(self) -> Order | None:
        """The order by which all dates are the first days of different months."""
        if self._firsts == {"1"} and len(self._seconds) >= FEWEST:
            return "dmy"
        return "mdy" if self._seconds == {"1"} and len(self._firsts) >= FEWEST else None


def _label(text: str) -> str:
    """What stands in front of a period, such as MSitAE-; none where it changes what the number means."""
    match = PREFIX.match(text)
    return match[0] if match and not CHANGING.match(match[0]) else ""


def _is_one_day(span: Span) -> bool:
    """Whether it is a day and not a week that is named by one."""
    return span.unit == "day" and span.role == "in"


def _named(heading: str) -> tuple[Frequency, ...]:
    """The periods that a heading says its cells are."""
    if OF_MONTHS.search(heading):
        return ()
    return tuple(one for one, words in NAMED.items() if words.search(heading))
