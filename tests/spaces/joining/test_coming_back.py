"""A guest whose sign-in is over comes back as the same guest: asked always, until something ends that."""

import re
from datetime import timedelta

import pytest

from app.db import new_id, now
from app.spaces.joining.return_pages import UNKNOWN
from app.spaces.space import JoinCode
from tests.spaces.conftest import Winter
from tests.spaces.house import House
from tests.spaces.joining.nights import again, ask, board, code, guest, guest_cookie, night

__all__ = ["board", "code"]

DAY = timedelta(days=1)
QUESTION = "Are you Dee, here on"


async def test_the_question_comes_at_the_space_the_board_and_the_code(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    await night(home)

    asked = [
        await dee.http.get(path, follow_redirects=True)
        for path in (
            winter.path,
            f"{winter.path}/people",
            f"/boards/{board}",
            f"/boards/{board}/outline",
            f"/join/{code.code}",
            f"/join/{code.code}?board={board}",
            f"/join?code={code.code}",
            f"/join/waiting/{winter.id}",
        )
    ]

    assert [answer.status_code for answer in asked] == [200] * len(asked)
    assert all(QUESTION in answer.text for answer in asked)
    assert [answer.text.count(f'value="/boards/{board}') for answer in asked] == [0, 0, 1, 1, 0, 1, 0, 0]


async def test_yes_brings_back_the_same_person(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    await night(home)
    before = await home.count("person")

    answer = await dee.post(again(winter), next=f"/boards/{board}")
    shown = await dee.http.get(f"/boards/{board}", headers={"User-Agent": "Chrome"})

    assert answer.headers["location"] == f"/boards/{board}"
    assert f'data-me="{dee.id}"' in shown.text
    assert await home.count("person") == before


async def test_within_the_twelve_hours_a_lost_session_is_asked_too(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    dee.http.cookies.delete("tl_session")

    assert QUESTION in (await ask(dee, winter)).text
    assert "tl_session" not in dee.http.cookies
    await dee.post(again(winter))
    assert (await dee.get(winter.path)).status_code == 200


async def test_somebody_else_goes_on_to_join_and_the_token_is_dead(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    cookie = guest_cookie(dee)
    await night(home)

    onward = await dee.post(f"{again(winter)}/other", code=code.code, board=board)
    shown = await dee.get(onward.headers["location"])
    await dee.post(f"/join/{code.code}", name="Eve", organisation="Pharmacy")
    dee.http.cookies.delete("tl_session")
    asked = await ask(dee, winter)
    replayed = home.stranger()
    replayed.http.cookies.set(*cookie)
    answer = await replayed.post(again(winter))

    assert onward.headers["location"] == f"/join/{code.code}?board={board}"
    assert "Your name" in shown.text
    assert "Are you Eve" in asked.text
    assert answer.status_code == 404
    assert "tl_session" not in replayed.http.cookies


async def test_somebody_else_at_a_board_comes_to_that_board_after_they_have_typed_a_code(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    await night(home)

    asked = await dee.get((await dee.get(f"/boards/{board}")).headers["location"])
    onward = await dee.post(f"{again(winter)}/other", code="", board=field(asked.text, "board"))
    entered = await dee.get(onward.headers["location"])
    found = await dee.get(f"/join?code={code.code}&board={field(entered.text, 'board')}")
    wrong = await dee.get(f"/join/AAA-AAA-AAA?board={board}")

    assert onward.headers["location"] == f"/join?board={board}"
    assert found.headers["location"] == f"/join/{code.code}?board={board}"
    assert field(wrong.text, "board") == board


def field(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "end", ["removed", "withdrawn", "renewed", "left", "signed out", "everywhere", "time"]
)
async def test_what_ends_the_guest_or_the_code_ends_the_token(
    home: House, winter: Winter, code: JoinCode, board: str, end: str
) -> None:
    dee = await guest(home, code)
    match end:
        case "removed":
            await winter.ana.post(f"{winter.path}/people/{dee.id}/remove")
        case "withdrawn":
            await winter.ana.post(f"{winter.path}/codes/{code.id}/withdraw")
        case "renewed":
            await winter.ana.post(f"{winter.path}/codes/{code.id}/renew")
        case "left":
            await dee.post(f"{winter.path}/leave")
        case "signed out":
            await dee.post("/sign-out")
        case "everywhere":
            await dee.post("/me/sign-out-everywhere")
        case "time":
            await home.set("UPDATE member SET expires_at = '2020-01-01 00:00:00.000000' WHERE role = 'guest'")
    dee.http.cookies.delete("tl_session") if "tl_session" in dee.http.cookies else None

    asked = await ask(dee, winter)
    at_board = await dee.http.get(f"/boards/{board}", follow_redirects=True)
    answer = await dee.post(again(winter))

    assert "Are you" not in asked.text + at_board.text
    assert answer.status_code == 404
    assert UNKNOWN in answer.text
    assert "tl_session" not in dee.http.cookies


async def test_a_guest_who_makes_an_account_signs_in_with_it(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    await dee.post("/me/claim", email="dee@example.org", password="a few words in a row")
    dee.http.cookies.delete("tl_session")

    assert "Are you" not in (await ask(dee, winter)).text
    assert (await dee.post(again(winter))).status_code == 404


async def test_erasing_deletes_the_token_and_my_data_counts_it(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    mine = (await dee.get("/me/data.json")).json()
    await dee.post("/me/erase", sure="yes")

    assert mine["spaces"][0]["remembered_browsers"] == 1
    assert "sha256" not in str(mine)
    assert await home.count("return_token") == 0


async def test_an_archived_space_is_read_by_who_comes_back(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    await winter.ana.post(f"{winter.path}/archive")
    await winter.cleo.say_yes(winter.path)
    await night(home)

    assert QUESTION in (await ask(dee, winter)).text
    await dee.post(again(winter))
    assert (await dee.get(winter.path)).status_code == 200


async def test_who_waits_to_be_let_in_comes_back_to_the_waiting_room(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    dee = await guest(home, code)
    await night(home)

    answer = await dee.post(again(winter), next=winter.path)
    waiting = await dee.get(answer.headers["location"])
    await winter.ana.post(f"{winter.path}/people/{dee.id}/decline")
    dee.http.cookies.delete("tl_session")

    assert "Waiting to be let in" in waiting.text
    assert "Are you" not in (await ask(dee, winter)).text


async def test_on_a_shared_device_nothing_is_kept(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    person = home.stranger()
    answer = await person.post(f"/join/{code.code}", name="Dee", organisation="Pharmacy", shared="yes")
    session = next(
        line for line in answer.headers.get_list("set-cookie") if line.startswith("tl_session=")
    ).lower()
    page = await person.http.get(f"/boards/{board}", headers={"User-Agent": "Chrome"})
    own = await guest(home, code, "Eve")
    own_page = await own.http.get(f"/boards/{board}", headers={"User-Agent": "Chrome"})

    assert "max-age" not in session
    assert "expires" not in session
    assert not [name for name in person.http.cookies if name.startswith("tl_guest_")]
    assert await home.value(f"SELECT count(*) FROM return_token WHERE person_id <> '{own.id}'") == 0
    assert " data-shared" in page.text
    assert " data-shared" not in own_page.text


async def test_a_shared_device_stays_one_when_the_guest_makes_an_account_or_joins_elsewhere(
    home: House, winter: Winter, code: JoinCode
) -> None:
    other = await home.space(winter.ana, organisation="Vale Trust")
    other_code = await home.code(other, winter.ana, now() + DAY)
    dee = await guest(home, code, shared="yes")
    await dee.post(f"/join/{other_code.code}", organisation="Pharmacy")
    claimed = await dee.post("/me/claim", email="dee@example.org", password="a few words in a row")

    assert await home.count("return_token") == 0
    assert "max-age" not in claimed.headers["set-cookie"].lower()
    assert await home.value("SELECT count(*) FROM login WHERE shared") == 1


async def test_accounts_get_no_token(home: House, winter: Winter, code: JoinCode) -> None:
    fay = await home.person("Fay")
    await fay.post(f"/join/{code.code}", organisation="Pharmacy")

    assert await home.count("return_token") == 0


async def test_asking_changes_nothing_and_signs_nobody_in(
    home: House, winter: Winter, code: JoinCode
) -> None:
    dee = await guest(home, code)
    await night(home)
    before = await home.count("login")
    shown = await ask(dee, winter)
    denied = await dee.get(f"{winter.path}/people")

    assert QUESTION in shown.text
    assert winter.id in shown.text
    assert "Winter Together" not in shown.text
    assert denied.status_code == 303
    assert await home.count("login") == before


async def test_who_is_signed_in_stays_who_they_are(home: House, winter: Winter, code: JoinCode) -> None:
    dee = await guest(home, code)
    name, token = guest_cookie(dee)
    winter.bo.http.cookies.set(name, token)

    answer = await winter.bo.post(again(winter), next=winter.path)
    me = await winter.bo.get("/me")

    assert answer.headers["location"] == winter.path
    assert f'data-me="{winter.bo.id}"' in me.text


async def test_programs_get_401_and_no_question(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    await night(home)

    answer = await dee.get(f"/boards/{board}/changes", Accept="application/json")

    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"


async def test_words_of_a_form_are_kept_and_can_be_sent_after_coming_back(
    home: House, winter: Winter, code: JoinCode, board: str
) -> None:
    dee = await guest(home, code)
    await night(home)
    fields = {"do": "add_card", "kind": "note", "id": new_id(), "text": "Written at midnight"}

    kept = await dee.post(f"/boards/{board}/ops", _by=dee.id, **fields)
    await dee.post(again(winter))
    sent = await dee.post(f"/boards/{board}/ops", _by=dee.id, **fields)

    assert kept.status_code == 401
    assert "Written at midnight" in kept.text
    assert again(winter) in kept.text
    assert sent.status_code in (200, 303)
