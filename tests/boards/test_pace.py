"""Ops over HTTP above the pace wait, and are decided by what their person may do after that."""

import asyncio
import json
from time import monotonic
from typing import Any

import pytest

from app.boards.live.codec import BURST, RATE
from app.boards.storage import store
from app.db import new_id
from app.main import services
from app.realtime.paces import KEPT, Paces
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
    pace = rooms.quotas.paces.of(bo.id, desk.id)
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


async def spree(desk: Desk, who: Person, client: str) -> None:
    """Sixty cards a request, one request after the other, without end."""
    await who.get("/join")
    token = {"x-csrftoken": who.http.cookies["tl_csrf"]}
    for first in range(1, 1_000_000, 60):
        cards = [{"do": "add_card", "id": new_id(), "kind": "note", "text": "Spam"} for _ in range(60)]
        ops = [{"n": first + i, "op": card} for i, card in enumerate(cards)]
        await who.http.post(f"{desk.path}/ops", json={"client": client, "ops": ops}, headers=token)


async def test_whoever_sends_many_ops_over_http_has_one_pace_and_others_do_not_wait(desk: Desk) -> None:
    ana, bo, waits = desk.winter.ana, desk.winter.bo, []
    began = monotonic()
    sprees = [asyncio.create_task(spree(desk, bo, f"spree{i}")) for i in range(4)]
    while monotonic() - began < 2:
        asked = monotonic()
        await desk.card(ana, "An honest word")
        waits.append(monotonic() - asked)
        if len(waits) > BURST // 2:
            break
    for each in sprees:
        each.cancel()
    took = monotonic() - began
    async with desk.home.db.read() as tx:
        items = (await store.load(tx, desk.id)).items.values()
    spam, honest = (sum(item.owner == one.id for item in items) for one in (bo, ana))

    assert spam <= BURST + RATE * took
    assert honest == len(waits)
    assert max(waits) < 5


def test_a_pace_is_kept_for_a_minute_after_the_last_op_and_longer_while_it_owes() -> None:
    paces = Paces(RATE, BURST)
    rested, owing = paces.of("bo", "b1"), paces.of("bo", "b2")
    rested.take()
    for pace in (rested, owing):
        pace.when -= KEPT - 1
    assert paces.of("bo", "b1") is rested

    for pace in (rested, owing):
        pace.when -= 2
    owing.owe(int(RATE * KEPT) * 2)
    paces.of("ana", "b1")

    assert paces.of("bo", "b1") is not rested
    assert paces.of("bo", "b2") is owing
