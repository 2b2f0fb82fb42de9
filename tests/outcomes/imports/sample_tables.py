"""Tables as people have them, and the measures they speak of, for the tests of layouts."""

import io
import zipfile
from datetime import datetime

import xlsxwriter
from msgspec.structs import replace

from app.outcomes.imports import guess, look_at_file, read_file
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures.measure import Definition, Measure

HOME = Measure("m1", "g", "home", 1, Definition(name="Home within two days", suppress_below=0))
FALLS = Measure("m2", "g", "falls", 1, Definition(name="Falls", value_kind="count", unit=""))
DEATHS = Measure(
    "m3",
    "g",
    "deaths",
    1,
    Definition(name="Deaths", value_kind="rate", frequency="calendar_year", pooled=True),
)
KNOWN = Lookup(
    {"home": HOME, "falls": FALLS, "deaths": DEATHS},
    {},
    {"northfield trust": "north", "vale hospice": "vale"},
    "north",
)
LONG = "measure_code,org_code,period_start,numerator,denominator,value,note\n"
FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,"
    "Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,"
    "Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,"
    "Compared to Region value or percentiles,Time period Sortable,New data,Compared to goal\n"
)


def nothing(_rows: int) -> None:
    """Nobody wants to know how far it is."""


def wishes(
    text: str, asked: ColumnMapping | None = None, known: Lookup = KNOWN
) -> tuple[list[ParsedRow], list[RefusedRow]]:
    content = text.encode()
    use = asked or guess.guess_mapping(look_at(content), list(known.measures.values()))
    known = replace(known, style=use.style, decimal=use.decimal)
    parsed = read_file.parse_file(content, use, known, nothing)
    return parsed.good, parsed.bad


def look_at(content: bytes | str) -> FileLook:
    return look_at_file.look(content.encode() if isinstance(content, str) else content, nothing)


def why(text: str) -> list[tuple[int, str]]:
    return [(one.number, one.why) for one in wishes(text)[1]]


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("Numbers")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell)
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def with_cell_at(place: str) -> bytes:
    """A workbook with a cell at A1, and another where the attribute `place` says."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["measure_code"], ["home"], [7]]))) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'r="A3"', place.encode()))
    return out.getvalue()


def tip(area: str = "E09000002", parent: str = "E12000007", **cells: str) -> str:
    row = {
        "id": "22401", "name": "Falls", "sex": "Persons", "age": "65+ yrs", "kind": "", "category": "",
        "period": "2020/21", "value": "2023.5", "low": "1900.1", "high": "2150.9", "count": "450",
        "of": "22000", "note": "", **cells,
    }  # fmt: skip
    first = [row["id"], row["name"], parent, "London", area, "Barking", "Districts", row["sex"], row["age"]]
    second = [row["kind"], row["category"], row["period"], row["value"], row["low"], row["high"], "", ""]
    third = [row["count"], row["of"], row["note"], "", "Higher", "Same", "20200000", "", ""]
    return ",".join([*first, *second, *third]) + "\n"


RATE = Measure(
    "m4",
    "g",
    "22401",
    1,
    Definition(name="Falls", value_kind="rate", frequency="financial_year", multiplier=100_000),
)
TIPS = Lookup({"22401": RATE, "deaths": DEATHS}, {}, {}, "north")
