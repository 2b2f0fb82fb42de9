"""What a guest types as organisation is said; only people of that organisation can confirm it."""

from datetime import timedelta

import pytest

from app.db import now
from app.spaces import seats
from app.spaces.members import actions as members
from app.spaces.space import Participant
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

DAY = timedelta(days=1)
Guests = dict[str, Person]


@pytest.fixture
async def guests(home: House, winter: Winter) -> Guests:
    """Dee and Eve type Vale Hospice, Gil an organisation that is not here."""
    code = await home.code(winter.id, winter.ana, now() + DAY)
    made = {}
    for name, typed in (("Dee", "Vale Hospice"), ("Eve", "vale  hospice"), ("Gil", "Riverside Pharmacy")):
        made[name] = home.stranger()
        await made[name].post(f"/join/{code.code}", name=name, organisation=typed)
        made[name].id = await home.value(f"SELECT id FROM person WHERE name = '{name}'")
    return made


async def known(home: House, winter: Winter) -> dict[str, Participant]:
    async with home.db.read() as tx:
        return {one.name: one for one in await seats.people_of(tx, winter.id)}


async def voters(home: House, winter: Winter) -> dict[str, str]:
    return await home.db.run_write(lambda tx: seats.voters_in(tx, winter.id))


async def test_typing_the_name_of_an_owner_gives_neither_its_colour_nor_its_name(
    home: House, winter: Winter, guests: Guests
) -> None:
    people = await known(home, winter)

    assert people["Dee"].label == "Guest, says: Vale Hospice"
    assert people["Dee"].organisation is None
    assert people["Dee"].colour not in {people["Cleo"].colour, people["Ana"].colour}


async def test_a_guest_who_joins_again_is_confirmed_by_nobody_until_somebody_does(
    home: House, winter: Winter, guests: Guests
) -> None:
    dee, code = guests["Dee"], await home.code(winter.id, winter.ana, now() + DAY)
    path = f"{winter.path}/people/{dee.id}/confirm"
    assert (await winter.cleo.post(path)).status_code == 303
    assert (await dee.post(f"{winter.path}/leave")).status_code == 303

    again = await dee.post(f"/join/{code.code}", name="Dee", organisation="Northfield Trust")

    assert again.status_code == 303
    dee_now = (await known(home, winter))["Dee"]
    assert (dee_now.label, dee_now.former) == ("Guest, says: Northfield Trust", False)
    assert dee_now.id == dee.id
    assert (await voters(home, winter))[dee.id] == ""


async def test_who_is_of_the_organisation_confirms_a_guest_and_is_named(
    home: House, winter: Winter, guests: Guests
) -> None:
    path = f"{winter.path}/people/{guests['Dee'].id}/confirm"
    foreign = await winter.ana.post(path)
    confirmed = await winter.cleo.post(path)
    people = await known(home, winter)

    assert foreign.status_code == 403
    assert "Only people of the organisation that a guest named" in foreign.text
    assert confirmed.status_code == 303
    assert people["Dee"].label == "Guest of Vale Hospice, confirmed by Cleo"
    assert people["Eve"].label == "Guest, says: vale hospice"
    assert "Guest of Vale Hospice, confirmed by Cleo" in (await winter.bo.get(f"{winter.path}/people")).text


async def test_a_confirmation_is_a_label_and_no_right(home: House, winter: Winter, guests: Guests) -> None:
    dee = guests["Dee"]
    await winter.cleo.post(f"{winter.path}/people/{dee.id}/confirm")
    people = await known(home, winter)

    assert people["Dee"].organisation is None
    assert people["Dee"].colour not in {people["Cleo"].colour, people["Ana"].colour}
    assert (await dee.post(f"{winter.path}/people/{guests['Eve'].id}/confirm")).status_code == 403
    assert await home.value(f"SELECT count(*) FROM member WHERE organisation_id = '{winter.hospice}'") == 1


async def test_all_ours_are_confirmed_in_one_tap_and_nobody_elses(
    home: House, winter: Winter, guests: Guests
) -> None:
    offered = await winter.cleo.get(f"{winter.path}/people")
    elsewhere = await winter.bo.get(f"{winter.path}/people")
    told = await winter.cleo.get(winter.path)
    await winter.cleo.post(f"{winter.path}/people/confirm-ours")
    labels = {name: one.label for name, one in (await known(home, winter)).items()}

    assert "Confirm all 2 of ours" in offered.text
    assert "/confirm" not in elsewhere.text
    assert "2 guests say they come from Vale Hospice" in told.text
    assert labels["Dee"] == labels["Eve"] == "Guest of Vale Hospice, confirmed by Cleo"
    assert labels["Gil"] == "Guest, says: Riverside Pharmacy"
    assert "guests say" not in (await winter.cleo.get(winter.path)).text


async def test_minutes_and_equal_voice_count_the_confirmed_for_their_organisation(
    home: House, winter: Winter, guests: Guests
) -> None:
    await winter.cleo.post(f"{winter.path}/people/{guests['Dee'].id}/confirm")
    counted = await voters(home, winter)

    assert counted[guests["Dee"].id] == "Vale Hospice"
    assert counted[guests["Eve"].id] == counted[guests["Gil"].id] == ""


async def test_the_organisation_alone_takes_its_confirmation_back(
    home: House, winter: Winter, guests: Guests
) -> None:
    person = f"{winter.path}/people/{guests['Dee'].id}"
    await winter.cleo.post(f"{person}/confirm")
    foreign = await winter.ana.post(f"{person}/withdraw-confirmation")
    still = (await known(home, winter))["Dee"].label
    await winter.cleo.post(f"{person}/withdraw-confirmation")

    assert foreign.status_code == 403
    assert still == "Guest of Vale Hospice, confirmed by Cleo"
    assert (await known(home, winter))["Dee"].label == "Guest, says: Vale Hospice"


async def test_members_and_those_who_are_not_here_cannot_be_confirmed(
    home: House, winter: Winter, guests: Guests
) -> None:
    member = await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/confirm")
    unnamed = await winter.cleo.post(f"{winter.path}/people/{guests['Gil'].id}/confirm")

    assert member.status_code == 404
    assert unnamed.status_code == 403


async def test_of_a_guest_who_was_erased_nothing_they_said_is_shown(
    home: House, winter: Winter, guests: Guests
) -> None:
    async with home.db.write() as tx:
        await members.on_erase(tx, guests["Gil"].id)
    people = await known(home, winter)

    assert people["Former guest"].full_name == "Former guest"


async def test_a_guest_who_types_the_name_of_a_member_is_shown_apart(
    home: House, winter: Winter, guests: Guests
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await home.stranger().post(f"/join/{code.code}", name="\u0410na", organisation="Northfield Trust")
    people = await known(home, winter)

    assert people["Ana"].label == "Northfield Trust"
    assert people["\u0410na (2)"].label == "Guest, says: Northfield Trust"
