"""The rows that the dry run parsed are kept for the import, as long as they would be parsed alike."""

import zlib
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from app.outcomes.imports import plan, preview, read_file
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow, SeriesKey
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.rows import ColumnMapping, FileRow
from app.outcomes.imports.writing import kept_rows
from app.outcomes.measures.periods import read
from app.outcomes.measures.values import PeriodValue
from tests.outcomes.imports.import_forms import bring, choose, fields_of, measured, send, values_of, words
from tests.outcomes.imports.sample_tables import KNOWN, LONG, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

MAPPING = ColumnMapping("long", measure="home")
CONTENTS = [LONG + "home,,2024-01-01,80,100,,\n", "Month,Stayed,Left\nJan-24,80,100\n"]
JANUARY, YEAR = read("2024-01", "month"), read("2023/24", "financial_year")
OWN, AREA = SeriesKey("m", "o", "", ()), SeriesKey("m", None, "R1H", (("Age", "0-4"), ("Sex", "Female")))
GOOD = [
    ParsedRow(2, OWN, "", JANUARY, PeriodValue("final", Decimal("88.10"), Decimal(3), Decimal("0.00"))),
    ParsedRow(3, AREA, "Barts", YEAR, PeriodValue("suppressed", note="<5 “few”"), Decimal("-1E+3")),
    ParsedRow(
        4, AREA, "", JANUARY, PeriodValue("revised", typed=Decimal("1.234567890123")), None, Decimal(7)
    ),
    ParsedRow(5, OWN, "Barts", YEAR, PeriodValue("missing"), parts=3, doubled=True),
]
PARSED = ParsedFile(GOOD, [RefusedRow(6, "“x” is not a number."), RefusedRow(7, "Twice.", twice=True)], 6, 9)


def test_what_is_kept_is_what_was_parsed_to_the_digit() -> None:
    again = kept_rows.unpacked(kept_rows.packed(PARSED, MAPPING, KNOWN), MAPPING, KNOWN)

    assert again is not None
    assert repr(again) == repr(PARSED)  # 88.1 equals 88.10, but is not written alike


def test_a_file_is_kept_as_it_was_parsed() -> None:
    rows = "home,,2024-01-01,80,90,,\nhome,R1H,2024-01-01,7,9,,p\nhome,R1H,2024-02-01,x,9,,\n"
    parsed = read_file.parse_file((LONG + rows).encode(), MAPPING, KNOWN, nothing)
    again = kept_rows.unpacked(kept_rows.packed(parsed, MAPPING, KNOWN), MAPPING, KNOWN)

    assert len(parsed.good) == 2
    assert again is not None
    assert (repr(again.good), again.bad) == (repr(parsed.good), parsed.bad)


def _measure_changed(known: Lookup) -> Lookup:
    code, one = next(iter(known.measures.items()))
    other = replace(one, definition=replace(one.definition, multiplier=1000))
    return replace(known, measures={**known.measures, code: other})


@pytest.mark.parametrize(
    ("mapping", "known"),
    [
        (replace(MAPPING, decimal=","), KNOWN),
        (MAPPING, replace(KNOWN, today=date(2031, 1, 1))),
        (MAPPING, replace(KNOWN, places={**KNOWN.places, "barts": "b"})),
        (MAPPING, replace(KNOWN, closed={"m": "Only its owners can."})),
        (MAPPING, _measure_changed(KNOWN)),
    ],
)
def test_a_file_that_would_be_parsed_otherwise_is_parsed_again(mapping: ColumnMapping, known: Lookup) -> None:
    kept = kept_rows.packed(PARSED, MAPPING, KNOWN)

    assert kept_rows.unpacked(kept, mapping, known) is None
    assert kept_rows.unpacked(kept, replace(MAPPING, leave_out=True), KNOWN) is not None


def test_rows_of_others_are_not_kept_because_they_get_them_as_they_stand_in_the_file() -> None:
    shared = replace(PARSED, shared={"b": [FileRow(8, "home", "Barts", "2024-01")]})

    assert kept_rows.packed(shared, MAPPING, KNOWN) is None
    assert kept_rows.unpacked(None, MAPPING, KNOWN) is None


