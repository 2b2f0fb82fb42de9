"""The workbook of a report, opened by LibreOffice: whatever things are called, nothing in it runs."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import msgspec
from xlsxwriter import Workbook

from app.outcomes.view.content import ReportContent
from app.outcomes.view.report_view import report_view
from app.reports.files.as_xlsx import as_xlsx
from tests.reports.winter_report import report

EVIL = ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(1;2)", "=1+1"]


def test_libreoffice_finds_no_formula_in_a_report_with_hostile_names(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(as_xlsx(report_view(hostile()), EVIL[0]))
    with Workbook(tmp_path / "control.xlsx") as book:  # so that "none found" cannot mean "not looked at"
        book.add_worksheet().write_formula(0, 0, "=1+1")
    opened = converted(tmp_path, "report.xlsx", "control.xlsx")

    assert "table:formula" in opened["control.xlsx"]
    assert "table:formula" not in opened["report.xlsx"]
    for words in EVIL:  # what people wrote is all there, as text
        assert f"<text:p>{escape(words)}</text:p>" in opened["report.xlsx"]


def test_on_paper_the_columns_of_a_sheet_take_two_pages_side_by_side_at_most(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(as_xlsx(report_view(report("space")), "Live"))
    office(tmp_path, "pdf", "report.xlsx")
    said = subprocess.check_output(["pdftotext", "-layout", tmp_path / "report.pdf", "-"], text=True)
    pages = said.split("\f")
    first, second = pages[:2]

    assert "Goal" in first
    assert "Latest value" in first
    assert "Northfield Trust" in first  # and no word of a name is cut off
    assert "Sentence" in second
    assert "Overdue since" in second
    for page in (first, second):  # each says whose its rows are, where it belongs, and which it is
        assert {"Outcomes of", "Whose", "Northfield Trust", "report.xlsx, Summary"} <= _found(page)
    assert [re.findall(r"Page (\d+) of", page) for page in pages[:3]] == [["1"], ["2"], ["3"]]
    beside = next(page for page in pages if "Rule in" in page)
    assert {"Measure", "Whose", "Period"} <= _found(beside)


def _found(page: str) -> set[str]:
    words = ("Outcomes of", "Measure", "Whose", "Period", "Northfield Trust", "report.xlsx, Summary")
    return {one for one in words if one in page}


def hostile() -> ReportContent:
    """A report whose organisations, people, measures and goals begin like formulas."""
    kept = msgspec.json.encode(report("space")).decode()
    names = (
        "Winter Together",
        "Northfield Trust",
        "Carers Together",
        "Harrow Vale Council",
        "People back within 30 days",
    )
    for name, evil in zip(names, EVIL, strict=True):
        kept = kept.replace(f'"{name}"', msgspec.json.encode(evil).decode())
    return msgspec.json.decode(kept, type=ReportContent)


def converted(folder: Path, *names: str) -> dict[str, str]:
    """Each workbook as LibreOffice reads it, in one start of it: flat XML with all its cells."""
    office(folder, "fods", *names)
    return {name: (folder / name).with_suffix(".fods").read_text() for name in names}


def office(folder: Path, form: str, *names: str) -> None:
    """Have LibreOffice write each file anew in another form."""
    program = shutil.which("soffice")
    assert program, "The tests need LibreOffice Calc. On Debian: sudo apt-get install -y libreoffice-calc"
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, own, "--headless", "--norestore", "--convert-to", form, "--outdir", folder, *names],
        cwd=folder,
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
