"""Only rows that would be saved raise the question whose they are, and an answer holds for what was asked."""

import pytest
from msgspec.structs import replace

from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.imports.unplaced import UnclearPlaces
from app.outcomes.measures.measure import Definition
from tests.outcomes.imports.import_forms import (
    bring,
    choose,
    form_of,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.outcomes.imports.sample_tables import KNOWN, wishes
from tests.outcomes.imports.test_unplaced_rows import ACROSS, DOWN, ELSE, RATIO
from tests.spaces.conftest import Winter
from tests.spaces.house import House

NUMBERED = replace(KNOWN, places={**KNOWN.places, "12": "vale", "7": "vale", "c": "vale"})
BEDS = "Month,Falls,Beds\nJan 2024,1,7\nFeb 2024,2,8\n"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a file is read does not depend on the database."""
    return sqlite_url


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Line,Jan 2024,Feb 2024\nFalls,12,3\n", ACROSS),
        ("Line,Jan 2024,,Feb 2024,\nFalls,12,,,c\n", ACROSS),
        (BEDS, DOWN),
        (ELSE.format(head="Ward", one="A", two=""), DOWN),
        ("Month,Falls,Ward\nJan 2024,1,Hill\nFeb 2024,,Dale\n", DOWN),
        ("Month,Falls,Ward\nJan 2024,1,Hill\nQ1 2024,2,Dale\n", DOWN),
        ("Month,Falls,Ward\nJan 2024,1,Hill\nFeb 2024,few,Dale\n", DOWN),
        (
            "Org,part,Jan 2024,Feb 2024\nHill,numerator,1,\nHill,denominator,10,\n",
            replace(RATIO, part_at=1),
        ),
        (ELSE.format(head="Name", one="St. Mary’s", two="St Marys"), DOWN),
    ],
)
def test_what_is_not_saved_or_only_counts_is_not_asked_about(text: str, asked: ColumnMapping) -> None:
    good, _ = wishes(text, asked, NUMBERED)

    assert good
    assert {one.series.organisation for one in good} == {"north"}


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        (BEDS.replace("Beds", "Site code"), DOWN, "“7” in row 2, which is another organisation"),
        (BEDS.replace("Beds", "Ward"), DOWN, "“7” in row 2, which is another organisation"),
        (BEDS.replace("Feb 2024,2,8", "Feb 2024,2,Vale Hospice"), DOWN, "“Vale Hospice” in row 3"),
        ("Ward,Jan 2024,Feb 2024\nVale Hospice,few,3\n", ACROSS, "“Vale Hospice” in row 2"),
        (
            "Month,Falls,Ward,\nJan 2024,1,Hill,\nFeb 2024,,Dale,c\n",
            replace(DOWN, marks_at=3),
            "“Hill” in row 2 and “Dale” in row 3",
        ),
        (
            "Org,part,Jan 2024\nVale Hospice,denominator,10\nHill,numerator,1\n",
            replace(RATIO, part_at=1),
            "“Vale Hospice” in row 2",
        ),
        (
            "Month,Falls,x\nJan 2024,1,\nJan 2024,2,Vale Hospice\nFeb 2024,few,\n",
            replace(DOWN, add_up=True),
            "“Vale Hospice” in row 3",
        ),
        (ELSE.format(head="Ward", one="1.1", two="11"), DOWN, "“1.1” in row 2 and “11” in row 3"),
    ],
)
def test_what_is_saved_is_asked_about(text: str, asked: ColumnMapping, said: str) -> None:
    with pytest.raises(UnclearPlaces, match=said):
        wishes(text, asked, NUMBERED)


def test_that_all_rows_are_ones_own_is_no_word_about_another_organisation() -> None:
    own = replace(DOWN, blank="own")
    theirs = ELSE.format(head="Ward", one="A", two="Vale Hospice")
    known: Lookup = replace(KNOWN, called="Hill; vale  hospice")

    with pytest.raises(UnclearPlaces, match="write “Vale Hospice” below as what the file calls it"):
        wishes(theirs, own)
    assert wishes(ELSE.format(head="Ward", one="A", two="B"), own)[1] == []
    assert [one.series.organisation for one in wishes(theirs, own, known)[0]] == ["north", "north"]


async def test_a_recipe_keeps_what_was_answered_and_no_more(home: House, winter: Winter) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "x", falls)
    name = await home.value(f"SELECT name FROM organisation WHERE id = '{winter.hospice}'")
    chosen = {"measure": "x", "place": "", "first": "Falls"}
    wards = ELSE.format(head="Ward", one="A", two="B")
    file = await bring(home, winter.bo, imports, wards)
    await choose(home, winter.bo, file, **chosen)
    await choose(home, winter.bo, file, all_own="yes", recipe_name="Wards")
    await send(home, winter.bo, f"{file}/do")
    pages = []
    for text in (wards.replace(",B", ",C"), wards.replace(",B", f",{name}")):
        file = await bring(home, winter.bo, imports, text)
        recipe = form_of((await winter.bo.get(file)).text, "/recipe").fields["recipe"]
        await winter.bo.post(f"{file}/recipe", recipe=recipe)
        await choose(home, winter.bo, file)
        pages.append((await winter.bo.get(file)).text)
    await choose(home, winter.bo, file, own=f"A;{name}")
    answered = (await winter.bo.get(file)).text

    assert [tally(page) for page in pages] == [[0, 0, 2, 0], []]
    assert f"says “{name}” in row 3, which is another organisation of this space." in words(pages[1])
    assert tally(answered) == [0, 0, 2, 0]
    assert len(await values_of(home)) == 2


OURS = "measure_code,org_code,period_start,value\n"


@pytest.mark.parametrize(
    ("values", "kept", "refused"),
    [
        ("1 1", [2], [3]),
        ("1 1.0 1", [2], [3, 4]),
        ("1 1 2", [], [2, 3, 4]),
        ("* *", [2], [3]),
        ("1 2", [], [2, 3]),
    ],
)
def test_of_rows_of_our_own_layout_that_say_the_same_one_counts(
    values: str, kept: list[int], refused: list[int]
) -> None:
    good, bad = wishes(OURS + "".join(f"falls,,2024-01-01,{one}\n" for one in values.split()))

    assert [one.number for one in good] == kept
    assert [one.number for one in bad] == refused
    assert bad[-1].why == "January 2024 appears twice for the same line, first in row 2."


def test_of_other_tables_two_rows_with_one_number_may_be_of_two_things() -> None:
    text = "Month,Falls,Ward,Type\nJan 2024,1,A,Surgery\nJan 2024,1,A,Medicine\n"
    good, bad = wishes(text, replace(DOWN, place_at=2))

    assert (good, [one.number for one in bad]) == ([], [2, 3])
