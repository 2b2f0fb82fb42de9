"""A board on the wall: what everybody in the room may read, and the code for those who may show it."""

from datetime import timedelta

from app.access import Role
from app.db import now
from tests.boards.conftest import Desk
from tests.boards.outline.test_pages import HTMX


async def test_no_draft_of_the_person_who_projects_is_on_the_wall(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Causes")
    shown = await desk.card(ana, "For all to read", section=section)
    draft = await desk.card(ana, "CANARY card", section=section, draft="yes")
    await desk.add(ana, "add_comment", card=draft, text="CANARY comment")
    await desk.add(ana, "add_link", start=shown, end=draft, means="leads_to")

    page = (await ana.get(f"{desk.path}/wall")).text
    fragment = (await ana.get(f"{desk.path}/wall", **HTMX)).text

    for text in (page, fragment):
        assert "For all to read" in text
        assert "CANARY" not in text
        assert draft not in text
    assert "<form" not in page
    assert "<html" not in fragment


async def test_the_code_is_on_the_wall_of_those_who_may_show_it(desk: Desk) -> None:
    code = await desk.home.code(desk.winter.id, desk.winter.ana, now() + timedelta(days=7))
    olga = await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)

    steward, observer = [(await who.get(f"{desk.path}/wall")).text for who in (desk.winter.ana, olga)]

    assert code.code in steward
    assert f"/join/{code.code}?board={desk.id}" in steward
    assert code.code not in observer


async def test_a_wall_is_for_people_of_the_space(desk: Desk) -> None:
    mallory = await desk.home.person("Mallory")

    for to in ("?wall", "/wall"):
        assert (await mallory.get(f"{desk.path}{to}")).status_code == 404
