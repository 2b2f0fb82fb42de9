"""Several cards are kept in one press: each a record of its own, all of them or none."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.boards.core.ops import AddSection, EditCard
from app.db import new_id
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person
from tests.support.forms import fields_of


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with desk_at(database_url) as made:
        yield made


async def cards(desk: Desk, count: int) -> tuple[str, list[str]]:
    """A section, and so many cards of Ben in it."""
    section = new_id()
    await desk.op(desk.ana, AddSection(section, "What must be true?"))
    return section, [await desk.card(desk.ben, f"They say {n}", section) for n in range(count)]


async def form(desk: Desk, who: Person, **asked: str) -> dict[str, str]:
    """What the form would send as it is shown, with all boxes as they are."""
    page = await who.http.get(f"{desk.base}/keep/several", params={"board": desk.board, **asked})
    assert page.status_code == 200, page.text
    return fields_of(page.text, "/keep/several")


async def press(desk: Desk, who: Person, sent: dict[str, str], **more: str) -> httpx.Response:
    given = {**sent, "kind": "assumption", "step": "stand", **more}
    return await who.post(f"{desk.base}/keep/several", **given)


async def titles(desk: Desk, who: Person) -> set[str]:
    found = (await who.get(f"{desk.base}.json")).json()["records"]
    return {one["title"] for one in found}


async def test_each_card_of_a_section_becomes_a_record_that_it_shows(desk: Desk) -> None:
    section, ids = await cards(desk, 3)
    sent = await form(desk, desk.ana, section=section)
    sent[f"title-{ids[0]}"] = "They hear too late"
    del sent[f"keep-{ids[2]}"]

    answer = await press(desk, desk.ana, sent, tender="me", look_again="2090-02-14")
    again = await press(desk, desk.ana, await form(desk, desk.ana, cards=",".join(ids[:2])))

    assert answer.headers["location"] == f"{desk.base}?kind=assumption&sort=changed"
    found = {one["title"]: one for one in (await desk.ben.get(f"{desk.base}.json")).json()["records"]}
    assert set(found) == {"They hear too late", "They say 1"}
    first = await desk.record(found["They hear too late"]["id"])
    assert (first.tender, str(first.look_again)) == (desk.ana.id, "2090-02-14")
    assert [(row.fields["text"], row.by, row.card) for row in first.of("sources")] == [
        ("They say 0", desk.ben.id, ids[0])
    ]
    assert (await desk.face(ids[0]))["record"] == first.id
    assert await desk.face(ids[2]) == {}
    assert again.status_code == 422
    assert "It stands for this already" in again.text


async def test_what_is_wrong_is_said_beside_its_title_and_nothing_is_kept(desk: Desk) -> None:
    section, ids = await cards(desk, 3)
    sent = await form(desk, desk.ana, section=section)
    del sent[f"keep-{ids[1]}"]
    wrong = await press(desk, desk.ana, {**sent, f"title-{ids[0]}": ""}, look_again="2020-01-01")

    assert wrong.status_code == 422
    assert f'id="f-title-{ids[0]}-error"' in wrong.text
    assert "Choose a day that is still to come." in wrong.text
    assert fields_of(wrong.text, "/keep/several").keys() & {f"keep-{id}" for id in ids} == {
        f"keep-{ids[0]}",
        f"keep-{ids[2]}",
    }
    no_kind = await press(desk, desk.ana, {**sent, f"title-{ids[2]}": "Mine"}, kind="x")
    assert "Choose what they are to be." in no_kind.text
    assert fields_of(no_kind.text, "/keep/several")[f"title-{ids[2]}"] == "Mine"
    none = {name: value for name, value in sent.items() if not name.startswith("keep-")}
    assert "Tick at least one card." in (await press(desk, desk.ana, none)).text
    assert await titles(desk, desk.ana) == set()


async def test_cards_that_were_reworded_meanwhile_are_read_back_first(desk: Desk) -> None:
    section, ids = await cards(desk, 2)
    sent = await form(desk, desk.ana, section=section)
    await desk.op(desk.ben, EditCard(ids[0], text="Something else"))
    late = await press(desk, desk.ana, {**sent, f"title-{ids[1]}": "My title"})

    assert late.status_code == 422
    assert "reworded or removed meanwhile" in late.text
    assert fields_of(late.text, "/keep/several")[f"title-{ids[1]}"] == "My title"
    assert await titles(desk, desk.ana) == set()


async def test_drafts_stay_their_writers_and_others_boards_give_nothing(desk: Desk) -> None:
    section, ids = await cards(desk, 2)
    kept = await press(desk, desk.ana, await form(desk, desk.ana, section=section), step="draft")
    assert kept.status_code == 303
    assert len(await titles(desk, desk.ana)) == 2
    assert await titles(desk, desk.ben) == set()
    assert await desk.face(ids[0]) == {}
    path = f"{desk.base}/keep/several"
    assert (await desk.gus.get(f"{path}?board={desk.board}")).status_code == 403
    assert (await desk.ana.get(f"{path}?board={new_id()}&cards={ids[0]}")).status_code == 404
    assert "None of these cards" in (await desk.ana.get(f"{path}?board={desk.board}&cards=x,,")).text
