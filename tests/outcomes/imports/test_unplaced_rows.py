"""Rows of one period are never one's own organisation's where no column was said to name the place."""

import re
import zlib
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.outcomes.imports import read_file
from app.outcomes.imports.rows import ColumnMapping, FileRow, RowFilter
from app.outcomes.imports.sharing import share_out
from app.outcomes.imports.unplaced import UnclearPlaces
from app.outcomes.measures.measure import Definition
from tests.outcomes.imports.import_forms import (
    bring,
    choose,
    fields_of,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.outcomes.imports.sample_tables import FINGERTIPS, KNOWN, nothing, tip, wishes
from tests.spaces.conftest import Winter
from tests.spaces.house import House

ACROSS = ColumnMapping("wide", "falls")
DOWN = ColumnMapping("rows", "falls", "as_is", (1,), period_at=0)
WARDS = "Ward,Jan 2024,Feb 2024\nA,1,2\nB,3,4\n"
MEASURES = "Line,Jan 2024,Feb 2024\nFalls,1,2\nBed days,30,40\n"
MONTHS = "Month,Falls,Ward\nJan 2024,1,A\nJan 2024,3,B\nFeb 2024,2,A\n"
PAIRS = "part,Jan 2024\nnumerator,1\nnumerator,2\ndenominator,10\ndenominator,20\n"
RATIO = ColumnMapping("wide", "home", "ratio", part_at=0, first_word="numerator", second_word="denominator")


@pytest.mark.parametrize(
    ("text", "asked", "rows"),
    [
        (WARDS, ACROSS, "Rows 2 and 3 both have numbers"),
        (MEASURES, ACROSS, "Rows 2 and 3 both have numbers"),
        ("Ward,Jan 2024,Feb 2024\nA,1,\nB,,4\n", ACROSS, "Rows 2 and 3 both have numbers"),
        ("Ward,Jan 2024,Feb 2024\nA,few,2\nB,3,4\n", ACROSS, "Rows 2 and 3 both have numbers"),
        (
            "Ward,What,Jan 2024,Feb 2024\nA,f,1,2\nA,g,1,2\nB,f,3,4\n",
            replace(ACROSS, part_at=1, first_word="f"),
            "Rows 2 and 4 both have numbers",
        ),
        (PAIRS, RATIO, "Rows 2 and 3 both have numbers"),
        (
            "part,Jan 2024\nnumerator,1\ndenominator,10\nnumerator,2\ndenominator,20\n",
            RATIO,
            "Rows 3 and 5 both have numbers",
        ),
        (MONTHS, DOWN, "Rows 2 and 3 both have numbers of January 2024"),
        ("Month,Falls\nJan 2024,1\n2024-01,3\n", DOWN, "Rows 2 and 3 both have numbers of January 2024"),
        ("Month,Falls\nJan 2024,few\nJan 2024,3\n", DOWN, "Rows 2 and 3 both have numbers of January 2024"),
        ("Month,Falls\nJan 2024,3\nJan 2024,few\n", DOWN, "Rows 2 and 3 both have numbers of January 2024"),
        (
            "Falls,Ward,n\n1,A,1\n1,B,2\n",
            replace(DOWN, firsts=(2,), period_at=None, one_period="Jan 2024"),
            "Rows 2 and 3 both have numbers of January 2024",
        ),
    ],
)
def test_two_rows_of_one_period_are_asked_about(text: str, asked: ColumnMapping, rows: str) -> None:
    with pytest.raises(UnclearPlaces, match=f"^{rows}. Choose the column that names the place"):
        wishes(text, asked)


CODES = "Code,Name,Month,Falls\nRXA,Hill,Jan 2024,1\nRXB,Dale,Feb 2024,2\n"
BELOW = replace(DOWN, period_at=2, firsts=(3,))
ELSE = "Month,Falls,{head}\nJan 2024,1,{one}\nFeb 2024,2,{two}\n"


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        (CODES, BELOW, "Column A, “Code”, says “RXA” in row 2 and “RXB” in row 3."),
        (CODES, replace(BELOW, breakdown_at=(1,), add_up=False, only_rows=()), ""),
        (CODES, replace(BELOW, add_up=True), ""),
        (CODES, replace(BELOW, only_rows=(RowFilter(1, ("Hill", "Dale")),)), "Column A, “Code”, says"),
        (CODES, replace(BELOW, only_rows=(RowFilter(1, ("Hill",)),)), ""),
        (CODES.replace("RXB", "rxa ").replace("Dale", "Hill"), BELOW, ""),
        (CODES.replace("RXB,Dale,Feb 2024", "RXB,Total,"), BELOW, ""),
        (
            ",Month,Falls\nRXA,Jan 2024,1\nRXB,Feb 2024,2\n",
            replace(DOWN, period_at=1, firsts=(2,)),
            "Column A says “RXA” in row 2 and “RXB” in row 3.",
        ),
        (ELSE.format(head="x", one="E06000001", two="E06000002"), DOWN, "Column C, “x”, says"),
        (ELSE.format(head="", one="DE", two="ES"), DOWN, "Column C says “DE” in row 2 and “ES” in row 3."),
        (
            ELSE.format(head="x", one="Hill Hospital", two="Dale Hospice"),
            DOWN,
            "Column C, “x”, says “Hill Hosp",
        ),
        (ELSE.format(head="OrgName", one="Hill", two="Dale"), DOWN, "Column C, “OrgName”, says"),
        (ELSE.format(head="Site code", one="101", two="102"), DOWN, "Column C, “Site code”, says"),
        (ELSE.format(head="Ward", one="1", two="2"), DOWN, "Column C, “Ward”, says “1” in row 2"),
        (ELSE.format(head="Type", one="Actual", two="Plan"), DOWN, "Column C, “Type”, says “Actual” in"),
        (ELSE.format(head="Site visits", one="10", two="20"), DOWN, ""),
        (ELSE.format(head="Mean age", one="80.1", two="80.2"), DOWN, ""),
        (ELSE.format(head="RAG", one="Red", two="Amber"), DOWN, ""),
        (ELSE.format(head="Comment", one="Vale Ward A moved", two="Ward B moved"), DOWN, ""),
        (ELSE.format(head="Month name", one="January", two="February"), DOWN, ""),
        (
            ELSE.format(head="x", one="Vale Hospice", two="Vale Hospice"),
            DOWN,
            "Column C, “x”, says “Vale Hos",
        ),
        (
            ELSE.format(head="x", one="Vale Hospice", two="vale hospice"),
            replace(DOWN, only_rows=(RowFilter(2, ("Vale Hospice",)),)),
            "Column C, “x”, says “Vale Hospice” in row 2, which is another organisation of this space.",
        ),
        (
            ELSE.format(head="x", one="", two="Vale Hospice"),
            replace(DOWN, add_up=True),
            "Column C, “x”, says",
        ),
        (ELSE.format(head="Org", one="Northfield Trust", two="NORTHFIELD  TRUST"), DOWN, ""),
        ("Trust,Jan 2024,Feb 2024\nVale Hospice,1,2\n", ACROSS, "Column A, “Trust”, says “Vale Hospice” in"),
        ("Trust,Jan 2024,Feb 2024\nNorthfield Trust,1,2\n", ACROSS, ""),
        (
            PAIRS.replace("numerator,2\ndenominator,20\n", "")
            .replace("part,", "Org,part,")
            .replace("numerator,1\n", "Hill,numerator,1\n")
            .replace("denominator,10", "Vale Hospice,denominator,10"),
            replace(RATIO, part_at=1),
            "Column A, “Org”, says “Vale Hospice”",
        ),
    ],
)
def test_a_column_that_nobody_chose_may_say_whose_the_rows_are(
    text: str, asked: ColumnMapping, said: str
) -> None:
    if said:
        with pytest.raises(UnclearPlaces, match=f"^{said}"):
            wishes(text, asked)
    answered = replace(KNOWN, called="Vale Hospice" if "Vale" in text else "")
    good, bad = wishes(text, replace(asked, blank="own") if said else asked, answered)
    assert good
    assert all(one.series.organisation == "north" for one in good)
    assert said or not [one for one in bad if one.why != "This row has no period."]


