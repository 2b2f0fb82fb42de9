"""What a file leaves open is asked, and what was found in it is shown, before anything is imported."""

import pytest

from app.outcomes.measures.measure import Definition, Frequency
from tests.outcomes.imports.import_forms import (
    bring,
    bring_case,
    choose,
    fields_of,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.outcomes.imports.sources.old_workbooks import ods, xls
from tests.spaces.conftest import Winter
from tests.spaces.house import House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a file is read does not depend on the database."""
    return sqlite_url


def count(frequency: Frequency = "month", hide: int = 0) -> Definition:
    return Definition(
        name="Falls",
        value_kind="count",
        unit="",
        frequency=frequency,
        suppress_below=hide,
        direction="decrease",
    )


async def test_dates_that_nothing_decides_are_asked_about(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count())
    file = await bring(home, winter.bo, imports, "Month,Falls\n03/04/2023,12\n05/06/2023,14\n")
    asked = await choose(home, winter.bo, file)
    await choose(home, winter.bo, file, date_order="mdy")
    await send(home, winter.bo, f"{file}/do")

    assert asked.status_code == 422
    assert "“03/04/2023” can begin with the day or with the month" in words(asked.text)
    assert "Month first: 03/04/2023 is 4 March 2023" in words(asked.text)
    assert [start for start, _ in await values_of(home)] == ["2023-03-01", "2023-05-01"]


async def test_regular_months_decide_nothing_where_days_are_counted(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count("day"))
    file = await bring(home, winter.bo, imports, "Day,Falls\n1/1/2024,5\n2/1/2024,6\n3/1/2024,7\n")
    asked = await choose(home, winter.bo, file)

    assert asked.status_code == 422
    assert "“2/1/2024” can begin with the day or with the month" in words(asked.text)


async def test_our_own_layout_is_asked_about_its_dates_too(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count())
    long = "measure_code,period_start,value\nx,03/04/2023,12\nx,05/06/2023,14\n"
    file = await bring(home, winter.bo, imports, long)
    page = await winter.bo.get(file)
    await choose(home, winter.bo, file, date_order="dmy")

    assert "Dates begin with" in page.text
    assert tally((await winter.bo.get(file)).text) == [2, 0, 0, 0]


async def test_weeks_by_a_day_that_is_no_monday_are_asked_about(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count("week"))
    file = await bring(home, winter.bo, imports, "Date,Falls\n2023-04-07,12\n2023-04-14,14\n")
    asked = await choose(home, winter.bo, file)
    await choose(home, winter.bo, file, dates_are="end")
    page = (await winter.bo.get(file)).text

    assert "The dates are all Fridays." in words(asked.text)
    assert "Week ending 7 April 2023 to Week ending 14 April 2023" in words(page)


async def test_numbers_that_nothing_decides_are_asked_about_unless_they_are_counts(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count())
    await measured(
        home, winter, "days", Definition(name="Stay", value_kind="score", unit="", suppress_below=0)
    )
    file = await bring(home, winter.bo, imports, "Month;Falls\nApr-23;1.234\nMay-23;5.678\n")
    asked = await choose(home, winter.bo, file, measure="days")
    await choose(home, winter.bo, file, measure="x")
    await send(home, winter.bo, f"{file}/do")

    assert asked.status_code == 422
    assert "“1.234” can be read in two ways" in words(asked.text)
    assert [value for _, value in await values_of(home)] == [1234, 5678]


async def test_what_was_found_is_shown_and_can_be_changed(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count())
    file = await bring_case(home, winter.bo, imports, "c05-continental-numbers.csv")
    page = (await winter.bo.get(file)).text
    await choose(home, winter.bo, file, first="Faelle")
    read = (await winter.bo.get(file)).text
    await winter.bo.post(f"{file}/again")
    await choose(home, winter.bo, file, decimal=".")
    changed = (await winter.bo.get(file)).text

    assert "A comma: 1.234 is read as 1,234" in words(page)
    assert fields_of(page)["decimal"] == ","
    assert "2 01.04.2023 · 1.234 April 2023 1,234" in words(read)
    assert "1.234 is a count with decimals." in words(changed)


async def test_an_empty_place_is_asked_about_and_never_ones_own_organisation(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count())
    rows = "Month,Ward,Falls\nApr-23,A,1\nMay-23,A,2\nJun-23,,3\nApr-23,B,4\n"
    file = await bring(home, winter.bo, imports, rows)
    asked = await choose(home, winter.bo, file, place="Ward")
    own = await choose(home, winter.bo, file, place="Ward", blank="own")
    page = (await winter.bo.get(file)).text

    assert asked.status_code == 422
    assert "Column B is empty in 1 row, first in row 4. Say what that means." in asked.text
    assert own.status_code == 303
    assert tally(page) == [4, 0, 0, 0]


async def test_small_numbers_are_said_to_be_hidden_before_they_are_imported(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count(hide=5))
    file = await bring(home, winter.bo, imports, "Month,Falls\nApr-23,3\nMay-23,0\nJun-23,12\nAug-23,4\n")
    await choose(home, winter.bo, file)
    page = words((await winter.bo.get(file)).text)

    assert "2 values in this file are small and will be hidden" in page
    assert "2 of 4 hidden as small numbers" in page
    assert "1 period between them is not in the file" in page


async def test_the_table_is_shown_and_can_be_chosen(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count())
    text = "Month,Falls\nMonat,Stuerze\nApr-23,12\nMay-23,14\nTotal,26\n"
    file = await bring(home, winter.bo, imports, text)
    page = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/table", first_heading="2", last_heading="2", end="5")
    again = (await winter.bo.get(file)).text
    await choose(home, winter.bo, file, period="Monat", first="Stuerze")

    assert "Row 5: Total · 26" in words(page)
    assert "headings in row 2, last row 5" in words(again)
    assert tally((await winter.bo.get(file)).text) == [2, 0, 0, 1]


async def test_a_table_that_cannot_be_read_to_its_end_can_be_chosen_again(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count())
    file = await bring(home, winter.bo, imports, "Month,Falls\nApr-23,12\nMay-23,1,234\n")
    page = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/table", first_heading="1", last_heading="1", end="2")

    assert "Row 3 has more cells than the heading in row 1" in page
    assert "Use this table" in page
    assert "See what would change" in (await winter.bo.get(file)).text


@pytest.mark.parametrize("kind", ["xls", "ods"])
async def test_old_and_free_workbooks_are_brought_like_others(home: House, winter: Winter, kind: str) -> None:
    imports = await measured(home, winter, "x", count())
    rows: list[list[str | float]] = [["Month", "Falls"], ["Apr-23", 12.0], ["May-23", 14.0]]
    content = xls(rows) if kind == "xls" else ods(rows)
    file = await bring(home, winter.bo, imports, content, f"numbers.{kind}")
    await choose(home, winter.bo, file)

    assert tally((await winter.bo.get(file)).text) == [2, 0, 0, 0]


async def test_windows_that_overlap_are_refused_unless_the_measure_says_that_they_do(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count("irregular"))
    await measured(
        home,
        winter,
        "y",
        Definition(name="Rolling", value_kind="count", unit="", pooled=True, suppress_below=0),
    )
    text = "Period,Falls\nApr 2022 to Mar 2023,12\nMay 2022 to Apr 2023,14\n"
    file = await bring(home, winter.bo, imports, text)
    await choose(home, winter.bo, file, measure="x")
    apart = (await winter.bo.get(file)).text
    await winter.bo.post(f"{file}/again")
    await choose(home, winter.bo, file, measure="y")
    pooled = (await winter.bo.get(file)).text

    assert tally(apart) == [1, 0, 0, 1]
    assert "Say in the measure that its periods overlap" in words(apart)
    assert tally(pooled) == [2, 0, 0, 0]
    assert "12 months to March 2023 to 12 months to April 2023" in words(pooled)
