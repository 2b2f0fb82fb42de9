"""Overdue numbers are said on the front page of those who can enter them, and to nobody else."""

from datetime import timedelta

from app.access import Role
from app.db import now
from app.outcomes.reminders import job
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House, house


async def measured(home: House, winter: Winter, *owners: str) -> str:
    goal = await a_goal(home.db, winter.id, winter.ana.id, *owners)
    return await a_measure(home.db, winter.id, goal, winter.ana.id)


async def test_who_can_enter_a_number_is_told_that_it_is_overdue(home: House, winter: Winter) -> None:
    measure = await measured(home, winter, winter.northfield, winter.hospice)
    await numbers(home.db, measure, winter.bo.id, [(1, 2)], winter.northfield)
    watching = await home.person("Olu")
    await home.seat(winter.id, watching, winter.northfield, Role.OBSERVER)
    pages = {name: await one.get("/") for name, one in vars(winter).items() if name in ("ana", "bo", "cleo")}

    for name in ("ana", "bo"):
        assert "Numbers that are overdue" in pages[name].text
        assert "expected by 31 March 2024" in pages[name].text
        assert f'href="{winter.path}/outcomes/measures/{measure}/entry"' in pages[name].text
    assert "overdue" not in pages["cleo"].text
    assert "overdue" not in (await watching.get("/")).text


async def test_what_others_publish_and_goals_that_are_over_are_not_waited_for(
    home: House, winter: Winter
) -> None:
    published = await measured(home, winter, winter.northfield)
    await numbers(home.db, published, winter.bo.id, [(1, 2)], area="R1H")
    nothing = await winter.bo.get("/")
    await numbers(home.db, published, winter.bo.id, [(1, 2)], winter.northfield)
    something = await winter.bo.get("/")
    await home.set("UPDATE goal SET state = 'reached'")
    over = await winter.bo.get("/")

    assert ["overdue" in page.text for page in (nothing, something, over)] == [False, True, False]


async def test_whoever_entered_numbers_is_told_by_mail_once_a_week_at_most(
    home: House, winter: Winter
) -> None:
    measure = await measured(home, winter, winter.northfield)
    await numbers(home.db, measure, winter.bo.id, [(1, 2)], winter.northfield)
    at = now()
    for hours in (0, 1, 24 * 6, 24 * 7 + 1):
        await job.remind(home.db, home.config, at + timedelta(hours=hours))

    assert await home.value("SELECT count(*) FROM outbox WHERE recipient = 'bo@example.org'") == 2
    assert await home.count("outbox") == 2
    body = await home.value("SELECT body FROM outbox LIMIT 1")
    assert "Home within two days, for Northfield Trust in Winter Together, expected by 31 March 2024" in body
    assert f"{home.config.base_url}{winter.path}/outcomes/measures/{measure}/entry" in body


async def test_where_nothing_is_overdue_nobody_is_written_to(home: House, winter: Winter) -> None:
    measure = await measured(home, winter, winter.northfield)
    await numbers(home.db, measure, winter.bo.id, [(1, 2)], area="R1H")
    await job.remind(home.db, home.config, now())

    assert await home.count("outbox") == 0
    assert await home.count("reminder") == 0


async def test_where_mail_is_really_sent_an_address_is_written_to_once_it_is_proved(sqlite_url: str) -> None:
    async with house(sqlite_url, SMTP_URL="smtp://127.0.0.1:9") as home:
        ana = await home.person("Ana")
        space = await home.space(ana)
        north = str(await home.value("SELECT id FROM organisation"))
        goal = await a_goal(home.db, space, ana.id, north)
        measure = await a_measure(home.db, space, goal, ana.id)
        await numbers(home.db, measure, ana.id, [(1, 2)], north)
        await job.remind(home.db, home.config, now())
        before = await home.count("outbox")
        await home.set(f"UPDATE person SET verified_at = '{now():%Y-%m-%d %H:%M:%S.%f}'")
        await job.remind(home.db, home.config, now())

        assert (before, await home.count("outbox")) == (0, 1)