@pytest.mark.parametrize(
    ("text", "asked", "values"),
    [
        (WARDS, replace(ACROSS, place_at=0), [1, 2, 3, 4]),
        (WARDS, replace(ACROSS, breakdown_at=(0,)), [1, 2, 3, 4]),
        (MEASURES, replace(ACROSS, only_rows=(RowFilter(0, ("Falls",)),)), [1, 2]),
        (MEASURES, replace(ACROSS, part_at=0, first_word="Falls"), [1, 2]),
        ("Ward,Jan 2024,Feb 2024\nA,1,2\nB,,\n", ACROSS, [1, 2]),
        (MONTHS, replace(DOWN, place_at=2), [1, 3, 2]),
        (MONTHS, replace(DOWN, add_up=True), [4, 2]),
        (MONTHS, replace(DOWN, breakdown_at=(2,)), [1, 3, 2]),
        (MONTHS, replace(DOWN, only_rows=(RowFilter(2, ("A",)),)), [1, 2]),
    ],
)
def test_what_was_said_of_the_rows_is_enough(text: str, asked: ColumnMapping, values: list[int]) -> None:
    good, bad = wishes(text, asked)

    assert bad == []
    assert [one.numbers.value for one in good] == values


@pytest.mark.parametrize(("text", "asked"), [(WARDS, ACROSS), (MONTHS, DOWN)])
def test_of_ones_own_rows_of_one_period_none_is_taken(text: str, asked: ColumnMapping) -> None:
    good, bad = wishes(text, replace(asked, blank="own"))

    assert [str(one.numbers.value) for one in good] == ([] if asked is ACROSS else ["2"])
    assert "January 2024 is in rows 2 and 3 for the same line" in bad[0].why


