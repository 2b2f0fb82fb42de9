"""One file with rows of several organisations: each row stands once its own organisation confirms it."""

import zlib

import pytest
from msgspec.structs import replace

from app.outcomes.imports.plan import ParsedRow, RefusedRow
from app.outcomes.imports.row_parser import parse_row
from app.outcomes.imports.rows import FileRow
from app.outcomes.imports.sharing import share_out
from app.outcomes.imports.sources.cell import Typed
from tests.outcomes.imports.import_forms import CASES, bring, choose, fields_of, measured, send, tally, words
from tests.outcomes.imports.sample_tables import KNOWN
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

LONG = "measure_code,org_code,period_start,numerator,denominator,value,note\n"
REGION = LONG + (
    "home,Northfield Trust,2024-01-01,80,100,,\n"
    "home,RX9,2024-01-01,30,40,,\n"
    "home,vale  hospice,2024-02-01,31,40,,from the region\n"
    "home,R1H,2024-01-01,70,100,,\n"
)
STANDS = (
    "SELECT count(*) FROM observation o JOIN series s ON s.id = o.series_id "
    "LEFT JOIN batch b ON b.id = o.batch_id "
    "WHERE o.current AND b.undone_at IS NULL AND s.organisation_id = '{0}'"
)


async def say_codes(person: Person, imports: str, *codes: str) -> str:
    answer = await person.post(f"{imports}/codes", codes="\r\n".join(codes))
    return words(answer.text) if answer.status_code == 422 else ""


async def given_to(person: Person, imports: str) -> list[str]:
    """The addresses of what waits for the organisation of this person."""
    page = (await person.get(imports)).text
    return [part.split('"')[0].removesuffix("/check") for part in page.split('action="') if '/check"' in part]


async def share(home: House, winter: Winter, file: str = REGION) -> tuple[str, str]:
    """Cleo says the code of the hospice, and Bo of the trust brings a file with rows of both."""
    imports = await measured(home, winter)
    await say_codes(winter.cleo, imports, "RX9")
    page = await bring(home, winter.bo, imports, file, "region.csv")
    return imports, page


async def test_rows_of_another_organisation_wait_for_it_and_stand_once_it_imports_them(
    home: House, winter: Winter
) -> None:
    imports, file = await share(home, winter)
    looked = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do")
    before = await home.value(STANDS.format(winter.hospice))
    mine = await home.value(STANDS.format(winter.northfield))
    (theirs,) = await given_to(winter.cleo, imports)
    await send(home, winter.cleo, f"{theirs}/check")
    shown = (await winter.cleo.get(theirs)).text
    await send(home, winter.cleo, f"{theirs}/do")

    assert tally(looked) == [2, 0, 0, 0]
    assert "For other organisations" in words(looked)
    assert "Vale Hospice 2" in words(looked)
    assert (before, mine) == (0, 1)
    assert tally(shown) == [2, 0, 0, 0]
    assert "these are the rows for Vale Hospice" in words(shown)
    assert await home.value(STANDS.format(winter.hospice)) == 2
    assert await home.value("SELECT count(DISTINCT o.by) FROM observation o") == 2
    assert await given_to(winter.cleo, imports) == []


async def test_who_waits_is_said_to_both_and_on_the_page_of_the_space(home: House, winter: Winter) -> None:
    imports, file = await share(home, winter)
    await send(home, winter.bo, f"{file}/do")

    assert "Waits to be confirmed: Vale Hospice (2 rows)." in words((await winter.bo.get(imports)).text)
    assert "region.csv 2 rows, uploaded" in words((await winter.cleo.get(imports)).text)
    assert "Confirm the numbers of Vale Hospice from “region.csv”" in words(
        (await winter.cleo.get(winter.path)).text
    )
    assert "Confirm the numbers" not in words((await winter.bo.get(winter.path)).text)


async def test_nobody_but_the_organisation_sees_imports_or_discards_what_waits_for_it(
    home: House, winter: Winter
) -> None:
    imports, file = await share(home, winter)
    await send(home, winter.bo, f"{file}/do")
    (theirs,) = await given_to(winter.cleo, imports)
    for other in (winter.bo, winter.ana):
        assert await given_to(other, imports) == []
        assert (await other.get(theirs)).headers["location"] == imports
        for deed in ("check", "do", "drop", "mapping", "table", "again", "recipe"):
            answer = await other.post(f"{theirs}/{deed}", leave_out="yes", recipe="x")
            assert answer.status_code in (303, 404), deed
            assert answer.headers.get("location", imports).startswith(imports), deed

    assert await home.count("upload") == 1
    assert await home.value(STANDS.format(winter.hospice)) == 0
    await winter.cleo.post(f"{theirs}/drop")
    assert await home.count("upload") == 0


async def test_undoing_the_import_takes_back_what_nobody_has_confirmed_and_leaves_the_rest(
    home: House, winter: Winter
) -> None:
    imports, file = await share(home, winter)
    await send(home, winter.bo, f"{file}/do")
    (theirs,) = await given_to(winter.cleo, imports)
    await send(home, winter.cleo, f"{theirs}/check")
    await send(home, winter.cleo, f"{theirs}/do")
    again = await bring(home, winter.bo, imports, REGION.replace(",80,", ",81,"), "corrected.csv")
    await send(home, winter.bo, f"{again}/do")
    waiting = len(await given_to(winter.cleo, imports))
    for batch in await home.values(f"SELECT id FROM batch WHERE by = '{winter.bo.id}'"):
        await send(home, winter.bo, f"{imports}/{batch}/undo")

    assert waiting == 1
    assert await given_to(winter.cleo, imports) == []
    assert await home.value(STANDS.format(winter.northfield)) == 0
    assert await home.value(STANDS.format(winter.hospice)) == 2


