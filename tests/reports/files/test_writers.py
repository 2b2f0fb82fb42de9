"""What the writers of files say, cell by cell and line by line, told a second time from the content itself.

No server and no process: the writers are mutated line by line (`python -m tests.soak.mutate`) against this.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from docx import Document
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from app.outcomes.charts.markers import MARKERS
from app.outcomes.measures import labels
from app.outcomes.measures.measure import Target
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Dot
from app.outcomes.view.content import MeasureContent, ReportContent, SeriesContent
from app.outcomes.view.report_view import report_view
from app.outcomes.view.series_view import series_view
from app.reports.files import sentences, table_rows, workbook_pictures
from app.reports.files.as_docx import as_docx
from app.reports.files.as_text import as_csv, as_json, as_markdown, csv_text
from app.reports.files.as_xlsx import as_xlsx
from tests.outcomes.readings.test_true_sentences import RUN, rebase, rows
from tests.reports.files.smallest_picture import dot as picture
from tests.reports.winter_report import report, row

NEWS = ("Days: one new value.", "A new measure: Back.")


def rich(scope: str = "space") -> ReportContent:
    """The winter report, with news, a run chart of two parts, a value left out, a story without an action."""
    one = report(scope)
    goal = one.goals[0]
    values: list[float | None] = [20, 22, 21, 23, 90, 30, 32, 31, 33, 31]
    read = analyse(
        RUN,
        rows(RUN, values),
        rebases=[rebase(date(2023, 6, 1))],
        excluded={date(2023, 5, 1): "Counted twice"},
    )
    run = replace(row("r", "Winter Together", RUN, rows(RUN, values), together=True), found=read)
    story = replace(goal.measures[0].stories[0], story="It began again.", action="", due=None)
    more = MeasureContent("m9", "score", 3, RUN, (), (), (story,), (run,))
    return replace(one, goals=(replace(goal, measures=(*goal.measures, more)),), news=NEWS)


def lines_of(found: SeriesContent, number: int) -> tuple[Any, Any, Any, str]:
    """Mean or median, limits, and what kind they are."""
    reading = found.found
    if reading.chart == "run":
        return reading.run_parts[number].run.median, None, None, "run chart"
    if not reading.segments or reading.segments[number].drawn == "none":
        return None, None, None, ""
    one = reading.segments[number]
    return one.mean, one.lpl, one.upl, "trial" if one.drawn == "trial" else ""


def kind_of_point(found: SeriesContent, dot: Dot) -> str:
    """Only values with limits are of a kind; in a long run they lie on a side of the median."""
    if found.found.chart == "run" and dot.type != "common_cause":
        better = dot.type == "special_cause_improvement"
        return f"In a long run on the {'better' if better else 'worse'} side of the median"
    return MARKERS[dot.type].words if lines_of(found, dot.segment)[1] is not None else "A value"


def expected_data(content: ReportContent) -> Iterator[list[Any]]:
    for goal in content.goals:
        for measure in goal.measures:
            definition = measure.definition
            for one in measure.rows:
                seen = series_view(definition, one)
                for dot in one.found.points:
                    lines = labels.LEFT_OUT[one.found.chart].capitalize()
                    left_out = f"{lines}: {dot.excluded}" if dot.excluded else ""
                    yield [
                        *(goal.title, definition.name, measure.code, measure.version, one.whose),
                        "; ".join(f"{a}: {b}" for a, b in one.breakdown),
                        *(dot.start, dot.end, dot.label, dot.value, definition.unit),
                        *(dot.numerator, dot.denominator, dot.status, *lines_of(one, dot.segment)),
                        kind_of_point(one, dot) if dot.value is not None else "",
                        *(dot.cause, dot.rule, left_out or dot.note),
                        *(seen.variation.words, seen.assurance_words),
                    ]


def expected_summary(content: ReportContent) -> Iterator[list[Any]]:
    for goal in content.goals:
        for measure in goal.measures:
            definition = measure.definition
            for one in measure.headlines:
                seen, reading = series_view(definition, one), one.found
                assert reading.latest is not None
                last = len(reading.run_parts or reading.segments) - 1
                yield [
                    *(goal.title, definition.name, measure.code, definition.kind, one.whose),
                    *(reading.latest.label, reading.latest.value, definition.unit, *lines_of(one, last)),
                    reading.target.value if reading.target else None,
                    *(seen.variation.words, seen.variation.because, seen.assurance_words),
                    seen.assurance.because if seen.assurance else "",
                    *(reading.say, reading.data_until, reading.overdue_since),
                ]


def in_csv(value: Any) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def in_sheet(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    number = isinstance(value, Decimal | int | float)
    return "" if value is None else round(float(value), 9) if number else value  # sheets keep 15 digits


def sheets(made: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {
        name: [[in_sheet(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def test_a_csv_has_every_value_of_every_series_with_what_is_said_of_it() -> None:
    content = rich()
    text = as_csv(report_view(content))
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert tuple(found[0]) == table_rows.DATA
    assert found[1:] == [[in_csv(cell) for cell in row] for row in expected_data(content)]
    assert [row for row in found if row[21] == "Left out of the median: Counted twice"]
    assert [csv_text(cell) for cell in (None, "=1", "a", Decimal("1E+2"), 2.5, date(2026, 1, 2))] == [
        *("", "'=1", "a", "100", "2.5", "2026-01-02")
    ]


def test_a_workbook_has_the_same_cells_and_the_definitions_and_changes() -> None:
    content = rich()
    found = sheets(as_xlsx(report_view(content), "Report 3"))
    definitions = [
        [one.code, float(one.version), words[0].upper() + words[1:]]
        for one in content.measures
        for words in [*labels.FIELDS.values(), *(["Target"] * len(one.targets))]
    ]
    changes = [row[2:4] for row in found["Changes"][1:]]

    assert found["Summary"][0][0] == "Outcomes of Winter Together"
    assert found["Summary"][1][0] == (
        "Winter Together. Report 3. Data to 31 October 2026. Read by Making Data Count, as the R package "
        "reads it (mdc-r-0.2.2), throughline-spc 3"
    )
    assert tuple(found["Summary"][3]) == table_rows.SUMMARY
    assert found["Summary"][4:] == [[in_sheet(cell) for cell in row] for row in expected_summary(content)]
    assert tuple(found["Data"][0]) == table_rows.DATA
    assert found["Data"][1:] == [[in_sheet(cell) for cell in row] for row in expected_data(content)]
    assert [row[:3] for row in found["Definitions"][1:]] == definitions
    own = {str(row[2]): row[3] for row in found["Definitions"] if row[0] == "days"}
    assert (own["Adding up organisations"], own["Overlapping periods"]) == ("yes", "no")
    assert (own["Fixed limits"], own["Licence"][:8], own["What is left out"]) == (16, "Contains", "")
    assert own["Target"] == "<= 2, ambition, from 2024-01-01. Our goal"
    story = content.measures[0].stories[0]
    assert changes[:2] == [["New since the report before", words] for words in NEWS]
    assert ["The story", story.story] in changes
    assert ["What happens next", story.action] in changes
    assert sum(what == "What happens next" for what, _ in changes) == 1
    assert ["New limits", "New limits: everybody is asked now"] in changes
    by = {str(row[3]): row for row in found["Changes"]}
    assert by[story.story][:2] == [story.until, content.measures[0].definition.name]
    assert by[story.story][4] == "Ana Okafor"
    assert by[story.action][4:6] == [story.owner, story.due]


def test_a_workbook_of_nothing_says_so_and_a_long_text_is_cut_and_not_lost() -> None:
    empty = replace(rich(), goals=(), until=None, profiles=(), news=("x" * 40_000,))
    found = sheets(as_xlsx(report_view(empty), "Live"))

    assert found["Summary"][1][0] == "Winter Together. Live. No data yet."
    assert len(found["Changes"][1][3]) == 32_767


def test_markdown_says_the_same_line_by_line() -> None:
    content = rich()
    text = as_markdown(report_view(content), "Report 3")
    lines = text.splitlines()
    days = content.measures[0]

    assert lines[:7] == [
        "# Outcomes of Winter Together",
        "",
        "Winter Together. Report 3.",
        "",
        "Data to 31 October 2026. Read by Making Data Count, as the R package reads it (mdc-r-0.2.2), "
        "throughline-spc 3.",
        "",
        "## Look at these first",
    ]
    view = report_view(content)
    attention = [line for line in lines if line.startswith("- **")]
    assert len(attention) == len(view.attention)
    assert attention[0] == (
        "- **Days from ready to leave to leaving**, Winter Together: Improving, but target out of reach as "
        "things were. Best month of the process as it was: 3.3 days."
    )
    assert f"## {content.goals[0].title}" in lines
    assert "### Days from ready to leave to leaving" in lines
    assert days.rows[0].found.say in lines
    assert "| Whose | Period | Value | Variation | Because | Assurance |" in lines
    assert "| --- | --- | --- | --- | --- | --- |" in lines
    assert lines.count("| Period | Value | What the chart says of it |") == 4
    assert "| May 2023 | 90.0 | left out of the median: Counted twice |" in lines
    assert "| October 2026 | 2.7 days | below the lower limit; provisional |" in lines
    assert "- 1 March 2026: Test started: offer made on day 1" in lines
    assert (
        "What happens next: Carers Together will try the same offer in evening visits. "
        "(Maria Costa, Carers Together, by 15 December 2026)"
    ) in lines
    assert sum(line.startswith("What happens next") for line in lines) == 1
    assert "### The line that led here" in lines
    assert "1. **Nobody owns the whole journey** (Problem, 11 March 2026, Northfield Trust)" in lines
    assert text.endswith("\n## New since the last report\n\n" + "".join(f"- {words}\n" for words in NEWS))
    alone = as_markdown(report_view(rich("goal")), "Live").splitlines()
    assert "## Look at these first" not in alone
    assert "## Days from ready to leave to leaving" in alone
    assert f"## {content.goals[0].title}" not in alone


def test_a_document_says_the_same_paragraph_by_paragraph() -> None:
    content = rich()
    document = Document(io.BytesIO(as_docx(report_view(content), "Report 3", {})))
    texts = [(one.style.name if one.style else "", one.text) for one in document.paragraphs if one.text]
    headings = [text for style, text in texts if style.startswith("Heading")]

    assert (document.core_properties.title, document.core_properties.author) == (content.title, content.space)
    assert document.core_properties.language == "en-GB"
    assert texts[0] == ("Title", content.title)
    assert texts[1][1] == "Winter Together. Report 3. Data to 31 October 2026."
    assert headings == [
        "Look at these first",
        content.goals[0].title,
        *(one.definition.name for one in content.measures),
        "The line that led here",
        "New since the last report",
        "How this is read",
    ]
    levels = {text: style for style, text in texts}
    assert levels[content.goals[0].title] == "Heading 1"
    assert levels["Days from ready to leave to leaving"] == levels["The line that led here"] == "Heading 2"
    bullets = [text for style, text in texts if style == "List Bullet"]
    assert bullets[0].startswith(
        "Days from ready to leave to leaving, Winter Together: Improving, but target"
    )
    assert "1 March 2026: Test started: offer made on day 1" in bullets
    assert set(NEWS) <= set(bullets)
    assert [style for style, _ in texts].count("List Number") == len(content.goals[0].line)
    plain = [text for style, text in texts if style == "Normal"]
    assert any(text.startswith("Read by Making Data Count") and "far larger" in text for text in plain)
    assert (
        "What happens next: Carers Together will try the same offer in evening visits. "
        "(Maria Costa, Carers Together, by 15 December 2026)"
    ) in plain
    assert sum(text.startswith("What happens next") for text in plain) == 1
    heads = [tuple(cell.text for cell in table.rows[0].cells) for table in document.tables]
    assert heads.count(("Whose", "Period", "Value", "Variation", "Assurance")) == 4
    assert ("Age", "January 2025") in heads
    first = [cell.text for cell in document.tables[0].rows[1].cells]
    assert first == [
        "Winter Together",
        "October 2026",
        "2.7 days",
        "Improving. October 2026 is below the lower limit",
        "Target out of reach as things were",
    ]
    alone = Document(io.BytesIO(as_docx(report_view(rich("goal")), "Live", {})))
    styles = {one.text: one.style.name for one in alone.paragraphs if one.style}
    assert styles["Days from ready to leave to leaving"] == "Heading 1"
    assert "Look at these first" not in styles


def test_a_document_and_a_workbook_have_the_pictures_they_are_given() -> None:
    view = report_view(rich())
    document = Document(io.BytesIO(as_docx(view, "Live", {"m1": picture(), "m9": picture()})))
    pictures = workbook_pictures.Pictures({"m2": picture()}, {("assurance", "fail"): picture()})
    found = sheets(as_xlsx(view, "Live", pictures))

    assert len(document.inline_shapes) == 2
    assert found["Charts"][0][0] == view.measures[1].definition.name
    assert found["Charts"][1][0] == view.measures[1].content.rows[0].found.say


def test_what_is_not_known_is_left_empty_and_a_target_says_until_when() -> None:
    whole = rich()
    score = whole.measures[-1]
    older = replace(score.rows[0].found, run_parts=())
    nothing = replace(older, points=(), latest=None, run=None, chart="line")
    series = (replace(score.rows[0], found=older), replace(score.rows[0], series="n", found=nothing))
    ends = Target("t", "m9", Decimal(9), ">=", "standard", date(2024, 4, 1), date(2025, 3, 31))
    goal = replace(whole.goals[0], measures=(replace(score, rows=series, targets=(ends,)),))
    view = report_view(replace(whole, goals=(goal,)))
    summary, definitions = list(table_rows.summary(view)), list(table_rows.definitions(view.content))

    assert older.run is not None
    assert {row[14] for row in table_rows.data(view)} == {older.run.median}
    assert [(row[5], row[6], row[8]) for row in summary][1] == ("", None, None)
    assert ["score", 3, "Fixed limits", ""] in definitions
    assert definitions[-1][3] == ">= 9, standard, from 2024-04-01 to 2025-03-31."


def test_the_sentences_of_a_goal_and_a_measure_leave_out_what_is_not_known() -> None:
    goal = rich().goals[0]
    bare = replace(
        goal,
        aim="",
        person="",
        start="",
        to="",
        by_when=None,
        for_whom="",
        theory="",
        drivers=(),
        measures=(),
    )
    owned = "Owned by Carers Together, Harrow Vale Council, Northfield Trust; looked after by Ana Okafor."

    assert list(sentences.of_goal(goal)) == [
        goal.aim,
        f"What this means for a person: {goal.person}",
        f"The goal: from 4.4 days, to 2 days, by 31 March 2027, for: {goal.for_whom}.",
        f"Why we believe it can be done: {goal.theory}",
        f"What we believe moves it: {'; '.join(one.words for one in goal.drivers)}.",
        owned,
    ]
    assert list(sentences.of_goal(bare)) == [owned]
    assert list(sentences.of_goal(replace(bare, to="2 days"))) == ["The goal: to 2 days.", owned]
    measure = goal.measures[0]
    whole, alone = measure.rows[0], measure.rows[1]
    assert sentences.of_measure(measure) == whole.found.say
    assert sentences.of_measure(replace(measure, rows=(alone,))) == f"{alone.whose}: {alone.found.say}"
    assert sentences.of_measure(replace(measure, rows=())) == "There are no values yet."
    groups = tuple(one for one in measure.rows if one.breakdown)
    assert sentences.of_measure(replace(measure, rows=groups)) == sentences.ONLY_GROUPS


def test_json_is_the_whole_content_and_markdown_leaves_out_what_is_not_there() -> None:
    content = rich()
    quiet = replace(content, news=(), until=None)
    text = as_markdown(report_view(quiet), "Live")

    assert msgspec.json.decode(as_json(content), type=ReportContent) == content
    assert "New since the last report" not in text
    assert "Data to" not in text


def test_a_sheet_that_is_full_ends_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.reports.files.as_xlsx.MAX_ROWS", 3)
    found = sheets(as_xlsx(report_view(rich()), "Live"))

    assert len(found["Data"]) == 1 + 3
    assert len(found["Definitions"]) == 1 + 3
