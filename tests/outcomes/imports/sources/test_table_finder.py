"""Where a table is in its file."""

import pytest
from msgspec.structs import replace

from app.outcomes.imports import look_at_file
from app.outcomes.imports.sources import table, table_finder
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.measures.measure import Definition, Measure
from tests.outcomes.imports.sample_tables import KNOWN, LONG, look_at, nothing, wishes

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


@pytest.mark.parametrize(
    ("text", "last", "rows"),
    [
        ("2024-01,4\n2024-02,5\n2024-03,6\n", 0, 3),
        ("Falls at Northgate\n2024-01,4\n2024-02,5\n", 1, 2),
        (",Falls\nMonth\n2024-01,4\n2024-02,5\n", 2, 2),
        ("Ward A,2024-01,4,p\nWard A,2024-02,5\n", 0, 2),
        ("2024-01,4\n2024-02,5\nTotal,9\n", 0, 2),
    ],
)
def test_the_first_row_of_a_table_without_headings_is_read(text: str, last: int, rows: int) -> None:
    look = look_at(text)

    assert (look.place.first_heading, look.place.last_heading, look.rows) == (0, last, rows)
    assert not any(look.heading)
    assert look_at_file.look(text.encode(), nothing, look.place).rows == rows


def test_a_row_wider_than_a_table_without_headings_is_no_number_cut_off() -> None:
    look = look_at("2024-01,4\n2024-02,5\n2024-03,1,206\n")

    assert look.problem.startswith("Row 3 has more cells than row 1. ")


@pytest.mark.parametrize(
    ("text", "row", "heading"),
    [
        (",101,102\n2024-01,5,6\n2024-02,7,8\n2024-03,9,8\n", 1, ["", "101", "102"]),
        (",1,2,3\nWard A,5,6,7\nWard B,8,6,7\n", 1, ["", "1", "2", "3"]),
        ("Falls\n,1,2\n7,5,6\n8,8,6\n", 2, ["", "1", "2"]),
        (",,,101,102\n,Ward A,2024-01,5,6\n,Ward B,2024-01,7,8\n", 1, ["", "", "", "101", "102"]),
    ],
)
def test_codes_right_of_an_empty_corner_are_headings(text: str, row: int, heading: list[str]) -> None:
    assert found(text) == (row, row, heading)


@pytest.mark.parametrize(
    "text",
    [
        ",2024-01,4\nWard A,2024-02,5\nWard B,2024-03,6\n",
        ",5,6\nWard A,5,6\n,5,7\nWard B,3,4\n",
        ",2024-01,4\n,2024-02,5\n",
    ],
)
def test_a_row_of_data_may_begin_with_an_empty_cell(text: str) -> None:
    assert found(text)[:2] == (0, 0)


def test_names_of_rows_need_no_heading() -> None:
    assert found(",falls\n2024-01,4\n2024-02,5\n") == (1, 1, ["", "falls"])


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


STATISTICS = "Statistic,Month,Falls\n"
MEAN = Measure("m", "g", "mean", 1, Definition(name="Mean", value_kind="count", unit=""))


@pytest.mark.parametrize(
    "text",
    [
        f"{STATISTICS}Median,Jan 2023,4\nMean,Jan 2023,5\nMedian,Feb 2023,6\nMean,Feb 2023,7\n",
        f"{STATISTICS}Count,Jan 2023,4\nCount,Feb 2023,5\nMean,Jan 2023,6\nMean,Feb 2023,7\n",
        f"{STATISTICS}Count,Jan 2023,4\nRate,Jan 2023,5\nP90,Jan 2023,6\nMean,Jan 2023,7\n",
        f"{STATISTICS}Total,Jan 2023,4\nTotal,Feb 2023,5\nTotal,Mar 2023,6\nTotal,Apr 2023,7\n",
        "Statistic,Jan 2023,Feb 2023\nCount,4,5\nRate,5,6\nMedian,6,7\nMean,7,8\n",
    ],
)
def test_rows_of_a_mean_or_median_belong_to_the_table(text: str) -> None:
    look = look_at(text)

    assert (look.rows, look.place.end, len(look.columns)) == (4, 0, 3)


@pytest.mark.parametrize("last", ["Average,,5\n", "Total,,10\nMean:,,5\n", "Mean,,5\nNote: estimates\n"])
def test_a_mean_below_periods_does_not(last: str) -> None:
    look = look_at(f"Month,Ward,Falls\nJan 2023,,4\nFeb 2023,,6\n{last}")

    assert (look.rows, look.place.end) == (2, 3)


def test_a_measure_with_such_a_code_is_read_whole() -> None:
    for code in ("mean", "total"):
        known = replace(KNOWN, measures={code: replace(MEAN, code=code)})
        text = LONG + "".join(f"{code},,2024-0{month}-01,,,{month},\n" for month in (1, 2, 3))

        assert [one.numbers.value for one in wishes(text, None, known)[0]] == [1, 2, 3]
