"""Forms that choose people, in a space with more than one reads through: a few are offered at once."""

import re
from collections.abc import AsyncIterator

import pytest

from app.db import new_id
from tests.records.desk import Desk, desk_at
from tests.support.world import World, people

MANY = 60


@pytest.fixture
async def crowd(sqlite_url: str) -> AsyncIterator[Desk]:
    """Members 1 to 60 of North beside Ana and Abe; Ben is of South."""
    async with desk_at(sqlite_url) as made:
        north = str(await made.home.value("SELECT id FROM organisation WHERE name = 'North'"))
        await people(sqlite_url, World(made.space, made.board, {"North": north}), MANY)
        yield made


def offered(page: str, field: str) -> dict[str, bool]:
    """Who can be chosen, by name, and whether they are."""
    select = re.search(rf'<select [^>]*name="{field}"[^>]*>(.*?)</select>', page, re.DOTALL)
    option = r'<option value="[^"]+"( selected)?>([^<]*)<'
    tick = rf'name="{field}" value="[^"]*"( checked)?(?: autofocus)?><label[^>]*>([^<]*)<'
    found = re.findall(option, select.group(1)) if select else re.findall(tick, page)
    return {name: bool(chosen) for chosen, name in found}


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
    first = offered((await crowd.ana.get(f"{goals}/new")).text, "tender")
    looked = await crowd.ana.post(goals, **form, tender=crowd.ana.id, named="abe", found="")
    of_others = await crowd.ana.post(goals, **form, tender=crowd.ana.id, named="ben", found="")
    made = await crowd.ana.post(goals, **form, tender=crowd.ana.id, named="", found="")
    hand = f"{made.headers['location']}/hand-on"
    to_abe = await crowd.ana.post(hand, tender=crowd.ana.id, named="ABE", found="")
    handed = await crowd.ana.post(hand, tender=crowd.abe.id, named="abe", found="abe")

    assert len(first) == 31
    assert [name for name, chosen in first.items() if chosen] == ["Ana, North"]
    assert looked.status_code == of_others.status_code == to_abe.status_code == 200
    assert offered(looked.text, "tender") == {"Ana, North": True, "Abe, North": False}
    assert "Home within 2 days" in looked.text
    assert offered(of_others.text, "tender") == {"Ana, North": True}
    assert offered(to_abe.text, "tender") == {"Ana, North": True, "Abe, North": False}
    assert handed.status_code == 303
    assert await crowd.home.value("SELECT tender_id FROM goal") == crowd.abe.id


async def test_whoever_is_to_facilitate_is_found_by_name_on_the_console(crowd: Desk) -> None:
    board = f"/boards/{crowd.board}"
    stage = new_id()
    await crowd.ana.post(f"{board}/workshop", id=stage, purpose="So that people are home.")
    first = offered((await crowd.ana.get(f"{board}/console")).text, "person")
    add = {"do": "add_facilitator", "id": stage}
    looked = await crowd.ana.post(f"{board}/console", **add, named="ben", found="", person="")
    added = await crowd.ana.post(f"{board}/console", **add, named="ben", found="ben", person=crowd.ben.id)
    after = await crowd.ana.post(f"{board}/console", **add, named="ben", found="", person="")

    assert len(first) == 30
    assert looked.status_code == 200
    assert offered(looked.text, "person") == {"Ben, South": True}
    assert 'id="adding" open' in looked.text
    assert added.status_code == 303
    assert offered(after.text, "person") == {}
    assert "Nobody who can be chosen has these words." in after.text
    assert (await crowd.ben.get(f"{board}/console")).status_code == 200


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
