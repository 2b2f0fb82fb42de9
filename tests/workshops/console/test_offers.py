"""What records offer to a workshop: what is due, nobody's at the close; and the ways to keep a result."""

import pytest

from app.access import Actor, Role
from app.db import new_id, now
from app.records import store
from app.records.core.ops import Deed, Keep
from app.records.core.rules import apply
from app.spaces import seats
from tests.spaces.house import Person
from tests.workshops.conftest import Stage


async def kept(stage: Stage, by: Person, title: str, **more: object) -> str:
    """A record; with `due` its day has come."""
    due, id = more.pop("due", False), new_id()
    async with stage.home.db.write() as tx:
        people = {one.id: one for one in await seats.people_of(tx, stage.winter.id)}
        op = Keep(kind="question", title=title, fields={}, **more)  # type: ignore[arg-type]
        deed = Deed(op, Actor(Role.MEMBER, by.id, people[by.id].organisation), now())
        await store.add(tx, apply(None, deed, id, stage.winter.id), deed)
    if due:
        await stage.home.set(f"UPDATE record SET look_again = '2020-01-31' WHERE id = '{id}'")
    return id


async def console(stage: Stage, query: str = "") -> str:
    shown = await stage.winter.ana.get(f"{stage.desk.path}/console{query}")
    assert shown.status_code == 200, shown.text
    return str(shown.text)


@pytest.fixture
async def begun(stage: Stage) -> Stage:
    stage_id = await stage.begin()
    assert stage_id
    return stage


async def test_what_is_due_is_offered_first_and_asked_about_in_one_press(begun: Stage) -> None:
    ana, bo = begun.winter.ana, begun.winter.bo
    id = await kept(begun, ana, "Who rings?", due=True, tend=True)
    await kept(begun, ana, "Not yet due", tend=True)
    await kept(begun, bo, "CANARY", due=True, draft=True)
    page = await console(begun)

    assert "Last time’s: what is due" in page
    assert "Who rings?" in page
    assert "was due 31 January 2020" in page
    assert "Not yet due" not in page
    assert "CANARY" not in page
    asked = await console(begun, f"?look={id}")
    assert "“Who rings?”: is it still true? What has changed since?</textarea>" in asked
    phase = await begun.ask()
    assert "Last time’s: what is due" not in await console(begun)
    assert phase


async def test_a_draft_of_somebody_else_is_no_question(begun: Stage) -> None:
    id = await kept(begun, begun.winter.bo, "CANARY", draft=True)

    assert "CANARY" not in await console(begun, f"?look={id}")
    assert "is it still true" not in await console(begun, "?look=nothing")


async def test_at_the_close_what_nobody_holds_is_offered_and_no_more_than_a_few(stage: Stage) -> None:
    id = await stage.begin()
    for number in range(6):
        await kept(stage, stage.winter.ana, f"Nobody keeps {number}")
    await kept(stage, stage.winter.ana, "Ana keeps this", tend=True)
    assert "Nobody holds this" not in await console(stage)
    await stage.op(stage.winter.ana, "end", id=id)
    page = await console(stage)

    assert "Nobody holds this" in page
    assert page.count("Nobody keeps ") >= 5
    assert "Nobody keeps 0" not in page  # the latest five
    assert "records?kind=nobody" in page
    assert "Ana keeps this" not in page


async def test_the_console_leads_to_keeping_a_theme_and_what_a_vote_came_to(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask(write="private")
    notes = [await stage.wrote(who, phase, "No bed") for who in (stage.winter.bo, stage.winter.cleo)]
    await stage.reveal(phase)
    theme = new_id()
    await stage.op(stage.winter.ana, "add_theme", id=theme, title="Beds", cards=notes)
    keep = f"/spaces/{stage.winter.id}/records/keep"

    assert f"{keep}?theme={stage.desk.id}/{theme}" in await console(stage)
    vote = {"how": "dots", "dots": 3, "most": 1}
    voting = await stage.ask("Which first?", phase, write="off", about=[phase], vote=vote)
    await stage.op(stage.winter.ana, "close_vote", id=voting)
    assert f"{keep}?result={stage.desk.id}/{voting}" in await console(stage)


async def test_on_the_phone_members_are_led_to_keep_their_own_note_once_it_is_revealed(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask(write="private")
    note = await stage.wrote(stage.winter.bo, phase, "No bed")
    link = f"records/keep?cards={stage.desk.id}/{note}"

    assert link not in await stage.page(stage.winter.bo)
    await stage.reveal(phase)
    assert link in await stage.page(stage.winter.bo)
    assert link not in await stage.page(stage.winter.cleo)
