"""Plain numbers of days count from 1904 in workbooks that say so, else from 1900, and it is said."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from app.outcomes.imports import refused_rows
from app.outcomes.imports.flags import serial_days
from app.outcomes.imports.plan import RefusedRow
from app.outcomes.imports.rows import ColumnMapping, FileRow
from app.outcomes.imports.sources import day_count
from tests.outcomes.imports.import_forms import bring, choose, measured, send, values_of, words
from tests.outcomes.imports.sample_tables import FALLS
from tests.outcomes.imports.sources.old_workbooks import ods, xls
from tests.spaces.conftest import Winter
from tests.spaces.house import House

Cell = str | float | date
DAYS = [date(2023, month, 1) for month in range(1, 7)]
SERIALS = [float((day - date(1904, 1, 1)).days) for day in DAYS]
LONG: list[list[Cell]] = [["Month", "Falls"]]
LONG += [[day, 5.0 + n] for n, day in enumerate(SERIALS)]
TEXTS: list[list[Cell]] = [["Month", "Falls"]]
TEXTS += [[f"{day:.0f}", 5.0 + n] for n, day in enumerate(SERIALS)]
COUNTS: list[Cell] = ["Falls", *(5.0 + n for n in range(6))]
WIDE: list[list[Cell]] = [["Indicator", *SERIALS], COUNTS]
DATED: list[list[Cell]] = [["Indicator", *DAYS], COUNTS]


def xlsx(rows: Sequence[Sequence[Cell]], *, since_1904: bool = True) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": since_1904, "default_date_format": "d mmm yyyy"}) as made:
        sheet = made.add_worksheet("Numbers")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return out.getvalue()


def old(rows: Sequence[Sequence[Cell]]) -> list[list[str | float]]:
    return [[one for one in row if not isinstance(one, date)] for row in rows]


@pytest.mark.parametrize(
    "content",
    [xlsx(LONG), xlsx(TEXTS), xlsx(WIDE), xlsx(DATED), xls(old(LONG), since_1904=True)],
    ids=["long", "texts", "wide", "headings of dates", "xls"],
)
async def test_a_workbook_that_counts_from_1904_is_read_so(
    home: House, winter: Winter, content: bytes
) -> None:
    imports = await measured(home, winter, "x", FALLS.definition)
    file = await bring(home, winter.bo, imports, content, "numbers.xlsx")
    await choose(home, winter.bo, file)
    await send(home, winter.bo, f"{file}/do")

    assert await values_of(home) == [(f"2023-{n + 1:02}-01", Decimal(5 + n)) for n in range(6)]


async def test_a_file_that_does_not_say_it_is_read_from_1900_and_says_so(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS.definition)
    rows = "".join(f"{day},{n}\n" for n, day in enumerate((45017, 45047, 45078)))
    file = await bring(home, winter.bo, imports, f"Month,Falls\n{rows}")
    await choose(home, winter.bo, file)
    page = words((await winter.bo.get(file)).text)

    assert "“45017” is read as 1 April 2023: as a number of days" in page
    assert "Counted from 1904, as older ones of Macs did, it is 2 April 2027." in page


@pytest.mark.parametrize(
    ("text", "far"), [("25569", "1 January 1970, long ago:"), ("55153", "31 December 2050, a day to come:")]
)
def test_a_day_that_is_far_away_is_pointed_out(text: str, far: str) -> None:
    rows, today = [FileRow(2, "falls", "", text)], date(2026, 1, 1)
    (said,) = serial_days.sentences(rows, today)
    assert f"is read as {far}" in said
    assert list(serial_days.sentences(rows, today, in_book=True)) == [said]
    assert not list(serial_days.sentences([FileRow(2, "falls", "", "2023-04")], date(2026, 1, 1)))


async def test_a_workbook_that_does_not_say_1904_counts_from_1900(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS.definition)
    rows: list[list[Cell]] = [["Month", "Falls"], [45017.0, 1.0], [45047.0, 2.0], [45078.0, 3.0]]
    file = await bring(home, winter.bo, imports, xlsx(rows, since_1904=False), "numbers.xlsx")
    await choose(home, winter.bo, file)
    page = words((await winter.bo.get(file)).text)

    assert "April 2023" in page
    assert "1904" not in page


def test_refused_rows_of_a_workbook_since_1904_have_dates() -> None:
    rows: list[list[Cell]] = [["Month", "Falls"], [43555.0, 4.0], [43585.0, "five"]]
    mapping = ColumnMapping("rows", period_at=0, firsts=(1,))
    found = {
        since: refused_rows.as_csv(xlsx(rows, since_1904=since), mapping, [RefusedRow(3, "No number.")])
        for since in (True, False)
    }

    assert "2023-05-01,five,3,No number." in found[True]
    assert "43585,five,3,No number." in found[False]


def test_which_workbooks_say_it() -> None:
    rows: list[list[str | float]] = [["Month", "Falls"], [43555.0, 4.0]]

    assert day_count.since_1904(xlsx(LONG))
    assert day_count.since_1904(xls(rows, since_1904=True))
    assert not day_count.since_1904(xlsx(LONG, since_1904=False))
    assert not day_count.since_1904(xls(rows))
    assert not day_count.since_1904(ods(rows))
    assert not day_count.since_1904(xls(rows)[:600])
