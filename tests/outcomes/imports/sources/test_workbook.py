"""Spreadsheets of all kinds are read alike."""

import io

import pytest
import xlsxwriter

from app.outcomes.imports.sources import table
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import book, look_at
from tests.outcomes.imports.sources.old_workbooks import ods, xls

ROWS: list[list[str | float]] = [["Month", "Falls"], ["Apr-23", 112.0], ["May-23", 1.5], ["Jun-23", 9.0]]


@pytest.mark.parametrize("content", [xls(ROWS), ods(ROWS), book([[*row] for row in ROWS])])
def test_xls_and_ods_are_read_as_xlsx_is(content: bytes) -> None:
    read = table.read(content)

    assert read.heading == ["Month", "Falls"]
    assert [row.cells for row in read.rows] == [["Apr-23", "112"], ["May-23", "1.5"], ["Jun-23", "9"]]


def workbook_of(*, hidden: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        cover = made.add_worksheet("Cover")
        cover.write_row(0, 0, ["Publication", "Falls"])
        notes, data = made.add_worksheet("Workings"), made.add_worksheet("Data")
        for sheet in (notes, data):
            sheet.write_row(0, 0, ["Month", "Ward", "Falls"])
            for row in range(1, 7):
                sheet.write_row(row, 0, [f"{row + 3:02}/2023", "", row])
        data.merge_range(1, 1, 3, 1, "Ward A")
        data.merge_range(4, 1, 6, 1, "Ward B")
        if hidden:
            notes.hide()
    return out.getvalue()


def test_a_hidden_sheet_of_many_numbers_does_not_put_a_cover_first() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("Cover").write_row(0, 0, ["Falls", "Northgate"])
        data, old = made.add_worksheet("Data"), made.add_worksheet("Old")
        for number, row in enumerate([["Month", "Falls"], ["2024-01", 1], ["2024-02", 2]]):
            data.write_row(number, 0, row)
        for number in range(30):
            old.write_row(number, 0, [number, number])
        old.very_hidden()
    assert [one.name for one in look_at(out.getvalue()).sheets] == ["Data", "Cover", "Old"]


def test_all_sheets_are_listed_with_their_sizes_the_likeliest_first_and_hidden_ones_last() -> None:
    found = look_at(workbook_of(hidden=True))

    assert [(one.name, one.rows, one.columns, one.hidden) for one in found.sheets] == [
        ("Data", 7, 3, False),
        ("Cover", 1, 2, False),
        ("Workings", 7, 3, True),
    ]
    assert found.place.sheet == "Data"
    assert look_at(workbook_of()).place.sheet == "Workings"


def test_another_sheet_can_be_chosen() -> None:
    assert table.read(workbook_of(), TablePlace("Data")).place.sheet == "Data"
    assert table.read(workbook_of(), TablePlace("Nowhere")).place.sheet == "Workings"


def test_merged_cells_are_filled_down_and_counted() -> None:
    read = table.read(workbook_of(hidden=True))

    assert [row.cells[1] for row in read.rows] == ["Ward A"] * 3 + ["Ward B"] * 3
    assert len(read.filled) == 4


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_rows_and_columns_keep_their_numbers_below_and_right_of_empty_ones(kind: str) -> None:
    rows: list[list[str | float]] = [["", *row] for row in ([], [], *ROWS)]
    content = {
        "xlsx": lambda: book([[*row] for row in rows]),
        "ods": lambda: ods(rows),
        "xls": lambda: xls(rows),
    }
    read = table.read(content[kind]())

    assert (read.place.first_heading, read.heading) == (3, ["", "Month", "Falls"])
    assert [row.number for row in read.rows] == [4, 5, 6]


def test_cells_are_merged_where_they_stand_below_empty_rows() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(2, 1, ["Ward", "Month", "Falls"])
        for row, month in enumerate(("01", "02", "03", "04"), 3):
            sheet.write_row(row, 2, [f"2024-{month}", row])
        sheet.merge_range(3, 1, 4, 1, "Hill")
        sheet.merge_range(5, 1, 6, 1, "Dale")
    read = table.read(out.getvalue())

    assert [row.cells[1] for row in read.rows] == ["Hill", "Hill", "Dale", "Dale"]


def test_a_number_that_a_spreadsheet_stores_has_a_point_whatever_the_texts_beside_it_have() -> None:
    found = look_at(book([["Month", "Days", "Cost"], ["Apr-23", 1.234, "0,75"], ["May-23", 2.345, "1,50"]]))

    assert found.decimal.sign == ","
    assert found.columns[1].numbers.either == ""


def test_what_only_begins_like_an_old_workbook_is_refused_in_a_sentence() -> None:
    with pytest.raises(Unreadable, match="not a spreadsheet that can be read"):
        table.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_what_is_no_number_stays_as_it_is_below_the_format_of_a_percentage() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, share = made.add_worksheet(), made.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["Month", "Share", "Reached"])
        for row, found in enumerate([True, False, "none", "#DIV/0!"], 1):
            sheet.write_row(row, 0, [f"2024-0{row}", 0.5], share)
            sheet.write_formula(row, 2, f"=B{row + 1}>0.9", share, found)
    found_rows = [row.cells[1:] for row in table.read(out.getvalue()).rows]

    assert found_rows == [["50%", "TRUE"], ["50%", "FALSE"], ["50%", "none"], ["50%", ""]]
