"""What all cells of a column tell about its periods."""

import pytest

from app.outcomes.imports.columns.period_column import PeriodColumn, PeriodLook


def look(*texts: str, heading: str = "") -> PeriodLook:
    column = PeriodColumn(heading)
    for text in texts:
        column.add(text)
    return column.look()


def test_one_day_after_the_twelfth_decides_the_order_of_all() -> None:
    assert look("01/02/2024", "13/02/2024").order == "dmy"
    assert look("01/02/2024", "02/13/2024").order == "mdy"


def test_dates_that_need_both_orders_decide_none() -> None:
    mixed = look("13/02/2024", "02/13/2024")

    assert (mixed.order, mixed.regular) == (None, None)


def test_dates_that_are_the_same_day_of_each_month_are_regular_in_one_order() -> None:
    assert look("4/1/2023", "5/1/2023", "6/1/2023").regular == "mdy"
    assert look("01/04/2023", "01/05/2023", "01/06/2023").regular == "dmy"


@pytest.mark.parametrize("texts", [("01/02/2024",), ("03/04/2024", "05/06/2024"), ("1/4/2023", "1/5/2023")])
def test_what_nothing_decides_stays_open(texts: tuple[str, ...]) -> None:
    found = look(*texts)

    assert (found.order, found.regular, found.slashed) == (None, None, texts[0])


def test_a_prefix_is_one_where_all_have_it_and_where_it_changes_nothing() -> None:
    assert look("MSitAE-APRIL-2023", "MSitAE-MAY-2023").prefix == "MSitAE-"
    assert look("MSitAE-APRIL-2023", "RTT-May-2023").share == 0
    assert look("YTD-April-2023", "YTD-May-2023").share == 0


def test_a_column_of_financial_years_has_no_months() -> None:
    assert look("2010-11", "2011-12").years
    assert not look("2010-11", "2010-12").years


def test_the_heading_may_say_which_day_of_the_week_it_is() -> None:
    assert look("2023-04-07", "2023-04-14", heading="Week ending").role == "end"
    assert look("2023-04-07", heading="w/c").role == "start"
    assert look("2023-04-07", "2023-04-14", heading="Date") == look("2023-04-07", "2023-04-14")
    assert look("2023-04-07", "2023-04-14").weekday == 4
    assert look("2023-04-07", "2023-04-13").weekday is None