@pytest.mark.parametrize("content", [b"not packed by zlib", zlib.compress(b"other rows")])
def test_rows_that_another_version_packed_are_parsed_again(content: bytes) -> None:
    assert kept_rows.unpacked(content, MAPPING, KNOWN) is None


@pytest.mark.parametrize("known_since", [False, True])
async def test_an_import_parses_its_file_again_only_where_something_has_changed(
    home: House, winter: Winter, known_since: bool
) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\n")
    async with home.db.write() as tx:
        if known_since:
            added = "INSERT INTO organisation_code VALUES (:space, :organisation, 0, 'R9')"
            await tx.execute(text(added), {"space": winter.id, "organisation": winter.hospice})
        other = zlib.compress(b"Ward,Note\nA,empty\n")
        await tx.execute(text("UPDATE upload SET content = :other"), {"other": other})
    await send(home, winter.bo, f"{file}/do")

    assert await home.count("observation") == (0 if known_since else 1)


def test_what_other_versions_check_is_known_here_and_what_is_checked_here_is_known_to_them() -> None:
    """The hashes are those that such versions made of these rows; all of them know the first."""
    made = "727efd63475abe7cbe118d952ddc47ef2177931cc006f4457aed090941240da7"
    packed = "62d383d9263ebbe1287e3ef5e80048f5ae2070500016e6c801d23e3e462ad972"

    assert plan.fingerprint(plan.plan_rows(GOOD, {})) == made
    assert plan.packed_fingerprint(plan.plan_rows(GOOD, {})) == packed
    assert plan.fingerprint(plan.plan_rows(GOOD[1:], {})) != made


@pytest.mark.parametrize("changed", [False, True])
async def test_an_import_that_another_version_checked_needs_no_other_check(
    home: House, winter: Winter, changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "fingerprint", plan.packed_fingerprint)
    imports = await measured(home, winter)
    row = "home,,2024-01-01,80,100,,\n"
    file, other = [await bring(home, winter.bo, imports, LONG + row) for _ in range(2)]
    if changed:
        await send(home, winter.bo, f"{other}/do")
    await send(home, winter.bo, f"{file}/do")

    assert await home.count("observation") == 1
    assert ("changed since you checked" in (await winter.bo.get(file)).text) == changed


@pytest.mark.parametrize(
    "content", [LONG + "home,,2024-01-01,80,100,,\n", "Month,Stayed,Left\nJan-24,80,100\n"]
)
async def test_what_is_checked_otherwise_by_another_version_is_checked_again_by_one_press(
    home: House, winter: Winter, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where somebody said what the columns mean, and all of that is kept."""
    imports = await measured(home, winter)
    with monkeypatch.context() as of_another_version:
        of_another_version.setattr(preview, "fingerprint", lambda _: "other rows")
        file = await bring(home, winter.bo, imports, content)
        if not content.startswith(LONG):
            await choose(home, winter.bo, file, period="Month", first="Stayed", take="ratio", second="Left")
    await send(home, winter.bo, f"{file}/do")
    refused = (await winter.bo.get(file)).text

    assert "or the server was updated meanwhile. Check again what would change." in words(refused)
    await send(home, winter.bo, f"{file}/check", **fields_of(refused, "/check"))
    await send(home, winter.bo, f"{file}/do")
    assert await values_of(home, code="home") == [("2024-01-01", Decimal(80))]


@pytest.mark.parametrize("content", CONTENTS)
async def test_of_a_check_that_ended_with_its_process_it_is_said_and_one_press_checks_again(
    home: House, winter: Winter, content: str
) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, content)
    new = (await winter.bo.get(file)).text
    if not content.startswith(LONG):
        await choose(home, winter.bo, file, period="Month", first="Stayed", take="ratio", second="Left")
    async with home.db.write() as tx:
        await tx.execute(text("UPDATE upload SET plan = ''"))  # as such a check leaves it
    ended = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/mapping", **fields_of(ended))
    checked = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do")

    assert "The check of this file is not finished, and nothing was imported." in words(ended)
    assert "not finished" not in words(new + checked)
    assert await values_of(home, code="home") == [("2024-01-01", Decimal(80))]


@pytest.mark.parametrize("content", [b"no packed rows", zlib.compress(b"others")])
def test_what_cannot_be_unpacked_is_parsed_again(content: bytes) -> None:
    assert kept_rows.unpacked(content, MAPPING, KNOWN) is None
