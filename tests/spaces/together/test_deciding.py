"""Deciding together, by HTTP on both databases: nothing changes before a second organisation says yes."""

import re
from datetime import timedelta

import pytest

from app.access import Role
from app.db import now
from app.spaces.together import job
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person, house

WORDS = {
    "name": "Winter Together",
    "purpose": "So that nobody waits for a bed they do not need.",
    "scope": "This group may decide its tests.",
    "agreement": "We ask before we answer.",
}


@pytest.fixture
async def third(home: House, winter: Winter) -> Person:
    """A steward of Borough Council, the third owner; all three have a voice."""
    fay = await home.person("Fay")
    council = await home.organisation(winter.id, "Borough Council")
    await home.seat(winter.id, fay, council, Role.STEWARD)
    await home.set(f"UPDATE organisation_seat SET joined_at = '{now() - timedelta(days=90):%Y-%m-%d}'")
    return fay


async def council(home: House) -> str:
    return str(await home.value("SELECT id FROM organisation WHERE name = 'Borough Council'"))


async def test_a_new_purpose_waits_and_stands_once_a_second_organisation_says_yes(
    home: House, winter: Winter
) -> None:
    proposed = await winter.ana.post(f"{winter.path}/edit", **WORDS)
    before = await home.value("SELECT purpose FROM space")
    needs = (await winter.cleo.get(winter.path)).text
    shown = (await winter.bo.get(f"{winter.path}/waiting")).text
    await winter.ana.say_yes(winter.path)
    alone = await home.value("SELECT purpose FROM space")
    await winter.cleo.say_yes(winter.path)

    assert proposed.headers["location"] == f"{winter.path}/waiting?done=act-waits"
    assert before == alone != WORDS["purpose"]
    assert "Northfield Trust proposes to change the purpose, scope and working agreement" in needs
    assert WORDS["purpose"] in shown
    assert "/yes" not in shown
    assert await home.value("SELECT purpose FROM space") == WORDS["purpose"]
    log = (await winter.bo.get(f"{winter.path}/log")).text
    assert "seconded what Northfield Trust proposed: to change the purpose" in log


async def test_the_name_alone_changes_at_once(home: House, winter: Winter) -> None:
    here = {name: await home.value(f"SELECT {name} FROM space") for name in WORDS}

    answer = await winter.ana.post(f"{winter.path}/edit", **{**here, "name": "Home sooner"})

    assert answer.headers["location"] == winter.path
    assert await home.value("SELECT name FROM space") == "Home sooner"
    assert await home.count("waiting_act") == 0


async def test_all_stewards_who_are_asked_get_a_mail_and_nobody_else(home: House, winter: Winter) -> None:
    await winter.ana.post(f"{winter.path}/archive")

    assert await home.count("outbox") == 1
    assert await home.value("SELECT recipient FROM outbox") == "cleo@example.org"
    text = str(await home.value("SELECT body FROM outbox"))
    assert "to archive the space" in text
    assert f"{winter.path}/waiting" in text


async def test_what_is_withdrawn_or_over_cannot_be_said_yes_to(home: House, winter: Winter) -> None:
    await winter.ana.post(f"{winter.path}/archive")
    act = await home.value("SELECT id FROM waiting_act")
    not_theirs = await winter.cleo.post(f"{winter.path}/waiting/{act}/withdraw")
    await winter.ana.post(f"{winter.path}/waiting/{act}/withdraw")
    late = await winter.cleo.post(f"{winter.path}/waiting/{act}/yes")
    await winter.ana.post(f"{winter.path}/archive")
    await home.set(f"UPDATE waiting_act SET until = '{now() - timedelta(days=1):%Y-%m-%d %H:%M:%S}'")
    again = await home.value("SELECT id FROM waiting_act WHERE outcome = 'waits'")
    over = await winter.cleo.post(f"{winter.path}/waiting/{again}/yes")
    await job.settle_all(home.db, lambda *_: None, home.config)

    assert not_theirs.status_code == 403
    assert late.status_code == 404
    assert over.status_code == 422
    assert await home.value(f"SELECT outcome FROM waiting_act WHERE id = '{again}'") == "lapsed"
    assert await home.value("SELECT count(*) FROM space WHERE archived_at IS NULL") == 1
    assert "nobody seconded" in (await winter.bo.get(f"{winter.path}/log")).text


async def test_a_yes_is_to_the_words_that_stood_there_when_it_was_proposed(
    home: House, winter: Winter
) -> None:
    await winter.ana.post(f"{winter.path}/edit", **WORDS)
    act = await home.value("SELECT id FROM waiting_act")
    await home.set("UPDATE space SET purpose = 'Something else by now'")

    refused = await winter.cleo.post(f"{winter.path}/waiting/{act}/yes")

    assert refused.status_code == 422
    assert await home.value("SELECT purpose FROM space") == "Something else by now"


