"""My page: name, address, password, making an account as a guest, my data."""

from datetime import timedelta

from app.db import now
from tests.people.steps import ANA, PASSWORD, enter, is_in, person_row, sign_in, stored
from tests.spaces.house import House, Person, house

NEW = "four words in a row"


async def guest_of(home: House, space_id: str, steward: Person, name: str = "Dee") -> Person:
    """Somebody who came in by a code."""
    code = await home.code(space_id, steward, now() + timedelta(days=1))
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", name=name, organisation="Riverside Pharmacy", brings="A van")
    guest.id = await home.value(f"SELECT id FROM person WHERE name = '{name}'")
    return guest


async def test_a_new_name_shows_where_people_see_it(home: House, ana: Person) -> None:
    space_id = await home.space(ana)

    answer = await ana.post("/me/name", name="  Ana   Brook ")

    assert answer.headers["location"] == "/me?done=name"
    assert "Your name has been changed." in (await ana.get("/me?done=name")).text
    assert "Ana Brook" in (await ana.get(f"/spaces/{space_id}/people")).text


async def test_a_mistake_on_my_page_keeps_what_was_typed(home: House, ana: Person) -> None:
    before = await person_row(home, ana.id)

    nameless = await ana.post("/me/name", name=" ")
    wrong = await ana.post("/me/email", email="ana@elsewhere.example", proof="not my password")

    assert nameless.status_code == wrong.status_code == 422
    assert 'id="f-name-error"' in nameless.text
    assert 'id="f-proof-error"' in wrong.text
    assert 'value="ana@elsewhere.example"' in wrong.text
    assert await person_row(home, ana.id) == before


async def test_a_new_address_needs_the_password_and_a_free_one(home: House, ana: Person) -> None:
    await enter(home, "Bo", "bo@example.org")

    taken = await ana.post("/me/email", email="BO@example.org", proof=PASSWORD)
    free = await ana.post("/me/email", email="brook@example.org", proof=PASSWORD)

    assert taken.status_code == 422
    assert 'id="f-email-error"' in taken.text
    assert free.headers["location"] == "/me?done=email"
    assert await is_in(await sign_in(home, "brook@example.org"))
    assert (await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)).status_code == 422


async def test_a_new_password_ends_every_other_sign_in(home: House, ana: Person) -> None:
    other, old = await sign_in(home), ana.http.cookies["tl_session"]

    answer = await ana.post("/me/password", current=PASSWORD, new=NEW)

    assert answer.headers["location"] == "/me?done=password"
    assert ana.http.cookies["tl_session"] != old
    assert await is_in(ana)
    assert not await is_in(other)
    assert await is_in(await sign_in(home, password=NEW))


async def test_whoever_finds_an_open_laptop_cannot_change_the_password(home: House, ana: Person) -> None:
    before = await person_row(home, ana.id)

    answer = await ana.post("/me/password", current="a guess", new=NEW)

    assert answer.status_code == 422
    assert 'id="f-current-error"' in answer.text
    assert await person_row(home, ana.id) == before


async def test_passwords_on_my_page_cannot_be_guessed_without_end(home: House, ana: Person) -> None:
    for _ in range(10):
        await ana.post("/me/password", current="a guess", new=NEW)

    assert (await ana.post("/me/password", current=PASSWORD, new=NEW)).status_code == 429
    assert await is_in(ana)


async def test_a_guest_makes_an_account_and_stays_the_same_person(home: House, ana: Person) -> None:
    space_id = await home.space(ana)
    dee = await guest_of(home, space_id, ana)
    old = dee.http.cookies["tl_session"]

    offered = await dee.get("/me")
    answer = await dee.post("/me/claim", email="dee@example.org", password=PASSWORD)

    again = await sign_in(home, "dee@example.org")
    assert "Keep what you wrote" in offered.text
    assert answer.headers["location"] == "/me?done=claim"
    assert dee.http.cookies["tl_session"] != old
    assert (await again.get(f"/spaces/{space_id}")).status_code == 200
    assert await home.value("SELECT id FROM person WHERE email = 'dee@example.org'") == dee.id


