"""Signing up, in and out."""

from typing import Any

import httpx
import pytest

from app.db import new_id
from app.people import actions, attempts, known_devices
from app.people.passwords import hash_password
from tests.people.steps import ANA, PASSWORD, enter, is_in, sign_in, stored
from tests.spaces.house import House, Person, house
from tests.support.counted import counted


async def test_a_new_account_is_signed_in_at_once(home: House) -> None:
    ana = await enter(home, **ANA)

    front = await ana.get("/")

    assert "Your spaces" in front.text
    assert await is_in(ana)


async def test_signing_in_goes_on_to_where_one_wanted_to_be(home: House, ana: Person) -> None:
    asked = await home.stranger().get("/spaces/new")
    answer = await home.stranger().post(
        "/sign-in", email=" Ana@Example.org ", password=PASSWORD, next="/spaces/new"
    )

    assert asked.headers["location"] == "/sign-in?next=/spaces/new"
    assert answer.status_code == 303
    assert answer.headers["location"] == "/spaces/new"


async def test_a_wrong_password_of_a_known_and_of_an_unknown_address_take_the_same_queries(
    home: House, ana: Person
) -> None:
    sent = []
    for email in (ANA["email"], "nobody@example.org"):
        stranger = home.stranger()
        await stranger.get("/sign-in")
        with counted() as statements:
            await stranger.post("/sign-in", email=email, password="a guess")
        sent.append(list(statements))

    assert len(sent[0]) > 3
    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/\n/x"],
)
async def test_nobody_is_sent_to_another_site(home: House, ana: Person, target: str) -> None:
    form = await home.stranger().http.get("/sign-in", params={"next": target})
    answer = await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD, next=target)

    assert 'name="next" value="/"' in form.text
    assert answer.headers["location"] == "/"


