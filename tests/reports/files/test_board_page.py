"""A report on paper: a page for the board, one for each goal of a space, and headings of tables."""

import asyncio
import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from app.outcomes.view.content import CardStep, ReportContent
from app.reports.files import pdf_worker
from app.reports.files.pdf import as_pdf
from app.reports.files.svg import SVG
from tests.reports.files.test_formats import paper
from tests.reports.files.test_pdf_tables import structure
from tests.reports.winter_report import LINE, report

AREAS = [f"Area of the {word} hill" for word in ("first", "second", "third", "fourth", "fifth", "sixth")]
AREAS.append("Area beyond the hills")
LONG = "Nobody has to wait for somebody else to decide where they may live. " * 40


async def pages_of(content: ReportContent, folder: Path) -> list[str]:
    """The words of each page."""
    file = folder / "report.pdf"
    file.write_bytes(await as_pdf(lambda: paper(content)))
    words = await asyncio.to_thread(subprocess.check_output, ["pdftotext", "-raw", str(file), "-"], text=True)
    return [" ".join(page.split()) for page in words.split("\f")[:-1]]


def stands_alone(page: str) -> None:
    """What a board has to see on the page of a goal."""
    for words in (
        "What this means for a person",
        "Improving",
        "Target out of reach as things were",
        "Best month of the process as it was: 3.3 days",
        "October 2026: 2.7 days, below the lower limit",
        "Upper limit 5.7",
        "Ambition 2.0",
        "The line that led here",
        "Nobody owns the whole journey",
        "Families hear about the choice too late",
        "Home within 2 days of being ready",
    ):
        assert words in page, words


async def test_the_first_page_of_a_goal_stands_alone_and_the_rest_is_short(tmp_path: Path) -> None:
    pages = await pages_of(report(), tmp_path)

    stands_alone(pages[0])
    assert "in 3 of its 4 steps" in pages[0]
    assert "Move people on quickly" not in pages[0]
    assert "Move people on quickly" in " ".join(pages[1:])
    assert len(pages) <= 6


async def test_long_words_do_not_push_the_board_page_over_its_edge(tmp_path: Path) -> None:
    whole = report()
    steps: tuple[CardStep, ...] = tuple(replace(step, text=f"{step.text} {LONG}"[:800]) for step in LINE)
    goal = replace(
        whole.goals[0],
        title=f"{whole.goals[0].title} {LONG}"[:200],
        aim=LONG[:2000],
        person=LONG[:2000],
        line=steps,
    )
    pages = await pages_of(replace(whole, goals=(goal,)), tmp_path)

    stands_alone(pages[0])
    assert "1 of " in pages[0]
    assert "The aim" in pages[1]
    assert " ".join(LONG[:2000].split())[-40:] in " ".join(pages[1:])


async def test_a_goal_of_a_space_has_one_page_and_the_rest_is_an_annex(tmp_path: Path) -> None:
    one = report("space")
    goals = tuple(replace(one.goals[0], id=f"g{n}", title=f"Goal number {n}") for n in (1, 2))
    pages = await pages_of(replace(one, goals=goals), tmp_path)

    begin = next(
        place for place, page in enumerate(pages) if "Goal number 1 " in page and "means for a person" in page
    )
    stands_alone(pages[begin])
    assert "Goal number 2 " in pages[begin + 1]
    stands_alone(pages[begin + 1])
    assert "Annex" in pages[begin + 2]
    assert "Look at these first" in pages[0]


def without_groups(content: ReportContent) -> ReportContent:
    goal = content.goals[0]
    measures = tuple(
        replace(one, rows=tuple(row for row in one.rows if not row.breakdown)) for one in goal.measures
    )
    return replace(content, goals=(replace(goal, measures=measures),))


async def test_the_report_of_a_space_with_two_goals_has_five_pages(tmp_path: Path) -> None:
    one = without_groups(report("space"))
    goals = tuple(replace(one.goals[0], id=f"g{n}", title=f"Goal number {n}") for n in (1, 2))
    pages = await pages_of(replace(one, goals=goals), tmp_path)

    assert len(pages) == 5
    assert "Look at these first" in pages[0]
    for number in (1, 2):  # all measures of both goals are on the first page
        assert f"Goal number {number} Measure" in pages[0]
        assert f"Goal number {number} " in pages[number]
    assert pages[0].count("People back within 30 days") == 2
    assert len(await pages_of(one, tmp_path)) <= 4


@pytest.mark.parametrize(("flags", "shown"), [((), 6), (("A hard winter", "Adopted by all"), 3)])
async def test_a_goal_without_a_total_shows_areas_in_small_charts_on_its_one_page(
    flags: tuple[str, ...], shown: int, tmp_path: Path
) -> None:
    pages = await pages_of(of_areas(flags), tmp_path)

    assert "Mean 4.5 days, limits 3.3 days to 5.7 days." in pages[0]
    for words in ("Improving: Area of the first hill", "Home within 2 days of being ready", "Owned", *flags):
        assert words in pages[0]
    assert [name for name in AREAS if f"{name} October 2026: 2.7 days" in pages[0]] == AREAS[:shown]
    assert " ".join(pages[1:]).count("October 2026: 2.7 days, below the lower limit") == len(AREAS) - shown


