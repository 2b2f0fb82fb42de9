"""A month in a quarterly measure, a day in a yearly one: read where it is sure, else asked about."""

import pytest

from app.outcomes.imports import read_file
from app.outcomes.imports.flags import row_flags
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.measures.measure import Definition, Frequency
from tests.outcomes.imports.import_forms import bring, choose, measured, send, values_of, words
from tests.outcomes.imports.sample_tables import nothing
from tests.outcomes.imports.test_other_files import ASKED, REFUSED, Found, brought, measure, table
from tests.spaces.conftest import Winter
from tests.spaces.house import House

PARTS = f"{ASKED}parts_are"
FEBRUARY = (
    f"{REFUSED}2 January to March 2023 would be the sum of February 2023 only. "
    "Its other months are not in the file."
)


@pytest.mark.parametrize(
    ("text", "frequency", "found"),
    [
        (table("REF_DATE,Falls", "2023-01,10", "2023-04,11", "2023-07,12"), "quarter", PARTS),
        (table("Year,Month,Falls", "2023,3,10", "2023,6,11", "2023,9,12"), "quarter", PARTS),
        (table("Ward,Jan 2023,Apr 2023,Jul 2023", "A,1,2,3"), "quarter", PARTS),
        (table("Date,Falls", "2023-03-01,10", "2023-06-01,11"), "quarter", PARTS),
        (table("Quarter ending,Falls", "Jan 2023,10", "Apr 2023,11"), "quarter", PARTS),
        (table("Month,Falls", "2023-04-01,10", "2023-07-01,11", "2023-10-01,12"), "quarter", PARTS),
        (table("Date,Falls", "2022-01-01,10", "2023-01-01,11"), "financial_year", PARTS),
        (table("Date,Falls", "2022-12-31,10", "2023-12-31,11"), "financial_year", PARTS),
        (table("Date,Falls", "2022-01-15,10", "2022-02-12,11"), "month", PARTS),
        (table("Week ending,Falls", "2022-01-07,10", "2022-02-11,11"), "month", PARTS),
        (table("Period end,Falls", "2022-02-01,10", "2022-03-01,11"), "month", PARTS),
        (
            table("Date,Falls", "2023-01-01,10", "2023-04-01,11"),
            "quarter",
            {"2023-01-01": "10", "2023-04-01": "11"},
        ),
        (
            table("Quarter,Falls", "Mar 2023,10", "Jun 2023,11"),
            "quarter",
            {"2023-01-01": "10", "2023-04-01": "11"},
        ),
        (
            table("Year ending,Falls", "March 2023,10", "March 2024,11"),
            "financial_year",
            {"2022-04-01": "10", "2023-04-01": "11"},
        ),
        (
            table("Month ending,Falls", "2023-04-01,10", "2023-05-01,11"),
            "month",
            {"2023-04-01": "10", "2023-05-01": "11"},
        ),
        (
            table("From,To,Falls", "Jan 2024,Mar 2024,112", "Apr 2024,Jun 2024,118"),
            "quarter",
            {"2024-01-01": "112", "2024-04-01": "118"},
        ),
        (
            table("From,To,Falls", "2024-01-01,2024-01-31,112", "2024-04-01,2024-04-30,118"),
            "quarter",
            f"{REFUSED}2 The period ends on 31 January 2024, but January to March 2024 on 31 March 2024.",
        ),
        (
            table("Start,End,Falls", "2024-01-08,2024-01-31,112", "2024-02-01,2024-02-29,118"),
            "month",
            f"{REFUSED}2 The period begins on 8 January 2024, but January 2024 on 1 January 2024.",
        ),
    ],
)
def test_a_date_stands_for_a_longer_period_only_where_that_is_sure(
    text: str, frequency: Frequency, found: Found
) -> None:
    assert brought(text, frequency=frequency) == found


@pytest.mark.parametrize(
    ("text", "frequency", "found"),
    [
        (
            table("Period,Falls", "2010/10,10", "2010/11,11", "2010/12,12"),
            "month",
            {"2010-10-01": "10", "2010-11-01": "11", "2010-12-01": "12"},
        ),
        (
            table("Ward,2010/10,2010/11,2010/12", "A,10,11,12"),
            "month",
            {"2010-10-01": "10", "2010-11-01": "11", "2010-12-01": "12"},
        ),
        (
            table("Period,Falls", "2010/11,10", "2011/12,11"),
            "financial_year",
            {"2010-04-01": "10", "2011-04-01": "11"},
        ),
        (table("Period,Falls", "2010/10,10", "2010/11,11"), "financial_year", PARTS),
        (table("Period,Falls", "2010-10,10", "2010-11,11"), "financial_year", PARTS),
        (
            table("Period,Falls", "2010/11,10"),
            "month",
            f"{REFUSED}2 “2010/11” is from 1 April 2010 to 31 March 2011, but the measure is counted by "
            "the month.",
        ),
    ],
)
def test_the_whole_column_says_whether_two_numbers_are_a_month_or_a_financial_year(
    text: str, frequency: Frequency, found: Found
) -> None:
    assert brought(text, frequency=frequency) == found


