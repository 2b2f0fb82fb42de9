"""What a workbook says of its cells beside their values: percentages, and formulas without results."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from msgspec.structs import replace

from app.outcomes.imports import guess
from app.outcomes.imports.flags.denied_values import of_scale
from app.outcomes.imports.read_file import parse_file
from app.outcomes.imports.sources import table
from app.outcomes.measures.measure import Definition, Measure, ValueKind
from tests.outcomes.imports.import_forms import bring, choose, measured, words
from tests.outcomes.imports.sample_tables import KNOWN, look_at, nothing
from tests.outcomes.imports.sources.old_workbooks import ods
from tests.spaces.conftest import Winter
from tests.spaces.house import House

SHARES = [0.95, 1, 0, 0.07, 0.123456]
AS_PERCENT = ["95%", "100%", "0%", "7%", "12.3456%"]


def workbook(formats: dict[int, str], rows: list[list[object]], above: int = 0) -> bytes:
    """A workbook whose columns have these formats, some rows down on its second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("Cover")
        sheet = made.add_worksheet("Shares & more")
        styles = {column: made.add_format({"num_format": shown}) for column, shown in formats.items()}
        for number, row in enumerate(rows, above):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, styles.get(column))
    return out.getvalue()


def cells_of(content: bytes, column: int) -> list[str]:
    return [str(row.cells[column]) for row in table.read(content).rows]


@pytest.mark.parametrize("shown", ["0%", "0.0%", "0.00%", "[Red]0.0 %", '0.0%;-0.0%;"none"'])
@pytest.mark.parametrize("above", [0, 3])
def test_a_number_that_is_shown_as_a_percentage_is_one(shown: str, above: int) -> None:
    rows: list[list[object]] = [
        ["Month", "Share", "Falls"],
        *([f"2024-0{n}", one, n] for n, one in enumerate(SHARES, 1)),
    ]
    content = workbook({1: shown}, rows, above)

    assert cells_of(content, 1) == AS_PERCENT
    assert cells_of(content, 2) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("shown", ["0.00", '0.0" %"', "0.0\\%", "mmm yy"])
def test_a_number_with_a_percent_sign_that_is_only_text_is_as_it_is(shown: str) -> None:
    content = workbook({1: shown}, [["Month", "Share"], ["2024-01", 30000.5], ["2024-02", 30001.5]])

    assert not [one for one in cells_of(content, 1) if "%" in one]


def test_a_percentage_of_an_ods_is_one_where_cells_are_repeated() -> None:
    months: list[list[str | float]] = [[f"2024-0{n}", 0.5, 0.5, 5.0] for n in (1, 2, 3)]
    content = ods([["Month", "Share", "More", "Falls"], *months])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            begin = '<table:table-cell office:value-type="float" office:value="0.5">'
            one = f"{begin}<text:p>0.5</text:p></table:table-cell>"
            both = one.replace('float"', 'percentage" table:number-columns-repeated="2"')
            after.writestr(name, text.replace(one + one, both))

    assert cells_of(out.getvalue(), 1) == cells_of(out.getvalue(), 2) == ["50%"] * 3
    assert cells_of(out.getvalue(), 3) == ["5"] * 3


@pytest.mark.parametrize(
    ("kind", "of", "found"),
    [
        ("proportion", 100, Decimal("95.5")),
        ("mean", 1, Decimal("95.5")),
        ("mean", "days", "“95.5%” is a share, but the measure is in days."),
        ("score", "points", "“95.5%” is a share, but the measure is in points."),
        ("score", "percentage points", Decimal("95.5")),
        ("mean", "Minuten", "“95.5%” is a share, but the measure is in Minuten."),
        ("mean", "£ per head", "“95.5%” is a share, but the measure is in £ per head."),
        *(("mean", unit, Decimal("95.5")) for unit in ("%", "pct", "Prozent", "share of beds", "occupancy")),
        *(("score", unit, Decimal("95.5")) for unit in ("Prozentpunkte", "out of 100", "points out of 100")),
        ("rate", 1_000, "“95.5%” is a share, where something is counted."),
        ("count", 1, "“95.5%” is a share, where something is counted."),
    ],
)
def test_one_share_alone_is_read_as_it_is_shown(kind: ValueKind, of: int | str, found: Decimal | str) -> None:
    multiplier, unit = (of, "") if isinstance(of, int) else (1, of)
    definition = Definition(name="X", value_kind=kind, multiplier=multiplier, unit=unit, suppress_below=0)
    one = Measure("m", "g", "x", 1, definition)
    content = workbook({1: "0.0%"}, [["Month", "Share"], ["2024-01", 0.955]])
    known = replace(KNOWN, measures={"x": one})
    parsed = parse_file(content, guess.guess_mapping(look_at(content), [one]), known, nothing)

    assert [*(row.numbers.value for row in parsed.good), *(row.why for row in parsed.bad)] == [found]


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("occupancy", [(1, "Column B has shares such as 95.5%, but the measure is in occupancy.")]),
        *((unit, []) for unit in ("", "%", "pct", "Prozent", "out of 100")),
    ],
)
def test_a_share_in_a_unit_that_may_be_another_is_pointed_out(unit: str, told: list[tuple[int, str]]) -> None:
    definition = Definition(name="X", value_kind="mean", unit=unit, suppress_below=0)
    look = look_at(workbook({1: "0.0%"}, [["Month", "Share"], ["2024-01", 0.955]]))
    mapping = guess.guess_mapping(look, [Measure("m", "g", "x", 1, definition)])

    assert [(one.number, one.why) for one in of_scale(look, mapping, definition)] == told


def without_results(replaced: bytes, begin: bytes = b"><f>") -> bytes:
    """A workbook whose formulas have this in place of the results that nobody computed."""
    content = workbook({}, [["Month", "Falls"], ["2024-01", "=1+1"], ["2024-02", "=2+2"], ["2024-03", 7]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).replace(b"</f><v>0</v>", replaced)
            after.writestr(name, text.replace(b"><f>", begin))
    return out.getvalue()


@pytest.mark.parametrize(
    ("replaced", "lacks"),
    [
        (b"</f>", True),
        (b"</f><v>0</v>", True),
        (b"</f><v>2</v>", False),
        (b"</f><v></v>", True),
        (b"</f><v/>", True),
        (b"</f><v />", True),
    ],
)
def test_formulas_that_nobody_has_computed_are_known(replaced: bytes, lacks: bool) -> None:
    assert look_at(without_results(replaced)).lacks_results is lacks


@pytest.mark.parametrize("empty", [b"<v></v>", b"<v/>"])
def test_an_empty_text_is_a_result(empty: bytes) -> None:
    content = without_results(b"</f>" + empty, b' t="str"><f>')

    assert not look_at(content).lacks_results


async def test_it_is_said_before_anything_is_imported(home: House, winter: Winter) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "falls", falls)
    said = "Formulas of this sheet have no results"
    file = await bring(home, winter.ana, imports, without_results(b"</f><v>0</v>"), "numbers.xlsx")
    form = words((await winter.ana.get(file)).text)
    await choose(home, winter.ana, file, measure="falls", first="Falls")

    assert said in form
    assert said in words((await winter.ana.get(file)).text)
