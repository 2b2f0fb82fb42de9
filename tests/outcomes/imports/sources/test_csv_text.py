"""CSV files as people and programs write them."""

import pytest

from app.outcomes.imports.sources import csv_text
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import look_at


def rows(text: str) -> list[list[str]]:
    return list(csv_text.rows(text.encode(), ""))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Month,Falls,Note\n2024-01,4,"x\n2024-02,5,y\n2024-03,6,z\n', 2),
        ('Month,Falls,Note\n2024-01,4,x\n2024-02,5,"y\n2024-03,6,"z"\n2024-04,7,q\n', 3),
        ('"Month,Falls\n2024-01,4\n2024-02,5\n', 1),
        ('Month,Falls,Note\n2024-01,4,"a\nb"\n2024-02,5,"y\n2024-03,6,z\n', 3),
        ('Month,Falls,Note\n2024-01,4,"x\n2024-02,5,"y\n2024-03,6,z\n', 2),
        ('Month,Falls,Note\n2024-01,4, "x\n2024-02,5, "y"\n2024-03,6,z\n', 2),
        ('Month,Falls,Note\n2024-01,4,"x\n"2024-02",5,y\n2024-03,6,z\n', 2),
    ],
)
def test_no_row_is_lost_in_a_cell_whose_quotation_mark_is_not_closed(text: str, row: int) -> None:
    with pytest.raises(
        Unreadable, match=f"^Row {row} cannot be read: perhaps a quotation mark is not closed.$"
    ):
        rows(text)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ('Month,Note\n2024-01,"said ""no"",\r\nand more"\n', ["2024-01", 'said "no",\r\nand more']),
        ('Month,Note\n2024-01,6" pipe\n', ["2024-01", '6" pipe']),
        ('Month,Note\n2024-01,"a"b\n', ["2024-01", "ab"]),
        ('Month, "Falls"\n2024-01, "1,234"\n', ["2024-01", "1,234"]),
        ('Month,Note,Falls\n2024-01,"a\nb" ,5\n2024-02,c,6\n', ["2024-01", "a\nb", "5"]),
        ('"Month" ,"Falls\n(all)" \n2024-01,5\n', ["2024-01", "5"]),
        ('Month,Note,Place\n2024-01,"a\r\nb","5" bay"\r\n', ["2024-01", "a\r\nb", '5 bay"']),
        ('Month;Note;Place\n2024-01;"5" bay";"a ""b""\nc" \n', ["2024-01", '5 bay"', 'a "b"\nc']),
        ('Month|Note\n2024-01|6" pipe "a\n2024-02|b"\n', ["2024-01", '6" pipe "a']),
        ('Month\t"Falls"\n2024-01\t\n', ["2024-01", ""]),
        ('"Month"\t"Falls"\n"2024-01"\t"1,5"\n', ["2024-01", "1,5"]),
    ],
)
def test_quotation_marks_are_read_as_they_are_meant(text: str, second: list[str]) -> None:
    assert rows(text)[1] == second


@pytest.mark.parametrize("text", ["Month,Falls\n", "Month,Falls\n2024-01,\n2024-02,\n"])
def test_a_table_without_a_number_says_so(text: str) -> None:
    assert (
        look_at(text).problem
        == "No row below the headings has a number. Say where the table is, or bring another file."
    )


@pytest.mark.parametrize(
    ("begin", "kind"), [(b"{\\rtf1\\ansi", "a text document"), (b"\x1f\x8b\x08\x00", "a compressed file")]
)
def test_other_files_are_named(begin: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"^This is {kind}"):
        look_at(begin + b"Month,Falls\n2024-01,4\n")


def test_a_workbook_with_a_password_says_so() -> None:
    begin = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(Unreadable, match="protected by a password"):
        look_at(begin + "EncryptedPackage".encode("utf-16-le") + bytes(600))
