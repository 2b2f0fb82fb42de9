"""Several files by one form: each is asked what it leaves open, and what was answered is taken along."""

import re
from decimal import Decimal

import pytest

from app.outcomes.measures.measure import Definition
from tests.outcomes.imports.import_forms import (
    bring,
    bring_all,
    choose,
    fields_of,
    measured,
    send,
    values_of,
    words,
)
from tests.outcomes.imports.sample_tables import FINGERTIPS, tip
from tests.spaces.conftest import Winter
from tests.spaces.house import House

FALLS = Definition(name="Falls", value_kind="count", unit="", suppress_below=0, direction="decrease")
DAYS = Definition(name="Days", value_kind="mean", unit="", suppress_below=0)
PLAIN = "Month,Falls,\nJan-23,4,\nFeb-23,5,\n"
MARKED = "Month,Falls,\nMar-23,4,p\nApr-23,5,c x\nMay-23,6,s\n"
DAY_FIRST = "Month,Falls\n31/01/2023,4\n28/02/2023,5\n"
OPEN = "Month,Falls\n03/04/2023,6\n03/05/2023,7\n"
MONTH_FIRST = "Month,Falls\n06/30/2023,8\n07/31/2023,9\n"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a file is read does not depend on the database."""
    return sqlite_url


async def all_by_one_form(
    home: House, winter: Winter, definition: Definition, *texts: str, **choices: str
) -> tuple[str, str]:
    """Bring files, fill in the form of the first and import it: its look, and the page one comes to then."""
    imports = await measured(home, winter, "x", definition)
    files: list[tuple[str, bytes | str]] = [(f"{place}.csv", one) for place, one in enumerate(texts)]
    first = await bring_all(home, winter.bo, imports, files)
    await choose(home, winter.bo, first, **choices)
    looked = words((await winter.bo.get(first)).text)
    await send(home, winter.bo, f"{first}/do")
    return looked, str((await winter.bo.get(first)).headers["location"])


async def test_a_file_with_letters_of_its_own_is_asked_about_them(home: House, winter: Winter) -> None:
    chosen = {"period": "Month", "first": "Falls"}
    looked, second = await all_by_one_form(home, winter, FALLS, PLAIN, MARKED, **chosen)
    asked = await choose(home, winter.bo, second)

    assert "1 other file with the same headings asks something more" in looked
    assert asked.status_code == 422
    assert "right of the numbers, says “c x” and may have their marks." in words(asked.text)
    assert len(await values_of(home)) == 2


@pytest.mark.parametrize("third", ["", "no_marks"])
async def test_what_was_said_of_letters_is_taken_along(home: House, winter: Winter, third: str) -> None:
    marked = "Month,Falls,\nJan-23,4,s\nFeb-23,5,p\n"
    said = {"no_marks": "yes"} if third else {"marks": "C"}
    looked, second = await all_by_one_form(
        home, winter, FALLS, marked, marked.replace("-23", "-24"), period="Month", first="Falls", **said
    )
    await send(home, winter.bo, f"{second}/do")

    assert "asks something more" not in looked
    assert len(await values_of(home)) == 4


async def test_days_and_months_that_nothing_decides_are_read_as_was_said(home: House, winter: Winter) -> None:
    """What the cells of a file decide themselves stays so."""
    texts = (OPEN, OPEN.replace("2023", "2024"), MONTH_FIRST)
    _, second = await all_by_one_form(
        home, winter, FALLS, *texts, period="Month", first="Falls", date_order="dmy", parts_are="any"
    )
    await send(home, winter.bo, f"{second}/do")
    third = str((await winter.bo.get(second)).headers["location"])
    await send(home, winter.bo, f"{third}/do")

    assert [(start, value) for start, value in await values_of(home) if start > "2023-05-02"] == [
        ("2023-06-01", Decimal(8)),
        ("2023-07-01", Decimal(9)),
        ("2024-04-01", Decimal(6)),
        ("2024-05-01", Decimal(7)),
    ]


async def test_dates_are_asked_about_where_the_first_file_had_nothing_to_answer(
    home: House, winter: Winter
) -> None:
    first = "Month,Falls\nJan 2023,4\nFeb 2023,5\n"
    looked, second = await all_by_one_form(home, winter, FALLS, first, OPEN, period="Month", first="Falls")
    asked = await choose(home, winter.bo, second)

    assert "asks something more" in looked
    assert asked.status_code == 422
    assert "can begin with the day or with the month" in asked.text


async def test_decimals_are_asked_about_likewise(home: House, winter: Winter) -> None:
    texts = ("Month,Days\nJan 2023,4\nFeb 2023,5\n", 'Month,Days\nMar 2023,"1,234"\nApr 2023,"2,345"\n')
    looked, second = await all_by_one_form(home, winter, DAYS, *texts, period="Month", first="Days")
    asked = await choose(home, winter.bo, second)

    assert "asks something more" in looked
    assert asked.status_code == 422
    assert "can be read in two ways" in words(asked.text)


async def test_the_one_period_of_a_file_is_not_that_of_the_others(home: House, winter: Winter) -> None:
    texts = ("Place,Falls\nHill,4\n", "Place,Falls\nHill,5\n")
    looked, second = await all_by_one_form(
        home, winter, FALLS, *texts, place="Place", first="Falls", one_period="March 2024"
    )
    fields = fields_of((await winter.bo.get(second)).text)
    await choose(home, winter.bo, second, one_period="April 2024")
    await send(home, winter.bo, f"{second}/do")

    assert "asks something more" in looked
    assert (fields["place"], fields["first"], fields["one_period"]) == ("A", "B", "")
    assert await values_of(home, "Hill") == [("2024-03-01", Decimal(4)), ("2024-04-01", Decimal(5))]


async def test_an_indicator_that_the_first_file_has_not_is_asked_about(home: House, winter: Winter) -> None:
    rate = Definition(name="Falls", value_kind="rate", frequency="financial_year", multiplier=100_000)
    texts = (FINGERTIPS + tip(), FINGERTIPS + tip() + tip(id="7", name="Other falls"))
    looked, second = await all_by_one_form(home, winter, rate, *texts, measure__0="x")
    page = (await winter.bo.get(second)).text

    assert "asks something more" in looked
    assert "Other falls" in page


async def test_what_is_edited_after_the_first_look_is_taken_along_too(home: House, winter: Winter) -> None:
    """Else the second file would be read as it was before."""
    imports = await measured(home, winter, "x", FALLS)
    text = "Place,Month,Falls\nRHW,{}-23,4\nOther,{}-23,5\n"
    files: list[tuple[str, bytes | str]] = [(f"{one}.csv", text.format(one, one)) for one in ("Jan", "Feb")]
    first = await bring_all(home, winter.bo, imports, files)
    await choose(home, winter.bo, first, place="Place", first="Falls")
    await send(home, winter.bo, f"{first}/again")
    page = words((await winter.bo.get(first)).text)
    await choose(home, winter.bo, first, own="RHW")
    await send(home, winter.bo, f"{first}/do")
    await send(home, winter.bo, f"{(await winter.bo.get(first)).headers['location']}/do")

    assert "Do the same with 1 other file: Feb.csv" in page
    assert [start for start, _ in await values_of(home)] == ["2023-01-01", "2023-02-01"]


async def test_a_file_that_was_mapped_otherwise_stays_as_it_is(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    files: list[tuple[str, bytes | str]] = [
        (f"{one}.csv", f"Month,Falls,Slips\n{one}-23,4,9\n") for one in ("Jan", "Feb")
    ]
    first = await bring_all(home, winter.bo, imports, files)
    await choose(home, winter.bo, first, first="Falls", others="")
    waiting = (await winter.bo.get(imports)).text
    second = next(one for one in files_in(waiting) if not first.endswith(one.rsplit("/", 1)[1]))
    before = words((await winter.bo.get(second)).text)
    await choose(home, winter.bo, second, first="Slips")
    await send(home, winter.bo, f"{first}/again")

    assert "Do the same" not in before
    assert "Do the same" not in words((await winter.bo.get(first)).text)


def files_in(page: str) -> list[str]:
    """The addresses of the files that wait."""
    return [one for one in page.split('"') if re.search("/imports/[0-9a-f-]{36}$", one)]


async def looked_at(home: House, winter: Winter, *texts: str) -> list[str]:
    """Bring files to a measure of falls; gives the page of each, in their order."""
    imports = await measured(home, winter, "x", FALLS)
    return [await bring(home, winter.bo, imports, text, f"{place}.csv") for place, text in enumerate(texts)]


async def test_what_was_answered_for_a_file_by_itself_is_not_replaced(home: House, winter: Winter) -> None:
    """Its dates would be read as other months, without a word."""
    both = "Month,Falls\n03/04/2023,6\n04/05/2023,7\n"
    first, second = await looked_at(home, winter, both, both.replace("2023", "2024"))
    for file, order in ((first, "dmy"), (second, "mdy")):
        await choose(home, winter.bo, file, first="Falls", date_order=order, others="")
    await send(home, winter.bo, f"{first}/again")
    page = words((await winter.bo.get(first)).text)
    await choose(home, winter.bo, first, own="RX9")
    await send(home, winter.bo, f"{second}/do")

    assert "Do the same" not in page
    assert [start for start, _ in await values_of(home)] == ["2024-03-01", "2024-04-01"]


async def test_the_one_period_that_a_file_was_given_is_kept(home: House, winter: Winter) -> None:
    first, second = await looked_at(home, winter, "Place,Falls\nHill,4\n", "Place,Falls\nHill,5\n")
    await choose(home, winter.bo, first, place="Place", first="Falls", one_period="April 2024")
    await choose(home, winter.bo, second, one_period="May 2024")
    await send(home, winter.bo, f"{first}/again")
    await choose(home, winter.bo, first, own="RX9")
    for file in (first, second):
        await send(home, winter.bo, f"{file}/do")

    assert await values_of(home, "Hill") == [("2024-04-01", Decimal(4)), ("2024-05-01", Decimal(5))]


@pytest.mark.parametrize(("more", "marks"), [("", "C"), (",Falls", "D")])
async def test_a_file_alike_may_lack_the_column_of_marks(
    home: House, winter: Winter, more: str, marks: str
) -> None:
    beside = more.replace("Falls", "1")
    text = f"Month,Falls{more},\nJan-23,4{beside},p\nFeb-23,5{beside},s\n"
    other = f"Month,Falls{more}\nJan-24,6{beside}\nFeb-24,7{beside}\n"
    first, second = await looked_at(home, winter, text, other)
    await choose(home, winter.bo, first, period="Month", first="B", marks=marks, others="yes")
    await send(home, winter.bo, f"{second}/do")

    assert await values_of(home) == [("2024-01-01", Decimal(6)), ("2024-02-01", Decimal(7))]


async def test_a_file_that_lacks_another_column_is_named(home: House, winter: Winter) -> None:
    texts = ("Month,Falls,\nJan-23,4,p\nFeb-23,5,s\n", "Month,Falls\nJan-24,6\nFeb-24,7\n")
    first, _ = await looked_at(home, winter, *texts)
    await choose(home, winter.bo, first, period="Month", first="Falls", place="C", others="yes")

    assert "asks something more and waits for your answer: 1.csv" in words((await winter.bo.get(first)).text)


async def test_the_letters_that_were_chosen_are_taken_along(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", FALLS)
    text = "Place,Month,Falls\nŁódź,{}-23,4\n"
    files = [
        await bring(home, winter.bo, imports, text.format(one).encode("cp1250")) for one in ("Jan", "Feb")
    ]
    fields = fields_of((await winter.bo.get(files[0])).text, "/table") | {"encoding": "cp1250"}
    await send(home, winter.bo, f"{files[0]}/table", **fields)
    await choose(home, winter.bo, files[0], place="Place", first="Falls", others="yes")
    along = words((await winter.bo.get(files[1])).text)
    await send(home, winter.bo, f"{files[1]}/do")

    assert "It was read as Central European: “Łódź”" in along
    assert await values_of(home, "Łódź") == [("2023-02-01", Decimal(4))]


async def test_what_was_answered_is_shown_again(home: House, winter: Winter) -> None:
    """For the file itself and for one that was answered along with it."""
    first, along = await looked_at(home, winter, OPEN, OPEN)
    before = fields_of((await winter.bo.get(first)).text)
    await choose(home, winter.bo, first, first="Falls", others="yes", date_order="dmy")
    for file in (first, along):
        await send(home, winter.bo, f"{file}/again")
    after = [fields_of((await winter.bo.get(one)).text)["date_order"] for one in (first, along)]

    assert "date_order" not in before
    assert after == ["dmy", "dmy"]
