"""Roles and partings: stewards act on their own organisation, and none is left without one."""

import asyncio
import re
from datetime import timedelta

import pytest

from app.access import Refused, Role
from app.db import now
from app.spaces import actions, keeping, seats
from app.spaces.members import actions as members
from app.spaces.together import actions as together
from tests.spaces.conftest import Winter
from tests.spaces.house import House

DAY = timedelta(days=1)


async def epoch(home: House, winter: Winter) -> int:
    async with home.db.read() as tx:
        return await seats.epoch_of(tx, winter.id)


async def test_the_last_steward_does_not_leave_before_naming_another(home: House, winter: Winter) -> None:
    told = await winter.ana.get(f"{winter.path}/leave")
    refused = await winter.ana.post(f"{winter.path}/leave")
    demoted = await winter.ana.post(f"{winter.path}/people/{winter.ana.id}/role", role="member")
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="steward")
    left = await winter.ana.post(f"{winter.path}/leave")

    assert "last steward of Northfield Trust" in told.text
    assert refused.status_code == demoted.status_code == 409
    assert left.status_code == 303
    assert (await winter.ana.get(winter.path)).status_code == 404
    assert (await winter.bo.get(winter.path)).status_code == 200


async def test_two_last_stewards_who_leave_at_once_leave_one_behind(home: House, winter: Winter) -> None:
    await home.seat(winter.id, winter.bo, winter.northfield, Role.STEWARD)
    await asyncio.gather(winter.ana.get("/join"), winter.bo.get("/join"))

    answers = await asyncio.gather(
        winter.ana.post(f"{winter.path}/leave"), winter.bo.post(f"{winter.path}/leave")
    )

    assert sorted(answer.status_code for answer in answers) == [303, 409]


async def test_stewards_act_on_their_own_organisation_only(home: House, winter: Winter) -> None:
    removed = await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/remove")
    raised = await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/role", role="observer")
    linked = await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/reset-link")

    assert removed.status_code == raised.status_code == linked.status_code == 403
    assert await home.value(f"SELECT role FROM member WHERE person_id = '{winter.bo.id}'") == "member"
    assert f"people/{winter.bo.id}/remove" not in (await winter.cleo.get(f"{winter.path}/people")).text
    assert f"people/{winter.bo.id}/remove" in (await winter.ana.get(f"{winter.path}/people")).text


async def test_whoever_is_taken_out_is_out_at_once(home: House, winter: Winter) -> None:
    before = await epoch(home, winter)

    done = await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")

    assert done.status_code == 303
    assert (await winter.bo.get(winter.path)).status_code == 404
    assert await epoch(home, winter) == before + 1


async def test_any_steward_may_ask_a_guest_to_go(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", name="Dee", organisation="Northfield Trust")
    person = await home.value("SELECT person_id FROM member WHERE role = 'guest'")

    refused = await winter.bo.post(f"{winter.path}/people/{person}/remove")
    raised = await winter.ana.post(f"{winter.path}/people/{person}/role", role="steward")
    done = await winter.cleo.post(f"{winter.path}/people/{person}/remove")

    assert refused.status_code == 403
    assert raised.status_code == 422
    assert done.status_code == 303
    assert (await guest.get(winter.path)).status_code == 404


async def test_a_guest_who_was_removed_does_not_walk_in_by_the_same_code_as_somebody_else(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    other = await home.code(winter.id, winter.ana, now() + DAY)
    guest, beside = home.stranger(), home.stranger()
    for one, name in ((guest, "Dee"), (beside, "Eli")):
        await one.post(f"/join/{code.code}", name=name, organisation="Riverside")
    dee = await home.value("SELECT id FROM person WHERE name = 'Dee'")
    page = await winter.ana.get(f"{winter.path}/people")
    await winter.ana.post(f"{winter.path}/people/{dee}/remove")

    again, honest = home.stranger(), home.stranger()
    stopped = await again.post(f"/join/{code.code}", name="Zoe", organisation="Riverside")
    await honest.post(f"/join/{other.code}", name="Fay", organisation="Riverside")

    assert "then waits to be let in" in page.text
    assert stopped.headers["location"] == f"/join/waiting/{winter.id}"
    assert (await again.get(winter.path)).status_code != 200
    assert (await beside.get(winter.path)).status_code == 200
    assert (await honest.get(winter.path)).status_code == 200


@pytest.mark.parametrize("role", ["guest", "waiting", "person", "", "STEWARD"])
async def test_only_the_three_roles_can_be_given(home: House, winter: Winter, role: str) -> None:
    refused = await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role=role)

    assert refused.status_code == 422
    assert await home.value(f"SELECT role FROM member WHERE person_id = '{winter.bo.id}'") == "member"


async def test_an_observer_reads_and_changes_nothing(home: House, winter: Winter) -> None:
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="observer")

    assert (await winter.bo.get(winter.path)).status_code == 200
    assert (await winter.bo.get(f"{winter.path}/code")).status_code == 403
    assert (await winter.bo.post(f"{winter.path}/edit", name="x")).status_code == 403