def test_our_own_layout_has_the_first_day_of_each_period() -> None:
    one = measure("count", "quarter")
    rows = "measure_code,period_start,value\nfalls,2024-01-01,1\nfalls,April 2024,2\nfalls,2024-08-01,3\n"
    known = Lookup({"falls": one}, {}, {}, "own")
    parsed = read_file.parse_file(rows.encode(), ColumnMapping("long"), known, nothing)

    assert [row.period.label for row in parsed.good] == ["January to March 2024", "April to June 2024"]
    assert [one.why for one in parsed.bad] == [
        "The period begins on 1 August 2024, but July to September 2024 on 1 July 2024."
    ]


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        (table("Date,Falls", "2023-02-01,1", "2023-05-01,2", "2023-08-01,3"), {}, FEBRUARY),
        (table("Date,Falls", "2023-02-28,1", "2023-05-31,2", "2023-08-31,3"), {}, FEBRUARY),
        (
            table("Date,Falls", "2023-01-01,1", "2023-02-01,2", "2023-03-01,4"),
            {},
            {"2023-01-01": "7"},
        ),
        (
            table("Date,Ward,Falls", "2023-01-01,A,1", "2023-01-01,B,2", "2023-04-01,A,4"),
            {},
            {"2023-01-01": "3", "2023-04-01": "4"},
        ),
        (
            table("From,To,Ward,Falls", "Jan 2023,Mar 2023,A,1", "Jan 2023,Mar 2023,B,2"),
            {},
            {"2023-01-01": "3"},
        ),
        (
            table("Date,Ward,Falls", "Mar 2023,A,1", "Mar 2023,B,2", "Jun 2023,A,4"),
            {"parts_are": "end"},
            {"2023-01-01": "3", "2023-04-01": "4"},
        ),
    ],
)
def test_a_sum_is_of_all_months_however_they_are_written(
    text: str, said: dict[str, str], found: Found
) -> None:
    assert brought(text, frequency="quarter", add_up="yes", **said) == found


async def test_whoever_is_asked_what_a_month_stands_for_can_say_so(home: House, winter: Winter) -> None:
    quarterly = Definition(name="Falls", value_kind="count", unit="", suppress_below=0, frequency="quarter")
    imports = await measured(home, winter, "x", quarterly)
    file = await bring(home, winter.bo, imports, "Date,Falls\nMar 2023,12\nJun 2023,14\nJul 2023,3\n")
    asked = await choose(home, winter.bo, file)
    await choose(home, winter.bo, file, parts_are="end")
    page = words((await winter.bo.get(file)).text)
    await send(home, winter.bo, f"{file}/do", leave_out="yes")

    assert asked.status_code == 422
    assert "such as Mar 2023, and the measure is counted by the quarter. Say what each of them" in asked.text
    assert "“Jul 2023” is not the last part of a period, but somewhere in July to September 2023." in page
    assert [start for start, _ in await values_of(home)] == ["2023-01-01", "2023-04-01"]


async def test_a_sum_of_some_of_its_months_is_refused_and_one_of_fewer_rows_pointed_out(
    home: House, winter: Winter
) -> None:
    count = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "m", count)
    await measured(
        home,
        winter,
        "q",
        Definition(name="Falls", value_kind="count", unit="", suppress_below=0, frequency="quarter"),
    )
    months = "Month,Falls\n" + "".join(f"2023-{month:02},{month}\n" for month in range(1, 6))
    by_quarter = await bring(home, winter.bo, imports, months)
    await choose(home, winter.bo, by_quarter, measure="q", add_up="yes")
    wards = "Month,Ward,Falls\n" + "".join(
        f"2023-{month:02},{ward},{month}\n"
        for month in range(1, 7)
        for ward in "AB"
        if (month, ward) != (3, "B")
    )
    by_ward = await bring(home, winter.bo, imports, wards)
    await choose(home, winter.bo, by_ward, measure="m", first="Falls", add_up="yes")

    assert (
        "April to June 2023 would be the sum of April 2023, May 2023 only. Its other months are not in "
        "the file." in words((await winter.bo.get(by_quarter)).text)
    )
    assert "March 2023: the sum of 1 row, where nearly all others are of 2." in words(
        (await winter.bo.get(by_ward)).text
    )


@pytest.mark.parametrize(
    ("rows", "frequency", "kind"),
    [
        (("2023-01,10", "2023-04,11", "2023-07,12"), "month", "months"),
        (("2022-01-01,10", "2023-01-01,11", "2024-01-01,12"), "month", "months"),
        (("2024-01-01,10", "2024-02-01,11", "2024-03-01,12"), "week", "weeks"),
        (("2024-01-01,10", "2024-01-08,11", "2024-01-15,12"), "day", "days"),
        (("2023-01,10", "2023-02,11", "2023-07,12"), "month", ""),
    ],
)
def test_numbers_that_may_be_of_a_longer_time_are_pointed_out(
    rows: tuple[str, ...], frequency: Frequency, kind: str
) -> None:
    one = measure("count", frequency)
    known = Lookup({"falls": one}, {}, {}, "own")
    mapping = ColumnMapping("rows", "falls", firsts=(1,), period_at=0)
    parsed = read_file.parse_file(table("Date,Falls", *rows).encode(), mapping, known, nothing)
    found = list(row_flags.spaced_out({parsed.good[0].series: parsed.good}, {one.id: one.definition}))

    assert [(flag.number, f"neighbouring {kind}" in flag.why) for flag in found] == (
        [(3, True)] if kind else []
    )
