"""An act that ended early: it is not said to be done, nobody undoes it, and any member continues it."""

import asyncio
import html
import re

from app.access import State
from app.boards.live.codec import BURST, RATE
from app.boards.putting_back.store import Act, find
from app.db import new_id
from app.main import services
from tests.boards.conftest import Desk, desk
from tests.boards.putting_back.test_pages import fields, guest_of, press, spree, text
from tests.spaces.conftest import home, winter
from tests.spaces.house import Person, house
from tests.support.counted import counted
from tests.support.until import until

__all__ = ["desk", "home", "spree", "winter"]
Spree = tuple[Desk, Person, list[str]]


async def begun(desk: Desk, who: Person, gil: Person) -> str:
    """An act that the board's archiving ended before anything was put back: its id."""
    pace = services(desk.home.app).rooms.quotas.paces.of(who.id, desk.id)
    pace.owe(BURST + RATE)
    before = pace.when
    pressed = asyncio.create_task(press(desk, who, gil))
    await until(lambda: pace.when != before)
    await desk.winter.ana.post(f"{desk.path}/archive")
    answer = await pressed
    await desk.winter.ana.post(f"{desk.path}/restore")
    room = services(desk.home.app).rooms.live[desk.id].room
    await until(lambda: room.board.state is State.OPEN)  # its process hears of it by a wake-up
    assert answer.status_code == 422, answer.text
    assert "archived" in answer.text
    assert "Not all of it is done yet." in text(answer)
    return str(await desk.home.value("SELECT id FROM put_back_act"))


def form(page: str, button: str) -> dict[str, str]:
    """Where the form with this button goes, as `to`, and its hidden fields."""
    whole = next(one for one in page.split("<form ")[1:] if button in one.split("</form>")[0])
    given = dict(re.findall(r'name="(act|since|last)" value="([^"]*)"', whole.split("</form>")[0]))
    return {"to": html.unescape(whole.split('action="', 1)[1].split('"')[0]), **given}


async def test_an_act_that_ended_early_is_not_said_to_be_done_and_any_member_continues_it(
    spree: Spree,
) -> None:
    desk, gil, _ = spree
    act = await begun(desk, desk.winter.bo, gil)
    async with desk.home.db.read() as tx:
        stored = await find(tx, act)
    page = (await desk.winter.cleo.get(f"{desk.path}/put-back")).text
    asked = form(page, "Continue")
    answer = await desk.winter.cleo.post(asked.pop("to"), **asked)

    assert isinstance(stored, Act)
    assert stored.counts is None
    assert answer.status_code == 303, answer.text
    assert "2 removals, 1 rewording, 1 addition" in text(await gil.get(answer.headers["location"]))
    assert await desk.home.count("put_back_act") == 1
    assert "Gone one" in await desk.outline(gil)


async def test_what_is_not_finished_cannot_be_undone_and_what_two_people_did_can(spree: Spree) -> None:
    desk, gil, cards = spree
    cleo = desk.winter.cleo
    await press(desk, desk.winter.bo, gil)
    act = await desk.home.value("SELECT id FROM put_back_act")
    await desk.home.set("UPDATE put_back_act SET counts = NULL")  # as if its server had died before the last
    await desk.act(gil, "remove_card", id=cards[0])
    last = await desk.home.value("SELECT max(seq) FROM deed")
    await desk.home.set(f"UPDATE put_back_act SET last = {last}")
    early = await cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id())
    page = (await cleo.get(f"{desk.path}/put-back")).text
    asked = form(page, "Continue")
    continued = await cleo.post(asked.pop("to"), **asked)
    await desk.home.set("UPDATE put_back_act SET last = 0")
    outline = await desk.outline(cleo)
    undone = await desk.winter.ana.post(f"{desk.path}/put-back/{act}/undo", act=new_id())

    assert early.status_code == 422
    assert "Continue it first: then it can be undone." in early.text
    assert "Undo this" not in page
    assert continued.status_code == 303, continued.text
    assert "Gone one" in outline
    assert undone.status_code == 303, undone.text
    after = await desk.outline(cleo)
    assert [words in after for words in ("Gone one", "Gone two", "Spoilt by Gil")] == [False, False, True]


async def test_what_came_of_an_act_is_read_before_the_writing_that_stops_all_others(spree: Spree) -> None:
    desk, gil, _ = spree
    given = fields((await desk.winter.bo.get(f"{desk.path}/put-back/{gil.id}")).text)
    with counted() as sent:
        await desk.winter.bo.post(f"{desk.path}/put-back/{gil.id}", **given)
    stored = next(i for i, one in enumerate(sent) if one.startswith("UPDATE put_back_act"))
    read = max(i for i, one in enumerate(sent) if "LIKE" in one and "deed" in one)

    assert any(one.startswith("BEGIN IMMEDIATE") for one in sent[read:stored]) or not desk.home.db.sqlite


async def test_a_process_that_is_behind_puts_back_all_that_the_page_of_another_showed(
    desk: Desk, database_url: str
) -> None:
    gil, bo = await guest_of(desk), desk.winter.bo
    async with house(database_url) as other:
        there = other.stranger()
        there.http.cookies.update(bo.http.cookies)
        await there.get(f"{desk.path}/outline")
        await desk.card(gil, "Junk of Gil")
        given = fields((await bo.get(f"{desk.path}/put-back/{gil.id}")).text)
        answer = await there.post(f"{desk.path}/put-back/{gil.id}", **given)

    assert answer.status_code == 303, text(answer)
    assert await desk.home.value("SELECT count(*) FROM put_back_act") == 1
