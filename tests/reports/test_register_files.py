"""Files of a register hold what its filters leave, no draft of somebody else, and no formula."""

import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator

import pytest
from msgspec import structs

from app.reports.files.register_files import FORMS
from app.reports.live import registers
from app.reports.live.register_worker import Job
from tests.records.desk import Desk, desk_at

FORMULA = "=HYPERLINK(1)"
STAMP = re.compile(r"<dcterms:.*?</dcterms:[a-z]+>")  # when a workbook was made


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


async def file(desk: Desk, form: str, query: str = "") -> bytes:
    answer = await desk.ben.get(f"{desk.base}/as/{form}{query}")
    assert answer.status_code == 200, answer.text
    assert f'.{form}"' in answer.headers["content-disposition"]
    return answer.content


def words_of(form: str, body: bytes) -> str:
    if form != "xlsx":
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


async def test_a_file_has_what_one_sees_with_the_columns_of_its_kind(desk: Desk) -> None:
    await desk.keep(desk.ana, "assumption", FORMULA, **{"field-lens": "wanted"})
    await desk.keep(desk.ana, "dilemma", "Quick and slow", tender="nobody")
    table = list(csv.reader(io.StringIO((await file(desk, "csv", "?kind=assumption")).decode("utf-8-sig"))))
    row = dict(zip(table[0], table[1], strict=True))
    found = json.loads(await file(desk, "json", "?kind=assumption"))
    markdown = (await file(desk, "md")).decode()

    assert len(table) == 2
    assert row["We believe that …"] == f"'{FORMULA}"
    assert (row["Lens"], row["State"], row["Kept true by"]) == ("Wanted", "Untested", "Ana")
    assert row["Look again"] == "2090-02-14"
    assert [one["title"] for one in found["records"]] == [FORMULA]
    assert "| Dilemma | Quick and slow | Named | Nobody holds this |" in markdown
    assert "14 February 2090" in markdown
    assert (await desk.ben.get(f"{desk.base}/as/exe")).status_code == 404


async def test_a_long_register_is_the_same_file_made_by_a_process_of_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.keep(desk.ana, "assumption", FORMULA, **{"field-lens": "wanted"})
    await desk.keep(desk.ana, "dilemma", "CANARY", step="draft")
    at_once = {form: words_of(form, await file(desk, form, "?q=hyperlink")) for form in FORMS}
    monkeypatch.setattr(registers, "FEW", 0)

    apart = {form: words_of(form, await file(desk, form, "?q=hyperlink")) for form in FORMS}
    whole = await file(desk, "md", "?state=all")

    assert {form: STAMP.sub("", words) for form, words in apart.items()} == {
        form: STAMP.sub("", words) for form, words in at_once.items()
    }
    assert b"HYPERLINK" in whole
    assert b"CANARY" not in whole


async def test_somebody_whose_sign_in_has_ended_meanwhile_gets_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.keep(desk.ana, "assumption", FORMULA)
    monkeypatch.setattr(registers, "FEW", 0)
    monkeypatch.setattr(registers, "Job", lambda *told: structs.replace(Job(*told), login="ended"))

    assert (await desk.ben.get(f"{desk.base}/as/csv")).status_code == 404


@pytest.mark.parametrize("form", FORMS)
async def test_no_file_has_a_draft_of_somebody_else_or_a_formula(desk: Desk, form: str) -> None:
    await desk.keep(desk.ana, "assumption", FORMULA)
    draft = await desk.keep(desk.ana, "assumption", "CANARY", step="draft")
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow")
    tie = {"id": "0" * 36, "other": f"record:{draft}", "means": "rests_on"}
    assert await desk.do(desk.ana, dilemma, "add_tie", **tie) == 303
    words = words_of(form, await file(desk, form, "?state=all"))

    assert "HYPERLINK" in words
    assert "<f>" not in words
    assert "CANARY" not in words
    assert draft not in words
