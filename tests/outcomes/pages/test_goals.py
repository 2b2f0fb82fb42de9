"""Goals over HTTP: who makes, changes, tends and reads them."""

import re

import pytest

from app.access import Role
from app.db import new_id
from tests.outcomes.forms import GOAL, goal_of, id_of, measure_of
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

SEEN = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
async def mel(home: House, winter: Winter) -> Person:
    """A member of an organisation of the space that owns none of the goals."""
    library = await home.organisation(winter.id, "Vale Library")
    mel = await home.person("Mel")
    await home.seat(winter.id, mel, library)
    return mel


async def test_a_space_without_goals_says_what_a_goal_is_and_leads_to_the_form(winter: Winter) -> None:
    shown = await winter.bo.get(f"{winter.path}/outcomes")
    form = await winter.bo.get(f"{winter.path}/outcomes/goals/new")

    assert "No goals yet" in shown.text
    assert "Write the first goal" in shown.text
    assert form.status_code == 200
    assert f'name="org-{winter.northfield}"' not in form.text  # whoever makes it owns it at once
    assert f'name="org-{winter.hospice}" value="yes">' in form.text
    assert '<option value="" selected>You</option>' in form.text


async def test_a_goal_says_everything_that_was_written_about_it(winter: Winter) -> None:
    address = await goal_of(winter)

    shown = await winter.cleo.get(address)

    for word in [*GOAL.values()]:
        assert (word if word != "2027-03-31" else "31 March 2027") in shown.text
    assert shown.text.index("Northfield Trust</span>") < shown.text.index("Vale Hospice</span>")
    assert "Ana, Northfield Trust" in shown.text


async def test_the_list_and_the_page_of_the_space_name_the_goal(winter: Winter) -> None:
    await goal_of(winter)

    listed = await winter.ana.get(f"{winter.path}/outcomes")
    space = await winter.bo.get(winter.path)

    for page in (listed, space):
        assert GOAL["title"] in page.text
        assert "Northfield Trust, Vale Hospice" in page.text
    assert "You look after this" in listed.text
    assert "You look after this" not in space.text
    assert f'href="{winter.path}/outcomes"' in space.text


async def test_whoever_makes_a_goal_looks_after_it_unless_they_name_somebody(
    home: House, winter: Winter
) -> None:
    own = await goal_of(winter, winter.bo, tender="")
    named = await goal_of(winter, winter.bo, tender=winter.ana.id)

    assert await home.value(f"SELECT tender_id FROM goal WHERE id = '{id_of(own)}'") == winter.bo.id
    assert await home.value(f"SELECT tender_id FROM goal WHERE id = '{id_of(named)}'") == winter.ana.id


async def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(
    home: House, winter: Winter
) -> None:
    owners = {f"org-{winter.hospice}": "yes"}

    refused = await winter.ana.post(
        f"{winter.path}/outcomes/goals", **{**GOAL, **owners, "title": " ", "by_when": "soon"}
    )

    assert refused.status_code == 422
    for field in ("title", "by_when"):
        assert f'href="#f-{field}"' in refused.text
    assert f'name="org-{winter.hospice}" value="yes" checked' in refused.text
    assert GOAL["person"] in refused.text
    assert await home.count("goal") == 0


async def test_only_people_of_owning_organisations_can_look_after_a_goal(
    home: House, winter: Winter, mel: Person
) -> None:
    observer = await home.person("Oz")
    await home.seat(winter.id, observer, winter.northfield, Role.OBSERVER)
    asked = {f"org-{winter.hospice}": "yes"}  # it owns nothing before it has said yes
    for tender in (mel.id, observer.id, winter.cleo.id, new_id()):
        refused = await winter.ana.post(
            f"{winter.path}/outcomes/goals", **{**GOAL, **asked, "tender": tender}
        )

        assert refused.status_code == 422
        assert 'id="f-tender-error"' in refused.text
    assert await home.count("goal") == 0


async def test_members_of_owning_organisations_change_the_words_and_nobody_else_does(
    home: House, winter: Winter, mel: Person
) -> None:
    address = await goal_of(winter)
    words = {**GOAL, "aim": "Home sooner."}

    asked, refused = await mel.get(f"{address}/edit"), await mel.post(f"{address}/edit", **words)
    before = (await mel.get(address)).text
    changed = await winter.cleo.post(f"{address}/edit", **words)

    assert asked.status_code == refused.status_code == 403
    assert "Home sooner" not in before
    assert "Edit the goal" not in before
    assert changed.status_code == 303
    assert "Home sooner." in (await mel.get(address)).text


async def test_words_changed_meanwhile_are_not_overwritten_unseen(winter: Winter) -> None:
    address = await goal_of(winter)
    seen = SEEN.search((await winter.bo.get(f"{address}/edit")).text)
    assert seen
    mine = {**GOAL, "aim": "Home sooner.", "seen": seen[1]}
    await winter.cleo.post(f"{address}/edit", **{**mine, "aim": "Home, or where I want to be."})

    first = await winter.bo.post(f"{address}/edit", **mine)
    after_first = (await winter.ana.get(address)).text
    again = SEEN.search(first.text)
    assert again
    second = await winter.bo.post(f"{address}/edit", **{**mine, "seen": again[1]})

    assert first.status_code == 422
    assert "Somebody else changed this" in first.text
    assert "Home sooner." in first.text
    assert "Home, or where I want to be." in after_first
    assert second.status_code == 303
    assert "Home sooner." in (await winter.ana.get(address)).text


