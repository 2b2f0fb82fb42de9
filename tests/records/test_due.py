"""What is due to be looked at again: the lists of a space and of a person, the form, and calendar files."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import new_id, now
from app.records.core.kinds import KINDS
from tests.records.desk import Desk, desk_at
from tests.records.people import DILEMMA
from tests.spaces.house import Person

POLES = {f"field-{name}": value for name, value in DILEMMA.items()}


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


@pytest.fixture
async def either(database_url: str) -> AsyncIterator[Desk]:
    async with desk_at(database_url) as made:
        yield made


async def due(desk: Desk, id: str, day: str) -> None:
    await desk.home.set(f"UPDATE record SET look_again = '{day}' WHERE id = '{id}'")


def said(page: str) -> str:
    return re.sub(r"\s+", " ", page)


async def looks(who: Person, path: str, **fields: str) -> tuple[int, str]:
    given = {"id": new_id(), "field-still": "yes", "on": "2090-02-14", **fields}
    answer = await who.post(f"{path}/review", **given)
    return answer.status_code, said(answer.text)


async def test_what_is_due_is_told_by_how_soon_and_ones_own_apart(either: Desk) -> None:
    desk = either
    soon = (now().date() + timedelta(days=3)).isoformat()
    for by, title, day in (
        (desk.ana, "They hear too late", "2020-01-31"),
        (desk.ben, "They trust us", soon),
        (desk.ben, "They come back", "2090-01-01"),
    ):
        await due(desk, await desk.keep(by, "assumption", title), day)
    mine, everybodys = [
        said((await desk.ana.get(f"{desk.base}/due{whose}")).text) for whose in ("?whose=me", "")
    ]

    assert "They hear too late" in mine
    assert "They trust us" not in mine
    assert everybodys.index(">Was due<") < everybodys.index("They hear too late")
    assert everybodys.index("In the next 30 days") < everybodys.index("They trust us")
    assert "They come back" not in everybodys
    assert "Was due 31 January 2020" in everybodys


async def test_who_keeps_it_true_looks_again_from_the_home_and_it_waits_no_longer(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", **POLES)
    await due(desk, id, "2020-01-31")
    assert f"{desk.base}/{id}/review" in (await desk.ana.get(f"/spaces/{desk.space}")).text
    form = said((await desk.ana.get(f"{desk.base}/{id}/review")).text)
    for question in ("Is it still true?", "What changed?", "Look again when?", "Where are we now?"):
        assert question in form
    dots = {"field-ups_a": "9", "field-ups_b": "4", "field-downs_a": "17", "field-downs_b": "6"}
    words = {"field-changed": "Two families said no"}
    assert (await looks(desk.ana, f"{desk.base}/{id}", **words, **dots))[0] == 303
    page = said((await desk.ben.get(f"{desk.base}/{id}")).text)

    assert '<b dir="auto">Ana</b> <span>found it still true</span>' in page
    assert "Two families said no" in page
    assert "36 dots" in page
    assert "The two spreads will stand side by side." in page
    assert "looked again and found it still true" in page
    assert "Look again at" not in said((await desk.ana.get(f"/spaces/{desk.space}")).text)


async def test_what_is_wrong_stands_beside_its_field_and_the_words_stay(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", **POLES)
    wrong = {"field-still": "partly", "on": "2020-01-01", "field-ups_a": "nine"}
    status, page = await looks(desk.ana, f"{desk.base}/{id}", **wrong)

    assert status == 422
    assert "Say what has changed, in a few words." in page
    assert "Choose a day that is still to come." in page
    assert "Write how many dots there are, as a whole number." in page
    assert 'value="nine"' in page
    assert "Write the day as year" in (await looks(desk.ana, f"{desk.base}/{id}", on="tomorrow"))[1]


async def test_others_are_not_asked_and_cannot_answer_while_somebody_holds_it(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late")
    assert f"{desk.base}/{id}/review" not in (await desk.ben.get(f"{desk.base}/{id}")).text
    assert (await desk.ben.get(f"{desk.base}/{id}/review")).status_code == 403
    assert (await looks(desk.ben, f"{desk.base}/{id}"))[0] == 403
    assert await desk.do(desk.ana, id, "hand_back") == 303

    assert f"{desk.base}/{id}/review" in (await desk.ben.get(f"{desk.base}/{id}")).text
    assert (await looks(desk.ben, f"{desk.base}/{id}"))[0] == 303
    assert (await desk.gus.get(f"{desk.base}/{id}/review")).status_code == 403
    await desk.do(desk.ben, id, "close", ending="let_go", reason="Over")
    assert (await desk.ben.get(f"{desk.base}/{id}/review")).status_code == 409


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])  # where it is never the same day
async def test_a_day_is_over_once_it_is_over_where_the_people_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TIME_ZONE", zone)
    today = datetime.now(ZoneInfo(zone)).date()
    yesterday = today - timedelta(days=1)
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", look_again=today.isoformat(), **POLES)
    page = f"{desk.base}/{id}"

    assert "Was due" not in (await desk.ana.get(page)).text
    assert "Look again at" not in (await desk.ana.get(f"/spaces/{desk.space}")).text
    usual = (today + timedelta(days=KINDS["dilemma"].days)).isoformat()
    assert f'value="{usual}"' in (await desk.ana.get(f"{page}/review")).text
    assert f'value="{usual}"' in (await desk.ana.get(f"{desk.base}/keep?kind=dilemma")).text
    assert (await looks(desk.ana, page, on=yesterday.isoformat()))[0] == 422
    assert (await looks(desk.ana, page, on=today.isoformat()))[0] == 303
    assert await desk.do(desk.ana, id, "look_again", on=yesterday.isoformat()) == 422
    assert (await desk.record(id)).look_again == today

    await due(desk, id, yesterday.isoformat())
    for shown in (page, f"{desk.base}/due", f"{desk.base}?kind=dilemma"):
        assert "Was due" in (await desk.ana.get(shown)).text
    assert "Look again at" in (await desk.ana.get(f"/spaces/{desk.space}")).text


async def test_a_day_is_a_calendar_file_for_whoever_sees_the_record(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick, and slow", **POLES)
    answer = await desk.gus.get(f"{desk.base}/{id}/look-again.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Look again: Quick\\, and slow\r\n" in answer.text
    assert "DTSTART;VALUE=DATE:20900214\r\n" in answer.text
    assert f"{desk.base}/{id}" in answer.text.replace("\r\n ", "")
    assert f"{id}/look-again.ics" in (await desk.gus.get(f"{desk.base}/{id}")).text
    draft = await desk.keep(desk.ana, "dilemma", "CANARY", step="draft", **POLES)
    assert (await desk.ben.get(f"{desk.base}/{draft}/look-again.ics")).status_code == 404
    assert (await desk.ana.get(f"{desk.base}/{draft}/look-again.ics")).status_code == 200
    assert "CANARY" not in (await desk.ben.get(f"{desk.base}/due")).text
