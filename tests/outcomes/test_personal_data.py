"""What somebody wrote about outcomes is theirs to download; their goals go on when they are erased."""

import pytest

from app.access import Role
from tests.outcomes.forms import GOAL, goal_of, measure_of
from tests.outcomes.imports.import_forms import bring
from tests.people.steps import PASSWORD, enter
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person


@pytest.fixture
async def dee(home: House, winter: Winter) -> Person:
    """A member of Northfield Trust with a password."""
    dee = await enter(home, "Dee", "dee@example.org")
    dee.id = str(await home.value("SELECT id FROM person WHERE name = 'Dee'"))
    await home.seat(winter.id, dee, winter.northfield)
    return dee


async def fill(winter: Winter, dee: Person) -> str:
    goal = await goal_of(winter, dee)
    measure = await measure_of(winter, goal, dee, numerator="Days of Dee")
    await dee.post(f"{goal}/drivers", level="primary", words="Driver of Dee")
    await dee.post(
        f"{measure}/targets", value="2.50", comparator="<=", kind="ambition", valid_from="2026-01-01"
    )
    await dee.post(f"{measure}/rebases", begins="2026-02-01", reason="Reason of Dee")
    await dee.post(f"{measure}/annotations", starts="2026-02-01", words="Note of Dee", kind="event")
    await dee.post(f"{measure}/stories", until="2026-03-31", story="Story of Dee", owner="Dee")
    return measure


async def test_all_that_one_wrote_is_in_ones_data_and_nobody_elses(winter: Winter, dee: Person) -> None:
    measure = await fill(winter, dee)
    await winter.bo.post(f"{measure}/annotations", starts="2026-02-01", words="Note of Bo", kind="event")

    mine = (await dee.get("/me/data.json")).json()["outcomes"]

    assert mine["looks_after"] == [GOAL["title"]]
    assert mine["goals"][0]["aim"] == GOAL["aim"]
    assert mine["goals"][0]["by_when"] == "2027-03-31"
    assert mine["drivers"] == [{"level": "primary", "words": "Driver of Dee"}]
    assert mine["measures"][0]["definition"]["numerator"] == "Days of Dee"
    assert mine["targets"][0]["value"] == "2.50"
    assert mine["new_limits"][0]["reason"] == "Reason of Dee"
    assert [one["words"] for one in mine["annotations"]] == ["Note of Dee"]
    assert mine["stories"][0]["story"] == "Story of Dee"


async def test_words_that_somebody_else_changed_are_theirs(winter: Winter, dee: Person) -> None:
    goal = await goal_of(winter, dee)
    await winter.cleo.post(f"{goal}/edit", **{**GOAL, "aim": "In words of Cleo"})

    mine, hers = await dee.get("/me/data.json"), await winter.cleo.get("/me/data.json")

    assert mine.json()["outcomes"]["goals"] == []
    assert "In words of Cleo" not in mine.text
    assert "In words of Cleo" in hers.text


async def test_who_has_left_keeps_their_own_words_and_learns_no_titles(winter: Winter, dee: Person) -> None:
    await fill(winter, dee)
    await winter.ana.post(f"{winter.path}/people/{dee.id}/remove")

    mine = (await dee.get("/me/data.json")).json()["outcomes"]

    assert mine["looks_after"] == []
    assert mine["stories"][0]["story"] == "Story of Dee"


async def test_goals_of_somebody_erased_go_to_a_steward_of_their_organisation(
    home: House, winter: Winter, dee: Person
) -> None:
    measure = await fill(winter, dee)
    await bring(home, dee, f"{winter.path}/outcomes/imports", "a,b\n1,2\n", "dees-people.csv")
    waiting = await home.count("upload")

    asked = await dee.get("/me/erase")
    done = await dee.post("/me/erase", password=PASSWORD, sure="yes")
    listed = await winter.ana.get(f"{winter.path}/outcomes")
    shown = await winter.cleo.get(measure)

    assert "Goals that you look after go to a steward" in asked.text
    assert "You are erased" in done.text
    assert "You look after this" in listed.text
    assert "Story of Dee" in shown.text
    assert "Former participant of Northfield Trust" in shown.text
    assert await home.value("SELECT owner FROM commentary") == ""
    assert (waiting, await home.count("upload")) == (1, 0)
    assert "by Dee" not in shown.text


async def test_where_their_organisation_has_no_part_in_it_any_steward_of_an_owner_takes_it(
    home: House, winter: Winter
) -> None:
    eve = await enter(home, "Eve", "eve@example.org")
    eve.id = str(await home.value("SELECT id FROM person WHERE name = 'Eve'"))
    library = await home.organisation(winter.id, "Vale Library")
    await home.seat(winter.id, eve, library)
    await goal_of(winter, eve, **{f"org-{library}": "yes", f"org-{winter.northfield}": ""})

    await eve.post("/me/erase", password=PASSWORD, sure="yes")

    assert await home.value("SELECT tender_id FROM goal") == winter.cleo.id


async def test_a_last_steward_who_may_not_be_erased_keeps_their_goals(home: House, winter: Winter) -> None:
    finn = await enter(home, "Finn", "finn@example.org")
    finn.id = str(await home.value("SELECT id FROM person WHERE name = 'Finn'"))
    library = await home.organisation(winter.id, "Vale Library")
    await home.seat(winter.id, finn, library, Role.STEWARD)
    await goal_of(winter, finn, **{f"org-{library}": "yes"})

    refused = await finn.post("/me/erase", password=PASSWORD, sure="yes")

    assert refused.status_code == 422
    assert await home.value("SELECT tender_id FROM goal") == finn.id
