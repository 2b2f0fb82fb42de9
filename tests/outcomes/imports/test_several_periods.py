"""Numbers that are of several periods by what a file says of them are pointed out before they are written."""

import pytest
from msgspec.structs import replace

from app.outcomes.imports.flags.over_time import of_several_periods
from app.outcomes.imports.guess import guess_mapping
from app.outcomes.imports.rows import RowFilter
from app.outcomes.measures.measure import Definition, Frequency, Measure
from tests.outcomes.imports.import_forms import bring, choose, measured, words
from tests.outcomes.imports.sample_tables import book, look_at
from tests.spaces.conftest import Winter
from tests.spaces.house import House

COUNT = Definition("Falls", value_kind="count", unit="", suppress_below=0)


def said_of(content: str | bytes, definition: Definition = COUNT, **choices: object) -> list[tuple[int, str]]:
    look = look_at(content)
    mapping = replace(guess_mapping(look, [Measure("m", "g", "x", 1, definition)]), firsts=(1,), **choices)
    return [
        (one.number, one.why.split(": a number of several")[0])
        for one in of_several_periods(look, mapping, definition)
    ]


def columns(period: str, number: str) -> str:
    return f"{period};{number}\nApr 2024;112\nMay 2024;130\nJun 2024;121\n"


@pytest.mark.parametrize(
    "heading",
    [
        *("Falls YTD", "FYTD", "Falls (cumulative)", "Falls, rolling 12 months", "Moving annual total"),
        *("falls_ytd", "FYTD_actual", "FallsYTD", "cum_falls", "running_total", "Falls (rolling)"),
    ],
)
def test_a_heading_of_numbers_says_it(heading: str) -> None:
    assert said_of(columns("Month", heading)) == [(1, f"Column B is headed “{heading}”")]


@pytest.mark.parametrize(
    "heading",
    [
        "12 months to",
        "Rolling year",
        "Three months ending",
        "Year to",
        "Year ending",
        "3-month period to",
        "12_months_to",
    ],
)
def test_the_heading_of_single_months_says_it(heading: str) -> None:
    assert said_of(columns(heading, "Falls")) == [(1, f"Column A is headed “{heading}”")]
    assert not said_of(columns(heading, "Falls"), replace(COUNT, pooled=True))


@pytest.mark.parametrize(
    ("heading", "frequency"),
    [("Year ending", "financial_year"), ("Month", "month"), ("Month ending", "month"), ("Year", "month")],
)
def test_a_heading_that_says_what_the_measure_is_says_nothing(heading: str, frequency: Frequency) -> None:
    assert not said_of(columns(heading, "Falls per year"), replace(COUNT, frequency=frequency))


@pytest.mark.parametrize(
    ("heading", "frequency"),
    [
        *((one, "quarter") for one in ("Quarter ending", "Quarter ended", "Quarter to", "3 months to")),
        *((one, "quarter") for one in ("three_months_to", "QuarterEnding")),
        ("1 month to", "month"),
        ("Year to", "calendar_year"),
    ],
)
def test_a_heading_of_one_period_of_the_measure_says_nothing(heading: str, frequency: Frequency) -> None:
    text = f"{heading};Falls\nMar 2024;112\nJun 2024;130\nSep 2024;121\n"
    assert not said_of(text, replace(COUNT, frequency=frequency))
    assert said_of("12 months to;Falls\nMar 2024;112\nJun 2024;130\n", replace(COUNT, frequency="quarter"))


@pytest.mark.parametrize(
    "title",
    [
        *("Monthly numbers, not cumulative", "Falls (non-cumulative)", "Excluding YTD", "Noncumulative"),
        *("Rolling out the new pathway", "Part of a rolling programme of publications", "Rolling stock"),
    ],
)
def test_what_denies_it_or_speaks_of_another_thing_says_nothing(title: str) -> None:
    assert not said_of(f'"{title}"\n\nMonth,Falls\nApr 2024,4\nMay 2024,9\n')
    assert not said_of(columns("Month", title))
    assert not said_of(f'Month,Falls,Kind\nApr 2024,4,"{title}"\nMay 2024,9,"{title}"\n')


def test_a_title_of_a_column_that_is_not_taken_says_nothing() -> None:
    both = '"Falls: month and YTD"\n\nMonth,Falls,Falls YTD\nApr 2024,4,4\nMay 2024,5,9\n'
    assert not said_of(both)
    assert said_of(both.replace(",Falls YTD", ",Staff"))


def test_a_title_a_sheet_and_the_rows_that_are_taken_say_it() -> None:
    title = said_of('"Falls, cumulative since April"\n\nMonth,Falls\nApr 2024,4\nMay 2024,9\n')
    wide = said_of("Item,Apr 2024,May 2024\nFalls YTD,4,9\n")
    kinds = "Month,Falls,Kind\nApr 2024,4,In month\nApr 2024,4,YTD\nMay 2024,5,In month\nMay 2024,9,YTD\n"
    of_months = said_of(kinds, only_rows=(RowFilter(2, ("In month",)),))
    so_far = said_of(kinds, only_rows=(RowFilter(2, ("YTD",)),))

    assert title == [(1, "“Falls, cumulative since April” stands above the table")]
    assert wide == [(2, "Column A says “Falls YTD”")]
    assert (of_months, so_far) == ([], [(2, "Column C says “YTD”")])
    assert not said_of(kinds)


async def test_it_is_said_before_anything_is_imported(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", COUNT)
    rows: list[list[object]] = [["12 months to", "Falls"], ["Apr 2024", 112], ["May 2024", 130]]
    file = await bring(home, winter.ana, imports, book(rows), "falls.xlsx")
    await choose(home, winter.ana, file)
    page = words((await winter.ana.get(file)).text)

    assert "Look at these again" in page
    assert "Column A is headed “12 months to”: a number of several periods would count for one." in page
