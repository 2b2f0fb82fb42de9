"""Links that let people in: a new password, and where mail is sent, signing in and proving an address."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.people import actions
from app.people.passwords import hash_password
from app.people.tables import one_time_link
from tests.people.steps import ANA, PASSWORD, is_in, links, person_row, sign_in, stored
from tests.spaces.house import House, Person, house
from tests.support.counted import counted

NEW = "four words in a row"
SECOND = timedelta(seconds=1)


@pytest.fixture
async def mailing(sqlite_url: str) -> AsyncIterator[House]:
    """A server that sends mail; nobody listens at the address, so all mail stays in the outbox."""
    async with house(sqlite_url, SMTP_URL="smtp://127.0.0.1:9") as running:
        yield running


async def known(home: House, *, proved: bool = False) -> str:
    """An account that was made by other ways than the form."""
    async with home.db.write() as tx:
        person_id = await actions.create_person(tx, "Ana", ANA["email"], await hash_password(PASSWORD))
    if proved:
        await home.set(f"UPDATE person SET verified_at = created_at WHERE id = '{person_id}'")
    return person_id


async def asked(home: House) -> str:
    """The path of a new link to choose a password."""
    answer = await home.stranger().post("/forgot", email=ANA["email"])
    assert answer.status_code == 200
    return (await links(home, ANA["email"]))[0]


async def age_letters(home: House, by: timedelta) -> None:
    async with home.db.write() as tx:
        for row in await tx.execute(select(one_time_link)):
            here = one_time_link.c.token_sha256 == row.token_sha256
            await tx.execute(update(one_time_link).where(here).values(expires_at=row.expires_at - by))


async def age_made(home: House, by: timedelta) -> None:
    async with home.db.write() as tx:
        for row in await tx.execute(select(one_time_link)):
            here = one_time_link.c.token_sha256 == row.token_sha256
            await tx.execute(update(one_time_link).where(here).values(created_at=row.created_at - by))


async def test_a_new_password_by_a_link(home: House, ana: Person) -> None:
    path = await asked(home)
    back = home.stranger()

    form = await back.get(path)
    answer = await back.post(path, password=NEW)

    assert ANA["email"] in form.text
    assert answer.status_code == 303
    assert await is_in(back)
    assert not await is_in(ana)
    assert await is_in(await sign_in(home, password=NEW))
    assert (await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)).status_code == 422


async def test_a_link_works_once_even_for_two_at_the_same_time(home: House, ana: Person) -> None:
    path = await asked(home)
    two = [home.stranger(), home.stranger()]
    for one in two:
        await one.get(path)

    answers = await asyncio.gather(*(one.post(path, password=NEW) for one in two))
    again = await home.stranger().post(path, password="and once more")

    assert sorted(answer.status_code for answer in answers) == [303, 404]
    assert again.status_code == 404


async def test_opening_a_link_uses_nothing_up(home: House, ana: Person) -> None:
    path = await asked(home)
    before = await stored(home)

    for _ in range(3):
        assert (await home.stranger().get(path)).status_code == 200

    assert await stored(home) == before


async def test_a_link_works_until_its_last_second(home: House, ana: Person) -> None:
    path = await asked(home)
    await age_letters(home, timedelta(hours=24) - 5 * SECOND)
    in_time = await home.stranger().get(path)
    await age_letters(home, 6 * SECOND)
    late = [await home.stranger().get(path), await home.stranger().post(path, password=NEW)]

    assert in_time.status_code == 200
    assert [answer.status_code for answer in late] == [404, 404]


async def test_a_stranger_who_asks_for_a_link_does_not_end_the_one_of_the_last_hour(
    home: House, ana: Person
) -> None:
    old, new = await asked(home), await asked(home)

    assert (await home.stranger().get(old)).status_code == 200
    assert (await home.stranger().post(old, password=NEW)).status_code == 303
    assert (await home.stranger().get(new)).status_code == 404


async def test_a_newer_link_replaces_one_that_is_older_than_an_hour(home: House, ana: Person) -> None:
    old = await asked(home)
    await age_made(home, timedelta(hours=1))
    new = await asked(home)

    assert (await home.stranger().get(old)).status_code == 404
    assert (await home.stranger().get(new)).status_code == 200


async def test_to_one_address_go_three_mails_an_hour_whoever_asks(mailing: House) -> None:
    await known(mailing, proved=True)
    pages = [
        await mailing.stranger(f"198.51.100.{place}").post("/forgot", email=ANA["email"])
        for place in range(20)
    ]

    assert {answer.status_code for answer in pages} == {200}
    assert len({without_token(answer.text) for answer in pages}) == 1
    assert await mailing.count("outbox") == 3


async def test_by_link_a_known_and_an_unknown_address_take_the_same_queries(mailing: House) -> None:
    await known(mailing, proved=True)

    for path in ("/forgot", "/sign-in/by-mail"):
        sent = []
        for email in (ANA["email"], "nobody@example.org"):
            stranger = mailing.stranger()
            await stranger.get("/forgot")
            with counted() as statements:
                await stranger.post(path, email=email)
            sent.append(list(statements))

        assert len(sent[0]) > 5
        assert sent[0] == sent[1]
    assert await mailing.count("outbox") == 2


async def test_a_changed_password_ends_the_links_there_were(home: House, ana: Person) -> None:
    path = await asked(home)
    changed = await ana.post("/me/password", current=PASSWORD, new=NEW)

    assert changed.status_code == 303
    assert (await home.stranger().get(path)).status_code == 404


async def test_a_new_password_by_a_link_ends_the_links_to_sign_in_too(mailing: House) -> None:
    await known(mailing, proved=True)
    await mailing.stranger().post("/sign-in/by-mail", email=ANA["email"])
    into = (await links(mailing, ANA["email"]))[0]
    await mailing.stranger().post(await asked(mailing), password=NEW)

    assert into.startswith("/sign-in/link/")
    assert (await mailing.stranger().post(into)).status_code == 404


async def test_spent_old_and_made_up_links_are_answered_alike(home: House, ana: Person) -> None:
    spent = await asked(home)
    await home.stranger().post(spent, password=NEW)

    pages = [await home.stranger().get(path) for path in (spent, "/reset/made-up", "/reset/" + "a" * 43)]

    assert {page.status_code for page in pages} == {404}
    assert len({without_token(page.text) for page in pages}) == 1


async def test_a_link_for_one_thing_opens_no_other(home: House, ana: Person) -> None:
    token = (await asked(home)).rsplit("/", 1)[1]

    for path in (f"/sign-in/link/{token}", f"/verify/{token}"):
        assert (await home.stranger().post(path, password=PASSWORD)).status_code == 404


async def test_a_weak_new_password_keeps_the_link(home: House, ana: Person) -> None:
    path = await asked(home)

    weak = await home.stranger().post(path, password="short")

    assert weak.status_code == 422
    assert 'id="f-password-error"' in weak.text
    assert (await home.stranger().get(path)).status_code == 200


async def test_nobody_learns_whether_there_is_an_account(home: House, ana: Person) -> None:
    there = await home.stranger().post("/forgot", email=ANA["email"])
    not_there = await home.stranger().post("/forgot", email="nobody@example.org")

    assert there.status_code == not_there.status_code == 200
    assert without_token(there.text) == without_token(not_there.text)
    assert await home.count("outbox") == 1


async def test_links_are_not_kept_readable(home: House, ana: Person) -> None:
    token = (await asked(home)).rsplit("/", 1)[1]

    rows = await stored(home)

    assert not any(token in row for row in rows["letter"])
    assert not any(ana.http.cookies["tl_session"] in row for row in rows["login"])


async def test_the_outbox_is_seen_on_this_machine_alone(home: House, ana: Person) -> None:
    path = await asked(home)
    elsewhere = home.stranger()
    elsewhere.http.headers["Host"] = "boards.example"

    here, hidden = await home.stranger().get("/outbox"), await elsewhere.get("/outbox")

    assert path in here.text
    assert hidden.status_code == 404


async def test_a_public_server_without_mail_makes_no_links(sqlite_url: str) -> None:
    async with house(sqlite_url, BASE_URL="https://boards.example", SECRET="s" * 40) as home:
        form = await home.stranger().get("/forgot")
        outbox = await home.stranger().get("/outbox")

    assert "A steward of your organisation" in form.text
    assert outbox.status_code == 404


# -- where mail is sent ------------------------------------------------------------------------------


async def test_a_new_account_waits_until_its_address_is_proved(mailing: House) -> None:
    newcomer = mailing.stranger()
    made = await newcomer.post("/sign-up", **ANA, password=PASSWORD)
    early = await newcomer.post("/sign-in", email=ANA["email"], password=PASSWORD)
    path = (await links(mailing, ANA["email"]))[0]

    assert made.status_code == early.status_code == 200
    assert "Check your email" in made.text
    assert not await is_in(newcomer)

    wrong = await newcomer.post(path, password="not this one")
    right = await newcomer.post(path, password=PASSWORD)

    assert wrong.status_code == 422
    assert right.status_code == 303
    assert await is_in(newcomer)
    assert await is_in(await sign_in(mailing))


async def test_nobody_confirms_an_account_that_another_made_with_their_address(mailing: House) -> None:
    attacker, owner = mailing.stranger(), mailing.stranger()
    await attacker.post("/sign-up", name="Ana", email=ANA["email"], password="the attacker's own")
    path = (await links(mailing, ANA["email"]))[0]

    await owner.post(path, password=PASSWORD)
    await mailing.stranger().post("/forgot", email=ANA["email"])
    reset = next(p for p in await links(mailing, ANA["email"]) if p.startswith("/reset/"))
    await owner.post(reset, password=NEW)
    tried = await attacker.post("/sign-in", email=ANA["email"], password="the attacker's own")

    assert await is_in(owner)
    assert tried.status_code == 422
    assert not await is_in(attacker)


async def test_a_taken_address_is_told_to_its_owner_alone(mailing: House) -> None:
    await known(mailing, proved=True)

    taken = await mailing.stranger().post("/sign-up", name="Eve", email=ANA["email"], password=NEW)
    free = await mailing.stranger().post("/sign-up", name="Eve", email="eve@example.org", password=NEW)

    assert taken.status_code == free.status_code == 200
    assert without_token(taken.text) == without_token(free.text)
    assert await links(mailing, ANA["email"]) == ["/sign-in", "/forgot"]
    assert await is_in(await sign_in(mailing))


async def test_signing_in_by_an_emailed_link(mailing: House) -> None:
    await known(mailing, proved=True)
    ana = mailing.stranger()
    there = await ana.post("/sign-in/by-mail", email=ANA["email"])
    not_there = await ana.post("/sign-in/by-mail", email="nobody@example.org")
    path = (await links(mailing, ANA["email"]))[0]

    shown = await ana.get(path)
    still_out = await is_in(ana)
    entered = await ana.post(path)
    again = await mailing.stranger().post(path)

    assert without_token(there.text) == without_token(not_there.text)
    assert "Sign in here" in shown.text
    assert not still_out
    assert entered.status_code == 303
    assert await is_in(ana)
    assert again.status_code == 404
    assert await is_in(await sign_in(mailing))


async def test_the_first_proof_of_an_address_ends_what_others_may_have_set_up(mailing: House) -> None:
    person_id = await known(mailing)
    async with mailing.db.write() as tx:
        token = await actions.start_session(tx, person_id, "before")
    squatter = mailing.stranger()
    squatter.http.cookies.set("tl_session", token)
    owner = mailing.stranger()
    await owner.post("/sign-in/by-mail", email=ANA["email"])

    await owner.post((await links(mailing, ANA["email"]))[0])

    row = await person_row(mailing, person_id)
    assert await is_in(owner)
    assert not await is_in(squatter)
    assert row.password_hash is None
    assert row.verified_at is not None
    assert "This account has no password now" in (await owner.get("/me")).text


def without_token(text: str) -> str:
    """A page but for the form token, which differs from browser to browser."""
    return re.sub(r"[0-9a-f]{128}", "", text)
