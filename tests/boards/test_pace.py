"""Ops over HTTP above the pace wait, and are decided by what their person may do after that."""

import asyncio
import json
from typing import Any

import pytest

from app.boards.live.codec import BURST, RATE
from app.boards.storage import store
from app.db import new_id
from app.main import services
from tests.boards.conftest import Desk
from tests.spaces.house import Person
from tests.support.until import until


async def batch_of_cards(desk: Desk, who: Person, form: bool) -> Any:
    """A batch of one card, as a form or as JSON."""
    part = {"do": "add_card", "id": new_id(), "kind": "note", "text": "Too late"}
    if form:
        return await who.post(f"{desk.path}/ops", do="batch", parts=json.dumps([part]))
    op = {"n": 1, "op": {"do": "batch", "parts": [part]}}
    await who.get("/join")
    token = {"x-csrftoken": who.http.cookies["tl_csrf"]}
    return await who.http.post(f"{desk.path}/ops", json={"client": "late", "ops": [op]}, headers=token)


@pytest.mark.parametrize(("how", "form"), [("removed", False), ("signed out", True)])
async def test_O5_who_goes_while_their_op_waits_for_the_pace_does_nothing_more(
    desk: Desk, how: str, form: bool
) -> None:
    bo, rooms = desk.winter.bo, services(desk.home.app).rooms
    pace = rooms.pace_of(bo.id)
    pace.owe(BURST + 3 * RATE)  # so that the next one waits for three seconds
    before = pace.when
    late = asyncio.create_task(batch_of_cards(desk, bo, form))
    await until(lambda: pace.when != before)
    if how == "removed":
        await desk.winter.ana.post(f"{desk.winter.path}/people/{bo.id}/remove")
    else:
        await desk.home.set("DELETE FROM login")
    answer = await late

    assert answer.status_code == 404
    async with desk.home.db.read() as tx:
        assert not (await store.load(tx, desk.id)).items
