"""Weeks, quarters and years in any spelling, number locale and layout are read back equal or asked about."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import MONTHS
from app.outcomes.measures.periods import Period
from tests.outcomes.imports.test_round_trip import LAYOUTS, LOCALES, financial_year, read_back, text_of

Write = Callable[[Period], str]


def months(period: Period) -> str:
    return f"{MONTHS[period.start.month - 1][:3]}-{MONTHS[period.end.month - 1][:3]} {period.end.year}"


DAYS: dict[str, Write] = {
    "first day": lambda one: one.start.isoformat(),
    "last day": lambda one: one.end.isoformat(),
}
LONG: dict[str, Write] = {
    **DAYS,
    "digits": lambda one: f"{one.start:%Y%m%d}",
    "to": lambda one: f"{one.start:%d/%m/%Y} to {one.end:%d/%m/%Y}",
}
SPELLINGS: dict[Frequency, dict[str, Write]] = {
    "quarter": {
        **LONG,
        "year first": lambda one: f"{one.start.year} Q{(one.start.month + 2) // 3}",
        "Eurostat": lambda one: f"{one.start.year}-Q{(one.start.month + 2) // 3}",
        "quarter first": lambda one: f"Q{(one.start.month + 2) // 3} {one.start.year}",
        "financial": lambda one: f"{financial_year(one.start)} Q{(one.start.month + 8) % 12 // 3 + 1}",
        "financial, turned": lambda one: (
            f"Q{(one.start.month + 8) % 12 // 3 + 1} {financial_year(one.start)}"
        ),
        "months": months,
    },
    "financial_year": {
        **LONG,
        "slash": lambda one: f"{one.start.year}/{one.end.year % 100:02}",
        "dash": lambda one: f"{one.start.year}-{one.end.year % 100:02}",
        "long": lambda one: f"{one.start.year}-{one.end.year}",
        "named": lambda one: f"FY {one.start.year}/{one.end.year % 100:02}",
        "its end": lambda one: f"year ending March {one.end.year}",
    },
    "calendar_year": {**LONG, "year": lambda one: str(one.start.year)},
    "week": {
        "first day": DAYS["first day"],
        "ISO": lambda one: "{}-W{:02}".format(*one.start.isocalendar()),
        "its end": lambda one: f"w/e {one.end:%d/%m/%Y}",
        "its beginning": lambda one: f"w/c {one.start:%d %B %Y}",
    },
    "day": {
        "ISO": DAYS["first day"],
        "slashes": lambda one: f"{one.start:%d/%m/%Y}",
        "name": lambda one: f"{one.start:%a} {one.start.day} {MONTHS[one.start.month - 1]} {one.start.year}",
    },
}
ALL = [(frequency, spelling) for frequency, spellings in SPELLINGS.items() for spelling in spellings]
TABLES = ("rows", "titled", "row_names", "across")


def following(first: date, frequency: Frequency, count: int) -> list[Period]:
    found = [periods.of_day(first, frequency)]
    while len(found) < count:
        found.append(periods.after(found[-1], frequency))
    return found


@given(st.data())
def test_what_is_read_is_what_was_written_or_it_is_asked(data: st.DataObject) -> None:
    frequency, spelling = data.draw(st.sampled_from(ALL))
    counted = data.draw(st.sampled_from([frequency, *periods.MONTHLY[1:]]))
    first = data.draw(st.dates(date(2001, 4, 1), date(2015, 12, 1)))
    values = data.draw(st.lists(st.integers(0, 99_999).map(Decimal), min_size=1, max_size=8))
    written = following(first, frequency, len(values))
    layout = LAYOUTS[data.draw(st.sampled_from(TABLES))]
    numbers = list(map(LOCALES[data.draw(st.sampled_from(sorted(LOCALES)))], values))
    text = text_of(layout([SPELLINGS[frequency][spelling](one) for one in written], numbers), ";")
    found = read_back(text, "count", counted)

    if counted == frequency:
        assert found in ({one.start: value for one, value in zip(written, values, strict=True)}, None)
    elif found is not None:  # of other periods at most by the first or last day of those that are counted
        ends = {day for one in written for day in (one.start, one.end)}
        assert len(found) == len(values)
        assert all(one in ends or periods.of_day(one, counted).end in ends for one in found)


SURE = [(frequency, spelling, layout) for frequency, spelling in ALL for layout in ("rows", "across")]


@pytest.mark.parametrize(("frequency", "spelling", "layout"), SURE)
def test_nothing_is_asked_where_all_is_said(frequency: Frequency, spelling: str, layout: str) -> None:
    written = following(date(2014, 4, 7), frequency, 8)
    written = (
        following(written[0].start + timedelta(days=14), frequency, 8) if frequency == "day" else written
    )
    texts = [SPELLINGS[frequency][spelling](one) for one in written]
    for locale, write in LOCALES.items():
        values = [Decimal(800 + 97 * place) for place in range(len(written))]
        found = read_back(text_of(LAYOUTS[layout](texts, list(map(write, values))), ";"), "count", frequency)

        assert found == {one.start: value for one, value in zip(written, values, strict=True)}, locale
