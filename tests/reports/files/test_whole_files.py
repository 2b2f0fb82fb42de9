"""Whole files of a report, to the letter: what somebody has read and found right, in `whole/`.

`python -m tests.reports.files.test_whole_files` writes them anew; then read what changed.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.outcomes.view.content import ReportContent
from app.outcomes.view.report_view import report_view
from app.reports.files import as_xlsx as xlsx
from app.reports.files.as_docx import as_docx
from app.reports.files.as_text import as_markdown
from app.reports.files.as_xlsx import as_xlsx
from app.reports.files.workbook_pictures import Pictures
from tests.reports.files.read_whole import document_lines, workbook_lines
from tests.reports.files.smallest_picture import dot as picture
from tests.reports.files.test_writers import rich

WHOLE = Path(__file__).parent / "whole"


def odd(scope: str = "space") -> ReportContent:
    """The rich report where things are missing, with a third story and signs that are markup."""
    one = rich(scope)
    goal = one.goals[0]
    first = goal.measures[0]
    story = first.stories[0]
    stories = (
        replace(story, due=None, story="R&D <b>and</b> a_b"),
        replace(story, action=""),
        replace(story, story="x"),
    )
    line = tuple(replace(step, whose="") for step in goal.line[:2])
    bare = replace(goal.measures[-1], rows=(), stories=(), happened=())
    goal = replace(goal, measures=(replace(first, stories=stories), bare), line=line)
    return replace(one, goals=(goal, replace(goal, line=line[:1], measures=())), until=None, news=())


CONTENTS: dict[str, ReportContent] = {
    "space": rich(),
    "goal": rich("goal"),
    "odd": odd(),
    "odd-goal": odd("goal"),
}


def document(content: ReportContent) -> str:
    return "\n".join(document_lines(as_docx(report_view(content), "Report 3", {"m1": picture()})))


def workbook(content: ReportContent) -> str:
    pictures = Pictures({"m2": picture()}, {("assurance", "fail"): picture()})
    return "\n".join(workbook_lines(as_xlsx(report_view(content), "Report 3", pictures), ROWS))


WRITERS: dict[str, Callable[[ReportContent], str]] = {
    "docx": document,
    "xlsx": workbook,
    "md": lambda content: as_markdown(report_view(content), "Report 3"),
}
FILES = [(name, kind) for name in CONTENTS for kind in WRITERS]
ROWS = 7  # of a sheet, with their formats; that all are right is told cell by cell in `test_writers`


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_a_file_is_to_the_letter_as_it_was_read_and_found_right(name: str, kind: str) -> None:
    made = WRITERS[kind](CONTENTS[name])

    assert made.splitlines() == (WHOLE / f"{name}.{kind}.txt").read_text().splitlines()


def test_a_long_text_fills_a_cell_and_a_title_and_no_more() -> None:
    letters = "x" * 40_000
    content = replace(rich(), space=letters, news=(letters,))
    lines = list(workbook_lines(as_xlsx(report_view(content), letters), ROWS))
    said = [line.rpartition("] ")[2] for line in lines if line.endswith("xx") and "] " in line]
    about = next(document_lines(as_docx(report_view(content), "Live", {}))).split(" | ")

    assert sorted({len(words) for words in said}) == [xlsx.MAX_CELL_LENGTH]
    assert len(said) == 3
    assert (xlsx.MAX_CELL_LENGTH, xlsx.MAX_ROWS) == (32_767, 1_048_575)  # what Excel opens
    assert [len(words) for words in about[:2]] == [255, 255]


if __name__ == "__main__":
    WHOLE.mkdir(exist_ok=True)
    for one, of in FILES:
        (WHOLE / f"{one}.{of}.txt").write_text("\n".join(WRITERS[of](CONTENTS[one]).splitlines()) + "\n")
