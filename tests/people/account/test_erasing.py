"""Erasing somebody: the person goes, the shared record stays, nobody else is harmed."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access import Role
from app.db import new_id, now
from tests.people.steps import ANA, PASSWORD, enter, is_in, links, person_row, stored
from tests.spaces.house import House, Person

SURE = {"password": PASSWORD, "sure": "yes"}
SHARED, SECRET = "Hand over before noon", "Only I may read this"


@pytest.fixture
async def bo(home: House) -> Person:
    return await enter(home, "Bo", "bo@example.org")


@pytest.fixture
async def space_id(home: House, ana: Person, bo: Person) -> str:
    """A space where Bo is steward of the organisation that Ana is a member of."""
    made = await home.space(bo)
    organisation = str(await home.value("SELECT id FROM organisation"))
    await home.seat(made, ana, organisation, Role.MEMBER)
    return made


async def board_of(ana: Person, space_id: str) -> str:
    """A board with a card of Ana's that all can see, and a draft of hers with a comment on it."""
    made = new_id()
    await ana.post(f"/spaces/{space_id}/boards", title="Leaving well", template="blank", id=made)
    draft = new_id()
    for fields in (
        {"do": "add_card", "id": new_id(), "kind": "note", "text": SHARED},
        {"do": "add_card", "id": draft, "kind": "note", "text": "Not yet right", "draft": "true"},
        {"do": "edit_card", "id": draft, "text": SECRET},
        {"do": "add_comment", "id": new_id(), "card": draft, "text": f"{SECRET}, said again"},
    ):
        answer = await ana.post(f"/boards/{made}/ops", **fields)
        assert answer.status_code == 303, answer.text
    await ana.post(f"/boards/{made}/ops", undo_of="3")  # which remembers what it took back
    return made


async def everywhere(home: House, words: str) -> list[str]:
    """The tables in which these words stand."""
    found = []
    async with home.db.read() as tx:
        for table in ("person", "login", "letter", "outbox", "member", "item", "deed", "refusal"):
            rows = (await tx.execute(text(f"SELECT * FROM {table}"))).all()
            if any(words in repr(row) for row in rows):
                found.append(table)
    return found


async def test_it_takes_two_steps_and_the_password(home: House, ana: Person) -> None:
    before = await stored(home)

    asked = await ana.get("/me/erase")
    unsure = await ana.post("/me/erase", password=PASSWORD)
    refused = await ana.post("/me/erase", password="a guess", sure="yes")

    assert "This cannot be undone" in asked.text
    assert unsure.status_code == refused.status_code == 422
    assert 'id="f-sure-error"' in unsure.text
    assert 'id="f-password-error"' in refused.text
    assert {**await stored(home), "attempt": []} == {**before, "attempt": []}


async def test_nothing_of_the_person_is_left(home: House, ana: Person) -> None:
    other = home.stranger()
    await other.post("/sign-in", email=ANA["email"], password=PASSWORD)
    await home.stranger().post("/forgot", email=ANA["email"])
    path = (await links(home, ANA["email"]))[0]

    answer = await ana.post("/me/erase", **SURE)

    row = await person_row(home, ana.id)
    assert "You are erased" in answer.text
    assert "My page" not in answer.text
    assert (row.name, row.email, row.password_hash) == ("Former participant", None, None)
    assert row.erased_at is not None
    assert not await is_in(ana)
    assert not await is_in(other)
    assert (await home.stranger().get(path)).status_code == 404
    assert await everywhere(home, ANA["email"]) == []
    assert (await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)).status_code == 422


async def test_the_address_is_free_again(home: House, ana: Person) -> None:
    await ana.post("/me/erase", **SURE)

    again = await enter(home, "Ana", ANA["email"])

    assert again.id != ana.id


async def test_others_keep_what_was_shared_under_the_name_of_the_organisation(
    home: House, ana: Person, bo: Person, space_id: str
) -> None:
    board = await board_of(ana, space_id)

    await ana.post("/me/erase", **SURE)
    outline = await bo.get(f"/boards/{board}/outline")
    people = (await bo.get(f"/boards/{board}/people")).json()

    assert SHARED in outline.text
    assert "Former participant of Northfield Trust" in [one["name"] for one in people]
    assert "Ana" not in [one["name"] for one in people]


async def test_drafts_go_out_of_the_board_and_its_log(
    home: House, ana: Person, bo: Person, space_id: str
) -> None:
    board = await board_of(ana, space_id)
    assert await everywhere(home, SECRET) == ["item", "deed"]

    await ana.post("/me/erase", **SURE)

    assert await everywhere(home, SECRET) == []
    assert await everywhere(home, "Not yet right") == []
    assert await everywhere(home, SHARED) == ["item", "deed"]
    assert (await bo.get(f"/boards/{board}/outline")).status_code == 200


async def test_the_board_goes_on_after_somebody_was_erased(
    home: House, ana: Person, bo: Person, space_id: str
) -> None:
    board = await board_of(ana, space_id)
    await bo.get(f"/boards/{board}/outline")
    await ana.post("/me/erase", **SURE)

    card = {"do": "add_card", "id": new_id(), "kind": "note", "text": "And then?"}
    answer = await bo.post(f"/boards/{board}/ops", **card)

    assert answer.status_code == 303
    assert "And then?" in (await bo.get(f"/boards/{board}/outline")).text
    assert await everywhere(home, SECRET) == []


async def test_a_last_steward_first_names_another(
    home: House, ana: Person, bo: Person, space_id: str
) -> None:
    before = await stored(home)

    refused = await bo.post("/me/erase", **SURE)

    assert refused.status_code == 422
    assert "steward" in refused.text
    assert {**await stored(home), "attempt": []} == {**before, "attempt": []}
    assert await is_in(bo)


async def test_a_guest_has_no_password_to_give(home: House, bo: Person) -> None:
    made = await home.space(bo)
    code = await home.code(made, bo, now() + timedelta(days=1))
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", name="Dee", organisation="Riverside", brings="A van")

    answer = await guest.post("/me/erase", sure="yes")

    assert answer.status_code == 200
    assert await everywhere(home, "Dee") == []
    assert await everywhere(home, "A van") == []


async def test_my_data_holds_my_own_words_even_where_i_may_no_longer_look(
    home: House, ana: Person, bo: Person, space_id: str
) -> None:
    board = await board_of(ana, space_id)
    theirs = {"do": "add_card", "id": new_id(), "kind": "note", "text": "A word of Bo's"}
    await bo.post(f"/boards/{board}/ops", **theirs)

    inside = await ana.get("/me/data.json")
    await bo.post(f"/spaces/{space_id}/people/{ana.id}/remove")
    await bo.post(f"/boards/{board}/rename", title="A title she must not learn")
    outside = await ana.get("/me/data.json")

    assert inside.json()["boards"][0]["title"] == "Leaving well"
    assert SHARED in inside.text
    assert SECRET in inside.text
    assert "A word of Bo" not in inside.text
    assert SHARED in outside.text
    assert outside.json()["boards"][0]["title"] == "A board in a space that you no longer belong to"
    assert "must not learn" not in outside.text