async def test_values_of_seven_areas_stand_side_by_side_in_two_tables(tmp_path: Path) -> None:
    pages = await pages_of(of_areas(), tmp_path)
    rows = re.findall(r"October 2026((?: 2\.7 \d)+) ", " ".join(pages))

    assert [len(row.split()) // 2 for row in rows] == [6, 1]
    assert len(pages) <= 5


async def test_three_hundred_areas_leave_room_for_charts_and_a_matrix_that_can_be_read(
    tmp_path: Path,
) -> None:
    seven = of_areas()
    goal = seven.goals[0]
    first = goal.measures[0]
    many = tuple(replace(first.rows[0], series=f"a{n}", whose=f"District {n:03}") for n in range(300))
    goal = replace(goal, measures=(replace(first, rows=many),))
    pages = await pages_of(replace(seven, goals=(goal,)), tmp_path)
    words = " ".join(pages)

    assert (
        "Improving: District 000, District 001, District 002, District 003, District 004 and 295 more."
        in pages[0]
    )
    assert "District 005 October 2026: 2.7 days" in pages[0]
    assert "276 more are in the table files." in words
    assert words.count("The total comes first where there is one") == 1
    assert "District 006 to District 011" in words
    assert len(pages) <= 6
    space = await pages_of(replace(seven, scope="space", goals=(goal,)), tmp_path)
    assert "; and 292 more" in space[0]


def test_where_some_charts_have_limits_the_legend_says_which_it_speaks_of() -> None:
    goal = report().goals[0]
    plain = replace(goal.measures[1].rows[0].found, chart="line", segments=(), why="Periods overlap.")
    rows = (*of_areas().goals[0].measures[0].rows[:1], replace(goal.measures[1].rows[0], found=plain))
    areas = tuple(
        replace(one, together=False, organisation=None, whose=f"A{n}") for n, one in enumerate(rows)
    )
    measures = (replace(goal.measures[0], rows=areas),)
    page = paper(replace(report(), goals=(replace(goal, measures=measures),)))

    assert "Expected variation where there are limits</li>" in page
    assert "A value</li>" in page


def of_areas(flags: tuple[str, ...] = ()) -> ReportContent:
    """The report with its first measure for seven areas and no total."""
    whole = without_groups(report())
    goal, main = whole.goals[0], whole.goals[0].measures[0]
    rows = tuple(
        replace(main.rows[0], series=f"a{number}", whose=name, together=False)
        for number, name in enumerate(AREAS)
    )
    happened = tuple(replace(one, words=words) for one, words in zip(main.happened, flags, strict=False))
    measure = replace(main, rows=rows, happened=happened)
    return replace(whole, goals=(replace(goal, measures=(measure, *goal.measures[1:])),))


@pytest.mark.parametrize("content", [report("goal"), report("space"), of_areas()])
async def test_every_heading_of_a_table_has_a_scope_and_every_cell_finds_its_headings(
    content: ReportContent,
) -> None:
    made = await as_pdf(lambda: paper(content))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        root = pdf.Root.StructTreeRoot
        index = pikepdf.NameTree(root.IDTree)
        parts = list(structure(root))
        heads = [one for one in parts if one.get("/S") == "/TH"]
        cells = [one for one in parts if one.get("/S") == "/TD"]

        assert len(heads) > 20
        assert {str(one.A.Scope) for one in heads} == {"/Row", "/Column"}
        assert len({str(one.ID) for one in heads}) == len(heads)
        for one in heads:  # found by its id, and no other
            assert index[str(one.ID)].objgen == one.objgen
        assert set(index) == {str(one.ID) for one in parts if "/ID" in one}
        found = [[index[str(id)] for id in one.A.Headers] for one in cells if "/Headers" in one.get("/A", {})]
        assert len(found) == len(cells) > 20
        assert all(head.S == "/TH" for headings in found for head in headings)
        assert all({str(head.A.Scope) for head in headings} == {"/Row", "/Column"} for headings in found)


def in_scripts() -> ReportContent:
    """The report with a title, an aim and flags in Arabic and Hebrew."""
    whole = report()
    goal, measure = whole.goals[0], whole.goals[0].measures[0]
    words = ("بدأ الاختبار في قسمين", "מבחן חדש", "Adopted")
    events = tuple(replace(one, words=said) for one, said in zip(measure.happened, words, strict=True))
    measures = (replace(measure, happened=events), *goal.measures[1:])
    return replace(
        whole, goals=(replace(goal, title="العودة إلى المنزل", aim="חזרה הביתה", measures=measures),)
    )


async def test_words_from_right_to_left_are_set_right_on_the_page_and_in_the_chart(tmp_path: Path) -> None:
    pages = await pages_of(in_scripts(), tmp_path)
    fonts = await asyncio.to_thread(
        subprocess.check_output, ["pdffonts", str(tmp_path / "report.pdf")], text=True
    )
    pictures = await asyncio.to_thread(
        subprocess.check_output, ["pdfimages", "-list", str(tmp_path / "report.pdf")], text=True
    )

    assert "العودة" in pages[0]
    assert "הביתה" in pages[0]
    assert [line.split()[2] for line in pictures.splitlines()[2:]].count(
        "image"
    ) == 2  # the chart, the drivers
    families = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    assert {name for name in families if not name.startswith(("Inter", "Source"))}


def test_only_drawings_in_such_scripts_become_pictures() -> None:
    plain, arabic = (
        f'<svg xmlns="{SVG}" viewBox="0 0 90 20"><text y="15" font-size="12">{words}</text></svg>'.encode()
        for words in ("Größe 两天", "قسمين")
    )

    assert pdf_worker.shaped((plain,)) == (plain,)
    first, second = pdf_worker.shaped((plain, arabic))
    assert first == plain
    assert second.startswith(b"\x89PNG")
