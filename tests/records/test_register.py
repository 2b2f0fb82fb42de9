"""Registers: what there is of each kind, filtered and sorted by their address, and changed in place."""

import re
from collections.abc import AsyncIterator

import pytest

from app.config import ROOT
from app.records import title_store
from app.records.core.register import Asked, read_asked
from app.records.pages import lists
from tests.outcomes.given import a_goal
from tests.records.desk import Desk, desk_at


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """Once on each database."""
    async with desk_at(database_url) as made:
        yield made


async def rows(desk: Desk, query: str = "", who: str = "ana") -> list[str]:
    """The titles of a register, in order."""
    page = await getattr(desk, who).get(f"{desk.base}{query}")
    assert page.status_code == 200, page.text
    return re.findall(r'<th scope="row".*?<a href="[^"]*" dir="auto">([^<]*)</a>', page.text, re.DOTALL)


def test_an_address_says_what_is_asked_and_leaves_out_what_is_not() -> None:
    asked = read_asked({"kind": "test", "state": "running", "page": "3", "other": "x"})

    assert asked == Asked("test", "running", page=3)
    assert read_asked({"page": "-1"}).page == read_asked({"page": "٣"}).page == 1
    assert asked.address(page=1) == "?kind=test&state=running"
    assert Asked().address() == ""
    assert asked.chosen == 1
    assert Asked("test", tender="me", overdue="yes", q="late", sort="title").chosen == 2


async def test_filters_of_a_register_are_in_its_address(desk: Desk) -> None:
    organisation = str(await desk.home.value("SELECT organisation_id FROM member WHERE role = 'steward'"))
    goal = await a_goal(desk.home.db, desk.space, desk.ana.id, organisation)
    card = await desk.card(desk.ana, "Quick and slow")
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow", card, goal=goal, tender="nobody")
    first = await desk.keep(desk.ana, "assumption", "They hear too late", look_again="2089-01-01")
    await desk.keep(desk.ben, "assumption", "Äpfel help", look_again="2089-01-02")
    await desk.do(desk.ana, first, "set_state", state="testing")
    await desk.keep(desk.ana, "assumption", "My draft", step="draft")
    closed = await desk.keep(desk.ana, "dilemma", "Over")
    await desk.do(desk.ana, closed, "close", ending="let_go", reason="It is over")
    await desk.home.set(f"UPDATE record SET look_again = '2020-01-01' WHERE id = '{dilemma}'")

    assert await rows(desk) == ["Quick and slow", "They hear too late", "Äpfel help", "My draft"]
    assert await rows(desk, who="ben") == ["Quick and slow", "They hear too late", "Äpfel help"]
    assert await rows(desk, "?kind=assumption&state=testing") == ["They hear too late"]
    assert await rows(desk, "?state=closed") == ["Over"]
    assert len(await rows(desk, "?state=all")) == 5
    assert await rows(desk, f"?organisation={organisation}&kind=assumption", "ben") == ["They hear too late"]
    assert await rows(desk, f"?outcome={goal}") == ["Quick and slow"]
    assert await rows(desk, "?tender=me", "ben") == ["Äpfel help"]
    assert await rows(desk, "?tender=nobody") == await rows(desk, "?kind=nobody") == ["Quick and slow"]
    assert await rows(desk, f"?board={desk.board}") == ["Quick and slow"]
    assert await rows(desk, "?overdue=yes") == ["Quick and slow"]
    assert (await rows(desk, "?sort=changed"))[0] == "My draft"
    assert await rows(desk, "?outcome=none") == []
    assert "Nothing fits" in (await desk.ana.get(f"{desk.base}?outcome=none")).text


async def test_a_page_has_fifty_rows_and_counts_no_drafts_of_others(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "00")
    await desk.copies(id, [f"{number:02}" for number in range(1, 51)])
    await desk.keep(desk.ana, "assumption", "Secret", step="draft")
    page = await desk.ben.get(f"{desk.base}?sort=title")

    assert await rows(desk, "?sort=title", "ben") == [f"{number:02}" for number in range(50)]
    assert await rows(desk, "?sort=title&page=2", "ben") == ["50"]
    assert await rows(desk, "?page=9") == []
    assert "1 to 50 of 51" in page.text
    assert 'All <span class="count">51</span>' in page.text


