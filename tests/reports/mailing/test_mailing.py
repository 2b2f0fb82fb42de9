"""Reports by email: asked for once a turn, sent once issued, to people who may and want to get them."""

import asyncio
from contextlib import suppress
from datetime import date, timedelta

import pytest

from app.db import Database, now
from app.reports.mailing import job as mailing_job
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import Every, is_stop_signature, last_turn, next_turn, stop_signature
from tests.outcomes.given import a_goal
from tests.reports.test_reports import goal, issue
from tests.spaces.conftest import Winter
from tests.spaces.house import House, house

__all__ = ["goal"]
LATER = timedelta(days=32)  # from setting up on any day: the next turn of a month has come


@pytest.mark.parametrize(
    ("every", "day", "today", "last", "following"),
    [
        ("month", 5, date(2026, 3, 4), date(2026, 2, 5), date(2026, 3, 5)),
        ("month", 5, date(2026, 3, 5), date(2026, 3, 5), date(2026, 4, 5)),
        ("month", 28, date(2026, 1, 1), date(2025, 12, 28), date(2026, 1, 28)),
        ("month", 1, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        ("quarter", 10, date(2026, 2, 1), date(2026, 1, 10), date(2026, 4, 10)),
        ("quarter", 10, date(2026, 1, 9), date(2025, 10, 10), date(2026, 1, 10)),
        ("quarter", 10, date(2026, 12, 31), date(2026, 10, 10), date(2027, 1, 10)),
    ],
)
def test_a_turn_comes_on_its_day(every: Every, day: int, today: date, last: date, following: date) -> None:
    assert last_turn(every, day, today) == last
    assert next_turn(every, day, today) == following


def test_a_signature_is_for_one_reader_of_one_mailing() -> None:
    made = stop_signature("s" * 32, "m1", "p1")

    assert is_stop_signature("s" * 32, "m1", "p1", made)
    assert not any(
        is_stop_signature(*wrong, made)
        for wrong in (("s" * 32, "m1", "p2"), ("s" * 32, "m2", "p1"), ("t" * 32, "m1", "p1"))
    )
    assert not is_stop_signature("s" * 32, "m1", "p1", "ü")


async def set_up(winter: Winter, goal: str | None, *readers: str, **fields: str) -> int:
    part = f"/{goal}" if goal else ""
    to = {f"to-{reader}": "yes" for reader in readers}
    sent = {"every": "month", "day": "5", **to, **fields}
    return (await winter.ana.post(f"{winter.path}/outcomes{part}/report/mailing", **sent)).status_code


async def mails(home: House) -> list[tuple[str, str, str]]:
    async with home.db.read() as tx:
        rows = await tx.exec_driver_sql("SELECT recipient, subject, body FROM outbox ORDER BY recipient")
        return [tuple(row) for row in rows]


async def test_a_report_that_is_due_is_asked_for_once_and_sent_once_issued(
    home: House, winter: Winter, goal: str, database_url: str
) -> None:
    assert await set_up(winter, goal, winter.bo.id, winter.cleo.id) == 303
    await mailing_job.ask_for_due_reports(home.db, home.config, now())
    before = await mails(home)
    other = Database(database_url)
    at = now() + LATER
    await asyncio.gather(
        *(mailing_job.ask_for_due_reports(db, home.config, at) for db in (home.db, other, home.db, other))
    )
    await other.close()
    asked = await mails(home)
    page = await winter.ana.get(f"{winter.path}/outcomes/{goal}/report")
    await home.set("DELETE FROM outbox")
    path = await issue(winter, goal)
    sent = await mails(home)
    await issue(winter, goal)
    await mailing_job.ask_for_due_reports(home.db, home.config, at)

    assert before == []
    assert [to for to, _, _ in asked] == ["ana@example.org"]
    assert f"{home.config.base_url}{winter.path}/outcomes/{goal}/report" in asked[0][2]
    assert "It was due on" in page.text
    assert "goes to Bo, Cleo." in page.text
    assert [(to, subject) for to, subject, _ in sent] == [
        ("bo@example.org", "Report 1: Home sooner"),
        ("cleo@example.org", "Report 1: Home sooner"),
    ]
    assert f"{home.config.base_url}{path}\n" in sent[0][2]
    assert "approved and issued by Ana" in sent[0][2]
    assert len(await mails(home)) == 2


async def test_a_process_that_dies_in_between_has_neither_asked_nor_claimed(
    home: House, winter: Winter, goal: str
) -> None:
    await set_up(winter, goal, winter.bo.id)
    at = now() + LATER
    async with home.db.read() as tx:
        one = (await mailing_store.all_active(tx))[0]
    with suppress(RuntimeError):
        async with home.db.write() as tx:
            await send.ask_for_approval(tx, home.config, one, at)
            raise RuntimeError
    died = await mails(home)
    await mailing_job.ask_for_due_reports(home.db, home.config, at)

    assert died == []
    assert len(await mails(home)) == 1


async def test_what_puts_a_sent_report_right_goes_to_the_same_people(
    home: House, winter: Winter, goal: str
) -> None:
    await set_up(winter, goal, winter.bo.id)
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)
    wrong = (await issue(winter, goal)).rsplit("/", 1)[1]
    await home.set("DELETE FROM outbox")
    await issue(winter, goal, corrects=wrong, because="June was counted twice.")

    assert [subject for _, subject, _ in await mails(home)] == ["Report 2: Home sooner"]


