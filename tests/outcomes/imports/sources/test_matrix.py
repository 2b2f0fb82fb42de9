"""Years above and months at the side, or the other way round, are one row for each month."""

import pytest

from app.outcomes.measures.measure import Frequency
from tests.outcomes.imports.sample_tables import book, look_at
from tests.outcomes.imports.test_marks_in_files import read
from tests.outcomes.imports.test_other_files import ASKED, REFUSED, TWO_YEARS, Found, brought, table

MONTHS = {"2022-01-01": "4", "2022-02-01": "7", "2023-01-01": "5", "2023-02-01": "8"}
FINANCIAL = {"2022-04-01": "4", "2023-04-01": "5", "2022-05-01": "7", "2023-05-01": "8"}


def fiscal(part: str, example: str = " April") -> str:
    return f"{REFUSED}2 {TWO_YEARS.format(f'2022, {part}', example)}"


@pytest.mark.parametrize(
    ("text", "frequency", "found"),
    [
        (table("Month,2022,2023", "Jan,4,5", "Feb,7,8"), "month", MONTHS),
        (table("Year,Jan,Feb", "2022,4,7", "2023,5,8"), "month", MONTHS),
        (table("Year;janvier;février", "2022;4;7", "2023;5;8"), "month", MONTHS),
        (
            table("Falls", "", "Month,2022,2023,Both", "Jan,4,5,9", "Feb,7,8,15", "Total,11,13,24"),
            "month",
            MONTHS,
        ),
        (table("Month,2022/23,2023/24", "Apr,4,5", "May,7,8"), "month", FINANCIAL),
        (table("Year,Apr,May", "2022/23,4,7", "2023/24,5,8"), "month", FINANCIAL),
        (
            table("Quarter,2022/23,2023/24", "Q1,4,5", "Q4,7,8"),
            "quarter",
            {"2022-04-01": "4", "2023-04-01": "5", "2023-01-01": "7", "2024-01-01": "8"},
        ),
        (table("Year,Jan,Feb", "2022,4,7"), "month", {"2022-01-01": "4", "2022-02-01": "7"}),
        (
            table("Month,2025,2026", "Nov,4,5", "Dec,7,"),
            "month",
            {"2025-11-01": "4", "2026-11-01": "5", "2025-12-01": "7"},
        ),
        (table("Month,2022/23,2023/24", "Apr,4,5", "May,7,8"), "quarter", f"{ASKED}parts_are"),
        (table("Month,2022,2023", "Apr,4,5", "Dec,7,8", "Jan,1,2"), "month", fiscal("Apr")),
        (table("Year,Apr,Dec,Jan", "2022,4,7,1", "2023,5,8,2"), "month", fiscal("Apr")),
        (
            table("Month,2022,2023", "Mar,3,6", "Feb,7,8", "Jan,4,5"),
            "month",
            MONTHS | {"2022-03-01": "3", "2023-03-01": "6"},
        ),
        (table("Month,2022,2023", "Jan,1,2", "Dec,7,8", "Apr,4,5"), "month", fiscal("Jan")),
        (table("Quarter,2022,2023", "Q3,4,5", "Q4,7,8", "Q1,1,2", "Q2,1,2"), "quarter", fiscal("Q3", " Q1")),
        (table("Term,Month,2022,2023", "1,Apr,4,5", "3,Dec,7,8", "4,Jan,1,2"), "month", fiscal("Apr")),
        (
            table("Ward,Month,2022,2023", "A,Feb,7,8", "A,Mar,1,2", "B,Jan,4,5", "B,Feb,7,8"),
            "month",
            f"{ASKED}place",
        ),
        (table("Ward,Year,Jan,Feb", "A,2022,4,7", "B,2022,5,8"), "month", f"{ASKED}place"),
        (table("Question,2022,2023", "Q1,4,5", "Q2,7,8"), "calendar_year", f"{ASKED}place"),
    ],
)
def test_a_matrix_of_months_and_years_is_read(text: str, frequency: Frequency, found: Found) -> None:
    assert brought(text, frequency=frequency) == found


@pytest.mark.parametrize("heading", ["Ward", "Person", ""])
def test_names_that_are_months_too_make_no_matrix(heading: str) -> None:
    text = table(f"{heading},2022,2023", "May,4,5", "June,7,8", "April,1,2")

    assert look_at(text).layout == "wide"


@pytest.mark.parametrize(
    "text",
    [
        table("Month,2022,Flag,2023,Flag", "Jan,1,p,2,r", "Feb,3,,4,", "Mar,,c,7,"),
        table("Month,2022,,2023,", "Jan,1,p,2,r", "Feb,3,,4,", "Mar,,c,7,"),
    ],
)
def test_marks_stand_beside_their_own_numbers(text: str) -> None:
    assert read(text.encode(), "month") == (
        [
            ("January 2022", "1", "provisional", ""),
            ("January 2023", "2", "revised", ""),
            ("February 2022", "3", "final", ""),
            ("February 2023", "4", "final", ""),
            ("March 2022", None, "suppressed", ""),
            ("March 2023", "7", "final", ""),
        ],
        [],
    )


def test_other_columns_stay_under_their_letters() -> None:
    look = look_at(
        book([["Ward", "Month", 2022, 2023, "Beds"], ["A", "Jan", 4, 5, 30], ["A", "Feb", 7, 8, 31]])
    )

    assert [one.name for one in look.columns if one.kind != "empty"] == [
        "A · Ward: A",
        "B · Month: Jan, Feb",
        "E · Beds: 30, 31",
        "F · Year: 2022, 2023",
        "G · Value: 4, 5, 7",
    ]
    assert [row[0] for row in look.above] == [1, 2, 3]
