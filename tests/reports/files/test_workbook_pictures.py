"""A workbook shows icons and charts as pictures, each with its words."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest

from app.assets import Static
from app.outcomes.view.report_view import report_view
from app.reports.files import workbook_pictures
from app.reports.files.as_xlsx import as_xlsx
from app.reports.files.chart_files import workbook_pictures as made_pictures
from app.reports.files.table_rows import SUMMARY
from app.reports.files.workbook_pictures import Pictures
from app.templating import engine
from tests.reports.files.smallest_picture import dot
from tests.reports.files.test_formats import sheets
from tests.reports.winter_report import report

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def anchors(made: bytes, drawing: int) -> list[tuple[int, int, str]]:
    """Row and column of each picture, and its words."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        tree = ElementTree.fromstring(book.read(f"xl/drawings/drawing{drawing}.xml"))  # noqa: S314 - our own file
    return [
        (
            int(one.findtext(f"{DRAWN}from/{DRAWN}row") or -1),
            int(one.findtext(f"{DRAWN}from/{DRAWN}col") or -1),
            str(next(one.iter(f"{DRAWN}cNvPr")).get("descr")),
        )
        for one in tree
    ]


def render(name: str, **context: Any) -> str:
    words: str = engine(Static()).get_template(name).render(context)
    return words


async def test_icons_stand_in_the_row_of_their_words_and_charts_on_a_sheet_of_their_own() -> None:
    view = report_view(report("space"))
    pictures = await made_pictures(render, view)
    made = as_xlsx(view, "Live", pictures)
    found = sheets(made)
    head = found["Summary"].index(next(row for row in found["Summary"] if row[0] == "Goal"))
    words = SUMMARY.index("Variation"), SUMMARY.index("Assurance")
    icons = anchors(made, 1)

    assert list(found) == ["Summary", "Charts", "Data", "Definitions", "Changes"]
    assert tuple(found["Summary"][head][-2:]) == workbook_pictures.HEADINGS
    assert len(icons) == 10
    for row, column, said in icons:
        assert row > head
        assert said == found["Summary"][row][words[column - len(SUMMARY)]]
    assert set(pictures.icons) == {
        ("assurance", "fail"),
        ("variation", "common_cause"),
        ("variation", "improvement_low"),
    }
    assert all(one.startswith(b"\x89PNG") for one in (*pictures.icons.values(), *pictures.charts.values()))
    charts = anchors(made, 2)
    assert [said.split(". ")[0] for _, _, said in charts] == [
        f"Chart of {measure.definition.name}" for measure in view.measures
    ]
    for row, _, said in charts:
        assert [found["Charts"][row - 2][0], found["Charts"][row - 1][0]] == re.split(
            r"(?<=[a-z])\. (?=[A-Z])", said.removeprefix("Chart of "), maxsplit=1
        )


def test_only_so_many_rows_have_icons_and_without_pictures_there_are_words_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = report_view(report("space"))
    monkeypatch.setattr(workbook_pictures, "MOST_ICONS", 2)
    made = as_xlsx(
        view, "Live", Pictures({}, {("variation", "common_cause"): dot(), ("assurance", "fail"): dot()})
    )

    assert {row for row, _, _ in anchors(made, 1)} == {4, 5}
    plain = sheets(as_xlsx(view, "Live"))
    assert "Charts" not in plain
    assert len(next(row for row in plain["Summary"] if row[0] == "Goal")) == len(SUMMARY)