async def test_the_organisation_sees_no_other_file_of_who_passed_rows_on(home: House, winter: Winter) -> None:
    """Such as one of which no headings are known, as none are of rows that were passed on."""
    imports, file = await share(home, winter)
    await send(home, winter.bo, f"{file}/do")
    (theirs,) = await given_to(winter.cleo, imports)
    other = await bring(home, winter.bo, imports, LONG, "not-for-you.csv")
    await send(home, winter.bo, f"{other}/again")
    await send(home, winter.cleo, f"{theirs}/check")
    shown = words((await winter.cleo.get(theirs)).text)

    assert "these are the rows for Vale Hospice" in shown
    assert "not-for-you.csv" not in shown


async def test_a_file_of_others_alone_is_passed_on(home: House, winter: Winter) -> None:
    imports, file = await share(home, winter, LONG + "home,RX9,2024-01-01,30,40,,\nhome,RX9,soon,3,4,,\n")
    looked = words((await winter.bo.get(file)).text)
    await send(home, winter.bo, f"{file}/do")
    (theirs,) = await given_to(winter.cleo, imports)
    await send(home, winter.cleo, f"{theirs}/check")
    shown = (await winter.cleo.get(theirs)).text

    assert "Vale Hospice 2 1 cannot be read" in looked
    assert "Pass on 2 rows" in looked
    assert tally(shown) == [1, 0, 0, 1]
    assert "“soon” is not a date or period." in words(shown)
    assert "refused.csv" not in shown


async def test_a_code_that_changes_after_the_dry_run_stops_the_import(home: House, winter: Winter) -> None:
    imports, file = await share(home, winter)
    await say_codes(winter.cleo, imports, "RX9", "R1H")
    await send(home, winter.bo, f"{file}/do")
    stopped = words((await winter.bo.get(file)).text)
    await send(home, winter.bo, f"{file}/check")

    assert "The numbers here have changed since you checked, or the server was updated" in stopped
    assert await home.count("observation") == 0
    assert "Vale Hospice 3" in words((await winter.bo.get(file)).text)


async def test_a_code_stands_for_one_organisation_and_what_was_typed_is_kept(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    await say_codes(winter.cleo, imports, "RX9", " rx9 ", "The  Hospice")
    taken = await say_codes(winter.bo, imports, "NF1", "the hospice")
    named = await say_codes(winter.bo, imports, "vale hospice")
    many = await say_codes(winter.bo, imports, *(f"X{n}" for n in range(13)))
    long = await say_codes(winter.bo, imports, "x" * 121)

    assert "“the hospice” already stands for “Vale Hospice”." in taken
    assert "NF1 the hospice" in taken
    assert "“vale hospice” already stands for “Vale Hospice”." in named
    assert "Write at most 12 codes." in many
    assert "is longer than 120 letters." in long
    assert await home.values("SELECT code FROM organisation_code ORDER BY place") == ["rx9", "The Hospice"]


async def test_nhs_englands_file_is_shared_out_by_its_codes(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    await say_codes(winter.cleo, imports, "RHW")
    await say_codes(winter.bo, imports, "ROYAL SURREY COUNTY HOSPITAL NHS FOUNDATION TRUST", "RA2")
    content = (CASES / "m-Monthly-AE-April-2025.csv").read_bytes()
    file = await bring(home, winter.bo, imports, content, "ae.csv")
    place = fields_of((await winter.bo.get(file)).text)["place"]
    await choose(home, winter.bo, file)
    await send(home, winter.bo, f"{file}/do", leave_out="yes")
    (theirs,) = await given_to(winter.cleo, imports)
    await send(home, winter.cleo, f"{theirs}/check")

    assert place == "B"
    assert await home.value(STANDS.format(winter.northfield)) == 1
    # of 16,083 of April 2025 in the Royal Berkshire 4,620 waited longer than four hours
    assert "RHW" not in await home.values("SELECT area FROM series")
    assert "11,463 of 16,083: 71.3%" in words((await winter.cleo.get(theirs)).text)


def test_a_row_of_another_organisation_is_never_parsed_as_one_to_import() -> None:
    found = parse_row(FileRow(7, "home", "Vale Hospice", "2024-01-01", ("1",), ("2",)), KNOWN)

    assert isinstance(found, RefusedRow)
    assert found.why == "Vale Hospice imports its own numbers; you can import those of your organisation."


@pytest.mark.parametrize("decimal", [".", ","])
def test_what_waits_is_read_as_it_would_have_been_at_once(decimal: str) -> None:
    known = replace(KNOWN, decimal=decimal)
    for text in ("1" + decimal + "5", Typed("1.5"), Typed("15"), "15 p", "*", "[x]", "3%"):
        row = FileRow(7, "falls", "own", "2024-01-01", value=(text,), note="why", breakdown=(("Sex", "F"),))
        (again,) = share_out.rows_of(zlib.decompress(share_out.packed([row], decimal)))
        first = parse_row(replace(row, place=""), known)

        assert parse_row(again, known) == first
        assert isinstance(first, ParsedRow) or text == "3%"
