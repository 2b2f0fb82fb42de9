"""What people write for a period, read as days."""

from datetime import date

import pytest

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import PeriodStyle
from app.outcomes.measures.period_text import span_of
from app.outcomes.spc.series import Unreadable

APRIL = (date(2023, 4, 1), date(2023, 4, 30))
QUARTER = (date(2022, 4, 1), date(2022, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Apr-23",
            "APR2023",
            "2023 APR",
            "2023M04",
            "202304",
            "2023-04",
            "04/2023",
            "04-2023",
            "04.2023",
            "April 2023",
        ),
        *("2023/24 April", "April 2023/24", "Apr'23", "2023-M4", "Apr. 2023", "month to 30 April 2023"),
    ],
)
def test_a_month_is_read_in_all_its_spellings(text: str) -> None:
    span = span_of(text)

    assert span is not None
    assert (span.start, span.end) == APRIL


@pytest.mark.parametrize(
    "text",
    [
        *("2023-04-01", "01/04/23", "01APR2023", "20230401", "45017", "1 April 2023", "April 1, 2023"),
        *("2023-04-01T00:00:00Z", "2023-04-01 23:59:59", "1.4.2023", "Sat 1st April 2023", "45017.0"),
    ],
)
def test_a_day_is_read_in_all_its_spellings(text: str) -> None:
    span = span_of(text)

    assert span is not None
    assert (span.start, span.end, span.unit) == (date(2023, 4, 1), date(2023, 4, 1), "day")


@pytest.mark.parametrize(
    "text",
    [
        *("2022/23 Q1", "Q1 2022/23", "2022-23 Q1", "Q1 22/23", "2022/23 Qtr 1", "Apr-Jun 2022"),
        *("Quarter 1 2022/23", "April to June 2022", "2022 Q2", "3 months to June 2022", "2022-Q2"),
    ],
)
def test_a_quarter_is_read_in_all_its_spellings(text: str) -> None:
    span = span_of(text)

    assert span is not None
    assert (span.start, span.end) == QUARTER


@pytest.mark.parametrize(
    "text",
    [
        *("23-Apr", "Q1", "FY2023 Q1", "Week 13 2023", "31/02/2024", "2023-03-31T23:00:00Z", "112"),
        *("month ending 15/04/2023", "2022/24", "13/13/2023", "April", "2023M13", "99999", "Apr-Apr 2022"),
    ],
)
def test_what_can_mean_two_things_or_none_is_not_read(text: str) -> None:
    assert span_of(text) is None


def test_the_order_of_day_and_month_is_that_of_the_column_but_dots_are_of_the_continent() -> None:
    american = PeriodStyle("mdy")

    assert span_of("4/1/2023", american) == span_of("1/4/2023")
    assert span_of("1.4.2023", american) == span_of("1.4.2023")


def test_a_label_in_front_of_all_periods_is_no_part_of_them() -> None:
    assert span_of("MSitAE-APRIL-2023") is None
    assert span_of("MSitAE-APRIL-2023", PeriodStyle(prefix="MSitAE-")) == span_of("April 2023")


@pytest.mark.parametrize(
    ("text", "style", "start", "label"),
    [
        ("w/e 02/04/2023", PeriodStyle(), date(2023, 3, 27), "Week of 27 March 2023"),
        ("w/c 27/03/2023", PeriodStyle(), date(2023, 3, 27), "Week of 27 March 2023"),
        ("2023-W13", PeriodStyle(), date(2023, 3, 27), "Week of 27 March 2023"),
        ("week ending Friday 7 April 2023", PeriodStyle(), date(2023, 4, 1), "Week ending 7 April 2023"),
        ("2023-04-07", PeriodStyle(role="end"), date(2023, 4, 1), "Week ending 7 April 2023"),
        ("2023-04-07", PeriodStyle(role="start"), date(2023, 4, 7), "Week ending 13 April 2023"),
        ("2023-04-07", PeriodStyle(), date(2023, 4, 3), "Week of 3 April 2023"),
    ],
)
def test_a_week_may_begin_or_end_on_any_day(text: str, style: PeriodStyle, start: date, label: str) -> None:
    week = periods.read(text, "week", style)

    assert (week.start, (week.end - week.start).days, week.label) == (start, 6, label)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        *(("January 2024", "day"), ("January 2024", "week"), ("2024 Q1", "calendar_year")),
        *(("2020/21", "calendar_year"), ("2024", "financial_year"), ("12 months to March 2023", "month")),
        *(("2011/12", "month"), ("Mar-May 2023", "quarter"), ("2023-W13", "month"), ("2023-W13", "day")),
    ],
)
def test_what_is_longer_than_what_is_counted_is_refused_and_not_shortened(
    text: str, frequency: Frequency
) -> None:
    with pytest.raises(Unreadable, match="but the measure is counted by the"):
        periods.read(text, frequency)


def test_a_year_that_ends_in_march_is_a_financial_year() -> None:
    assert periods.read("year ending March 2023", "financial_year").label == "2022/23"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Apr 2022 to Mar 2023", "12 months to March 2023"),
        ("12 months to March 2023", "12 months to March 2023"),
        ("01/04/2022 - 31/03/2023", "12 months to March 2023"),
        ("05/04/2022 - 04/05/2022", "5 April 2022 to 4 May 2022"),
    ],
)
def test_a_window_is_labelled_by_its_end(text: str, label: str) -> None:
    window = periods.read_window(text)

    assert window is not None
    assert window.label == label
