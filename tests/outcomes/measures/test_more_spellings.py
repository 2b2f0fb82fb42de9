"""Periods as people of other languages and other programs write them, each where it can mean one thing."""

from datetime import date

import pytest

from app.outcomes.measures.period_forms import PeriodStyle
from app.outcomes.measures.period_text import span_of

WELSH = (
    "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
    "Ion Chwe Maw Ebr Mai Meh Gor Awst Medi Hyd Tach Rhag",
)
POLISH = (
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik",
    "sty lut mar kwi maj",
)
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"


@pytest.mark.parametrize("names", [*WELSH, *POLISH, SPANISH])
@pytest.mark.parametrize("form", ["{} 2024", "{}-24", "{} de 2024", "1 {} 2024"])
def test_months_of_other_languages_are_known(names: str, form: str) -> None:
    months = [span.start.month if (span := span_of(form.format(one))) else 0 for one in names.split()]

    assert months == [*range(1, len(months) + 1)]


@pytest.mark.parametrize("text", ["listopad 2024", "de 2024", "enero del"])
def test_what_is_two_months_or_none_is_not(text: str) -> None:
    assert span_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2024-12-31 12:00:00 AM",
        "31/12/2024 12:00 am",
        "31/12/2024 6:30:00PM",
        "2024-12-31 00:00:00 UTC",
        "2024-12-31T00:00:00 GMT",
        "31 de diciembre de 2024",
    ],
)
def test_the_time_behind_a_day_does_not_hide_it(text: str) -> None:
    assert span_of(text) == span_of("2024-12-31")


def test_a_time_in_another_zone_does() -> None:
    assert span_of("2024-12-31 23:00:00 UTC") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6-12 January 2025", date(2025, 1, 6), date(2025, 1, 12)),
        ("30 Dec - 5 Jan 2025", date(2024, 12, 30), date(2025, 1, 5)),
        ("1 April to 30 April 2024", date(2024, 4, 1), date(2024, 4, 30)),
        ("4Q2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("1er trimestre de 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2. Quartal 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("3rd quarter 2024/25", date(2024, 10, 1), date(2024, 12, 31)),
        ("Apr ’24", date(2024, 4, 1), date(2024, 4, 30)),
    ],
)
def test_days_and_quarters_are_known_in_other_words(text: str, first: date, last: date) -> None:
    span = span_of(text)

    assert span
    assert (span.start, span.end) == (first, last)


@pytest.mark.parametrize("text", ["12-6 January 2025", "31-12 April 2024", "3-2024-01-05", "T1 2024"])
def test_what_is_no_span_of_days_is_none(text: str) -> None:
    assert span_of(text) is None


def test_a_quarter_by_its_number_first_is_none_of_a_financial_year_that_is_not_named() -> None:
    assert span_of("1st quarter 2024", PeriodStyle(fiscal=True)) is None
