"""Return tokens attacked: of another space, of who was removed, forged, replayed, guessed, from elsewhere."""

from datetime import timedelta

import httpx

from app.boards.library import store as library_store
from app.db import new_id, now
from app.spaces.joining.guess_limit import LIMIT
from app.spaces.space import JoinCode
from tests.spaces.conftest import Winter
from tests.spaces.house import BASE, House, house
from tests.spaces.joining.nights import again, ask, board, code, guest, guest_cookie, night

__all__ = ["board", "code"]

DAY = timedelta(days=1)
QUESTION = "Are you Dee, here on"


async def test_only_a_hash_of_the_token_is_stored_and_scripts_cannot_read_the_cookie(
    home: House, winter: Winter, code: JoinCode
) -> None:
    person = home.stranger()
    answer = await person.post(f"/join/{code.code}", name="Dee", organisation="Pharmacy")
    line = next(
        line for line in answer.headers.get_list("set-cookie") if line.startswith("tl_guest_")
    ).lower()
    token = guest_cookie(person)[1]

    assert "httponly" in line
    assert "samesite=lax" in line
    assert "path=/" in line
    assert int(line.split("max-age=")[1].split(";")[0]) > 30 * 24 * 3600
    assert await home.value(f"SELECT count(*) FROM return_token WHERE token_sha256 = '{token}'") == 0
    assert len(token) > 40


async def test_behind_https_the_cookie_is_secure_and_of_this_host_only(database_url: str) -> None:
    base = "https://together.example"
    async with house(database_url, BASE_URL=base, SECRET="s" * 40, HOST="127.0.0.1") as home:
        ana = await home.person("Ana")
        code = await home.code(await home.space(ana), ana, now() + DAY)
        dee = home.stranger()
        dee.http.base_url = httpx.URL(base)
        dee.http.headers["Origin"] = base
        await dee.get("/join")
        fields = {"_csrf_token": dee.http.cookies["__Host-tl_csrf"], "name": "Dee", "organisation": "P"}
        answer = await dee.http.post(f"/join/{code.code}", data=fields)
        line = next(line for line in answer.headers.get_list("set-cookie") if "tl_guest_" in line)

    assert line.startswith("__Host-tl_guest_")
    assert "secure" in line.lower()
    assert "domain" not in line.lower()


async def test_each_space_has_a_token_of_its_own_and_they_fit_nowhere_else(
    home: House, winter: Winter, code: JoinCode
) -> None:
    other = await home.space(winter.ana, organisation="Vale Trust")
    other_code = await home.code(other, winter.ana, now() + DAY)
    dee = await guest(home, code)
    await dee.post(f"/join/{other_code.code}", organisation="Pharmacy")
    cookies = [item for item in dee.http.cookies.items() if item[0].startswith("tl_guest_")]
    await night(home)
    (here, mine), (there, _) = cookies
    eve = home.stranger()
    eve.http.cookies.set(there, mine)

    refused = await eve.post(f"/join/again/{other}")
    asked = await eve.http.get(f"/spaces/{other}", follow_redirects=True)

    assert len({here, there}) == 2
    assert refused.status_code == 404
    assert "tl_session" not in eve.http.cookies
    assert "Are you" not in asked.text


async def test_somebody_else_is_sent_to_no_other_site(home: House, winter: Winter, code: JoinCode) -> None:
    dee = await guest(home, code)
    await night(home)

    away = await dee.post(f"{again(winter)}/other", code="//evil.example", board="//evil.example")
    back = await dee.post(again(winter), next="//evil.example/x")

    assert away.headers["location"] == "/join/EVI-LEX-AMP-L"
    assert back.status_code in (303, 404)
    assert "evil" not in back.headers.get("location", "")


async def test_a_guest_who_was_removed_and_admitted_again_has_not_the_old_token(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    old = guest_cookie(dee)
    await winter.ana.post(f"{winter.path}/people/{dee.id}/remove")
    await dee.post(f"/join/{code.code}", organisation="Pharmacy")
    await winter.ana.post(f"{winter.path}/people/{dee.id}/admit")
    eve = home.stranger()
    eve.http.cookies.set(*old)

    assert (await eve.post(again(winter))).status_code == 404
    dee.http.cookies.delete("tl_session")
    assert QUESTION in (await ask(dee, winter)).text


async def test_a_request_from_another_site_is_not_done(home: House, winter: Winter, code: JoinCode) -> None:
    dee = await guest(home, code)
    await night(home)
    await dee.get("/join")
    token = {"_csrf_token": dee.http.cookies["tl_csrf"]}
    tries = [
        await dee.http.post(path, data=fields, headers=headers)
        for path in (again(winter), f"{again(winter)}/other")
        for fields, headers in (
            (token, {"Origin": "https://evil.example"}),
            (token, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}),
            ({}, {"Origin": BASE}),
        )
    ]

    assert {answer.status_code for answer in tries} == {403}
    assert QUESTION in (await ask(dee, winter)).text


async def test_a_guesser_is_stopped_and_a_room_that_joins_is_not(
    database_url: str,
) -> None:
    async with house(database_url, LIMITS="on") as home:
        ana = await home.person("Ana")
        space = await home.space(ana)
        code = await home.code(space, ana, now() + DAY)
        dee = home.stranger()
        await dee.post(f"/join/{code.code}", name="Dee", organisation="Pharmacy")
        name, _ = guest_cookie(dee)
        eve = home.stranger()
        answers = []
        for n in range(LIMIT + 1):
            eve.http.cookies.set(name, f"guess-{n}")
            answers.append((await eve.post(f"/join/again/{space}")).status_code)
        joins = await eve.post(f"/join/{code.code}", name="Eve", organisation="Pharmacy")

    assert answers == [404] * (LIMIT - 1) + [429] * 2
    assert joins.status_code == 303


async def test_a_board_of_another_space_is_not_told_by_a_token(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    other = await home.space(winter.ana, organisation="Vale Trust")
    foreign = new_id()
    async with home.db.write() as tx:
        await library_store.add(tx, foreign, other, "Elsewhere", "blank", winter.ana.id, now())
    dee = await guest(home, code)
    name, _ = guest_cookie(dee)
    await night(home)
    eve = home.stranger()
    eve.http.cookies.set(name, "forged")

    asked = [(await dee.get(f"/boards/{one}")).headers["location"] for one in (foreign, new_id())]
    forged = [(await eve.get(f"/boards/{one}")).headers["location"] for one in (board, new_id())]

    assert all(where.startswith("/sign-in?next=/boards/") for where in asked + forged)
