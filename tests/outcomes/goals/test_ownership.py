"""Who owns a goal, by HTTP on both databases: whom others name owns nothing before its own yes."""

import pytest

from app.access import Role
from app.db import new_id
from tests.outcomes.forms import GOAL, goal_of, id_of, measure_of
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person
from tests.spaces.log.test_log import log

NAMED = "Proposed to <bdi>Vale Hospice</bdi>"


@pytest.fixture
async def asked(winter: Winter) -> str:
    """A goal of Northfield Trust that Bo, a member, proposed to Vale Hospice; gives its address."""
    made = await winter.bo.post(
        f"{winter.path}/outcomes/goals", **{**GOAL, f"org-{winter.hospice}": "yes", "tender": winter.ana.id}
    )
    return str(made.headers["location"])


@pytest.fixture
async def gil(home: House, winter: Winter) -> Person:
    """A member of Vale Hospice, who cannot answer for it."""
    gil = await home.person("Gil")
    await home.seat(winter.id, gil, winter.hospice)
    return gil


async def answers(home: House) -> dict[str, str]:
    rows = await home.values("SELECT organisation_id || ' ' || answer FROM goal_organisation")
    return dict(row.split(" ") for row in rows)


async def test_who_is_named_owns_nothing_before_a_steward_of_it_says_yes(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    base = f"{winter.path}/outcomes"
    before = [
        (await one.post(f"{asked}/edit", **{**GOAL, "aim": "Ours"})).status_code for one in (winter.cleo, gil)
    ]
    hand_on = await winter.ana.post(f"{asked}/hand-on", tender=winter.cleo.id)
    by_member = await gil.post(f"{asked}/own", answer="yes")
    by_who_asked = await winter.ana.post(f"{asked}/own", answer="yes")
    shown = [(await winter.ana.get(page)).text for page in (base, winter.path, asked)]
    done = await winter.cleo.post(f"{asked}/own", answer="yes")
    again = await winter.cleo.post(f"{asked}/own", answer="yes")
    after = await gil.post(f"{asked}/edit", **{**GOAL, "aim": "Ours"})

    assert before == [403, 403]
    assert hand_on.status_code == 422
    assert by_member.status_code == 403
    assert by_who_asked.status_code == 404
    assert all("Northfield Trust, proposed to Vale Hospice" in page for page in shown[:2])
    assert NAMED in shown[2]
    assert done.status_code == after.status_code == 303
    assert again.status_code == 404
    assert await answers(home) == {winter.northfield: "yes", winter.hospice: "yes"}
    assert NAMED not in (await winter.ana.get(asked)).text
    assert "Northfield Trust, Vale Hospice" in (await winter.ana.get(base)).text


async def test_it_needs_the_stewards_of_the_one_that_is_asked_and_nobody_else(
    winter: Winter, asked: str, gil: Person
) -> None:
    ask = "Northfield Trust proposes that Vale Hospice owns “Home within 2 days of being ready”"

    for person, told in ((winter.cleo, True), (gil, False), (winter.ana, False), (winter.bo, False)):
        assert (ask in (await person.get(winter.path)).text) is told
    assert "Say yes: we own it too" in (await winter.cleo.get(f"{asked}/own")).text
    await winter.ana.post(f"{asked}/archive")
    assert ask not in (await winter.cleo.get(winter.path)).text
    # it asks nobody any more, but whose it is can be settled of what is archived too
    assert (await winter.cleo.post(f"{asked}/own", answer="yes")).status_code == 303


async def test_a_no_has_a_reason_that_the_owners_see_and_it_can_be_proposed_again(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    dee = await home.person("Dee")
    await home.seat(winter.id, dee, await home.organisation(winter.id, "Borough Council"))
    empty = await winter.cleo.post(f"{asked}/own", answer="no", why="  ")
    long = await winter.cleo.post(f"{asked}/own", answer="no", why="We cannot. " * 60)
    said = await winter.cleo.post(f"{asked}/own", answer="no", why="We have no <b>beds</b> of our own.")
    pages = [(await one.get(asked)).text for one in (winter.bo, gil, dee)]
    needs = (await winter.cleo.get(winter.path)).text
    again = await winter.bo.post(f"{asked}/owners", organisation=winter.hospice)

    assert (empty.status_code, long.status_code, said.status_code) == (422, 422, 303)
    assert "Say in a sentence why" in empty.text
    assert "We cannot. We cannot." in long.text
    assert ["We have no &lt;b&gt;beds&lt;/b&gt; of our own." in page for page in pages] == [True, True, False]
    assert "proposes that" not in needs
    assert again.status_code == 303
    assert await answers(home) == {winter.northfield: "yes", winter.hospice: "asked"}
    assert "beds" not in (await winter.bo.get(asked)).text


async def test_all_of_it_is_in_the_log_by_who_did_it_and_no_reason_is(
    home: House, winter: Winter, asked: str
) -> None:
    await winter.ana.post(f"{asked}/owners/{winter.hospice}/withdraw")
    await winter.ana.post(f"{asked}/owners", organisation=winter.hospice)
    await winter.cleo.post(f"{asked}/own", answer="no", why="We have no beds.")
    await winter.ana.post(f"{asked}/owners", organisation=winter.hospice)
    await winter.cleo.post(f"{asked}/own", answer="yes")
    await winter.cleo.post(f"{asked}/own", answer="give-up")

    found = await log(winter.bo, winter, topic="outcomes")
    whole = (await winter.bo.get(f"{winter.path}/log.json")).text

    goal = GOAL["title"]
    assert [line.replace(goal, "G") for line in found] == [
        "Cleo, Vale Hospice gave up the goal G for Vale Hospice, which does not own it any more",
        "Cleo, Vale Hospice said yes for Vale Hospice: it owns the goal G now",
        "Ana, Northfield Trust proposed that Vale Hospice owns the goal G",
        "Cleo, Vale Hospice said no for Vale Hospice to owning the goal G",
        "Ana, Northfield Trust proposed that Vale Hospice owns the goal G",
        "Ana, Northfield Trust withdrew the proposal that Vale Hospice owns the goal G",
        "Bo, Northfield Trust proposed that Vale Hospice owns the goal G",
        "Bo, Northfield Trust made the goal G, of Northfield Trust",
    ]
    assert "no beds" not in whole


async def test_only_who_proposed_it_withdraws_it_unless_they_do_not_own_the_goal_any_more(
    home: House, winter: Winter
) -> None:
    goal = await goal_of(winter, winter.bo, tender=winter.ana.id)
    library = await home.organisation(winter.id, "Vale Library")
    await winter.cleo.post(f"{goal}/owners", organisation=library)
    path = f"{goal}/owners/{library}/withdraw"

    page = (await winter.ana.get(goal)).text
    refused = await winter.ana.post(path)
    await winter.cleo.post(f"{goal}/own", answer="give-up")
    not_an_owner = await winter.cleo.post(path)
    done = await winter.ana.post(path)
    nothing_left = await winter.ana.post(path)

    assert "Withdraw" not in page
    assert (refused.status_code, not_an_owner.status_code) == (403, 403)
    assert (done.status_code, nothing_left.status_code) == (303, 404)
    assert await answers(home) == {winter.northfield: "yes"}


async def test_an_owner_gives_it_up_and_never_the_last_one_nor_while_it_looks_after_it(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    alone = await winter.ana.post(f"{asked}/own", answer="give-up")
    await winter.cleo.post(f"{asked}/own", answer="yes")
    page = (await winter.ana.get(f"{asked}/own")).text
    of_the_tender = await winter.ana.post(f"{asked}/own", answer="give-up")
    by_member = await gil.post(f"{asked}/own", answer="give-up")
    done = await winter.cleo.post(f"{asked}/own", answer="give-up")

    assert alone.status_code == of_the_tender.status_code == 422
    assert "No other organisation owns this goal" in alone.text
    assert "Hand the goal over first" in of_the_tender.text
    assert "Hand the goal over first" in page
    assert by_member.status_code == 403
    assert done.status_code == 303
    assert await answers(home) == {winter.northfield: "yes"}
    assert (await winter.cleo.get(f"{asked}/edit")).status_code == 403


@pytest.mark.parametrize("to", ["northfield", "hospice", "nobody", "elsewhere"])
async def test_only_another_organisation_of_the_space_is_asked_and_once(
    home: House, winter: Winter, asked: str, to: str
) -> None:
    mallory = await home.person("Mallory")
    other = await home.space(mallory, "Elsewhere")
    foreign = await home.value(f"SELECT organisation_id FROM organisation_seat WHERE space_id = '{other}'")
    known = {"northfield": winter.northfield, "hospice": winter.hospice, "nobody": "", "elsewhere": foreign}
    before = await answers(home)

    refused = await winter.bo.post(f"{asked}/owners", organisation=known[to])

    assert refused.status_code in (409, 422)
    assert await answers(home) == before
    assert (await mallory.post(f"{asked}/own", answer="yes")).status_code == 404


async def test_a_form_with_more_in_it_makes_nobody_an_owner(home: House, winter: Winter, asked: str) -> None:
    named = {f"org-{winter.hospice}": "yes", "organisations": winter.hospice, "answer": "yes"}

    await winter.ana.post(f"{asked}/edit", **{**GOAL, **named})
    await winter.ana.post(f"{asked}/owners", **named)
    odd = await winter.cleo.post(f"{asked}/own", answer="accepted")

    assert odd.status_code == 422
    assert await answers(home) == {winter.northfield: "yes", winter.hospice: "asked"}


async def test_editing_its_words_loses_no_owner_that_has_left_the_space(home: House, winter: Winter) -> None:
    goal = await goal_of(winter)
    await winter.cleo.post(f"{winter.path}/organisations/leave")

    await winter.ana.post(f"{goal}/edit", **{**GOAL, "aim": "Home sooner."})

    assert await answers(home) == {winter.northfield: "yes", winter.hospice: "yes"}


async def test_numbers_links_and_readers_come_with_a_yes(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    measure = await measure_of(winter, asked)
    entry = [(await winter.cleo.get(f"{measure}/entry")).status_code]
    late = "outcomes/measures"
    needs = [late in (await gil.get(winter.path)).text]
    await winter.cleo.post(f"{asked}/own", answer="yes")
    entry.append((await winter.cleo.get(f"{measure}/entry")).status_code)
    needs.append(late in (await gil.get(winter.path)).text)

    assert entry == [403, 200]
    assert needs[0] is False


async def test_what_one_proposed_and_said_for_an_organisation_is_in_ones_data(
    home: House, winter: Winter, asked: str
) -> None:
    mine = (await winter.bo.get("/me/data.json")).json()["outcomes"]["goal_owners"]
    await winter.cleo.post(f"{asked}/own", answer="no", why="We have no beds.")
    hers = (await winter.cleo.get("/me/data.json")).json()["outcomes"]["goal_owners"]
    after = (await winter.bo.get("/me/data.json")).json()["outcomes"]["goal_owners"]

    assert [(one["answer"], one["organisation"], one["title"]) for one in mine] == [
        ("asked", "Vale Hospice", GOAL["title"])
    ]
    assert [(one["answer"], one["said"]) for one in hers] == [("no", "We have no beds.")]
    assert after == []


async def test_an_observer_is_offered_nothing(home: House, winter: Winter, asked: str) -> None:
    oz = await home.person("Oz")
    await home.seat(winter.id, oz, winter.hospice, Role.OBSERVER)
    shown = (await oz.get(asked)).text
    main = shown.split("<main")[1].split("</main>")[0]

    assert NAMED in main
    assert "<form" not in main
    assert "/own" not in main
    assert (await oz.get(f"{asked}/own")).status_code == 403
    assert (await oz.get(f"{asked.replace(id_of(asked), new_id())}/own")).status_code == 403
