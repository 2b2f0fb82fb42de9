"""Rows without a number or a period are told before anything is written, and what becomes of them."""

import pytest

from app.outcomes.measures.measure import Definition
from tests.outcomes.imports.import_forms import bring, choose, measured, send, tally, values_of, words
from tests.spaces.conftest import Winter
from tests.spaces.house import House

FALLS = Definition(name="Falls", value_kind="count", unit="", suppress_below=0, direction="decrease")
FILE = (
    "Place,Month,Falls\n"
    + "Hill,Jan-23,4\nHill,Feb-23,\nHill,Mar-23,n/a\nHill,Apr-23,[c]\nHill,,6\nHill,Jun-23,7\n"
)
FIRST = (
    "the first in row 3 (February 2023). They are saved as “no value”: tables say so, charts have a gap there"
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a file is read does not depend on the database."""
    return sqlite_url


async def looked_at(home: House, winter: Winter, file: str, text: str = FILE, **choices: str) -> str:
    """The page that says what an import would do, in words; `file` is the page of imports or of a file."""
    page = await bring(home, winter.bo, file, text)
    answer = await choose(home, winter.bo, page, place="Place", first="Falls", **choices)
    assert answer.status_code == 303, words(answer.text)
    return words((await winter.bo.get(page)).text)


async def test_rows_without_a_number_are_counted_with_the_first_of_them(home: House, winter: Winter) -> None:
    said = await looked_at(home, winter, await measured(home, winter, "x", FALLS))

    assert f"2 rows have no number, {FIRST}, and no verdict is made of it." in said
    assert "1 row has a mark instead of a hidden number, in row 5 (April 2023)." in said
    assert "It is saved as “not shown in the file”" in said
    assert "1 row has no period, in row 6. It is refused: nothing says when the number is from." in said


async def test_two_periods_of_one_row_are_one_row_without_a_number(home: House, winter: Winter) -> None:
    text = "Place,Jan-23,Feb-23,Mar-23\nHill,n/a,n/a,3\nDale,1,2,3\n"
    said = await looked_at(home, winter, await measured(home, winter, "x", FALLS), text)

    assert "1 row has no number, in row 2 (January 2023). It is saved as “no value”" in said


async def test_an_empty_place_is_the_one_above_where_somebody_answers_so(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    places = enumerate(("A", "", "", "B", "C", "D", "E"), 1)
    text = "Place,Month,Falls\n" + "".join(f"{place},2023-0{month},{month}\n" for month, place in places)
    page = await bring(home, winter.bo, imports, text)
    answer = await choose(home, winter.bo, page, place="Place", first="Falls", blank="above")

    assert answer.status_code == 303, words(answer.text)
    assert tally((await winter.bo.get(page)).text) == [7, 0, 0, 0]


async def test_it_is_said_where_an_empty_cell_would_set_a_number_aside(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    file = await bring(home, winter.bo, imports, FILE.replace("Feb-23,", "Feb-23,5"))
    await choose(home, winter.bo, file, place="Place", first="Falls")
    await send(home, winter.bo, f"{file}/do", leave_out="yes")
    said = await looked_at(home, winter, imports)

    assert [start for start, value in await values_of(home, "Hill") if value is None] == [
        "2023-03-01",
        "2023-04-01",
    ]
    assert "2 rows have no number, the first" in said
    assert "no verdict is made of it. 1 number that is here is set aside." in said


async def test_a_file_of_numbers_alone_says_nothing_of_gaps(home: House, winter: Winter) -> None:
    said = await looked_at(
        home, winter, await measured(home, winter, "x", FALLS), "Place,Month,Falls\nHill,Jan-23,4\n"
    )

    assert "no number" not in said
    assert "no period" not in said
    assert "empty" not in said


async def test_empty_cells_below_periods_are_counted_and_change_nothing(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    whole = await bring(home, winter.bo, imports, "Place,Jan-23,Feb-23,Mar-23\nHill,1,2,3\n")
    await choose(home, winter.bo, whole, place="Place")
    await send(home, winter.bo, f"{whole}/do")
    file = await bring(home, winter.bo, imports, "Place,Jan-23,Feb-23,Mar-23\nHill,1,,\nDale,,4,4\n")
    await choose(home, winter.bo, file, place="Place")
    page = (await winter.bo.get(file)).text

    assert tally(page) == [2, 0, 1, 0]
    assert "3 cells below the periods are empty, the first in row 2 (“Feb-23”)." in words(page)
    assert "Nothing is saved there, and a number that is here stays." in words(page)


async def test_cells_that_are_read_as_the_value_above_are_told(home: House, winter: Winter) -> None:
    once = "Place,Month,Falls\nHill,Jan-23,4\nDale,,6\nHill,Feb-23,5\nDale,,7\n"
    said = await looked_at(home, winter, await measured(home, winter, "x", FALLS), once)

    assert "2 empty cells are read as the value above, the first in row 3 (“Jan-23”)." in said
    assert "has no period" not in said


async def test_nobody_counted_is_no_number_that_is_lacking(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", Definition(name="Seen", suppress_below=0))
    text = "Place,Month,Seen,All\nHill,Jan-23,0,0\nHill,Feb-23,8,10\nHill,Mar-23,,\n"
    file = await bring(home, winter.bo, imports, text)
    await choose(home, winter.bo, file, place="Place", take="ratio", first="Seen", second="All")
    said = words((await winter.bo.get(file)).text)

    assert "1 row counts nobody, 0 of 0, in row 2 (January 2023). It is saved as “no value”" in said
    assert "1 row has no number, in row 4 (March 2023)." in said


async def test_it_is_said_that_no_line_is_that_of_ones_own(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    said = await looked_at(home, winter, imports)
    named = await looked_at(home, winter, imports, own="hill")

    assert "If the file has it under a code or another name, edit what the columns mean" in said
    assert "None of these lines" not in named


async def test_all_are_ours_is_no_answer_where_a_row_names_another(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    text = "Month,Falls,Seen by\nJan-23,1,Vale Hospice\nFeb-23,2,Vale Hospice\n"
    file = await bring(home, winter.bo, imports, text)
    await choose(home, winter.bo, file, first="Falls", period="Month", place="")
    asked = (await winter.bo.get(file)).text
    other = await bring(
        home,
        winter.bo,
        imports,
        text.replace("23,2,Vale Hospice", "23,2,Hill")
        .replace("Vale Hospice", "Dale")
        .replace("Seen by", "Ward"),
    )
    await choose(home, winter.bo, other, first="Falls", period="Month", place="")
    open_still = (await winter.bo.get(other)).text

    assert "which is another organisation of this space" in words(asked)
    assert 'name="all_own"' not in asked
    assert "“Dale” in row 2 and “Hill” in row 3" in words(open_still)
    assert 'name="all_own"' in open_still
