"""Where a table is in its file."""

import pytest

from app.outcomes.imports.sources import table, table_finder
from app.outcomes.imports.sources.table import TablePlace

DATA = "Apr-23,A,112,4112\nMay-23,A,118,4118\nJun-23,B,121,4121\n"


def found(text: str, place: TablePlace | None = None) -> tuple[int, int, list[str]]:
    read = table.read(text.encode(), place)
    return read.place.first_heading, read.place.last_heading, read.heading


@pytest.mark.parametrize(
    ("text", "first", "last", "heading"),
    [
        (f"Month,Ward,Falls,Bed days\n{DATA}", 1, 1, ["Month", "Ward", "Falls", "Bed days"]),
        (
            f"Title:,Falls\nStatus:,Published\nMonth,Ward,Falls,Bed days\n{DATA}",
            3,
            3,
            ["Month", "Ward", "Falls", "Bed days"],
        ),
        (
            f"Published:,01/04/2025,,\n\nMonth,Ward,Falls,Bed days\n{DATA}",
            3,
            3,
            ["Month", "Ward", "Falls", "Bed days"],
        ),
        (
            f",,With harm,\nMonth,Ward,Falls,Bed days\n{DATA}",
            1,
            2,
            ["Month", "Ward", "With harm Falls", "Bed days"],
        ),
        (f",,Type 1,\nMonth,Ward,All,All\n{DATA}", 1, 2, ["Month", "Ward", "Type 1 All", "Type 1 All"]),
        (
            f"Month,Ward,Type 1,Type 2\n,,All,All\n{DATA}",
            1,
            2,
            ["Month", "Ward", "Type 1 All", "Type 2 All"],
        ),
        (
            ",2023,,2024,\nTrust,Nov,Dec,Jan,Feb\nNorthgate,1,2,3,4\n",
            1,
            2,
            ["Trust", "2023 Nov", "2023 Dec", "2024 Jan", "2024 Feb"],
        ),
        ("Area,2019,2020\nNorth,1,2\nSouth,3,4\n", 1, 1, ["Area", "2019", "2020"]),
        ("Falls on the wards\nMonth,Falls\nApr-23,1\n", 2, 2, ["Month", "Falls"]),
    ],
)
def test_headings_are_found_below_titles_and_joined(
    text: str, first: int, last: int, heading: list[str]
) -> None:
    assert found(text) == (first, last, heading)


def test_the_row_of_headings_can_be_chosen() -> None:
    text = f"Month,Ward,Falls,Bed days\nMonat,Station,Stuerze,Tage\n{DATA}"

    assert found(text, TablePlace(first_heading=2, last_heading=2))[2] == [
        "Monat",
        "Station",
        "Stuerze",
        "Tage",
    ]
    assert found(text, TablePlace(first_heading=900, last_heading=900)) == found(text)


@pytest.mark.parametrize(
    ("below", "end"),
    [
        ("", 4),
        ("Total,,351,12351\n", 4),
        ("\nNotes: without day cases\n", 4),
        ("Source:,the ward register,,\n", 4),
        ("Jul-23,B,*,*\n", 5),
        ("RBS,*,*\nRXR,*,*\n", 6),
        ("E,c,c\n", 5),
        ("C,Children,*,*\n", 5),
        ("E,n/a,NULL,na\n", 5),
        ("c,confidential\ns,suppressed\n:,not available\nb,break in time series\n", 4),
        ("c,confidential\n*,fewer than 5\n", 4),
        ("C,12 falls\n", 5),
    ],
)
def test_notes_and_totals_below_a_table_do_not_belong_to_it(below: str, end: int) -> None:
    read = table.read(f"Month,Ward,Falls,Bed days\n{DATA}{below}".encode())

    assert table_finder.end(list(read.rows), 4) == end
