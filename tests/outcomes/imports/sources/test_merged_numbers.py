"""A number in a merged cell may be that of all its rows or columns: it is pointed out."""

import io

import xlsxwriter
from msgspec.structs import replace

from app.outcomes.imports.flags.merged_numbers import of_merged_numbers
from app.outcomes.imports.guess import guess_mapping
from tests.outcomes.imports.sample_tables import FALLS, look_at


def test_a_number_over_several_rows_is_pointed_out_where_it_is_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Month", "Ward code", "Falls"])
        sheet.write_column(1, 0, ["2024-01", "2024-02", "2024-03"])
        sheet.merge_range(1, 1, 3, 1, 101)
        sheet.merge_range(1, 2, 2, 2, 7)
        sheet.write(3, 2, 3)
    look = look_at(out.getvalue())
    mapping = replace(guess_mapping(look, [FALLS]), firsts=(2,))

    assert [(one.number, one.why) for one in of_merged_numbers(look, mapping)] == [
        (
            2,
            "“7” stands in one cell over several rows, and is read as the number of each. "
            "Is it that of all together?",
        )
    ]
    assert not list(of_merged_numbers(look, replace(mapping, firsts=(0,))))


def test_a_number_over_several_periods_is_pointed_out() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Ward", "Jan 2024", "Feb 2024", "Mar 2024"])
        sheet.write_row(1, 0, ["Hill", "", "", 3])
        sheet.merge_range(1, 1, 1, 2, 9)
    look = look_at(out.getvalue())

    assert [(one.number, one.why) for one in of_merged_numbers(look, guess_mapping(look, [FALLS]))] == [
        (2, "“9” stands in one cell over several columns, and is read as the number of the first alone.")
    ]


def test_a_number_over_several_rows_of_a_matrix_is_pointed_out() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Month", "2022", "2023"])
        sheet.write_row(1, 0, ["Jan", "", 3])
        sheet.write_row(2, 0, ["Feb", "", 4])
        sheet.merge_range(1, 1, 2, 1, 9)
    look = look_at(out.getvalue())
    told = of_merged_numbers(look, guess_mapping(look, [FALLS]))

    assert [(one.number, one.why[:43]) for one in told] == [
        (2, "“9” stands in one cell over several rows, a")
    ]
