"""Nothing is read by the calendar in silence where the file says that its years are financial ones."""

import pytest
from msgspec.structs import replace

from app.outcomes.imports import guess, read_file
from app.outcomes.imports.columns.heading_words import is_fiscal
from app.outcomes.imports.flags.financial_years import of_financial_years
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.measures.measure import Definition, Frequency, Measure
from tests.outcomes.imports.import_forms import bring, choose, measured, words
from tests.outcomes.imports.sample_tables import KNOWN, look_at, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

COUNT = Definition("Falls", value_kind="count", unit="", suppress_below=0)


def read(
    text: str, frequency: Frequency, **choices: int | tuple[int, ...]
) -> tuple[list[str], list[str], list[tuple[int, str]]]:
    """The periods that are read, why others are refused, and what is pointed out."""
    definition = replace(COUNT, frequency=frequency)
    one = Measure("m", "g", "x", 1, definition)
    look = look_at(text)
    mapping: ColumnMapping = replace(guess.guess_mapping(look, [one]), **choices)
    known = replace(KNOWN, measures={"x": one}, style=mapping.style, decimal=mapping.decimal)
    parsed = read_file.parse_file(text.encode(), replace(mapping, measure="x"), known, nothing)
    told = [(flag.number, flag.why) for flag in of_financial_years(look, mapping, definition)]
    return [row.period.label for row in parsed.good], [row.why for row in parsed.bad], told


@pytest.mark.parametrize(
    "head",
    [
        "Year,Financial month",
        "Year,FY month no",
        "Fin Year,Month",
        "FinYear,MonthNo",
        "financial_year,month",
        "Year,fin_month",
    ],
)
def test_a_month_by_its_number_beside_one_year_is_refused(head: str) -> None:
    content = f"{head},Falls\n2023,1,3\n2023,2,4\n2023,3,5\n"
    good, bad, _ = read(content, "month", period_at=0, month_at=1, firsts=(2,))

    said = "“financial year 2023, 1” is of a financial year. Write both years, as in 2023/24 April."
    assert not good
    assert len(bad) == 3
    assert bad[0] == said
    assert read(content, "month", firsts=(2,))[1][0] == said  # the guess finds the month by itself


def test_a_calendar_year_beside_the_name_of_a_month_is_read() -> None:
    content = "CalendarYear,FinMonth,Falls\n2019,Apr,4\n2019,May,5\n"

    assert read(content, "month")[0] == ["April 2019", "May 2019"]
    assert not read(content.replace("Apr", "1").replace("May", "2"), "month")[0]


@pytest.mark.parametrize("heading", ["year_end", "YearTo", "Year ending"])
def test_a_year_that_may_end_with_any_month_is_read_and_pointed_out(heading: str) -> None:
    content = f"{heading},Falls\n2019,4\n2020,5\n2021,6\n"
    good, _, told = read(content, "calendar_year")

    assert good == ["2019", "2020", "2021"]
    assert told == [(1, f"Column A is headed “{heading}”, but “2019” is read as 2019.")]
    assert not read(content, "financial_year")[0]


@pytest.mark.parametrize(
    "heading", ["year_ended_31_12", "Year ending December", "YearEndingDec", "Year to 31/12"]
)
def test_a_year_that_ends_with_december_is_a_calendar_year(heading: str) -> None:
    good, _, told = read(f"{heading},Falls\n2019,4\n2020,5\n2021,6\n", "calendar_year")

    assert (good, told) == (["2019", "2020", "2021"], [])


@pytest.mark.parametrize("head", ["financial_quarter", "FinQuarter", "Fin. quarter", "FY_quarter"])
def test_a_quarter_of_one_year_is_refused_however_its_heading_is_written(head: str) -> None:
    good, bad, _ = read(f"{head},Falls\n2023 Q1,3\n2023 Q2,4\n", "quarter")

    assert not good
    assert bad[0] == "“2023 Q1” is of a financial year. Write both years, as in 2023/24 Q1."


@pytest.mark.parametrize("text", ["2023M01", "202301", "2023-01"])
def test_a_month_by_its_number_below_a_heading_of_financial_ones_is_pointed_out(text: str) -> None:
    good, _, told = read(f"Financial month,Falls\n{text},3\n{text[:-1]}2,4\n", "month")

    assert good == ["January 2023", "February 2023"]
    assert told == [(1, f"Column A is headed “Financial month”, but “{text}” is read as January 2023.")]
    assert not read(f"Month,Falls\n{text},3\n{text[:-1]}2,4\n", "month")[2]
    assert not read("Financial month,Falls\nApr 2023,3\nMay 2023,4\n", "month")[2]


QUARTERS = "Quarter,Falls\n2023 Q1,3\n2023 Q2,4\n2023 Q3,5\n"
YEARS = "Year,Falls\n2021,3\n2022,4\n2023,5\n"


@pytest.mark.parametrize(
    ("text", "frequency", "told"),
    [
        (
            f"Data by financial quarter\n{QUARTERS}",
            "quarter",
            (1, "financial quarter", "2023 Q1", "January to March 2023"),
        ),
        (f"Q1 = April to June\n{QUARTERS}", "quarter", (1, "Q1 = April", "2023 Q1", "January to March 2023")),
        (
            f"{QUARTERS}\nNote: of the financial year\n",
            "quarter",
            (6, "financial year", "2023 Q1", "January to March 2023"),
        ),
        (f"Financial years\n{YEARS}", "calendar_year", (1, "Financial years", "2021", "2021")),
        (f"Calendar quarters\n{QUARTERS}", "quarter", None),
        (f"{YEARS}\nCalendar years; financial years are on the next sheet\n", "calendar_year", None),
        (f"{QUARTERS}\nQ1 is January to March; financial year totals are elsewhere\n", "quarter", None),
        ("Financial year 2023/24\nQuarter,Falls\nApr 2023,3\nJul 2023,4\nOct 2023,5\n", "quarter", None),
        ("Financial quarters\nQuarter,Falls\n1 April 2023,3\n1 July 2023,4\n", "quarter", None),
        (f"Financial years\n{QUARTERS.replace('2023', '2023/24')}", "quarter", None),
    ],
)
def test_a_title_or_a_note_that_says_it_is_held_against_the_periods(
    text: str, frequency: Frequency, told: tuple[int, str, str, str] | None
) -> None:
    found = read(text, frequency)[2]

    if told is None:
        assert not found
    else:
        ((number, why),) = found
        assert number == told[0]
        assert told[1] in why
        assert why.endswith(f", but “{told[2]}” is read as {told[3]}.")


def test_which_headings_say_it() -> None:
    assert all(
        map(
            is_fiscal,
            ["FY", "Financial_Year", "fiscalQuarter", "Fin Yr", "F/Y", "Year ending March", "Academic year"],
        )
    )
    assert not any(
        map(
            is_fiscal,
            ["Date de fin", "Final month", "Year", "Fine", "Year ending 31 December", "Finance team"],
        )
    )


async def test_it_is_said_before_anything_is_imported(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", replace(COUNT, frequency="quarter"))
    file = await bring(home, winter.ana, imports, f"Data by financial quarter\n{QUARTERS}")
    await choose(home, winter.ana, file)
    page = words((await winter.ana.get(file)).text)

    assert (
        "The file says “Data by financial quarter”, but “2023 Q1” is read as January to March 2023." in page
    )
