"""Guests come in by a code: once, in crowds, against guessers, through the waiting room."""

import asyncio
import re
from datetime import timedelta

import httpx
import pytest

from app.db import new_id, now
from app.spaces import seats
from app.spaces.joining.join_codes import new_code
from tests.spaces.conftest import Winter
from tests.spaces.house import House, house

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def knock(name: str = "Dee", organisation: str = "Riverside Pharmacy", **more: str) -> dict[str, str]:
    return {"name": name, "organisation": organisation, **more}


async def test_a_guest_says_name_and_organisation_and_is_in(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guest = home.stranger()

    asked = await guest.get(f"/join/{code.code}")
    joined = await guest.post(f"/join/{code.code}", **knock(brings="A van on Fridays"))
    shown = await guest.get(joined.headers["location"])
    people = await winter.bo.get(f"{winter.path}/people")

    assert "How we work together" in asked.text
    assert "Job titles stay at the door" in asked.text
    assert joined.status_code == 303
    assert joined.headers["location"] == f"{winter.path}?joined=yes"
    assert shown.status_code == 200
    assert "Guest, says: Riverside Pharmacy" in people.text
    assert "A van on Fridays" in people.text


async def test_an_organisation_that_a_guest_types_owns_nothing(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await home.stranger().post(f"/join/{code.code}", **knock(organisation="Riverside Pharmacy"))
    await home.stranger().post(f"/join/{code.code}", **knock("Eve", organisation="vale HOSPICE"))

    assert await home.count("organisation_seat") == 2
    assert await home.value("SELECT count(*) FROM member WHERE says = 'Riverside Pharmacy'") == 1
    assert await home.value("SELECT count(*) FROM member WHERE says = 'vale HOSPICE'") == 1
    assert await home.value(f"SELECT count(*) FROM member WHERE organisation_id = '{winter.hospice}'") == 1
    assert "Riverside" not in (await winter.ana.get(winter.path)).text


async def test_a_guest_is_told_beside_the_field_what_is_missing(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)

    refused = await home.stranger().post(f"/join/{code.code}", **knock(name=" ", brings="A van"))

    assert refused.status_code == 422
    assert 'id="f-name-error"' in refused.text
    assert "A van" in refused.text
    assert "Riverside Pharmacy" in refused.text
    assert await home.value("SELECT used FROM join_code") == 0


async def test_a_link_with_a_board_goes_on_to_the_board(home: House, winter: Winter) -> None:
    code, board = await home.code(winter.id, winter.ana, now() + DAY), new_id()
    guest, other = home.stranger(), home.stranger()

    shown = await guest.get(f"/join/{code.code}?board={board}")
    joined = await guest.post(f"/join/{code.code}", **knock(board=board))
    elsewhere = await other.post(f"/join/{code.code}", **knock(board="../../evil"))

    assert board in shown.text
    assert joined.headers["location"] == f"/boards/{board}?joined=yes"
    assert elsewhere.headers["location"] == f"{winter.path}?joined=yes"


async def test_whoever_is_signed_in_joins_with_the_account_they_have(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    dee = await home.person("Dee")
    before = await home.count("person")

    joined = await dee.post(f"/join/{code.code}", organisation="Riverside Pharmacy")
    again = await dee.post(f"/join/{code.code}", organisation="Riverside Pharmacy")

    assert joined.headers["location"] == again.headers["location"] == f"{winter.path}?joined=yes"
    assert await home.count("person") == before
    assert await home.value("SELECT used FROM join_code") == 1


async def test_a_member_who_uses_a_code_stays_what_they_are(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)

    await winter.ana.post(f"/join/{code.code}", organisation="Elsewhere")

    assert await home.value(f"SELECT role FROM member WHERE person_id = '{winter.ana.id}'") == "steward"


async def test_codes_may_be_typed_in_any_way(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    typed = code.code.lower().replace("-", " ")

    sent_on = await home.stranger().get(f"/join?code={typed}")
    shown = await home.stranger().get(f"/join/{typed}")

    assert sent_on.headers["location"] == f"/join/{code.code}"
    assert shown.status_code == 200


async def test_a_whole_link_and_wide_letters_open_as_the_code_does(home: House, winter: Winter) -> None:
    code, board = await home.code(winter.id, winter.ana, now() + DAY), new_id()
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code.code)
    guest = home.stranger()

    async def to(typed: str) -> str:
        sent_on = await guest.http.get("/join", params={"code": typed})
        assert (await guest.get(sent_on.headers["location"])).status_code == 200
        return str(sent_on.headers["location"])

    assert await to(f"http://test/join/{code.code}") == f"/join/{code.code}"
    assert await to(f"http://test/join/{code.code}?board={board}") == f"/join/{code.code}?board={board}"
    assert await to(wide) == await to(f"「{code.code.lower()}」") == f"/join/{code.code}"


@pytest.mark.parametrize(
    ("typed", "say"),
    [("", "Enter the code"), (" ", "Enter the code"), ("これは", "There is no code in that")],
)
async def test_whoever_types_no_code_is_told_so(home: House, typed: str, say: str) -> None:
    answer = await home.stranger().http.get("/join", params={"code": typed})

    assert answer.status_code == 422
    assert 'id="f-code-error"' in answer.text
    assert say in answer.text
    assert f'value="{typed}"' in answer.text


async def test_wrong_expired_used_up_withdrawn_and_archived_codes_answer_alike(
    home: House, winter: Winter
) -> None:
    good = await home.code(winter.id, winter.ana, now() + DAY)
    expired = await home.code(winter.id, winter.ana, now() - SECOND)
    used_up = await home.code(winter.id, winter.ana, now() + DAY, max_uses=1)
    withdrawn = await home.code(winter.id, winter.ana, now() + DAY)
    await home.stranger().post(f"/join/{used_up.code}", **knock())
    await winter.ana.post(f"{winter.path}/codes/{withdrawn.id}/withdraw")
    guest = home.stranger()
    await guest.get("/join")

    answers = [
        await guest.get(f"/join/{code}") for code in (new_code(), expired.code, used_up.code, withdrawn.code)
    ]
    posted = [
        await guest.post(f"/join/{code}", **knock())
        for code in (new_code(), expired.code, used_up.code, withdrawn.code)
    ]
    await winter.ana.post(f"{winter.path}/archive")
    await winter.cleo.say_yes(winter.path)
    archived = await guest.get(f"/join/{good.code}")

    bodies = {
        re.sub(r"[B-Y2-9]{3}(-[B-Y2-9]{3}){2}", "CODE", answer.text)
        for answer in [*answers, *posted, archived]
    }
    assert {answer.status_code for answer in [*answers, *posted, archived]} == {404}
    assert len(bodies) == 1


@pytest.mark.parametrize(("left", "status"), [(-SECOND, 404), (SECOND * 2, 200)])
async def test_a_code_ends_on_the_second(home: House, winter: Winter, left: timedelta, status: int) -> None:
    code = await home.code(winter.id, winter.ana, now() + left)

    assert (await home.stranger().get(f"/join/{code.code}")).status_code == status


async def test_a_renewed_code_is_dead_at_once_and_the_new_one_keeps_its_terms(
    home: House, winter: Winter
) -> None:
    old = await home.code(winter.id, winter.ana, now() + DAY, max_uses=7, waiting_room=True)

    await winter.ana.post(f"{winter.path}/codes/{old.id}/renew")
    shown = await winter.bo.get(winter.path)
    new = str(await home.value(f"SELECT code FROM join_code WHERE id != '{old.id}'"))

    assert (await home.stranger().get(f"/join/{old.code}")).status_code == 404
    assert (await home.stranger().get(f"/join/{new}")).status_code == 200
    assert new in shown.text
    assert await home.value(f"SELECT max_uses FROM join_code WHERE code = '{new}'") == 7


async def test_stewards_make_codes_and_members_only_see_them(home: House, winter: Winter) -> None:
    made = await winter.ana.post(f"{winter.path}/codes", days="7", uses="", waiting_room="")
    wrong = await winter.ana.post(f"{winter.path}/codes", days="999", uses="many")
    refused = await winter.bo.post(f"{winter.path}/codes", days="7")
    code = str(await home.value("SELECT code FROM join_code"))
    wall = await winter.bo.get(f"{winter.path}/code")

    assert made.status_code == 303
    assert wrong.status_code == 422
    assert 'id="f-uses-error"' in wrong.text
    assert refused.status_code == 403
    assert await home.count("join_code") == 1
    assert code in wall.text
    assert "<svg" in wall.text
    assert "style=" not in wall.text


async def test_guests_do_not_see_the_code(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", **knock())

    shown = await guest.get(winter.path)

    assert code.code not in shown.text
    assert (await guest.get(f"{winter.path}/code")).status_code == 403


# -- crowds and guessers -----------------------------------------------------------------------------


@pytest.mark.timeout(180)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_six_hundred_people_of_one_address_join_within_a_minute(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    queue = [home.stranger("10.1.1.1") for _ in range(600)]
    await queue[0].get("/join")
    for one in queue[1:]:
        one.http.cookies.set("tl_csrf", queue[0].http.cookies["tl_csrf"])

    async def join_in_turn(people: list[int]) -> list[int]:
        return [
            (await queue[one].post(f"/join/{code.code}", **knock(f"Guest {one}"))).status_code
            for one in people
        ]

    statuses = await asyncio.gather(*(join_in_turn(list(range(start, 600, 12))) for start in range(12)))

    assert [status for part in statuses for status in part] == [303] * 600
    assert await home.value("SELECT used FROM join_code") == 600
    assert await home.value("SELECT count(*) FROM member WHERE role = 'guest'") == 600


async def test_a_code_for_five_lets_five_in_however_many_come_at_once(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, max_uses=5)
    crowd = [home.stranger(f"10.1.1.{one}") for one in range(20)]

    answers = await asyncio.gather(*(one.post(f"/join/{code.code}", **knock()) for one in crowd))

    assert sorted(answer.status_code for answer in answers) == [303] * 5 + [404] * 15
    assert await home.value("SELECT count(*) FROM member WHERE role = 'guest'") == 5


async def test_one_person_who_joins_twice_at_once_joins_once(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, max_uses=5)
    dee = await home.person("Dee")
    await dee.get("/join")

    answers = await asyncio.gather(
        *(dee.post(f"/join/{code.code}", organisation="Elsewhere") for _ in range(6))
    )

    assert {answer.status_code for answer in answers} == {303}
    assert await home.value("SELECT used FROM join_code") == 1


async def test_the_twentieth_wrong_code_of_a_minute_is_too_many_and_right_ones_still_open(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guesser = home.stranger("10.9.9.9")

    statuses = [(await guesser.get(f"/join/{new_code()}")).status_code for _ in range(25)]
    slowed: httpx.Response = await guesser.get(f"/join/{new_code()}")
    right = await home.stranger("10.9.9.9").post(f"/join/{code.code}", **knock())
    elsewhere = await home.stranger("10.9.9.8").get(f"/join/{new_code()}")

    assert statuses == [404] * 19 + [429] * 6
    assert slowed.headers["retry-after"] == "60"
    assert right.status_code == 303
    assert elsewhere.status_code == 404


async def test_load_tests_on_this_machine_may_switch_the_limit_off(sqlite_url: str) -> None:
    async with house(sqlite_url, LIMITS="off") as home:
        statuses = {(await home.stranger().get(f"/join/{new_code()}")).status_code for _ in range(30)}

    assert statuses == {404}


# -- the waiting room --------------------------------------------------------------------------------


async def test_whoever_waits_is_nowhere_until_a_steward_lets_them_in(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    guest, board = home.stranger(), new_id()

    knocked = await guest.post(f"/join/{code.code}", **knock(board=board))
    place = knocked.headers["location"]
    waiting = await guest.get(place)
    barred = await guest.get(winter.path)
    person = await home.value("SELECT person_id FROM member WHERE state = 'waiting'")
    seen = await winter.cleo.get(f"{winter.path}/people")
    unseen = await winter.bo.get(f"{winter.path}/people")
    admitted = await winter.cleo.post(f"{winter.path}/people/{person}/admit")
    moved_on = await guest.get(place, **{"HX-Request": "true"})

    assert place == f"/join/waiting/{winter.id}?board={board}"
    assert "every 2s" in waiting.text
    assert barred.status_code == 403
    assert "Dee" in seen.text
    assert "Dee" not in unseen.text
    assert admitted.status_code == 303
    assert moved_on.headers["hx-redirect"] == f"/boards/{board}?joined=yes"
    assert (await guest.get(winter.path)).status_code == 200


async def test_whoever_is_not_let_in_is_told_and_sees_nothing(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    guest = home.stranger()
    place = (await guest.post(f"/join/{code.code}", **knock())).headers["location"]
    person = await home.value("SELECT person_id FROM member WHERE state = 'waiting'")

    declined = await winter.ana.post(f"{winter.path}/people/{person}/decline")
    twice = await winter.ana.post(f"{winter.path}/people/{person}/admit")

    assert declined.status_code == 303
    assert twice.status_code == 404
    assert "You were not let in" in (await guest.get(place)).text
    assert (await guest.get(winter.path)).status_code == 404


async def test_members_let_nobody_in(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    await home.stranger().post(f"/join/{code.code}", **knock())
    person = await home.value("SELECT person_id FROM member WHERE state = 'waiting'")

    assert (await winter.bo.post(f"{winter.path}/people/{person}/admit")).status_code == 403
    assert await home.value("SELECT count(*) FROM member WHERE state = 'waiting'") == 1


async def test_whoever_was_taken_out_knocks_and_does_not_walk_in(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")

    back = await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")

    assert back.headers["location"].startswith("/join/waiting/")
    assert (await winter.bo.get(winter.path)).status_code == 403


async def test_whoever_was_taken_out_does_not_walk_in_after_leaving_the_waiting_room(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")
    await winter.bo.post(f"{winter.path}/leave")

    back = await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")

    assert back.headers["location"].startswith("/join/waiting/")


async def test_whoever_was_not_let_in_knocks_again_by_a_code_that_lets_others_walk_in(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/decline")

    back = await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/admit")

    assert back.headers["location"].startswith("/join/waiting/")
    assert (await winter.bo.get(winter.path)).status_code == 200


@pytest.mark.parametrize("then", ["", "people/{person}/decline", "leave"])
async def test_whoever_knocks_again_keeps_their_name_on_what_they_wrote(
    home: House, winter: Winter, then: str
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    await winter.bo.post(f"/join/{code.code}", organisation="Northfield Trust")
    stranger = await home.person("Finn")
    door = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    await stranger.post(f"/join/{door.code}", organisation="Northfield Trust")
    if then:
        one = winter.bo if then == "leave" else winter.ana
        answer = await one.post(f"{winter.path}/{then.format(person=winter.bo.id)}")
        assert answer.status_code == 303

    async with home.db.read() as tx:
        found = {one.id: one for one in await seats.people_of(tx, winter.id)}
    page = await winter.cleo.get(f"{winter.path}/people")

    assert (found[winter.bo.id].name, found[winter.bo.id].former) == ("Bo", True)
    assert stranger.id not in found
    assert f'id="person-{winter.bo.id}"' not in page.text
    assert (f'id="knock-{winter.bo.id}"' in page.text) is (not then)
    if "decline" in then:
        assert "You were not let in" in (await winter.bo.get(f"/join/waiting/{winter.id}")).text


async def test_a_guest_whose_time_is_over_keeps_their_name_while_they_wait(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, waiting_room=True)
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", **knock())
    person = await home.value("SELECT person_id FROM member WHERE state = 'waiting'")
    await winter.ana.post(f"{winter.path}/people/{person}/admit")
    await home.set("UPDATE member SET expires_at = '2020-01-01 00:00:00+00:00' WHERE role = 'guest'")
    await guest.post(f"/join/{code.code}", **knock())

    async with home.db.read() as tx:
        found = {one.id: one for one in await seats.people_of(tx, winter.id)}

    assert (found[person].name, found[person].former) == ("Dee", True)


async def test_a_guests_time_ends_and_a_code_begins_it_anew(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY)
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", **knock())
    await home.set("UPDATE member SET expires_at = '2020-01-01 00:00:00+00:00' WHERE role = 'guest'")

    ended = await guest.get(winter.path)
    await guest.post(f"/join/{code.code}", **knock())

    assert ended.status_code == 404
    assert (await guest.get(winter.path)).status_code == 200