def test_of_a_place_that_is_there_twice_none_is_taken() -> None:
    good, bad = wishes(MONTHS.replace("3,B", "3,A"), replace(DOWN, place_at=2))

    assert [one.period.label for one in good] == ["February 2024"]
    assert [one.number for one in bad] == [2, 3]


def test_of_what_is_passed_on_with_one_period_twice_none_is_taken() -> None:
    rows = [FileRow(n, "falls", "", period, value=("3",)) for n, period in ((2, "Jan 2024"), (5, "2024-01"))]
    content = zlib.decompress(share_out.packed(rows, "."))
    parsed = read_file.parse_file(content, share_out.mapping_for(DOWN), KNOWN, nothing)

    assert (parsed.good, [one.number for one in parsed.bad]) == ([], [2, 5])
    assert share_out.unreadable(rows, KNOWN) == 2


def named(page: str) -> list[str]:
    """What names the parts of a page: two of one name are one landmark too many."""
    return sorted(re.findall(r'<(?:section|div)[^>]* aria-labelledby="([^"]+)"', page))


async def test_wards_side_by_side_are_asked_about_beside_the_place_and_nothing_is_imported(
    home: House, winter: Winter
) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "x", falls)
    file = await bring(home, winter.bo, imports, WARDS)
    await choose(home, winter.bo, file, measure="x")
    asked = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do")
    before = [await values_of(home, area) for area in ("", "A", "B")]
    await winter.bo.post(f"{file}/again")
    await choose(home, winter.bo, file, all_own="yes")
    own = (await winter.bo.get(file)).text
    await winter.bo.post(f"{file}/again")
    again = fields_of((await winter.bo.get(file)).text)
    await choose(home, winter.bo, file, place="Ward", all_own="")
    page = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do")

    assert "Rows 2 and 3 both have numbers. Choose the column that names the place" in words(asked)
    assert 'id="f-place-error"' in asked
    assert "all rows are those of" in words(asked)
    assert before == [[], [], []]
    assert (tally(own), again["all_own"]) == ([0, 0, 0, 4], "yes")
    assert named(own) == sorted(set(named(own)))
    assert tally(page) == [4, 0, 0, 0]
    assert await values_of(home, "B") == [("2024-01-01", Decimal(3)), ("2024-02-01", Decimal(4))]
    assert await values_of(home) == []


async def test_of_a_period_that_is_twice_in_our_own_layout_or_that_of_fingertips_none_is_taken(
    home: House, winter: Winter
) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "x", falls)
    ours = "measure_code,org_code,period_start,value\nx,,2024-01-01,1\nx,,2024-02-01,2\nx,,2024-01-01,3\n"
    tips = FINGERTIPS + tip(id="x", period="Jan 2024") + tip(id="x", period="Jan 2024", value="1")
    tallies = []
    for text in (ours, tips):
        file = await bring(home, winter.bo, imports, text)
        if text is tips:
            await choose(home, winter.bo, file)
        page = (await winter.bo.get(file)).text
        tallies.append(tally(page))
        assert "for the same line, and nothing says which of them counts." in words(page)
        await send(home, winter.bo, f"{file}/do", leave_out="yes")

    assert tallies == [[1, 0, 0, 2], [0, 0, 0, 2]]
    assert await values_of(home) == [("2024-02-01", Decimal(2))]
    assert await values_of(home, "E09000002") == []


async def test_a_row_a_period_of_codes_that_nobody_knows_is_asked_about(home: House, winter: Winter) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "x", falls)
    file = await bring(home, winter.bo, imports, CODES)
    await choose(home, winter.bo, file, measure="x", place="", first="Falls")
    asked = words((await winter.bo.get(file)).text)
    await send(home, winter.bo, f"{file}/do")
    before = [await values_of(home, area) for area in ("", "RXA")]
    await choose(home, winter.bo, file, place="Code")
    page = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do")

    assert "Column A, “Code”, says “RXA” in row 2 and “RXB” in row 3. If the column names the place" in asked
    assert before == [[], []]
    assert tally(page) == [2, 0, 0, 0]
    assert await values_of(home, "RXA") == [("2024-01-01", Decimal(1))]
    assert await values_of(home) == []


async def test_rows_of_another_organisation_alone_are_never_ones_own(home: House, winter: Winter) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "x", falls)
    name = await home.value(f"SELECT name FROM organisation WHERE id = '{winter.hospice}'")
    theirs = ELSE.format(head="Sent by", one=name, two=name)
    file = await bring(home, winter.bo, imports, theirs)
    await choose(home, winter.bo, file, measure="x", place="", first="Falls")
    asked = words((await winter.bo.get(file)).text)
    await choose(home, winter.bo, file, place="Sent by")
    shared = words((await winter.bo.get(file)).text)

    assert f"says “{name}” in row 2, which is another organisation of this space." in asked
    assert f"{name}" in shared
    assert await values_of(home) == []
