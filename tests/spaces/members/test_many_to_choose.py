"""Forms that choose people, in a space with more than one reads through: a few are offered at once."""

import re
from collections.abc import AsyncIterator

import pytest

from app.db import new_id
from tests.records.desk import Desk, crowd_at, desk_at


@pytest.fixture
async def crowd(sqlite_url: str) -> AsyncIterator[Desk]:
    async with crowd_at(sqlite_url) as made:
        yield made


def offered(page: str, field: str) -> dict[str, bool]:
    """Who can be chosen, by name, and whether they are."""
    select = re.search(rf'<select [^>]*name="{field}"[^>]*>(.*?)</select>', page, re.DOTALL)
    option = r'<option value="[^"]+"( selected)?>([^<]*)<'
    tick = rf'name="{field}" value="[^"]*"( checked)?(?: autofocus)?><label[^>]*>([^<]*)<'
    found = re.findall(option, select.group(1)) if select else re.findall(tick, page)
    return {name: bool(chosen) for chosen, name in found}


def chosen(page: str, field: str) -> str:
    """Whom a select says, as a browser shows it: the selected one, else the first."""
    select = re.search(rf'<select [^>]*name="{field}"[^>]*>(.*?)</select>', page, re.DOTALL)
    options = re.findall(r'<option value="[^"]*"( selected)?>([^<]*)<', select.group(1) if select else "")
    return str(next((words for selected, words in options if selected), options[0][1]))


async def test_who_leads_a_workshop_is_found_by_name_and_all_that_was_typed_stays(crowd: Desk) -> None:
    path = f"/spaces/{crowd.space}/workshops/new"
    form = {"title": "Name it", "purpose": "So that people are home.", "board": "new", "id": new_id()}
    first = offered((await crowd.ana.get(path)).text, "team")
    looked = await crowd.ana.post(path, **form, team=[crowd.ana.id], named="ben", found="")
    team = [crowd.ana.id, crowd.ben.id]
    others = await crowd.ana.post(path, **form, team=team, named="member 6", found="ben", look_for="team")
    before = await crowd.home.count("workshop")
    wrong = await crowd.ana.post(path, **{**form, "title": ""}, team=team, named="ben", found="ben")
    planned = await crowd.ana.post(path, **form, team=team, named="ben", found="ben")

    assert len(first) == 31
    assert [name for name, chosen in first.items() if chosen] == ["Ana, North"]
    assert (looked.status_code, others.status_code, before, wrong.status_code) == (200, 200, 0, 422)
    assert offered(looked.text, "team") == {"Ana, North": True, "Ben, South": False}
    assert offered(others.text, "team") == {
        "Ana, North": True,
        "Ben, South": True,
        "Member 6, North": False,
        "Member 60, North": False,
    }
    assert offered(wrong.text, "team") == {"Ana, North": True, "Ben, South": True}
    assert all("So that people are home.</textarea>" in page.text for page in (looked, others, wrong))
    assert planned.status_code == 303
    details = f"{planned.headers['location']}/details"
    assert len(offered((await crowd.ana.get(details)).text, "team")) == 32
    again = await crowd.ana.post(details, **form, team=team, named="abe", found="")
    assert offered(again.text, "team") == {"Ana, North": True, "Ben, South": True, "Abe, North": False}


async def test_who_looks_after_a_goal_is_found_by_name_among_its_owners_people(crowd: Desk) -> None:
    goals = f"/spaces/{crowd.space}/outcomes/goals"
    form = {"title": "Home within 2 days", "aim": "I am home."}
    first = (await crowd.ana.get(f"{goals}/new")).text
    looked = (await crowd.ana.post(goals, **form, tender="", named="abe", found="")).text
    of_others = (await crowd.ana.post(goals, **form, tender=crowd.abe.id, named="ben", found="")).text
    wrong = (await crowd.ana.post(goals, **{**form, "aim": ""}, tender="", named="abe", found="abe")).text
    made = await crowd.ana.post(goals, **form, tender="", named="", found="")

    assert (len(offered(first, "tender")), chosen(first, "tender")) == (30, "You")
    assert offered(looked, "tender") == {"Abe, North": True}
    assert "Home within 2 days" in looked
    assert offered(of_others, "tender") == {"Abe, North": True}
    assert "The one chosen before stays chosen." in of_others
    assert chosen(wrong, "tender") == "You"
    assert made.status_code == 303
    assert await crowd.home.value("SELECT tender_id FROM goal") == crowd.ana.id


async def test_a_goal_is_handed_over_to_whoever_was_found_and_to_nobody_that_nobody_chose(
    crowd: Desk,
) -> None:
    goals = f"/spaces/{crowd.space}/outcomes/goals"
    made = await crowd.ana.post(goals, title="Home within 2 days", aim="I am home.")
    hand = f"{made.headers['location']}/hand-on"
    other = str(await crowd.home.value("SELECT id FROM person WHERE name = 'Member 7'"))
    first = (await crowd.ana.get(hand)).text
    nobody = await crowd.ana.post(hand, tender="", named="", found="")
    some = (await crowd.ana.post(hand, tender="", named="member", found="")).text
    to_abe = (await crowd.ana.post(hand, tender="", named="ABE", found="")).text
    stays = (await crowd.ana.post(hand, tender=other, named="abe", look_for="tender")).text
    before = await crowd.home.value("SELECT tender_id FROM goal")
    handed = await crowd.ana.post(hand, tender=crowd.abe.id, named="abe", found="abe")

    assert [chosen(page, "tender") for page in (first, nobody.text, some)] == ["Choose…"] * 3
    assert "Ana, North" not in offered(first, "tender")  # has it already
    assert nobody.status_code == 422
    assert "Choose somebody from an organisation that owns the goal." in nobody.text
    assert offered(to_abe, "tender") == {"Abe, North": True}
    assert offered(stays, "tender") == {"Member 7, North": True, "Abe, North": False}
    assert before == crowd.ana.id
    assert handed.status_code == 303
    assert await crowd.home.value("SELECT tender_id FROM goal") == crowd.abe.id


