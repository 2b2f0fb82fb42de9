from datetime import date
from itertools import pairwise

import pytest

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Frequency
from app.outcomes.spc.series import Unreadable


@pytest.mark.parametrize(
    ("text", "frequency", "label"),
    [
        ("2024-01-31", "month", "January 2024"),
        ("01/02/2024", "month", "February 2024"),
        ("31.12.2023", "month", "December 2023"),
        ("Jan-24", "month", "January 2024"),
        ("sept 2024", "month", "September 2024"),
        ("2024-03-01 00:00:00", "month", "March 2024"),
        ("2024 Q2", "quarter", "April to June 2024"),
        ("2024/25 Q4", "quarter", "January to March 2025"),
        ("2020/21", "financial_year", "2020/21"),
        ("2020-21", "financial_year", "2020/21"),
        ("2011-12", "financial_year", "2011/12"),
        ("2011-12", "month", "December 2011"),
        ("2024-03-31", "financial_year", "2023/24"),
        ("2024", "calendar_year", "2024"),
        ("2024-11-20", "week", "Week of 18 November 2024"),
        ("3 March 2024", "day", "3 March 2024"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, frequency: Frequency, label: str) -> None:
    assert periods.read(text, frequency).label == label


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("2024-13-01", "month"),
        ("31/02/2024", "month"),
        ("2024", "month"),
        ("2024/25", "month"),
        ("2024 Q1", "month"),
        ("2001-03", "financial_year"),
        ("=TODAY()", "day"),
        ("", "month"),
        ("0001-01-01", "month"),
        ("9999-12-31", "financial_year"),
    ],
)
def test_what_is_no_period_of_the_measure_is_refused_in_a_sentence(text: str, frequency: Frequency) -> None:
    with pytest.raises(Unreadable, match=r"is not a date or period|but the measure is counted by the month"):
        periods.read(text, frequency)


def test_periods_follow_each_other_without_a_gap() -> None:
    found = periods.latest_over("month", date(2026, 3, 1), 14)

    assert [found[0].label, found[-1].label] == ["January 2025", "February 2026"]
    assert all(periods.after(one, "month") == two for one, two in pairwise(found))


def test_weeks_that_do_not_begin_on_a_monday_follow_each_other_without_a_gap() -> None:
    week = periods.read("week ending 13/01/2024", "week")
    following = periods.after(week, "week")

    assert (week.start, week.end) == (date(2024, 1, 7), date(2024, 1, 13))
    assert (following.start, following.label) == (date(2024, 1, 14), "Week ending 20 January 2024")
    assert periods.after(periods.of_day(date(2024, 1, 8), "week"), "week").label == "Week of 15 January 2024"