async def test_a_goal_is_handed_on_within_its_organisations(home: House, winter: Winter, mel: Person) -> None:
    address = await goal_of(winter)

    to_another = await winter.ana.post(f"{address}/hand-on", tender=mel.id)
    by_another = await mel.post(f"{address}/hand-on", tender=mel.id)
    done = await winter.ana.post(f"{address}/hand-on", tender=winter.cleo.id)

    assert (to_another.status_code, by_another.status_code, done.status_code) == (422, 403, 303)
    assert await home.value("SELECT tender_id FROM goal") == winter.cleo.id
    assert "Cleo, Vale Hospice" in (await winter.bo.get(address)).text


async def test_a_goal_whose_tender_has_left_says_so_and_can_be_taken_over(
    home: House, winter: Winter
) -> None:
    address = await goal_of(winter, tender=winter.bo.id)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")

    listed = await winter.cleo.get(f"{winter.path}/outcomes")
    shown = await winter.cleo.get(address)
    taken = await winter.cleo.post(f"{address}/hand-on", tender=winter.cleo.id)

    assert "Nobody looks after this goal now" in listed.text
    assert "has left" in shown.text
    assert taken.status_code == 303


@pytest.mark.parametrize(("state", "said"), [("reached", "has been reached"), ("let-go", "has been stopped")])
async def test_its_tender_says_how_it_stands_and_can_take_that_back(
    winter: Winter, state: str, said: str
) -> None:
    address = await goal_of(winter)

    refused = await winter.bo.post(f"{address}/state", state=state)
    done = await winter.ana.post(f"{address}/state", state=state)
    shown = await winter.bo.get(address)
    await winter.ana.post(f"{address}/state", state="open")

    assert (refused.status_code, done.status_code) == (403, 303)
    assert said in shown.text
    assert said not in (await winter.bo.get(address)).text


async def test_there_are_no_other_states(winter: Winter) -> None:
    address = await goal_of(winter)

    assert (await winter.ana.post(f"{address}/state", state="won")).status_code == 422


async def test_an_archived_goal_is_read_and_not_changed_until_its_tender_restores_it(
    winter: Winter,
) -> None:
    address = await goal_of(winter)
    measure = await measure_of(winter, address)

    by_another = await winter.bo.post(f"{address}/archive")
    await winter.ana.post(f"{address}/archive")
    listed = await winter.bo.get(f"{winter.path}/outcomes")
    locked = [
        await winter.ana.post(f"{address}/drivers", level="primary", words="Choice"),
        await winter.ana.post(f"{address}/state", state="reached"),
        await winter.ana.post(f"{measure}/rebases", begins="2026-01-01", reason="New ward"),
        await winter.ana.get(f"{address}/edit"),
    ]
    not_theirs = await winter.bo.post(f"{address}/restore")
    restored = await winter.ana.post(f"{address}/restore")

    assert by_another.status_code == not_theirs.status_code == 403
    assert "Archived goals (1)" in listed.text
    assert [one.status_code for one in locked] == [409, 409, 409, 409]
    assert restored.status_code == 303
    assert "Archived goals" not in (await winter.bo.get(f"{winter.path}/outcomes")).text


async def test_goals_of_another_space_are_not_here(home: House, winter: Winter) -> None:
    address = await goal_of(winter)
    measure = await measure_of(winter, address)
    mallory = await home.person("Mallory")
    other = f"/spaces/{await home.space(mallory, 'Elsewhere')}/outcomes"

    for path in (f"goals/{id_of(address)}", f"goals/{id_of(address)}/drivers", f"measures/{id_of(measure)}"):
        foreign = await mallory.get(f"{other}/{path}")
        absent = await mallory.get(f"{other}/{path.replace(id_of(address), new_id())}")

        assert foreign.status_code == absent.status_code == 404
        assert foreign.text == absent.text
    for path in (f"goals/{id_of(address)}/archive", f"measures/{id_of(measure)}/archive"):
        assert (await mallory.post(f"{other}/{path}")).status_code == 404


async def test_hostile_words_reach_every_page_as_text(winter: Winter) -> None:
    hostile = '"><script>alert(1)</script>{{9*"x."}}<img src=x onerror=alert(1)>'
    address = await goal_of(winter, None, **{name: hostile for name in GOAL if name != "by_when"})
    measure = await measure_of(winter, address, name=hostile, unit='"><img src=x>', numerator=hostile)
    await winter.ana.post(f"{address}/drivers", level="primary", words=hostile)
    await winter.ana.post(f"{measure}/stories", until="2026-01-01", story=hostile, action=hostile)
    await winter.ana.post(f"{measure}/annotations", starts="2026-01-01", words=hostile, kind="event")

    for page in (
        f"{winter.path}/outcomes",
        winter.path,
        address,
        f"{address}/edit",
        f"{address}/drivers",
        measure,
        f"{measure}/edit",
        f"{measure}/targets/new",
    ):
        shown = await winter.ana.get(page)

        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
        assert "<img src=x" not in shown.text
        assert "x.x.x.x.x." not in shown.text


async def test_observers_read_and_are_offered_nothing(home: House, winter: Winter) -> None:
    observer = await home.person("Oz")
    await home.seat(winter.id, observer, winter.northfield, Role.OBSERVER)
    address = await goal_of(winter)
    measure = await measure_of(winter, address)

    for page in (f"{winter.path}/outcomes", address, f"{address}/drivers", measure):
        shown = await observer.get(page)
        main = shown.text.split("<main")[1].split("</main>")[0]

        assert shown.status_code == 200
        assert "<form" not in main
        assert "/new" not in main