async def test_where_accounts_are_for_the_invited_no_guest_makes_one(sqlite_url: str) -> None:
    async with house(sqlite_url, ACCOUNTS="invited") as home:
        steward = await home.person("Ana")
        dee = await guest_of(home, await home.space(steward), steward)
        before = await person_row(home, dee.id)

        offered = await dee.get("/me")
        refused = await dee.post("/me/claim", email="dee@example.org", password=NEW)

        assert "Keep what you wrote" not in offered.text
        assert "you need an invitation" in refused.text
        assert refused.status_code == 422
        assert await person_row(home, dee.id) == before


async def test_a_guest_cannot_claim_the_address_of_another(home: House, ana: Person) -> None:
    dee = await guest_of(home, await home.space(ana), ana)

    taken = await dee.post("/me/claim", email=ANA["email"], password=NEW)

    assert taken.status_code == 422
    assert "There is an account with this address already" in taken.text
    assert await is_in(dee)
    assert await is_in(await sign_in(home))


async def test_a_guest_gets_no_half_of_an_account(home: House, ana: Person) -> None:
    dee = await guest_of(home, await home.space(ana), ana)
    before = await person_row(home, dee.id)

    address = await dee.post("/me/email", email="dee@example.org")
    password = await dee.post("/me/password", new=NEW)

    assert address.status_code == password.status_code == 422
    assert "Create an account first" in address.text
    assert await person_row(home, dee.id) == before


async def test_changing_ones_address_does_not_tell_who_else_is_here_without_end(
    home: House, ana: Person
) -> None:
    for place in range(10):
        await ana.post("/me/email", email=f"p{place}@example.org", proof=PASSWORD)

    assert (await ana.post("/me/email", email="bo@example.org", proof=PASSWORD)).status_code == 429


async def test_an_account_cannot_be_claimed_twice(home: House, ana: Person) -> None:
    before = await person_row(home, ana.id)

    answer = await ana.post("/me/claim", email="other@example.org", password=NEW)

    assert answer.status_code == 422
    assert await person_row(home, ana.id) == before


async def test_my_data_holds_what_is_mine_and_nothing_of_others(home: House, ana: Person) -> None:
    space_id = await home.space(ana)
    await guest_of(home, space_id, ana)

    answer = await ana.get("/me/data.json")
    data = answer.json()

    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert data["person"]["name"] == "Ana"
    assert data["person"]["email"] == ANA["email"]
    assert len(data["devices"]) == 1
    assert data["spaces"][0]["role"] == "steward"
    assert data["boards"] == []
    assert "Dee" not in answer.text
    assert "password" not in answer.text


async def test_my_page_is_for_people_who_are_in(home: House) -> None:
    stranger = home.stranger()

    for path in ("/me", "/me/data.json", "/me/erase"):
        answer = await stranger.get(path)
        assert answer.headers["location"] == f"/sign-in?next={path}"


async def test_hostile_names_stay_text(home: House) -> None:
    name = "<img src=x onerror=alert(1)>\"'{{7*7}}"
    one = await enter(home, name, "x@example.org")

    page = (await one.get("/me")).text

    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "{{7*7}}" in page


async def test_changing_the_address_tells_the_old_one_where_mail_is_sent(sqlite_url: str) -> None:
    async with house(sqlite_url, SMTP_URL="smtp://127.0.0.1:9") as home:
        bo = await home.person("Bo")

        await bo.post("/me/email", email="new@example.org")

        told = (await stored(home))["outbox"]
        assert len(told) == 2
        assert any("bo@example.org" in mail and "another address now" in mail for mail in told)
        assert any("/verify/" in mail and "new@example.org" in mail for mail in told)


async def test_the_plain_word_pages_are_open_to_all(home: House) -> None:
    for path in ("/help", "/privacy", "/accessibility"):
        page = await home.stranger().get(path)
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