async def test_a_silent_organisation_abstains_after_30_days_and_three_notices(
    home: House, winter: Winter
) -> None:
    long_ago = f"{now() - timedelta(days=90):%Y-%m-%d}"
    await home.set(f"UPDATE organisation_seat SET joined_at = '{long_ago}'")
    told = ""
    for days in (20, 12, 4):
        await winter.ana.post(f"{winter.path}/archive")
        made = f"made_at = '{now() - timedelta(days=days):%Y-%m-%d}'"
        await home.set(f"UPDATE waiting_act SET {made}, until = '{long_ago}' WHERE outcome = 'waits'")
        told = (await winter.bo.get(f"{winter.path}/waiting")).text
        await job.settle_all(home.db, lambda *_: None, home.config)

    assert "Nothing waits now" in told
    assert await home.value("SELECT count(*) FROM space WHERE archived_at IS NOT NULL") == 1
    assert (await winter.cleo.post(f"{winter.path}/restore")).status_code == 303


@pytest.mark.parametrize("taken_back", [True, False])
async def test_what_is_proposed_and_withdrawn_or_all_in_one_minute_is_not_three_notices(
    home: House, winter: Winter, taken_back: bool
) -> None:
    long_ago = f"{now() - timedelta(days=90):%Y-%m-%d}"
    await home.set(f"UPDATE organisation_seat SET joined_at = '{long_ago}'")
    for days in (20, 12):
        await winter.ana.post(f"{winter.path}/archive")
        act = await home.value("SELECT id FROM waiting_act WHERE outcome = 'waits'")
        if taken_back:
            await winter.ana.post(f"{winter.path}/waiting/{act}/withdraw")
            made = f"{now() - timedelta(days=days):%Y-%m-%d}"
            await home.set(f"UPDATE waiting_act SET made_at = '{made}' WHERE id = '{act}'")
        else:
            await home.set(f"UPDATE waiting_act SET until = '{long_ago}' WHERE id = '{act}'")
            await job.settle_all(home.db, lambda *_: None, home.config)
    await winter.ana.post(f"{winter.path}/archive")
    await home.set(f"UPDATE waiting_act SET until = '{long_ago}' WHERE outcome = 'waits'")
    await job.settle_all(home.db, lambda *_: None, home.config)

    assert await home.count("waiting_act") == 3
    assert await home.value("SELECT count(*) FROM space WHERE archived_at IS NULL") == 1


async def test_an_organisation_comes_in_with_a_second_yes_and_its_link_goes_to_who_seconded(
    home: House, winter: Winter
) -> None:
    await winter.ana.post(
        f"{winter.path}/organisations/propose", name="Borough Council", email="fay@example.org"
    )
    none_yet = await home.count("invitation")
    act = await home.value("SELECT id FROM waiting_act")
    shown = await winter.cleo.post(f"{winter.path}/waiting/{act}/yes")
    link = re.findall(r"/invitations/[\w-]+", shown.text)[0]
    fay = home.stranger()
    await fay.post(link, name="Fay", password="four words in a row")
    refused = await fay.post(f"{winter.path}/archive")

    assert none_yet == 0
    assert await home.value("SELECT email FROM waiting_act") == ""
    assert await home.value("SELECT count(*) FROM organisation_seat WHERE state = 'joined'") == 3
    assert refused.status_code == 403
    assert "no voice" in refused.text


async def test_where_mail_is_sent_nobody_here_sees_the_link(sqlite_url: str) -> None:
    async with house(sqlite_url, SMTP_URL="smtp://127.0.0.1:9") as home:
        ana = await home.person("Ana")
        space = f"/spaces/{await home.space(ana)}"

        shown = await ana.post(f"{space}/organisations/propose", name="Vale", email="fay@example.org")

        assert shown.status_code == 200
        assert "/invitations/" not in shown.text
        assert await home.count("invitation") == 1


async def test_all_others_turn_one_out_and_its_words_and_data_stay(
    home: House, winter: Winter, third: Person
) -> None:
    out = await council(home)
    path = f"{winter.path}/organisations/{out}"
    await winter.ana.post(f"{path}/turn-out")
    act = await home.value("SELECT id FROM waiting_act")
    own = await third.post(f"{winter.path}/waiting/{act}/yes")
    still_there = (await third.get(winter.path)).status_code
    await winter.cleo.post(f"{winter.path}/waiting/{act}/yes")

    assert own.status_code == 403
    assert still_there == 200
    assert (await third.get(winter.path)).status_code == 404
    assert (await third.get("/me/data")).status_code in (200, 404)
    assert "Turned out by all others on" in (await winter.bo.get(winter.path)).text
    assert (
        "turned Borough Council (no longer here) out, with all"
        in (await winter.bo.get(f"{winter.path}/log")).text
    )


