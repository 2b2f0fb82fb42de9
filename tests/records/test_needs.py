"""What waits for somebody on the home of a space: what they keep true and is due, and their drafts."""

import re
from collections.abc import AsyncIterator

import pytest

from app.db import new_id
from app.main import services
from app.records import personal_data
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


async def home(desk: Desk, who: Person) -> str:
    return re.sub(r"\s+", " ", (await who.get(f"/spaces/{desk.space}")).text)


async def due(desk: Desk, id: str) -> None:
    await desk.home.set(f"UPDATE record SET look_again = '2020-01-31' WHERE id = '{id}'")


async def test_what_one_keeps_true_and_is_due_waits_for_them_alone(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late")

    assert "Look again at" not in await home(desk, desk.ana)

    await due(desk, id)
    page = await home(desk, desk.ana)

    assert "Look again at “They hear too late”" in page
    assert "Was due 31 January 2020" in page
    assert "Look again at" not in await home(desk, desk.ben)


async def test_many_that_are_due_are_one_line_that_leads_to_the_list_of_them(desk: Desk) -> None:
    for number in range(4):
        await due(desk, await desk.keep(desk.ana, "assumption", f"Assumption {number}"))
    page = await home(desk, desk.ana)
    listed = await desk.ana.get(f"{desk.base}/due?whose=me")

    assert "4 records that you keep true are due" in page
    assert "Look again at" not in page
    assert f"{desk.base}/due?whose=me" in page
    assert listed.text.count("Was due 31 January 2020") == 4


async def test_a_draft_waits_for_its_author_and_nobody_else_hears_of_it(desk: Desk) -> None:
    await desk.keep(desk.ana, "dilemma", "CANARY", step="draft")

    assert "Your draft “CANARY” is not kept yet" in await home(desk, desk.ana)
    assert "CANARY" not in await home(desk, desk.ben)


async def test_a_title_in_hebrew_turns_nothing_of_what_is_said_about_it(desk: Desk) -> None:
    await due(desk, await desk.keep(desk.ana, "assumption", "שלום 7"))

    assert "Look again at “\u2068שלום 7\u2069”" in await home(desk, desk.ana)


async def test_what_others_changed_of_what_one_keeps_true_waits_until_one_has_looked(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late")
    looks = services(desk.home.app).followers.looks
    await desk.ana.get(f"{desk.base}/{id}")
    await looks.write()
    assert "changed since you looked" not in await home(desk, desk.ana)

    for words in ("Somebody said so", "Another too"):
        fields = {"field-what": words, "field-strength": "anecdote"}
        assert await desk.do(desk.ben, id, "add_row", id=new_id(), list="evidence", **fields) == 303
    await desk.ben.get(f"{desk.base}/{id}")
    await looks.write()
    page = await home(desk, desk.ana)
    assert "“They hear too late” changed since you looked" in page
    assert "2 changes, the last by Ben just now." in page
    assert "changed since you looked" not in await home(desk, desk.ben)

    await desk.ana.get(f"{desk.base}/{id}")
    await looks.write()
    assert "changed since you looked" not in await home(desk, desk.ana)
    async with desk.home.db.write() as tx:
        await personal_data.on_erase(tx, desk.ana.id)
    assert await desk.home.value("SELECT count(*) FROM record_look") == 0