async def test_who_has_left_or_stopped_gets_nothing(home: House, winter: Winter, goal: str) -> None:
    await set_up(winter, goal, winter.ana.id, winter.bo.id, winter.cleo.id)
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)
    await winter.bo.post(f"{winter.path}/leave")
    mailing = await home.value("SELECT id FROM mailing")
    path = f"/stop/{mailing}/{winter.cleo.id}/{stop_signature(home.config.secret, mailing, winter.cleo.id)}"
    reader = home.stranger()
    looked = await reader.get(path)
    still = await home.value("SELECT count(*) FROM mailing_reader WHERE stopped_at IS NOT NULL")
    stopped = await reader.post(path)
    forged = path.replace(winter.cleo.id, winter.ana.id)
    await home.set("DELETE FROM outbox")
    await issue(winter, goal)
    again = await set_up(winter, goal, winter.cleo.id, winter.ana.id)

    assert (looked.status_code, still, stopped.status_code) == (200, 0, 303)
    assert "You no longer get these reports" in (await reader.get(path)).text
    assert (await reader.get(forged)).status_code == (await reader.post(forged)).status_code == 404
    assert [to for to, _, _ in await mails(home)] == ["ana@example.org"]
    assert again == 303
    assert await home.value("SELECT count(*) FROM mailing_reader WHERE stopped_at IS NOT NULL") == 1
    assert (await reader.post(path, again="yes")).status_code == 303
    assert await home.value("SELECT count(*) FROM mailing_reader WHERE stopped_at IS NULL") == 2


async def test_who_stopped_it_is_not_put_back_by_ending_it_and_beginning_anew(
    home: House, winter: Winter, goal: str
) -> None:
    await set_up(winter, goal, winter.bo.id, winter.cleo.id)
    mailing = await home.value("SELECT id FROM mailing")
    path = f"/stop/{mailing}/{winter.cleo.id}/{stop_signature(home.config.secret, mailing, winter.cleo.id)}"
    await home.stranger().post(path)
    await winter.ana.post(f"{winter.path}/outcomes/{goal}/report/mailing/end")
    ended = (await winter.ana.get(f"{winter.path}/outcomes/{goal}/report")).text
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)
    silent = await mails(home)
    await set_up(winter, goal, winter.bo.id, winter.cleo.id)
    begun = await mails(home)
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)
    await issue(winter, goal)

    assert "Send it by email each month or quarter" in ended
    assert silent == begun == []
    assert [to for to, _, _ in await mails(home)] == ["ana@example.org", "bo@example.org"]
    assert "You no longer get these reports" in (await home.stranger().get(path)).text


async def test_only_the_tender_says_when_and_to_whom(home: House, winter: Winter, goal: str) -> None:
    path = f"{winter.path}/outcomes/{goal}/report/mailing"
    to = {f"to-{winter.bo.id}": "yes"}
    for other in (winter.bo, winter.cleo):
        assert (await other.get(path)).status_code == 403
        assert (await other.post(path, every="month", day="5", **to)).status_code == 403
        assert (
            await other.post(path.replace(f"{goal}/", ""), every="month", day="5", **to)
        ).status_code == 403
    outsider = await home.person("Dora")

    assert await set_up(winter, goal) == 422
    assert await set_up(winter, goal, outsider.id) == 422
    assert await set_up(winter, goal, winter.bo.id, day="29") == 422
    assert await home.count("mailing") == 0
    assert await set_up(winter, goal, winter.bo.id) == 303
    assert await set_up(winter, None, winter.bo.id) == 303
    assert (await winter.bo.post(f"{path}/end")).status_code == 403
    assert (await winter.ana.post(f"{path}/end")).status_code == 303
    assert await home.count("mailing") == await home.count("mailing_reader") == 1


async def test_a_goal_that_was_handed_on_is_asked_for_from_its_new_tender(
    home: House, winter: Winter, goal: str
) -> None:
    await set_up(winter, goal, winter.bo.id)
    bare = await a_goal(home.db, winter.id, winter.cleo.id, winter.hospice, title="Another")
    await set_up(winter, None, winter.bo.id)
    await home.set(f"UPDATE goal SET tender_id = '{winter.cleo.id}' WHERE id <> '{bare}'")
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)

    assert [to for to, _, _ in await mails(home)] == ["cleo@example.org", "cleo@example.org"]
    await home.set("UPDATE goal SET archived_at = '2026-01-01 00:00:00.000000'")
    await home.set("DELETE FROM outbox")
    await mailing_job.ask_for_due_reports(home.db, home.config, now() + 2 * LATER)
    assert await mails(home) == []


async def test_where_mail_is_really_sent_only_proved_addresses_get_any(sqlite_url: str) -> None:
    async with house(sqlite_url, SMTP_URL="smtp://127.0.0.1:9") as home:
        ana, bo = await home.person("Ana"), await home.person("Bo")
        space = await home.space(ana)
        north = str(await home.value("SELECT id FROM organisation"))
        await home.seat(space, bo, north)
        made = await a_goal(home.db, space, ana.id, north)
        path = f"/spaces/{space}/outcomes/{made}/report/mailing"
        sent = {"every": "month", "day": "5", f"to-{bo.id}": "yes"}
        unproved = await ana.post(path, **sent)
        await home.set(f"UPDATE person SET verified_at = '{now():%Y-%m-%d %H:%M:%S.%f}'")
        proved = await ana.post(path, **sent)
        await home.set(f"UPDATE person SET verified_at = NULL WHERE id = '{ana.id}'")
        await mailing_job.ask_for_due_reports(home.db, home.config, now() + LATER)

        assert (unproved.status_code, proved.status_code) == (422, 303)
        assert "These people have not confirmed their address: Ana" in (await ana.get(path)).text
        assert await home.count("outbox") == 0
