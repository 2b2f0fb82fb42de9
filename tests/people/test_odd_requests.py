"""Requests that no browser of ours makes get an answer, not a fault."""

from typing import Any

import httpx
import pytest

from tests.people.steps import ANA, PASSWORD, is_in
from tests.spaces.house import House, Person

NUL = "\0"


@pytest.mark.parametrize(
    "path",
    [
        "/reset/%00",
        "/sign-in/link/%00",
        "/sign-in?next=%00",
        "/spaces/%00",
        "/boards/%00/outline",
        "/join?code=%00",
        "/invitations/%00",
    ],
)
async def test_a_zero_in_an_address_is_not_here(home: House, ana: Person, path: str) -> None:
    assert (await ana.get(path)).status_code == 404


@pytest.mark.parametrize("field", ["name", "email", "password"])
async def test_a_zero_in_a_field_is_left_out(home: House, field: str) -> None:
    fields = {**ANA, "password": PASSWORD}
    one = home.stranger()

    made = await one.post("/sign-up", **{**fields, field: fields[field] + NUL})
    entered = await home.stranger().post("/sign-in", email=ANA["email"] + NUL, password=PASSWORD)

    assert made.status_code == entered.status_code == 303
    assert await is_in(one)


@pytest.mark.parametrize("target", ["/\u2028", "/李", "/\t/[x", "/a b"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
async def test_odd_places_to_go_on_to(home: House, ana: Person, target: str, headers: dict[str, str]) -> None:
    one = home.stranger()
    await one.get("/sign-in")
    token = one.http.cookies["tl_csrf"]
    fields = {"_csrf_token": token, "email": ANA["email"], "password": PASSWORD, "next": target}

    answer = await one.http.post("/sign-in", data=fields, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert (answer.headers.get("location") or answer.headers["hx-redirect"]).startswith("/")


async def test_a_place_that_needs_signing_in_is_kept_whatever_its_name(home: House) -> None:
    answer = await home.stranger().get("/spaces/%E6%9D%8E%26a")

    assert answer.headers["location"] == "/sign-in?next=/spaces/%E6%9D%8E%26a"


async def test_headers_that_are_no_addresses(home: House) -> None:
    one = home.stranger()
    await one.get("/sign-in")

    asked = await one.get("/sign-in", Host="[")
    data = {"_csrf_token": one.http.cookies["tl_csrf"]}
    broken = {"Referer": "http://[", "HX-Current-URL": "http://["}
    sent = await one.http.post("/me/name", data=data, headers=broken)

    assert asked.status_code == 200
    assert sent.headers["location"] == "/sign-in?next=/"


async def test_that_a_file_is_not_there_stays_in_no_cache(home: House) -> None:
    missing = await home.stranger().get("/static/of-the-next-version.js")

    assert missing.status_code == 404
    assert missing.headers["cache-control"] == "no-store"


async def test_a_form_of_thousands_of_fields_is_refused_before_it_is_read(home: House) -> None:
    stranger = home.stranger()
    await stranger.get("/sign-in")

    answer = await stranger.post("/sign-in", **{f"field{i}": "x" for i in range(30_000)})

    assert answer.status_code == 413


@pytest.mark.parametrize("where", ["field", "file", "header", "cookie"])
async def test_a_form_token_that_is_no_token_is_refused(home: House, where: str) -> None:
    one, odd = home.stranger(), "é" * 128
    await one.get("/sign-in")
    fields = {"_csrf_token": odd if where == "field" else one.http.cookies["tl_csrf"], "email": "a@b.example"}
    headers: dict[bytes, bytes] = {b"x-csrftoken": odd.encode()} if where == "header" else {}
    if where == "cookie":
        headers = {b"cookie": f"tl_csrf={odd}".encode()}
    if where == "file":
        answer = await one.http.post("/sign-in", files={"_csrf_token": ("a.txt", b"abc")})
    else:
        answer = await one.http.post("/sign-in", data=fields, headers=headers)

    assert answer.status_code == 403


async def test_a_body_that_is_cut_off_is_one_line_in_the_log(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    one = home.stranger()
    await one.get("/sign-in")

    async def cut(scope: Any, _: Any, send: Any) -> None:
        heard = iter([{"type": "http.request", "body": b"email=a", "more_body": True}])

        async def receive() -> Any:
            return next(heard, {"type": "http.disconnect"})

        await home.app(scope, receive, send)

    token = one.http.cookies["tl_csrf"]
    cutting = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=cut), base_url=one.http.base_url, headers=one.http.headers
    )
    cutting.cookies.set("tl_csrf", token)
    caplog.clear()
    with caplog.at_level("INFO"):
        await cutting.post("/sign-in", data={"email": "ana@example.org"})

    assert [
        (record.getMessage(), record.exc_info) for record in caplog.records if record.name != "httpx"
    ] == [("POST /sign-in 400", None)]


async def test_where_nothing_is_nobody_who_is_signed_in_is_asked_to_sign_in(home: House, ana: Person) -> None:
    """Who it is is not asked there: it would be a read for whoever tries one address after another."""
    nowhere = await ana.get("/nowhere")

    assert nowhere.status_code == 404
    assert "Sign in" not in nowhere.text
    assert 'href="/"' in nowhere.text
    assert "Sign in</a>" in (await home.stranger().get("/help")).text
