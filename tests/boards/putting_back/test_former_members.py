"""Who was of an organisation before they became a guest: what they did until then is not put back."""

from datetime import timedelta
from typing import Any

from app.access import Role
from app.db import now
from app.spaces import actions, member_store
from app.spaces.space import Membership
from tests.boards.conftest import Desk, desk
from tests.boards.putting_back.test_pages import fields, text
from tests.spaces.conftest import home, winter

__all__ = ["desk", "home", "winter"]


async def test_what_a_guest_did_while_they_were_of_an_organisation_is_not_put_back(desk: Desk) -> None:
    gil, bo, at = await desk.home.person("Gil"), desk.winter.bo, desk.winter.id
    await desk.home.seat(at, gil, desk.winter.hospice)
    cards = [await desk.card(desk.winter.ana, words) for words in ("As a member", "As a guest")]
    await desk.act(gil, "remove_card", id=cards[0])
    await desk.home.set("UPDATE deed SET at = at - 60")
    async with desk.home.db.write() as tx:
        place: dict[str, Any] = {"role": Role.GUEST, "membership": Membership.ACTIVE, "organisation_id": None}
        await member_store.put(tx, at, gil.id, **place, at=now() - timedelta(seconds=30))
        await actions.touch_person(tx, gil.id)
    before = text(await bo.get(f"{desk.path}/put-back"))
    await desk.act(gil, "remove_card", id=cards[1])
    async with desk.home.db.write() as tx:  # who comes back as a guest has been one all the time
        await member_store.put(tx, at, gil.id, **place, at=now() + timedelta(seconds=30))
        await actions.touch_person(tx, gil.id)
    page = await bo.get(f"{desk.path}/put-back/{gil.id}")
    given = {**fields(page.text), "since": "0"}
    answer = await bo.post(f"{desk.path}/put-back/{gil.id}", **given)
    outline = await desk.outline(bo)

    assert "No guest has changed anything here in the last day." in before
    assert "1 removed thing comes back." in text(page)
    assert answer.status_code == 303, answer.text
    assert ["As a member" in outline, "As a guest" in outline] == [False, True]
