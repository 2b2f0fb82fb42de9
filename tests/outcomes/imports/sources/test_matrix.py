"""Years above and months at the side, or the other way round, are one row for each month."""

import pytest

from app.outcomes.measures.measure import Frequency
from tests.outcomes.imports.sample_tables import book, look_at
from tests.outcomes.imports.test_other_files import ASKED, REFUSED, Found, brought, table

MONTHS = {"2022-01-01": "4", "2022-02-01": "7", "2023-01-01": "5", "2023-02-01": "8"}
FINANCIAL = {"2022-04-01": "4", "2023-04-01": "5", "2022-05-01": "7", "2023-05-01": "8"}


FISCAL = f"{REFUSED}2 “2022” is of a financial year. Write both years, as in 2023/24 Q1."


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
        (table("Month,2022,2023", "Apr,4,5", "Dec,7,8", "Jan,1,2"), "month", FISCAL),
        (table("Year,Apr,Dec,Jan", "2022,4,7,1", "2023,5,8,2"), "month", FISCAL),
        (table("Ward,Year,Jan,Feb", "A,2022,4,7", "B,2022,5,8"), "month", f"{ASKED}place"),
        (table("Question,2022,2023", "Q1,4,5", "Q2,7,8"), "calendar_year", f"{ASKED}place"),
    ],
)
def test_a_matrix_of_months_and_years_is_read(text: str, frequency: Frequency, found: Found) -> None:
    assert brought(text, frequency=frequency) == found


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
