"""Rehearsing a workshop against a real server: what it tells, and that nothing of it stays."""

import asyncio
import json
import re
import signal
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from app.db import Database, now
from app.rehearse.workshop import copied
from app.spaces import rehearsed_store
from app.spaces import store as space_store
from tests.commands.command import rows, run, start
from tests.commands.planned import planned
from tests.conftest import StartServer
from tests.support.until import until
from tests.support.wire import tab
from tests.support.world import World, make_world

PATHS = ("", "/boards", "/people", "/workshops", "/records", "/log", "/find?q=pretend", "/outcomes/reports")
# Counters that rise with coming and going; a job fills the index; bytes count for a day, by ids alone.
STAYS = ("space.epoch", "space.content", "find_board", "find_entry", "usage")


@pytest.mark.timeout(90)
async def test_agenda_a_is_led_to_its_minutes_and_everything_is_as_it_was(
    start_server: StartServer, database_url: str
) -> None:
    world = await make_world(database_url)
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana:
        await ana.card("Here before", section=None)
        await ana.card("Only mine", draft=True)
    workshop = await planned(database_url, world)
    before = await rows(database_url, *STAYS)

    done = await run(
        database_url, server.port, "rehearse", "--workshop", workshop, "--people", "12", "--speed", "900",
        "--json",
    )  # fmt: skip

    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert (found["people"], found["joined"], found["lost"], found["double"]) == (12, 12, 0, 0)
    assert (found["errors"], found["refused"], found["trouble"]) == (0, 0, {})
    assert found["phases"] == found["minutes"]["steps"] == 29
    assert found["notes"] > 30
    assert found["minutes"]["dots"] == found["dots"] > 30
    assert found["minutes"]["people"] == 12
    for took in (found["note_ms"], found["dot_ms"], found["phase_ms"]):
        assert 0 < took["p50"] <= took["p95"] <= took["p99"]
    assert await rows(database_url, *STAYS) == before


@pytest.mark.timeout(60)
async def test_ended_halfway_it_clears_up_and_meanwhile_nobody_is_shown_the_copy(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    workshop = await planned(sqlite_url, world, board=False)
    before = await rows(sqlite_url, *STAYS)
    seen = await pages(server.url, world)
    words = ("--workshop", workshop, "--people", "6", "--speed", "60")
    process = await start(sqlite_url, server.port, "rehearse", *words)
    assert process.stderr is not None
    await until(lambda: _line_with(process.stderr, b"Check-in"), 20, "the workshop runs")

    assert (await rows(sqlite_url))["space"] != before["space"]
    assert await pages(server.url, world) == seen
    again = await run(sqlite_url, server.port, "rehearse", *words)
    process.send_signal(signal.SIGTERM)
    await process.communicate()

    assert again.code == 1
    assert "is being tried out just now" in again.err
    assert process.returncode != 0
    assert await rows(sqlite_url, *STAYS) == before


async def test_what_a_crash_has_left_is_removed_by_the_next_start_and_nothing_else_is(
    start_server: StartServer, database_url: str
) -> None:
    world, other = await make_world(database_url), await make_world(database_url)
    left, held = [await planned(database_url, one) for one in (world, other)]
    before = await rows(database_url, *STAYS)
    db = Database(database_url)
    gone = await copied.make(db, world.space, left, world.people["Ana"])
    stays = await copied.make(db, other.space, held)
    async with db.write() as tx:
        assert await rehearsed_store.hold(tx, gone.space, now() - timedelta(seconds=1))

    await start_server(database_url)

    async def is_gone() -> bool:
        async with db.read() as tx:
            return await space_store.load(tx, gone.space) is None

    await until(is_gone, 15, "it is removed")
    assert await copied.hold(db, stays)
    await copied.remove(db, world.space)  # which is no copy
    await copied.remove(db, stays.space)
    await db.close()
    assert await rows(database_url, *STAYS) == before


async def pages(url: str, world: World) -> list[str]:
    """What Ana is shown of her spaces, of this one and all that is in it, and of herself."""
    paths = ["/", "/me/data.json", *(f"/spaces/{world.space}{path}" for path in PATHS)]
    signed_in = world.cookie("Ana")
    async with httpx.AsyncClient(base_url=url, headers=signed_in, follow_redirects=True) as http:
        found = [await http.get(path) for path in paths]
    assert {one.status_code for one in found} <= {200, 404}
    return [re.sub(r'value="[^"]*"|"made_at":[^,]*|[\w-]{43,}', "", one.text) for one in found]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--workshop", str(uuid4())), "no workshop with this id"),
        ((), "Name a board or a workshop"),
        (("--workshop", "x", "--board", "y"), "Name a board or a workshop"),
        (("--workshop", "x", "--people", "1001"), "At most 1000 people"),
    ],
)
async def test_what_cannot_be_rehearsed_is_said(
    start_server: StartServer, sqlite_url: str, words: tuple[str, ...], sentence: str
) -> None:
    await make_world(sqlite_url)
    server = await start_server(sqlite_url)

    done = await run(sqlite_url, server.port, "rehearse", *words)

    assert done.code == 1
    assert sentence in done.err
    assert "Traceback" not in done.err


async def _line_with(stream: asyncio.StreamReader | None, words: bytes) -> bool:
    assert stream is not None
    return words in await stream.readline()
