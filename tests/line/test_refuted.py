"""R3: what rests on a refuted assumption says so wherever it stands; where it is switched off, it shows."""

import re
from types import ModuleType

import pytest

from app.db import new_id
from app.line import collect
from app.main import services
from app.records import register_store, status_job
from app.records.core import as_json
from app.records.core.resting import SAYS
from app.records.pages import context
from tests.line.telling import line_of_records
from tests.records.desk import Desk

PLACES: dict[str, ModuleType] = {
    "page": context,
    "card": status_job,
    "register": register_store,
    "due": register_store,
    "csv": register_store,
    "md": register_store,
    "json": as_json,
    "all as json": as_json,
    "report": collect,
    "report as json": collect,
    "line": collect,
}


async def refuted(desk: Desk) -> tuple[str, str, str, str]:
    """A story whose assumption turned out wrong and whose dilemma is due: card, dilemma, assumption, goal."""
    card, dilemma, assumption, _, goal = await line_of_records(desk)
    evidence = {"id": new_id(), "list": "evidence", "field-what": "They knew", "field-strength": "local"}
    assert await desk.do(desk.ana, assumption, "add_row", **evidence) == 303
    assert await desk.do(desk.ana, assumption, "set_state", state="refuted") == 303
    await desk.home.set(f"UPDATE record SET look_again = '2020-01-31' WHERE id = '{dilemma}'")
    return card, dilemma, assumption, goal


async def said(desk: Desk, card: str, dilemma: str, assumption: str, goal: str) -> dict[str, str]:
    """What each place says of the dilemma, as somebody of the other organisation is told."""
    await status_job.refresh_space(desk.home.db, services(desk.home.app).rooms, desk.space)
    report = f"/spaces/{desk.space}/outcomes/{goal}/report"
    paths = {
        "page": f"{desk.base}/{dilemma}",
        "register": f"{desk.base}?kind=dilemma",
        "due": f"{desk.base}/due",
        "csv": f"{desk.base}/as/csv?kind=dilemma",
        "md": f"{desk.base}/as/md?kind=dilemma",
        "json": f"/records/{dilemma}.json",
        "all as json": f"{desk.base}.json?kind=dilemma",
        "report": report,
        "report as json": f"{report}/as/json",
        "line": f"{desk.base}/{assumption}",
    }
    found = {}
    for name, path in paths.items():
        answer = await desk.ben.get(path)
        assert answer.status_code == 200, path
        found[name] = answer.text
    # the page of the assumption says that others rest on it: of it the line alone counts
    found["line"] = "".join(re.findall(r'<ol class="throughline.*?</ol>', found["line"], re.DOTALL))
    found["page"] = re.sub(r'<ol class="throughline.*?</ol>', "", found["page"], flags=re.DOTALL)
    found["card"] = (await desk.face(card))["word"]
    return found


async def test_it_is_said_on_page_card_register_files_json_line_and_report(desk: Desk) -> None:
    story = await refuted(desk)
    silent = [name for name, text in (await said(desk, *story)).items() if SAYS.lower() not in text.lower()]

    assert silent == []


async def nothing(*_: object) -> set[str]:
    return set()


@pytest.mark.parametrize("place", list(dict.fromkeys(PLACES.values())), ids=lambda place: place.__name__)
async def test_switched_off_in_one_place_that_place_is_noticed(
    desk: Desk, place: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await refuted(desk)
    if place is register_store:
        monkeypatch.setattr(place, "on_refuted", nothing)
    else:
        monkeypatch.setattr(place, "refuted_below", lambda *_: [])
    silent = {name for name, text in (await said(desk, *story)).items() if SAYS.lower() not in text.lower()}

    assert silent >= {name for name, module in PLACES.items() if module is place}
