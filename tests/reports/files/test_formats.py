"""A report as files: every kind says the same, nothing runs, small numbers stay hidden."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from app.assets import Static
from app.outcomes.readings.reading import Dot
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent
from app.outcomes.view.report_view import report_view
from app.reports.files import png_worker
from app.reports.files.as_docx import as_docx
from app.reports.files.as_text import as_csv, as_json, as_markdown, csv_text
from app.reports.files.as_xlsx import as_xlsx
from app.reports.files.picture_fonts import UnpackedFonts
from app.reports.files.png import as_png
from app.reports.files.svg import extract_drawings
from app.reports.files.worker_limits import ForbiddenReference
from app.templating import engine
from tests.reports.files.smallest_picture import dot
from tests.reports.test_reports import goal
from tests.reports.winter_report import LENGTH, length, report
from tests.spaces.conftest import Winter
from tests.spaces.house import House

__all__ = ["goal"]
NO_FONTS = UnpackedFonts([], frozenset())
EVIL = '=HYPERLINK("http://evil.example","x")'


def hostile() -> ReportContent:
    """The report with a formula and markup wherever people write."""
    found = report("space")
    one = found.goals[0]
    words = f"{EVIL} <script>alert(1)</script> | [x](http://evil.example)"
    definition = msgspec.structs.replace(LENGTH, name=words, source=EVIL, unit=EVIL[:9])
    measure: MeasureContent = msgspec.structs.replace(one.measures[0], definition=definition, code=EVIL)
    story = msgspec.structs.replace(measure.stories[0], story=words, action=EVIL, owner=EVIL)
    measure = msgspec.structs.replace(measure, stories=(story,))
    bad: GoalContent = msgspec.structs.replace(one, title=words, aim=words, measures=(measure,))
    return msgspec.structs.replace(found, space=EVIL, goals=(bad,), news=(EVIL,))


def paper(content: ReportContent) -> str:
    page: str = (
        engine(Static())
        .get_template("reports/paper.html")
        .render({"report": content, "view": report_view(content, "paper"), "issue": None})
    )
    return page


def sheets(made: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_csv_has_every_value_with_its_flags() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report_view(report())).removeprefix("\ufeff"))))
    own = [row for row in rows if row["Whose"] == "Winter Together" and row["Code"] == "days"]
    own = [row for row in own if not row["Breakdown"]]

    assert len(own) == 24
    assert own[-1]["Value"] == "2.7"
    assert own[-1]["Type of point"] == "Better than chance explains"
    assert own[-1]["Rule in NHSRplotthedots"] == "Below LCL"
    assert own[-1]["Status"] == "provisional"
    assert own[-1]["Variation of the series"] == "Improving"
    assert own[-1]["Assurance of the series"] == "Target out of reach as things were"


def test_what_begins_like_a_formula_is_text_in_a_csv() -> None:
    for words in ("=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u00a0=1", "\u200b@x", "\uff1d1"):
        assert csv_text(words).startswith("'")
    for row in csv.reader(io.StringIO(as_csv(report_view(hostile())))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_small_numbers_are_in_no_file() -> None:
    rows = [
        row
        for row in csv.DictReader(io.StringIO(as_csv(report_view(report())).removeprefix("\ufeff")))
        if row["Status"] == "suppressed"
    ]

    assert len(rows) >= 4
    assert {(row["Value"], row["Numerator"], row["Denominator"]) for row in rows} == {("", "", "")}
    kept = json.loads(as_json(report()))
    dots = [
        dot
        for measure in kept["goals"][0]["measures"]
        for row in measure["rows"]
        for dot in row["found"]["points"]
        if dot.get("status") == "suppressed"
    ]
    assert dots
    assert not [dot for dot in dots if dot["value"] is not None or dot.get("numerator")]


def test_json_holds_the_whole_report() -> None:
    assert msgspec.json.decode(as_json(report("space")), type=ReportContent) == report("space")


def test_markdown_reads_as_a_document_and_nothing_in_it_is_markup() -> None:
    words = as_markdown(report_view(report("space")), "Report 3")

    assert words.startswith("# Outcomes of Winter Together\n")
    assert "| October 2026 | 2.7 days |" in words
    assert "## Look at these first" in words
    evil = as_markdown(report_view(hostile()), "Live")
    assert "<script" not in evil
    assert re.search(r"(?<!\\)\]\(http", evil) is None


def test_a_workbook_has_its_four_sheets_and_the_icons_in_words() -> None:
    found = sheets(as_xlsx(report_view(report("space")), "Report 3"))

    assert list(found) == ["Summary", "Data", "Definitions", "Changes"]
    head = found["Summary"][3]
    first = dict(zip(head, found["Summary"][4], strict=True))
    assert first["Whose"] == "Winter Together"
    assert first["Variation"] == "Improving"
    assert first["Assurance"] == "Target out of reach as things were"
    assert first["Latest value"] == 2.7
    assert ["days", 1.0, "What is counted", "Days between ready and leaving"] in found["Definitions"]


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    made = as_xlsx(report_view(hostile()), "Live")
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    cells = {str(cell) for rows in sheets(made).values() for row in rows for cell in row}

    assert len([name for name in parts if name.startswith("xl/worksheets/sheet")]) == 4
    for name, words in parts.items():
        assert not re.search(r"<f[ >/]", words), name
        assert "<hyperlink" not in words, name
        assert 'TargetMode="External"' not in words, name
        assert not name.startswith(("xl/externalLinks", "xl/connections"))
    assert EVIL in cells  # the formula is there, as a text


@pytest.mark.parametrize("evil", ['<image href="/etc/hostname"/>', '<rect fill="url(file:///x)"/>'])
def test_a_picture_of_a_chart_shows_nothing_but_the_chart(evil: str) -> None:
    with pytest.raises(ForbiddenReference):
        png_worker.picture(f'<svg xmlns="http://www.w3.org/2000/svg">{evil}</svg>', NO_FONTS)
    words = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>href="x" url(y)</title></svg>'
    )
    assert png_worker.picture(words, NO_FONTS).startswith(b"\x89PNG")


def test_a_word_document_says_what_the_page_says() -> None:
    with zipfile.ZipFile(
        io.BytesIO(as_docx(report_view(report("space")), "Report 3", {"m1": dot()}))
    ) as document:
        words = document.read("word/document.xml").decode()

    assert "Days from ready to leave to leaving" in words
    assert "Improving. " in words
    assert "The line that led here" in words
    assert 'descr="Chart of Days from ready to leave to leaving. ' in words
    assert "The goal: " in words


def test_files_in_words_say_from_where_to_where_by_when_and_what_is_not_known_yet() -> None:
    whole = report()
    goal = replace(
        whole.goals[0], start="4 days", to="2 days", by_when=date(2027, 3, 31), for_whom="Everybody"
    )
    empty = replace(goal.measures[0], id="none", rows=())
    changed = replace(whole, goals=(replace(goal, measures=(empty, *goal.measures)),))
    words = as_markdown(report_view(changed), "Live")

    assert "The goal: from 4 days, to 2 days, by 31 March 2027, for: Everybody." in words
    assert "What we believe moves it: " in words
    assert words.index("Winter Together") < words.index("There are no values yet.")
    assert words.index("| October 2026 |") < words.index("There are no values yet.")


@pytest.mark.parametrize("counted", [True, False])
def test_paper_says_where_the_counts_are_only_if_there_are_some(counted: bool) -> None:
    measure = length()
    points = [point if counted else plain(point) for point in measure.rows[0].found.points]
    shown = replace(measure.rows[0], together=False, found=replace(measure.rows[0].found, points=points))
    rows = tuple(replace(shown, series=name, whose=name) for name in ("North", "South"))
    measure = replace(measure, rows=rows)
    page = paper(replace(report(), goals=(replace(report().goals[0], measures=(measure,)),)))

    assert "value-grid" in page
    assert ("What was counted out of what is in the table files." in page) == counted


def plain(point: Dot) -> Dot:
    """The same period without what it was counted out of."""
    return replace(point, numerator=None, denominator=None)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "json", "md", "home.svg", "home.png"])
async def test_each_file_can_be_had_by_who_may_read(
    home: House, winter: Winter, goal: str, kind: str
) -> None:
    path = f"{winter.path}/outcomes/{goal}/report/as/{kind}"
    answer = await winter.bo.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="winter-together-ho')
    assert len(answer.content) > 500
    assert (await home.stranger().get(path)).status_code in (303, 401)


async def test_there_is_no_other_kind_of_file(winter: Winter, goal: str) -> None:
    for kind in ("exe", "x.pdf", "svg", "png", "nothing.svg", "nothing.png", "pdf.svg.exe"):
        assert (await winter.bo.get(f"{winter.path}/outcomes/{goal}/report/as/{kind}")).status_code == 404


async def test_a_chart_alone_is_a_drawing_that_stands_for_itself(winter: Winter, goal: str) -> None:
    drawing = (await winter.bo.get(f"{winter.path}/outcomes/{goal}/report/as/home.svg")).text

    assert drawing.lstrip().startswith("<svg xmlns=")
    assert "<title" in drawing
    assert "<desc" in drawing
    assert "<script" not in drawing
    assert re.search(r"\sstyle=", drawing) is None


async def test_signs_that_xml_cannot_hold_spoil_no_chart(home: House, winter: Winter, goal: str) -> None:
    odd = r"replace(definition, 'within', '\u0001\ufffe within')"
    await home.set(f"UPDATE measure_version SET definition = {odd}")
    made = {
        kind: await winter.bo.get(f"{winter.path}/outcomes/{goal}/report/as/{kind}")
        for kind in ("docx", "home.svg", "home.png")
    }

    assert [one.status_code for one in made.values()] == [200] * 3
    ElementTree.fromstring(made["home.svg"].text)  # noqa: S314 - our own


async def test_a_picture_of_a_chart_shows_its_lines_and_its_letters() -> None:
    bare = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" font-family="Inter">{}</svg>'
    inside = ("", '<path d="M0 5H120" stroke="#000"/>', '<text x="5" y="30">Łódź 62.0%</text>')
    pictures = await as_png([bare.format(one) for one in inside])

    for picture in pictures:
        assert picture.startswith(b"\x89PNG")
        assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [240, 80]
    assert len(set(pictures)) == 3
    assert len(pictures[2]) > len(pictures[0]) + 500


def test_every_drawing_of_a_report_becomes_an_image_with_its_words() -> None:
    for page in (paper(report("space")), paper(hostile())):
        out, drawings = extract_drawings(page)

        assert "<svg" not in out
        assert page.count("<svg") == out.count('src="drawing:') > len(drawings) > 3
        assert out.count('alt=""') == 0
        for drawing in drawings:
            ElementTree.fromstring(drawing)  # noqa: S314 - our own


def test_the_same_drawing_is_kept_once_and_one_that_cannot_be_read_stays_in_the_page() -> None:
    sign = '<svg class="sign" width="14"><title>A "good"\n sign</title><path d="M0 0"/></svg>'
    torn = "<svg><path></svg>"
    out, drawings = extract_drawings(f"<p>{sign}{torn}{sign} &lt;svg&gt;")

    image = '<img class="sign" alt="A &quot;good&quot; sign" src="drawing:0">'
    assert out == f"<p>{image}{torn}{image} &lt;svg&gt;"
    assert drawings == (
        b'<svg xmlns="http://www.w3.org/2000/svg" class="sign" width="14"><path d="M0 0"/></svg>',
    )


def test_a_matrix_of_one_column_more_than_fits_names_it_once() -> None:
    one = report()
    measure = one.goals[0].measures[0]
    pages = []
    for count in (7, 25):
        rows = tuple(
            msgspec.structs.replace(
                measure.rows[0], series=f"a{n}", whose=f"Area {n:02}", together=False, organisation=None
            )
            for n in range(count)
        )
        of_areas = msgspec.structs.replace(measure, rows=rows)
        goal = msgspec.structs.replace(one.goals[0], measures=(of_areas,))
        pages.append(paper(msgspec.structs.replace(one, goals=(goal,))))

    assert "<caption><bdi>Area 06</bdi></caption>" in pages[0]
    assert "<caption><bdi>Area 06</bdi> to <bdi>Area 11</bdi></caption>" in pages[1]
    assert "1 more is in the table files." in pages[1]