async def test_the_cookie_is_for_the_server_alone(home: House, ana: Person) -> None:
    answer = await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)

    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("tl_session"))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_over_https_the_cookie_is_bound_to_the_host(sqlite_url: str) -> None:
    async with house(sqlite_url, BASE_URL="https://boards.example", SECRET="s" * 40) as home:
        async with home.db.write() as tx:
            await actions.create_person(tx, "Ana", ANA["email"], await hash_password(PASSWORD))
        ana = home.stranger()
        ana.http.base_url = httpx.URL("https://boards.example")
        ana.http.headers["Origin"] = "https://boards.example"
        await ana.get("/sign-in")
        token = ana.http.cookies["__Host-tl_csrf"]
        fields = {"_csrf_token": token, "email": ANA["email"], "password": PASSWORD}
        answer = await ana.http.post("/sign-in", data=fields)

    cookie = next(c for c in answer.headers.get_list("set-cookie") if "tl_session" in c)
    assert cookie.startswith("__Host-tl_session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


async def test_a_session_that_the_browser_chose_never_becomes_real(home: House, ana: Person) -> None:
    planted = home.stranger()
    planted.http.cookies.set("tl_session", "chosen-by-an-attacker", domain="127.0.0.1")

    answer = await planted.post("/sign-in", email=ANA["email"], password=PASSWORD)

    attacker = home.stranger()
    attacker.http.cookies.set("tl_session", "chosen-by-an-attacker")
    assert answer.cookies["tl_session"] != "chosen-by-an-attacker"
    assert not await is_in(attacker)


async def test_signing_in_again_ends_the_sign_in_of_this_browser(home: House, ana: Person) -> None:
    old = ana.http.cookies["tl_session"]

    await ana.post("/sign-in", email=ANA["email"], password=PASSWORD)

    former = home.stranger()
    former.http.cookies.set("tl_session", old)
    assert await is_in(ana)
    assert not await is_in(former)
    assert await home.count("login") == 1


async def test_unknown_addresses_and_wrong_passwords_get_the_same_page(home: House, ana: Person) -> None:
    stranger = home.stranger()
    wrong = await stranger.post("/sign-in", email="ana@example.org", password="not the password")
    unknown = await stranger.post("/sign-in", email="bob@example.org", password="not the password")
    guest_like = await stranger.post("/sign-in", email="", password="")

    assert wrong.status_code == unknown.status_code == guest_like.status_code == 422
    assert wrong.text.replace("ana@", "bob@") == unknown.text
    assert "is not right" in unknown.text
    assert "not the password" not in unknown.text
    assert dict(wrong.headers) | {"content-length": ""} == dict(unknown.headers) | {"content-length": ""}


async def test_after_ten_wrong_passwords_even_the_right_one_waits(home: House, ana: Person) -> None:
    guesser = home.stranger("198.51.100.7")
    for _ in range(attempts.PER_ACCOUNT):
        assert (await guesser.post("/sign-in", email=ANA["email"], password="a guess")).status_code == 422
    known = await guesser.post("/sign-in", email=ANA["email"], password=PASSWORD)
    for _ in range(attempts.PER_ACCOUNT):
        await guesser.post("/sign-in", email="nobody@example.org", password="a guess")
    unknown = await guesser.post("/sign-in", email="nobody@example.org", password="a guess")

    assert known.status_code == unknown.status_code == 429
    assert known.text.replace(ANA["email"], "nobody@example.org") == unknown.text


async def test_guessing_at_one_account_does_not_shut_out_others(home: House, ana: Person) -> None:
    bo = await enter(home, "Bo", "bo@example.org")
    await bo.post("/sign-out")
    guesser = home.stranger("198.51.100.7")
    for _ in range(attempts.PER_ACCOUNT + 1):
        await guesser.post("/sign-in", email=ANA["email"], password="a guess")

    assert await is_in(await sign_in(home, "bo@example.org"))


async def test_right_passwords_are_not_counted_as_guesses(
    home: House, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", 12)
    before = await stored(home)
    for _ in range(attempts.PER_ADDRESS + 2):
        await sign_in(home)

    assert (await stored(home))["attempt"] == before["attempt"]


async def test_strangers_who_guess_do_not_shut_out_the_device_of_the_owner(home: House, ana: Person) -> None:
    await ana.post("/sign-out")
    guesser = home.stranger("198.51.100.7")
    for _ in range(attempts.PER_ACCOUNT + 1):
        await guesser.post("/sign-in", email=ANA["email"], password="a guess")
    elsewhere = await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)
    here = await ana.post("/sign-in", email=ANA["email"], password=PASSWORD)

    assert elsewhere.status_code == 429
    assert here.status_code == 303


async def test_a_known_device_has_ten_guesses_too_and_is_known_for_its_own_account_alone(
    home: House, ana: Person
) -> None:
    bo = await enter(home, "Bo", "bo@example.org")
    cookie = next(c for c in bo.http.cookies.jar if c.name.startswith(known_devices.PREFIX))
    ana_cookie = next(c.name for c in ana.http.cookies.jar if c.name.startswith(known_devices.PREFIX))
    for one in (ana, bo):
        await one.post("/sign-out")
    bo.http.cookies.set(ana_cookie, cookie.value or "", domain="127.0.0.1")
    for _ in range(attempts.PER_ACCOUNT):
        await bo.post("/sign-in", email=ANA["email"], password="a guess")
    moved = await home.stranger().post("/sign-in", email=ANA["email"], password=PASSWORD)
    for _ in range(attempts.PER_DEVICE):
        assert (await ana.post("/sign-in", email=ANA["email"], password="a guess")).status_code == 422

    assert moved.status_code == 429
    assert (await ana.post("/sign-in", email=ANA["email"], password=PASSWORD)).status_code == 429


async def test_from_one_network_some_hundred_accounts_can_be_tried_and_no_more(home: House) -> None:
    for place in range(attempts.PER_ADDRESS):
        made = await attempts.attempt(home.db, home.config, "sign in", "198.51.100.7", f"p{place}")
        assert made is not None
    guesser = home.stranger("198.51.100.7")

    refused = await guesser.post("/sign-in", email="p999@example.org", password="a guess")
    elsewhere = await home.stranger("203.0.113.9").post("/sign-in", email="p999@example.org", password="x")

    assert refused.status_code == 429
    assert elsewhere.status_code == 422


async def test_where_people_tried_from_cannot_be_read_from_the_database(home: House) -> None:
    await home.stranger("198.51.100.7").post("/sign-in", email=ANA["email"], password="a guess")

    marks = (await stored(home))["attempt"]
    assert len(marks) == 2
    assert not any("198.51" in mark or "ana" in mark for mark in marks)


async def test_an_address_has_one_account_however_it_is_written(home: House, ana: Person) -> None:
    again = await home.stranger().post("/sign-up", name="Not Ana", email="ANA@example.org", password=PASSWORD)

    assert again.status_code == 422
    assert "Not Ana" in again.text
    assert 'id="f-email-error"' in again.text
    assert PASSWORD not in again.text
    assert await home.count("person") == 1


async def test_what_is_wrong_with_a_new_account_is_said_beside_each_field(home: House) -> None:
    answer = await home.stranger().post("/sign-up", name=" ", email="no address", password="short")

    assert answer.status_code == 422
    for field in ("name", "email", "password"):
        assert f'id="f-{field}-error"' in answer.text
        assert f'href="#f-{field}"' in answer.text
    assert "no address" in answer.text
    assert await home.count("person") == 0


async def test_where_accounts_are_for_the_invited_nobody_makes_one(sqlite_url: str) -> None:
    async with house(sqlite_url, ACCOUNTS="invited") as home:
        form = await home.stranger().get("/sign-up")
        refused = await home.stranger().post("/sign-up", **ANA, password=PASSWORD)

        assert "you need an invitation" in form.text
        assert refused.status_code == 403
        assert await home.count("person") == 0


async def test_signing_out_is_for_good(home: House, ana: Person) -> None:
    token = ana.http.cookies["tl_session"]

    answer = await ana.post("/sign-out")

    former = home.stranger()
    former.http.cookies.set("tl_session", token)
    assert answer.headers["location"] == "/"
    assert "tl_session" not in ana.http.cookies
    assert not await is_in(former)


async def test_whoever_is_signed_out_can_sign_out(home: House) -> None:
    assert (await home.stranger().post("/sign-out")).status_code == 303


async def test_the_demo_people_are_one_click_away_on_this_machine_alone(home: House) -> None:
    async with home.db.write() as tx:
        demo = await actions.create_person(tx, "Demo Dora", "dora@example.org", demo=True)
        real = await actions.create_person(tx, "Real Rea", "rea@example.org")
    here, elsewhere = home.stranger(), home.stranger()
    elsewhere.http.headers["Host"] = "boards.example"

    shown, hidden = await here.get("/sign-in"), await elsewhere.get("/sign-in")
    entered = await here.post("/sign-in", demo=demo)
    refused = [await elsewhere.post("/sign-in", demo=demo), await home.stranger().post("/sign-in", demo=real)]

    assert "Demo Dora" in shown.text
    assert "Real Rea" not in shown.text
    assert "Demo Dora" not in hidden.text
    assert entered.status_code == 303
    assert await is_in(here)
    assert [answer.status_code for answer in refused] == [403, 403]


async def test_a_public_server_offers_no_demo_whatever_the_host_header_says(sqlite_url: str) -> None:
    async with house(sqlite_url, BASE_URL="https://boards.example", SECRET="s" * 40) as home:
        async with home.db.write() as tx:
            await actions.create_person(tx, "Demo Dora", "dora@example.org", demo=True)

        page = await home.stranger().get("/sign-in", Host="127.0.0.1:8000")

    assert "Demo Dora" not in page.text


async def test_a_server_that_listens_to_others_shows_them_neither_demo_nor_mail(sqlite_url: str) -> None:
    async with house(sqlite_url, HOST="0.0.0.0", SECRET="s" * 40) as home:  # noqa: S104 - as people set it
        async with home.db.write() as tx:
            demo = await actions.create_person(tx, "Demo Dora", "dora@example.org", demo=True)
        neighbour = home.stranger("192.168.1.7")

        mail = await neighbour.get("/outbox", Host="127.0.0.1:8000")
        entered = await neighbour.post("/sign-in", demo=demo)

    assert mail.status_code == 404
    assert entered.status_code == 403


PROXIED = [
    {"Forwarded": "for=198.51.100.7"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Proto": "http"},
    {"X-Forwarded-Host": "127.0.0.1:8000"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 a-proxy"},
]


@pytest.mark.parametrize("headers", PROXIED, ids=lambda each: next(iter(each)))
async def test_whoever_comes_by_a_proxy_sees_neither_demo_nor_mail(
    home: House, headers: dict[str, str]
) -> None:
    await offers_nothing(home, home.stranger(), headers)


async def test_whoever_comes_from_another_address_or_by_http_1_0_sees_neither_demo_nor_mail(
    home: House,
) -> None:
    old = home.stranger()
    old.http = httpx.AsyncClient(
        transport=HttpOneZero(home.app), base_url=old.http.base_url, headers=old.http.headers
    )

    await offers_nothing(home, home.stranger("192.168.1.7"), {})
    await offers_nothing(home, old, {})


class HttpOneZero(httpx.ASGITransport):
    """A proxy that is set up as nginx is by itself: it adds no header, and speaks HTTP/1.0."""

    def __init__(self, app: Any) -> None:
        async def older(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "http_version": "1.0"}, receive, send)

        super().__init__(app=older)


async def offers_nothing(home: House, person: Person, headers: dict[str, str]) -> None:
    async with home.db.write() as tx:
        demo = await actions.create_person(tx, "Demo Dora", f"{new_id()}@example.org", demo=True)
    person.http.headers.update(headers)

    page, mail = await person.get("/sign-in"), await person.get("/outbox")
    entered = await person.post("/sign-in", demo=demo)

    assert "Demo Dora" not in page.text
    assert (page.status_code, mail.status_code, entered.status_code) == (200, 404, 403)