async def test_with_two_organisations_neither_turns_the_other_out_but_one_can_leave(
    home: House, winter: Winter
) -> None:
    refused = await winter.ana.post(f"{winter.path}/organisations/{winter.hospice}/turn-out")
    left = await winter.cleo.post(f"{winter.path}/organisations/leave")
    last = await winter.ana.post(f"{winter.path}/organisations/leave")
    await winter.ana.post(f"{winter.path}/edit", **WORDS)

    assert refused.status_code == 403
    assert "One can only leave" in refused.text
    assert left.headers["location"] == "/?done=organisation-left"
    assert (await winter.cleo.get(winter.path)).status_code == 404
    assert last.status_code == 409
    assert await home.value("SELECT purpose FROM space") == WORDS["purpose"]
    assert "Left the space on" in (await winter.bo.get(winter.path)).text


async def test_what_an_organisation_writes_is_paused_by_two_and_it_still_decides(
    home: House, winter: Winter, third: Person
) -> None:
    await winter.ana.post(f"{winter.path}/organisations/{await council(home)}/pause")
    free = await third.post(f"{winter.path}/boards", title="Ours")
    await winter.cleo.say_yes(winter.path)
    paused = await third.post(f"{winter.path}/boards", title="Ours too")
    reads = await third.get(winter.path)
    decides = await third.post(f"{winter.path}/archive")
    await home.set(
        f"UPDATE organisation_seat SET paused_until = '{now():%Y-%m-%d %H:%M:%S}' "
        "WHERE paused_until IS NOT NULL"
    )
    after = await third.post(f"{winter.path}/boards", title="Ours again")

    assert free.status_code == after.status_code == decides.status_code == 303
    assert paused.status_code == 403
    assert "paused" in paused.text
    assert reads.status_code == 200


async def test_a_code_is_paused_once_for_a_day_and_lifted_by_another_organisation(
    home: House, winter: Winter
) -> None:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=7))
    path = f"{winter.path}/codes/{code.id}"
    await winter.ana.post(f"{path}/pause")
    codes = (await winter.ana.get(f"{winter.path}/codes")).text
    nobody_joins = await home.stranger().get(f"/join/{code.code}")
    own = await winter.ana.post(f"{path}/lift")
    lifted = await winter.cleo.post(f"{path}/lift")
    joins = await home.stranger().get(f"/join/{code.code}")
    twice = [(await one.post(f"{path}/pause")).status_code for one in (winter.ana, winter.cleo)]

    assert re.search(r"Paused until [^<]*\d\d:\d\d, London time: nobody joins by it", codes)
    assert nobody_joins.status_code == 404
    assert own.status_code == 403
    assert lifted.status_code == 303
    assert joins.status_code == 200
    assert twice == [403, 403]
    log = (await winter.bo.get(f"{winter.path}/log")).text
    assert "paused a join code for 24 hours" in log
    assert "lifted the pause of a join code" in log


async def test_a_paused_guest_reads_and_does_not_write(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=7))
    dee = home.stranger()
    await dee.post(f"/join/{code.code}", name="Dee", organisation="Elsewhere")
    person = await home.value("SELECT id FROM person WHERE name = 'Dee'")
    made = await winter.ana.post(f"{winter.path}/boards", title="Ours")
    board = made.headers["location"]
    card = {"do": "add_card", "id": "11111111-1111-4111-8111-111111111111", "kind": "note", "text": "Hello"}
    await winter.cleo.post(f"{winter.path}/people/{person}/pause")
    refused = await dee.post(f"{board}/ops", **card)
    read = await dee.get(f"{board}/outline")
    people = (await winter.ana.get(f"{winter.path}/people")).text
    await winter.ana.post(f"{winter.path}/people/{person}/lift")
    written = await dee.post(f"{board}/ops", **card)

    assert "paused" in refused.text
    assert read.status_code == 200
    assert "What they write is paused." in people
    assert written.status_code in (200, 303)
    assert await home.value("SELECT count(*) FROM item") == 1


async def test_how_long_proposals_wait_is_such_an_act_itself(home: House, winter: Winter) -> None:
    typed = ("0", "31", "x", "9" * 5000)
    wrong = [await winter.ana.post(f"{winter.path}/waiting/days", days=days) for days in typed]
    await winter.ana.post(f"{winter.path}/waiting/days", days="3")
    waits = await home.value("SELECT waits_days FROM space")
    await winter.cleo.say_yes(winter.path)

    assert [answer.status_code for answer in wrong] == [422] * 4
    assert 'value="31"' in wrong[1].text
    assert waits == 7
    assert await home.value("SELECT waits_days FROM space") == 3


async def test_words_put_back_from_the_log_wait_too(home: House, winter: Winter) -> None:
    first = await home.value("SELECT purpose FROM space")
    await winter.ana.post(f"{winter.path}/edit", **WORDS)
    await winter.cleo.say_yes(winter.path)
    n = await home.value("SELECT max(n) FROM space_log WHERE act = 'words'")
    back = await winter.cleo.post(f"{winter.path}/log/{n}/put-back")
    await winter.ana.say_yes(winter.path)

    assert back.headers["location"].endswith("/waiting?done=act-waits")
    assert await home.value("SELECT purpose FROM space") == first
