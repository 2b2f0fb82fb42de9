"""Inviting to a board: a sheet for the wall and on paper, whose code leads to this very board."""

from datetime import timedelta

from app.access import Role
from app.db import now
from tests.boards.conftest import Desk

WEEK = timedelta(days=7)


async def test_the_sheet_has_the_code_and_the_address_of_this_board(desk: Desk) -> None:
    code = await desk.home.code(desk.winter.id, desk.winter.ana, now() + WEEK)

    sheet = (await desk.winter.ana.get(f"{desk.path}/invite")).text

    assert code.code in sheet
    assert f"/join/{code.code}?board={desk.id}" in sheet
    assert 'class="qr"' in sheet
    assert f"/spaces/{desk.winter.id}/invite" in sheet
    assert f"/spaces/{desk.winter.id}/organisations/propose" in sheet


async def test_without_a_code_it_says_so_and_leads_to_making_one(desk: Desk) -> None:
    sheet = (await desk.winter.ana.get(f"{desk.path}/invite")).text

    assert "There is no join code now." in sheet
    assert "Create a join code" in sheet


async def test_members_get_the_code_and_nothing_to_manage_and_observers_nothing(desk: Desk) -> None:
    await desk.home.code(desk.winter.id, desk.winter.ana, now() + WEEK)
    mia, olga = await desk.home.person("Mia"), await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, mia, desk.winter.hospice, Role.MEMBER)
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)

    member, observer = await mia.get(f"{desk.path}/invite"), await olga.get(f"{desk.path}/invite")

    assert 'class="qr"' in member.text
    assert "/codes" not in member.text
    assert f"/spaces/{desk.winter.id}/invite" not in member.text
    assert observer.status_code == 403
    assert f"{desk.path}/invite" in await desk.outline(mia)
    assert f"{desk.path}/invite" not in await desk.outline(olga)