async def test_who_was_chosen_and_has_left_since_is_not_replaced_by_another(crowd: Desk) -> None:
    goals = f"/spaces/{crowd.space}/outcomes/goals"
    made = await crowd.ana.post(goals, title="Home within 2 days", aim="I am home.")
    hand = f"{made.headers['location']}/hand-on"
    assert (await crowd.abe.post(f"/spaces/{crowd.space}/leave")).status_code == 303
    for looked in ({"named": "", "found": ""}, {"named": "member 7", "found": ""}):
        page = await crowd.ana.post(hand, tender=crowd.abe.id, **looked)
        assert chosen(page.text, "tender") == "Choose…"


async def test_whoever_is_to_facilitate_is_found_by_name_on_the_console(crowd: Desk) -> None:
    console, add = f"/boards/{crowd.board}/console", {"do": "add_facilitator", "id": await begun(crowd)}
    first = (await crowd.ana.get(console)).text
    looked = await crowd.ana.post(console, **add, named="ben", found="", person="")
    added = await crowd.ana.post(console, **add, named="ben", found="ben", person=crowd.ben.id)
    after = (await crowd.ana.post(console, **add, named="ben", found="", person="")).text

    assert (len(offered(first, "person")), chosen(first, "person")) == (30, "Choose…")
    assert looked.status_code == 200
    assert offered(looked.text, "person") == {"Ben, South": True}
    assert 'id="adding" open' in looked.text
    assert added.status_code == 303
    assert (offered(after, "person"), chosen(after, "person")) == ({}, "Choose…")
    assert "Nobody who can be chosen has these words." in after
    assert (await crowd.ben.get(console)).status_code == 200


async def test_whoever_was_found_for_the_console_stays_chosen_while_others_are_looked_for(
    crowd: Desk,
) -> None:
    console, add = f"/boards/{crowd.board}/console", {"do": "add_facilitator", "id": await begun(crowd)}
    by_add = await crowd.ana.post(console, **add, person=crowd.ben.id, named="mem", found="ben")
    emptied = await crowd.ana.post(console, **add, person=crowd.ben.id, named="", look_for="person")
    nobody = await crowd.ana.post(console, **add, person="", named="ben", found="ben")
    of_another = await crowd.ana.post(console, do="offer_lead", id="none", person=crowd.ben.id)
    leads = (await crowd.ben.get(console)).status_code

    assert [chosen(one.text, "person") for one in (by_add, emptied)] == ["Ben, South"] * 2
    assert all('id="adding" open' in one.text for one in (by_add, emptied, nobody))
    assert (nobody.status_code, chosen(nobody.text, "person")) == (422, "Choose…")
    assert "Choose who is to facilitate." in nobody.text
    assert chosen(of_another.text, "person") == "Choose…"
    assert leads == 403


async def test_of_few_people_nobody_is_made_a_facilitator_whom_nobody_chose(sqlite_url: str) -> None:
    async with desk_at(sqlite_url) as desk:
        await begun(desk)
        console = (await desk.ana.get(f"/boards/{desk.board}/console")).text
    assert chosen(console, "person") == "Choose…"
    assert not any(offered(console, "person").values())


async def begun(desk: Desk) -> str:
    """The id of a workshop that Ana begins."""
    stage = new_id()
    await desk.ana.post(f"/boards/{desk.board}/workshop", id=stage, purpose="So that people are home.")
    return stage


async def test_whose_doings_are_put_back_is_found_by_name(crowd: Desk) -> None:
    path = f"/boards/{crowd.board}/put-back"
    whole, looked = (await crowd.ana.get(path)).text, (await crowd.ana.get(f"{path}?named=south")).text
    assert "Member 9, North" not in whole
    assert len(re.findall(rf'href="{path}/', whole)) == 30
    assert re.findall(rf'href="{path}/([^"]*)"', looked) == [crowd.ben.id]
    assert 'id="members" open' in looked


async def test_a_register_offers_a_few_of_those_who_keep_records_true(crowd: Desk) -> None:
    register = f"/spaces/{crowd.space}/records"
    some = await crowd.home.values("SELECT id FROM person WHERE name LIKE 'Member%' ORDER BY id")
    id = await crowd.keep(crowd.ana, "question", "Who asks?")
    await crowd.copies(id, [f"Question {i}" for i in range(len(some))])
    for i, person in enumerate(some):
        await crowd.home.set(f"UPDATE record SET tender_id = '{person}' WHERE title = 'Question {i}'")
    first = (await crowd.ana.get(register)).text
    asked = (await crowd.ana.get(f"{register}?tender={some[-1]}")).text
    named = (await crowd.ana.get(f"{register}?q=member")).text

    assert len(offered(first, "tender")) == 30 + 2
    assert "Find what others keep true by their names, in the search." in first
    name = await crowd.home.value(f"SELECT name FROM person WHERE id = '{some[-1]}'")
    assert [name for name, chosen in offered(asked, "tender").items() if chosen] == [f"{name}, North"]
    assert "1 to 50 of 60" in named
