"""Files of numbers: what is read of any of them, and what is refused in a sentence."""

import io
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest

from app.outcomes.imports import read_file
from app.outcomes.imports.plan import plan_rows
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.imports.sources import table, workbook
from app.outcomes.measures.measure import Observed
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import KNOWN, LONG, book, look_at, nothing, wishes, with_cell_at


def sheet_of(content: bytes) -> list[list[str]]:
    """The rows of the first sheet."""
    book = workbook.Workbook(content)
    return list(book.rows(book.sheets[0].name)[1])


def test_a_spreadsheet_says_the_same_as_the_csv() -> None:
    content = book(
        [
            ["measure_code", "period_start", "numerator", "denominator", "note"],
            ["home", datetime(2024, 1, 1), 80, 100.0, "=not a formula"],  # noqa: DTZ001 - as spreadsheets have it
            [],
            ["home", "Feb 2024", 0.5, 1, ""],
        ]
    )
    parsed = read_file.parse_file(content, ColumnMapping("long"), KNOWN, nothing)

    assert parsed.bad == []
    assert [(one.number, one.period.label, str(one.numbers.value)) for one in parsed.good] == [
        (2, "January 2024", "80"),
        (4, "February 2024", "50"),
    ]


def test_c8_characters_that_no_text_holds_are_left_out_and_it_is_known_of_which_rows() -> None:
    rows = [
        "home,x,2024-01-01,80,100,,a no\0te",
        "home,x,2024-02-01,8,10,,plain",
        "home,x,2024-03-01,8,10,,\x02",
    ]
    look = look_at(LONG + "\n".join(rows))
    plain = look_at(LONG + rows[1])

    assert "a note" in look.sample[0]
    assert (look.cleaned, look.cleaned_first) == (2, 2)
    assert (plain.cleaned, plain.cleaned_first) == (0, 0)


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 500_000_000)

    with pytest.raises(Unreadable, match="unpacks to far more"):
        sheet_of(out.getvalue())


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ100000", "AAAAAAA1000000", "A99999999999"])
def test_cells_far_apart_are_not_opened(cell: str) -> None:
    with pytest.raises(Unreadable, match="too far apart"):
        sheet_of(with_cell_at(f'r="{cell}"'))


def test_a_formatted_cell_far_away_that_holds_nothing_is_no_reason_to_refuse() -> None:
    far = with_cell_at('r="XFD1048576"')
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"><v>7</v></c>", b" />"))

    assert sheet_of(out.getvalue()) == [["measure_code"], ["home"]]


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "not a spreadsheet"),
        (b"PK\x03\x04 no zip", "not a spreadsheet"),
        (b'a,b\n"x' + b"y" * 200_000, "quotation mark"),
        (b"a\n" + b"1\n" * 200_001, "more than 200,000 rows"),
        (b"a,b\n1,2,3\n", "Row 2 has more cells than the heading in row 1, which begins with “a”"),
        (b"Month,Falls,\n2024-01,1,234\n", "Row 2 has more cells than the heading in row 1"),
        (b"Month,Falls,,\n2024-01,12,p,RXR\n", "Row 2 has more cells than the heading in row 1"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content: bytes, say: str) -> None:
    with pytest.raises(Unreadable, match=say):
        list(table.read(content).rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_common_csv_is_read(encoding: str, separator: str) -> None:
    text = f"Café{separator}b\r\n“1”{separator}2\r\n"
    sheet = table.read(text.encode(encoding))

    assert sheet.heading == ["Café", "b"]
    assert [line.cells for line in sheet.rows] == [["“1”", "2"]]


def test_a_title_above_the_table_is_left_out_and_rows_keep_their_numbers() -> None:
    title = "\ufeffSeen in time, Riverside, made 20 November;;\n;;\n"
    text = title + "Month;Seen;All\nJan-24;6,801;9,883\nFeb-24;;\n"
    sheet = table.read(text.encode())

    assert sheet.heading == ["Month", "Seen", "All"]
    assert [tuple(line) for line in sheet.rows] == [
        (4, ["Jan-24", "6,801", "9,883"]),
        (5, ["Feb-24", "", ""]),
    ]


def test_a_table_of_one_column_has_a_heading_too() -> None:
    sheet = table.read(b"a\n" + b"1\n" * 50)

    assert sheet.heading == ["a"]
    assert len(list(sheet.rows)) == 50


def test_changes_are_told_from_what_is_the_same() -> None:
    good, _ = wishes(
        LONG + "home,,2024-01-01,80,100,,\nhome,,2024-02-01,81,100,,\nhome,,2024-03-01,82,100,,\n"
    )
    there = {
        (one.series, one.period.start): Observed(
            "s", one.period.start, one.period.end, 1, value, value, Decimal(100), label=one.period.label
        )
        for one, value in zip(good, (Decimal(80), Decimal(99)), strict=False)
    }

    assert [step.effect for step in plan_rows(good, there)] == ["same", "changed", "added"]
