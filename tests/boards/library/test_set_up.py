"""The page on which a board is set up: what it says, who may send its forms, and that it holds at once."""

from app.access import Role
from tests.boards.conftest import Desk
from tests.spaces.house import Person


async def guest_of(desk: Desk) -> Person:
    guest = await desk.home.person("Gil")
    await desk.home.seat(desk.winter.id, guest, desk.winter.hospice, Role.GUEST)
    return guest


async def test_a_locked_set_up_holds_for_guests_and_leaves_them_their_cards(desk: Desk) -> None:
    ana, guest = desk.winter.ana, await guest_of(desk)
    section = await desk.section(guest, "Theirs")
    locked = await ana.post(f"{desk.path}/set-up", locked="yes")
    refused = [
        await desk.act(guest, "add_section", title="One more"),
        await desk.act(guest, "edit_section", id=section, title="Mine"),
        await desk.act(guest, "move_section", id=section, place="first"),
        await desk.act(guest, "remove_section", id=section),
    ]
    card = await desk.card(guest, "Still writing", section=section)
    page = await desk.outline(guest)

    assert locked.status_code == 303
    assert [answer.status_code for answer in refused] == [422] * 4
    assert f'id="card-{card}"' in page
    assert ">Theirs</h2>" in page
    assert "The set-up is locked" in (await ana.get(f"{desk.path}/set-up")).text


async def test_unlocked_again_guests_change_sections_as_before(desk: Desk) -> None:
    ana, guest = desk.winter.ana, await guest_of(desk)
    await ana.post(f"{desk.path}/set-up", locked="yes")
    await ana.post(f"{desk.path}/set-up")

    await desk.section(guest, "One more")

    assert ">One more</h2>" in await desk.outline(ana)


async def test_members_set_up_a_board_until_a_steward_says_otherwise(desk: Desk) -> None:
    ana, bo = desk.winter.ana, desk.winter.bo
    await ana.post(f"{desk.path}/set-up", locked="yes")
    await desk.section(bo, "By a member")
    only_stewards = await ana.post(f"{desk.path}/set-up/members")
    after = await desk.act(bo, "add_section", title="Not any more")
    opening = await bo.post(f"{desk.path}/set-up")

    assert only_stewards.status_code == 303
    assert after.status_code == 422
    assert opening.status_code == 403
    await desk.section(ana, "By a steward")


async def test_guests_and_members_cannot_send_what_is_not_theirs_to_decide(desk: Desk) -> None:
    guest, bo = await guest_of(desk), desk.winter.bo
    sent = [
        await guest.get(f"{desk.path}/set-up"),
        await guest.post(f"{desk.path}/set-up", locked="yes"),
        await guest.post(f"{desk.path}/set-up/members"),
        await bo.post(f"{desk.path}/set-up/members"),
    ]

    assert [answer.status_code for answer in sent] == [403] * 4
    await desk.section(guest, "Not locked")