async def test_every_change_of_what_anyone_may_do_raises_the_epoch_and_rings_after_the_commit(
    home: House, winter: Winter
) -> None:
    rung: list[tuple[str, int]] = []
    async with home.db.read() as tx:
        login = await home.value(f"SELECT id FROM login WHERE person_id = '{winter.ana.id}'")
        before = await seats.epoch_of(tx, winter.id)
    door = actions.Door(
        home.db, lambda topic, number: rung.append((topic, number)), home.config, login, winter.id
    )

    await members.change_role(door, winter.bo.id, Role.STEWARD)
    await members.remove_person(door, winter.bo.id)
    await together.archive(door)
    await keeping.restore(door)
    with pytest.raises(Refused):
        await members.leave(door)

    assert rung == [(f"space:{winter.id}", before + step) for step in (1, 2, 3, 4)]
    assert await epoch(home, winter) == before + 4


async def test_the_door_decides_again_inside_the_transaction(home: House, winter: Winter) -> None:
    rung: list[tuple[str, int]] = []
    before = await epoch(home, winter)
    login = await home.value(f"SELECT id FROM login WHERE person_id = '{winter.bo.id}'")
    door = actions.Door(home.db, lambda *ring: rung.append(ring), home.config, login, winter.id)

    with pytest.raises(Refused):
        await together.archive(door)
    with pytest.raises(Refused):
        await members.remove_person(door, winter.ana.id)

    assert rung == []
    assert await epoch(home, winter) == before


async def test_touching_a_person_raises_the_epoch_of_all_their_spaces(home: House, winter: Winter) -> None:
    other = await home.space(winter.ana)
    async with home.db.write() as tx:
        touched = await actions.touch_person(tx, winter.ana.id)

    async with home.db.read() as tx:
        assert dict(touched) == {id: await seats.epoch_of(tx, id) for id in (winter.id, other)}


async def test_a_former_member_keeps_their_name_on_what_they_wrote(home: House, winter: Winter) -> None:
    await winter.bo.post(f"{winter.path}/leave")

    async with home.db.read() as tx:
        found = {one.id: one for one in await seats.people_of(tx, winter.id)}
    assert found[winter.bo.id].former
    assert found[winter.bo.id].name == "Bo"
    assert winter.bo.id not in (await winter.ana.get(f"{winter.path}/people")).text


