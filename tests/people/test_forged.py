"""Requests that another site starts, or that lack what our own forms have, do nothing at all."""

from collections.abc import Iterator

import pytest
from litestar import Litestar

from tests.people.steps import ANA, PASSWORD, is_in, stored
from tests.spaces.house import BASE, House, Person

FIELDS = {
    **ANA,
    "password": PASSWORD,
    "current": PASSWORD,
    "proof": PASSWORD,
    "new": "four words in a row",
    "sure": "yes",
}
FORGED = {
    "no origin": {"Origin": ""},
    "another site": {"Origin": "https://evil.example"},
    "a subdomain": {"Origin": "http://evil.127.0.0.1:8000"},
    "another port": {"Origin": "http://127.0.0.1:8001"},
    "another scheme": {"Origin": "https://127.0.0.1:8000"},
    "a hidden origin from elsewhere": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "a hidden origin": {"Origin": "null"},
}


def unsafe(app: Litestar) -> Iterator[str]:
    """Every path of people's that takes a POST."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if "POST" in getattr(handler, "http_methods", ()) and handler.opt["action"].startswith("person."):
                yield route.path.replace("{token:str}", "a" * 43).replace("{login_id:str}", "b" * 36)


def test_all_deeds_of_people_are_tried(home: House) -> None:
    paths = set(unsafe(home.app))

    assert {"/sign-in", "/sign-up", "/sign-out", "/forgot", "/me/erase", "/me/password"} <= paths
    assert len(paths) >= 14


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED.keys())
async def test_requests_from_elsewhere_do_nothing(home: House, ana: Person, headers: dict[str, str]) -> None:
    before = await stored(home)
    token = ana.http.cookies["tl_csrf"]

    for path in unsafe(home.app):
        request = ana.http.build_request("POST", path, data={"_csrf_token": token, **FIELDS}, headers=headers)
        if not headers["Origin"]:
            del request.headers["Origin"]
        answer = await ana.http.send(request)
        assert answer.status_code == 403, path

    assert await stored(home) == before
    assert await is_in(ana)


async def test_requests_without_the_form_token_do_nothing(home: House, ana: Person) -> None:
    before, other = await stored(home), home.stranger()
    await other.get("/sign-in")
    wrong = [{}, {"_csrf_token": "made up"}, {"_csrf_token": other.http.cookies["tl_csrf"]}]

    for path in unsafe(home.app):
        for token in wrong:
            answer = await ana.http.post(path, data={**token, **FIELDS})
            assert answer.status_code == 403, path
        in_query = await ana.http.post(f"{path}?_csrf_token={ana.http.cookies['tl_csrf']}", data=FIELDS)
        assert in_query.status_code == 403, path

    assert await stored(home) == before
    assert await is_in(ana)


async def test_a_form_of_our_own_page_with_its_origin_hidden_is_believed(home: House, ana: Person) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    data = {"_csrf_token": ana.http.cookies["tl_csrf"], "name": "Ana Brook"}

    answer = await ana.http.post("/me/name", data=data, headers=headers)

    assert answer.status_code == 303
    assert BASE == "http://127.0.0.1:8000"


async def test_looking_changes_nothing(home: House, ana: Person) -> None:
    before = await stored(home)

    for route in home.app.routes:
        for handler in getattr(route, "route_handlers", []):
            mine = handler.opt.get("action", "").startswith(("person.", "server."))
            if mine and "GET" in getattr(handler, "http_methods", ()) and "{" not in route.path:
                await ana.get(route.path)
                await home.stranger().get(route.path)

    assert await stored(home) == before
