"""Each action that only a steward may do is done once by HTTP, and stands in the log after it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from app.access import ACTIONS, Role
from app.db import now
from tests.outcomes.forms import GOAL, goal_of, id_of
from tests.spaces.conftest import Winter
from tests.spaces.house import House
from tests.spaces.log.test_log import guest, log

Act = Callable[[House, Winter], Awaitable[httpx.Response]]
WORDS = {"name": "Home sooner", "purpose": "Home.", "scope": "Tests.", "agreement": "We ask."}


def by_ana(path: str, **fields: str) -> Act:
    """Ana, a steward of Northfield Trust, posts to an address of the space."""

    async def act(_home: House, winter: Winter) -> httpx.Response:
        known = {"bo": winter.bo.id, "hospice": winter.hospice}
        return await winter.ana.post(winter.path + path.format(**known), **fields)

    return act


async def remove_guest(home: House, winter: Winter) -> httpx.Response:
    return await winter.ana.post(f"{winter.path}/people/{await guest(home, winter, 'Dee')}/remove")


async def admit(home: House, winter: Winter) -> httpx.Response:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=7), waiting_room=True)
    await home.stranger().post(f"/join/{code.code}", name="Dee", organisation="Elsewhere")
    dee = await home.value("SELECT id FROM person WHERE name = 'Dee'")
    return await winter.ana.post(f"{winter.path}/people/{dee}/admit")


async def pause(home: House, winter: Winter) -> httpx.Response:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=7))
    return await winter.ana.post(f"{winter.path}/codes/{code.id}/pause")


async def decide(home: House, winter: Winter) -> httpx.Response:
    await winter.cleo.post(f"{winter.path}/archive")
    act = await home.value("SELECT id FROM waiting_act")
    return await winter.ana.post(f"{winter.path}/waiting/{act}/no")


async def turn_out(home: House, winter: Winter) -> httpx.Response:
    await home.organisation(winter.id, "Borough Council")
    await home.set(f"UPDATE organisation_seat SET joined_at = '{now() - timedelta(days=90):%Y-%m-%d}'")
    return await winter.ana.post(f"{winter.path}/organisations/{winter.hospice}/turn-out")


async def restore(home: House, winter: Winter) -> httpx.Response:
    await home.set(f"UPDATE space SET archived_at = '{now():%Y-%m-%d %H:%M:%S}'")
    return await winter.ana.post(f"{winter.path}/restore")


async def own(_home: House, winter: Winter) -> httpx.Response:
    made = await winter.cleo.post(
        f"{winter.path}/outcomes/goals", **{**GOAL, f"org-{winter.northfield}": "yes"}
    )
    return await winter.ana.post(f"{made.headers['location']}/own", answer="yes")


async def who_sets_up(home: House, winter: Winter) -> httpx.Response:
    await winter.ana.post(f"{winter.path}/boards", title="Leaving well")
    return await winter.ana.post(
        f"/boards/{await home.value('SELECT id FROM board')}/set-up/members", members="yes"
    )


TRIED: dict[str, Act] = {
    "space.describe": by_ana("/edit", **WORDS),
    "space.codes": by_ana("/codes", days="7"),
    "space.admit": admit,
    "space.invite": by_ana("/invite", email="fay@example.org", role="member"),
    "space.remove_person": by_ana("/people/{bo}/remove"),
    "space.remove_guest": remove_guest,
    "space.reset_link": by_ana("/people/{bo}/reset-link"),
    "space.change_role": by_ana("/people/{bo}/role", role="observer"),
    "space.propose_organisation": by_ana("/organisations/propose", name="Borough", email="x@example.org"),
    "space.decide": decide,
    "space.turn_out": turn_out,
    "space.pause": pause,
    "space.end_organisation": by_ana("/organisations/leave"),
    "space.archive": by_ana("/archive"),
    "space.restore": restore,
    "goal.own": own,
    "measure.read_as": by_ana("/outcomes/reading", profile="mdc-england-2023"),
    "board.who_sets_up": who_sets_up,
}


def test_all_that_only_a_steward_may_do_is_tried_here() -> None:
    assert set(TRIED) == {action for action, rule in ACTIONS.items() if rule.roles == {Role.STEWARD}}


@pytest.mark.parametrize("action", TRIED)
async def test_what_a_steward_did_is_the_newest_line_of_the_log(
    home: House, winter: Winter, action: str
) -> None:
    answer = await TRIED[action](home, winter)

    assert answer.status_code in (200, 303), answer.text
    newest = "SELECT by_person FROM space_log ORDER BY n DESC LIMIT 1"
    assert await home.value(newest) == winter.ana.id
    assert await home.count("space_log") > 1


async def test_a_plan_of_a_report_and_what_becomes_of_a_goal_are_told_to_all(
    home: House, winter: Winter
) -> None:
    address = await goal_of(winter)
    plan = f"{winter.path}/outcomes/{id_of(address)}/report/mailing"
    monthly = {"every": "month", "day": "5", f"to-{winter.bo.id}": "yes"}
    await winter.ana.post(plan, **monthly)
    await winter.ana.post(plan, **monthly)  # nothing new
    await winter.ana.post(plan, **{**monthly, "every": "quarter", f"to-{winter.cleo.id}": "yes"})
    await winter.ana.post(f"{plan}/end")
    await winter.ana.post(f"{winter.path}/outcomes/report/mailing", **monthly)
    await winter.ana.post(f"{address}/state", state="reached")
    await winter.ana.post(f"{address}/state", state="reached")
    await winter.ana.post(f"{address}/archive")
    await winter.ana.post(f"{address}/restore")

    title, each = GOAL["title"], "on day 5, by mail to"
    found = [line.replace(title, "G") for line in await log(winter.cleo, winter, topic="outcomes")]
    assert found[:8] == [
        "Ana, Northfield Trust restored the goal G",
        "Ana, Northfield Trust archived the goal G",
        "Ana, Northfield Trust said that the goal G has been reached",
        f"Ana, Northfield Trust scheduled the report on all goals each month, {each} 1 person",
        f"Ana, Northfield Trust ended the mails with the report on G, each quarter, {each} 2 people",
        f"Ana, Northfield Trust scheduled the report on G each quarter, {each} 2 people, "
        f"before each month, {each} 1 person",
        f"Ana, Northfield Trust scheduled the report on G each month, {each} 1 person",
        "Cleo, Vale Hospice said yes for Vale Hospice: it owns the goal G now",
    ]
    assert "example.org" not in (await winter.cleo.get(f"{winter.path}/log.json")).text
