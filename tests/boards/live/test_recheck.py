"""Boards close by themselves when a guest's time, or a sign-in, is over."""

import contextlib
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from app.db import Database, now
from app.people.sessions import IDLE
from app.people.tables import login
from app.spaces.tables import member, space
from tests.conftest import Running
from tests.support.server import Server
from tests.support.wire import tab
from tests.support.world import SOON, World, ends_soon, make_world

Place = tuple[Server, World, str]
SECOND = timedelta(seconds=1)


@pytest.fixture
async def place(running: Running) -> Place:
    server, url = running
    return server, await make_world(url), url


def is_bye(frame: dict[str, Any]) -> bool:
    return bool(frame["type"] == "bye")


async def raise_epoch(url: str, world: World, out: str = "") -> None:
    """Let every process look again who may stay, once the person `out` is a member no more."""
    db = Database(url)
    async with db.write() as tx:
        await tx.execute(update(member).where(member.c.person_id == out).values(state="former"))
        await tx.execute(update(space).where(space.c.id == world.space).values(epoch=space.c.epoch + 1))
    await db.close()


async def test_O5_when_a_guests_time_is_over_their_board_closes_within_a_second(place: Place) -> None:
    server, world, url = place
    end = await ends_soon(url, member, member.c.person_id == world.people["Ben"], expires_at=SOON)
    async with tab(server, world, "Ben") as ben, tab(server, world, "Ana") as ana:
        frame = await ben.until(is_bye)

        assert (frame["code"], frame["say"]) == (4403, "You are no longer part of this space.")
        assert timedelta(0) <= now() - end < SECOND
        await ana.card("Ana goes on")


@pytest.mark.parametrize(("column", "after"), [("expires_at", SOON), ("seen_at", SOON - IDLE)])
async def test_O5_when_a_sign_in_is_over_its_board_closes_within_a_second(
    place: Place, column: str, after: timedelta
) -> None:
    server, world, url = place
    async with tab(server, world, "Ben") as ben, tab(server, world, "Ana") as ana:
        end = await ends_soon(url, login, login.c.person_id == world.people["Ben"], **{column: after})
        await raise_epoch(url, world)
        frame = await ben.until(is_bye)

        assert (frame["code"], frame["say"]) == (4401, "Your sign-in has ended. Sign in to continue.")
        assert timedelta(0) <= now() - end < SECOND
        await ana.card("Ana goes on")


async def test_whoever_writes_uses_their_sign_in(place: Place) -> None:
    server, world, url = place
    async with tab(server, world, "Ben") as ben, tab(server, world, "Cat") as cat:
        for name, idle in (("Ben", SOON - IDLE), ("Cat", SOON - IDLE + SECOND)):
            await ends_soon(url, login, login.c.person_id == world.people[name], seen_at=idle)
        await raise_epoch(url, world)
        await ben.card("Still at work")
        await cat.until(is_bye)  # who has not written, and whose sign-in would have held for longer
        await ben.card("And still")

        assert [frame for frame in ben.frames if is_bye(frame)] == []


async def test_O5_who_waits_with_the_hello_until_they_are_out_is_told_nothing(place: Place) -> None:
    server, world, url = place
    live, origin = f"{server.ws}/boards/{world.board}/live", Origin(server.url)
    async with (
        tab(server, world, "Ana") as ana,
        tab(server, world, "Ben") as ben,
        connect(live, origin=origin, additional_headers=world.cookie("Ben")) as late,
    ):
        await raise_epoch(url, world, out=world.people["Ben"])
        await ben.until(is_bye)
        await ana.card("Not for Ben any more")
        with contextlib.suppress(ConnectionClosed):  # it may have been shown out before its hello
            await late.send(json.dumps({"type": "hello", "v": 1, "client": str(uuid4()), "from": 0}))
        heard: list[dict[str, Any]] = []
        with contextlib.suppress(ConnectionClosed):
            while True:
                heard.append(json.loads(await late.recv()))

        assert late.close_code in (4403, 4404)
        assert is_bye(heard[-1])