async def test_of_whoever_is_erased_the_organisation_alone_is_known_and_of_a_guest_nothing(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guest = home.stranger()
    await guest.post(
        f"/join/{code.code}", name="Dee", organisation="Riverside Pharmacy", brings="My own story"
    )
    person = str(await home.value("SELECT person_id FROM member WHERE role = 'guest'"))

    async with home.db.write() as tx:
        await members.on_erase(tx, person)
        await members.on_erase(tx, winter.bo.id)

    async with home.db.read() as tx:
        found = {one.id: one for one in await seats.people_of(tx, winter.id)}
    assert found[person].name == "Former guest"
    assert found[person].full_name == "Former guest"
    assert found[winter.bo.id].name == "Former participant of Northfield Trust"
    assert found[person].former
    assert await home.value(f"SELECT brings FROM member WHERE person_id = '{person}'") == ""


async def test_a_last_steward_names_another_before_being_erased(home: House, winter: Winter) -> None:
    with pytest.raises(Refused, match="Make somebody else a steward first"):
        async with home.db.write() as tx:
            await members.on_erase(tx, winter.ana.id)

    assert (await winter.ana.get(winter.path)).status_code == 200


async def test_erasing_the_only_person_of_a_space_archives_it(home: House) -> None:
    ana = await home.person("Ana")
    space_id = await home.space(ana)

    async with home.db.write() as tx:
        await members.on_erase(tx, ana.id)

    assert (
        await home.value(f"SELECT count(*) FROM space WHERE id = '{space_id}' AND archived_at IS NOT NULL")
        == 1
    )


async def test_my_data_tells_where_i_take_part_and_as_what(home: House, winter: Winter) -> None:
    async with home.db.read() as tx:
        part, places = await members.my_data(tx, winter.bo.id)

    assert part == "spaces"
    assert [(one["space"], one["organisation"], one["role"]) for one in places] == [
        ("Winter Together", "Northfield Trust", "member")
    ]


async def test_my_spaces_are_listed_with_what_i_am_there(home: House, winter: Winter) -> None:
    async with home.db.read() as tx:
        mine = await actions.my_spaces(tx, winter.cleo.id)

    assert [(one.name, one.role, one.organisation, one.waiting) for one in mine] == [
        ("Winter Together", Role.STEWARD, "Vale Hospice", False)
    ]


async def test_a_steward_makes_a_link_for_a_new_password_only_for_people_of_that_organisation_alone(
    home: House, winter: Winter
) -> None:
    linked = await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/reset-link")
    other = await home.space(winter.cleo, "Vale Hospice")
    await home.seat(other, winter.bo, winter.hospice)
    refused = await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/reset-link")

    assert linked.status_code == 200
    assert "/reset/" in linked.text
    assert refused.status_code == 403


async def test_nobody_gets_a_hand_on_an_account_by_inviting_it_into_a_space_of_their_own(
    home: House, winter: Winter
) -> None:
    words = {"name": "Mine", "purpose": "p", "scope": "s", "agreement": "a"}
    made = await winter.bo.post("/spaces", organisation="Northfield Trust", **words)
    mine = made.headers["location"]
    invited = await winter.bo.post(f"{mine}/invite", email="ana@example.org", role="member")
    link = re.search(r"/invitations/[\w-]+", invited.text)
    assert link
    await winter.ana.post(link[0])

    refused = await winter.bo.post(f"{mine}/people/{winter.ana.id}/reset-link")
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="steward")
    await winter.ana.post(f"{winter.path}/leave")
    left = await winter.bo.post(f"{mine}/people/{winter.ana.id}/reset-link")

    assert refused.status_code == 403
    assert left.status_code == 200  # a steward of hers in every place that she has or had
    assert await home.count("letter") == 1


async def test_places_that_one_has_left_count_when_a_password_is_reset(home: House, winter: Winter) -> None:
    """Bo leaves Northfield Trust and comes to Vale Hospice: elsewhere, then in the same space."""
    await winter.bo.post(f"{winter.path}/leave")
    other = await home.space(winter.cleo, "Vale Hospice")
    await home.seat(other, winter.bo, winter.hospice)
    elsewhere = await winter.cleo.post(f"/spaces/{other}/people/{winter.bo.id}/reset-link")
    await home.set(f"DELETE FROM member WHERE space_id = '{other}' AND person_id = '{winter.bo.id}'")
    await home.seat(winter.id, winter.bo, winter.hospice)
    same = await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/reset-link")

    assert elsewhere.status_code == same.status_code == 403
    assert "An operator of this server can" in elsewhere.text
    assert await home.count("letter") == 0


async def test_whoever_was_a_guest_before_is_not_reset_by_a_steward(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    dee = await home.person("Dee")
    await dee.post(f"/join/{code.code}", name="Dee", organisation="Northfield Trust")
    await home.seat(winter.id, dee, winter.northfield)

    refused = await winter.ana.post(f"{winter.path}/people/{dee.id}/reset-link")

    assert refused.status_code == 403


async def test_whoever_was_reset_by_a_steward_is_told_at_signing_in_until_they_know(
    home: House, winter: Winter
) -> None:
    linked = await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/reset-link")
    link = re.search(r"/reset/[\w-]+", linked.text)
    assert link
    browser, later = home.stranger(), home.stranger()
    await browser.post(link[0], password="a new long password")
    email = await home.value(f"SELECT email FROM person WHERE id = '{winter.bo.id}'")
    signed_in = await later.post("/sign-in", email=email, password="a new long password", next="/join")
    told = await later.get("/me")
    await later.post("/me/password-set")
    again = await home.stranger().post("/sign-in", email=email, password="a new long password", next="/join")

    assert signed_in.headers["location"] == "/me#password-set"
    assert "by a link that Ana created" in told.text
    assert again.headers["location"] == "/join"
    assert "by a link that Ana created" not in (await later.get("/me")).text