async def test_the_readme_names_every_field_that_other_programs_read(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", await desk.card(desk.ana, "Quick and slow"))
    more = {"from": id, "means": "rests_on", "mine": "yes"}
    await desk.keep(desk.ana, "assumption", "They hear too late", **more)
    record = (await desk.ben.get(f"/records/{id}.json")).json()
    names = {*record, *record["rows"][0], *record["ties"][0], *Asked.__struct_fields__}
    words = (ROOT / "README.md").read_text().partition("## Records for other programs")[2]
    words = words.partition("\n## ")[0]

    assert [name for name in names if not re.search(rf"`{name}\b", words)] == []


async def test_other_programs_read_all_records_page_by_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "JSON_PAGE", 2)
    for number in range(5):
        await desk.keep(desk.ana, "assumption", f"Late {number}")
    closed = await desk.keep(desk.ana, "assumption", "Late 5")
    await desk.do(desk.ana, closed, "close", ending="let_go", reason="It is over")
    await desk.keep(desk.ana, "assumption", "Late draft", step="draft")

    path: str | None = f"{desk.base}.json?kind=assumption&sort=title&q=late"
    found = []
    while path:
        answer = (await desk.ben.get(path)).json()
        assert answer["count"] == 6
        found += [one["title"] for one in answer["records"]]
        path = answer["next"]
    assert found == [f"Late {number}" for number in range(6)]
    open_ = (await desk.ben.get(f"{desk.base}.json?state=open")).json()
    assert open_["count"] == 5
    assert (await desk.ben.get(f"{desk.base}.json?state=closed")).json()["records"][0]["id"] == closed


async def test_what_a_record_can_be_tied_to_is_found_by_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(title_store, "MOST", 2)
    id = await desk.keep(desk.ana, "assumption", "They hear too late")
    old = await desk.keep(desk.ana, "assumption", "Ŵyl y gaeaf")
    for title in ("Newer", "Newest"):
        await desk.keep(desk.ben, "dilemma", title)
    draft = await desk.keep(desk.ben, "assumption", "Wyl of Ben", step="draft")
    card = await desk.card(desk.ana, "A note")

    plain = (await desk.ana.get(f"{desk.base}/{id}")).text
    looked = (await desk.ana.get(f"{desk.base}/{id}?look=wyl")).text
    of_card = (await desk.ana.get(f"{desk.base}/cards/{desk.board}/{card}?look=wyl")).text
    assert f'value="record:{old}"' not in plain
    assert "Newest" in plain
    assert f'value="record:{old}"' in looked
    assert f'<option value="{old}">Ŵyl y gaeaf' in looked
    assert f'value="{old}"' in of_card
    assert draft not in looked + of_card
    assert (
        "No record has these words"
        in (await desk.ana.get(f"{desk.base}/cards/{desk.board}/{card}?look=%3F")).text
    )


async def test_what_rests_on_a_refuted_assumption_is_said_on_both_rows(desk: Desk) -> None:
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow")
    more = {"from": dilemma, "means": "rests_on", "mine": "yes"}
    id = await desk.keep(desk.ana, "assumption", "They hear too late", **more)
    before = (await desk.ben.get(f"{desk.base}?kind=assumption")).text
    await desk.home.set(f"UPDATE record SET state = 'refuted' WHERE id = '{id}'")
    after = (await desk.ben.get(desk.base)).text

    assert "1 dilemma" in before
    assert "still rests" not in before
    assert "1 dilemma still rests on it" in after
    assert "Rests on a refuted assumption" in after


async def test_a_row_is_changed_in_its_place_and_what_is_wrong_is_said_beside_its_field(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late")
    form = await desk.ana.get(f"{desk.base}?kind=assumption&edit={id}")
    path, was = (
        f"{desk.base}/rows/{id}",
        {"title_was": "They hear too late", "on_was": "2090-02-14", "seen": "1"},
    )
    wrong = await desk.ana.post(path, asked="kind=assumption", title="", on="2020-01-01", **was)

    assert 'value="They hear too late"' in form.text
    assert wrong.status_code == 422
    assert 'id="f-title-error"' in wrong.text
    assert "Choose a day that is still to come." in wrong.text
    assert 'value="2020-01-01"' in wrong.text

    saved = await desk.ana.post(path, asked="kind=assumption", title="They hear late", on="2091-01-01", **was)
    record = await desk.record(id)

    assert saved.headers["location"] == f"{desk.base}?kind=assumption#record-{id}"
    assert (record.title, str(record.look_again)) == ("They hear late", "2091-01-01")

    late = await desk.ben.post(path, title="Mine", on="2090-02-14", **was)

    assert late.status_code == 422
    assert "They hear late" in late.text
    assert 'value="Mine"' in late.text
    assert (await desk.gus.post(path, title="Mine", on="2090-02-14", **was)).status_code == 403
    assert (await desk.ana.post(path)).status_code == 422
