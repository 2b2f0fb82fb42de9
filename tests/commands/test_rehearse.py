"""Rehearsals against a real server: what they tell, and that nothing of them stays."""

import asyncio
import json
import os
import signal
from uuid import uuid4

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from app.boards.library import store as library_store
from app.db import Database, now
from app.rehearse.gauge import Gauge, listening
from app.rehearse.outline import OutlineTally, seen_in
from app.rehearse.report import Report, as_text, verdict
from app.rehearse.tally import Tally
from app.spaces.members import actions as members
from tests.commands.command import rows, run, start
from tests.conftest import StartServer
from tests.support.ports import free_port
from tests.support.until import until
from tests.support.wire import tab
from tests.support.world import make_world

SMALL = ("--people", "12", "--rate", "20", "--seconds", "3")
# Counters that rise with coming and going; a job fills the index; what came in is counted every ten seconds.
STAYS = ("space.epoch", "space.content", "find_board", "find_entry", "usage")


async def test_it_tells_how_it_went_and_leaves_everything_as_it_was(
    start_server: StartServer, database_url: str
) -> None:
    world = await make_world(database_url)
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana:
        await ana.card("Here before", section=None)
        await ana.card("Only mine", draft=True)
    before = await rows(database_url, *STAYS)

    done = await run(database_url, server.port, "rehearse", "--board", world.board, *SMALL, "--json")

    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert (found["people"], found["rate"], found["seconds"]) == (12, 20, 3)
    assert (found["joined"], found["ops"], found["acked"], found["deliveries"]) == (12, 60, 60, 720)
    assert (found["lost"], found["double"], found["errors"], found["trouble"]) == (0, 0, 0, {})
    for took in (found["ack_ms"], found["deliver_ms"]):
        assert 0 < took["p50"] <= took["p95"] <= took["p99"]
    assert found["ack_ms"]["p50"] <= found["deliver_ms"]["p50"]
    assert found["server_cpu_s_per_1000_deliveries"] > 0
    assert found["bytes_per_socket"] is not None
    assert await rows(database_url, *STAYS) == before


async def test_ended_halfway_it_clears_up(start_server: StartServer, sqlite_url: str) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    before = await rows(sqlite_url, *STAYS)
    process = await start(sqlite_url, server.port, "rehearse", "--board", world.board, "--people", "5")
    assert process.stderr is not None
    await until(lambda: _line_with(process.stderr, b"write for"), 20, "they write")

    process.send_signal(signal.SIGTERM)
    await process.communicate()

    assert process.returncode != 0
    assert await rows(sqlite_url, *STAYS) == before


async def test_a_server_that_goes_away_and_comes_back_loses_nothing(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    words = ("--board", world.board, "--people", "10", "--rate", "20", "--seconds", "6", "--json")
    process = await start(sqlite_url, server.port, "rehearse", *words)
    assert process.stderr is not None
    await until(lambda: _line_with(process.stderr, b"write for"), 20, "they write")

    await server.kill9()
    await server.start()
    out, err = await process.communicate()

    assert process.returncode == 0, err
    found = json.loads(out)
    assert (found["ops"], found["acked"], found["lost"], found["double"]) == (120, 120, 0, 0)
    assert found["errors"] >= 10  # everybody was cut off


async def test_a_server_on_another_database_is_refused_with_a_sentence(
    start_server: StartServer, sqlite_url: str, postgres_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(postgres_url)
    before = await rows(sqlite_url, *STAYS)

    done = await run(sqlite_url, server.port, "rehearse", "--board", world.board, *SMALL)

    assert done.code == 1
    assert "does not know this board" in done.err
    assert await rows(sqlite_url, *STAYS) == before


@pytest.mark.parametrize(
    ("running", "sentence"), [(True, "no board with this id"), (False, "No server answers")]
)
async def test_what_is_not_there_is_said(
    start_server: StartServer, sqlite_url: str, running: bool, sentence: str
) -> None:
    port = (await start_server(sqlite_url)).port if running else free_port()

    done = await run(sqlite_url, port, "rehearse", "--board", str(uuid4()), *SMALL)

    assert done.code == 1
    assert sentence in done.err
    assert "Traceback" not in done.err


async def test_who_watches_the_copy_is_told_that_it_is_gone(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    original, world.board = world.board, str(uuid4())
    db = Database(sqlite_url)
    async with db.write() as tx:
        await library_store.copy(tx, original, world.board, "A copy", library_store.REHEARSAL, now())
    async with tab(server, world, "Ana") as ana:
        async with db.write() as tx:
            await members.forget_guests(tx, world.space, "nobody")
            await library_store.remove_rehearsal(tx, world.board)
        with pytest.raises(ConnectionClosed) as closed:
            await ana.until(lambda _: False)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4404
    await db.close()


async def test_only_the_copies_of_rehearsals_can_be_removed(db: Database, database_url: str) -> None:
    world = await make_world(database_url)
    async with db.write() as tx:
        await library_store.remove_rehearsal(tx, world.board)
        found = await library_store.find(tx, world.board)

    assert found is not None


def test_the_server_is_found_by_its_port_and_its_use_read() -> None:
    gauge = Gauge([os.getpid()])

    assert listening(free_port()) == []
    assert (gauge.processor() or 0) > 0
    assert (gauge.memory() or 0) > 1_000_000
    assert Gauge([]).processor() is None
    assert Gauge([2**22 + 1]).memory() is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "as it happens"),
        ({"lost": 1}, "Do not meet"),
        ({"errors": 1, "trouble": {"cut off": 1}}, "without trouble"),
        ({"deliver_ms": {"p50": 300.0, "p95": 600.0, "p99": 700.0}}, "a wait that people will notice"),
        ({"deliver_ms": {"p50": 300.0, "p95": 6000.0, "p99": 7000.0}}, "too slow"),
        ({"server_cpu_share": None}, "could not be seen"),
    ],
)
def test_the_words_say_whether_to_invite_so_many(changes: dict[str, object], sentence: str) -> None:
    took = {"p50": 9.0, "p95": 20.0, "p99": 40.0}
    figures = {
        **dict.fromkeys(("people", "joined", "ops", "acked", "deliveries"), 200),
        **dict.fromkeys(("lost", "double", "errors"), 0),
        "rate": 20,
        "seconds": 60,
        "join_s": 4,
        "ack_ms": took,
        "deliver_ms": took,
        "trouble": {},
        **dict.fromkeys(("server_cpu_s", "server_cpu_s_per_1000_deliveries", "server_cpu_share"), 0.4),
        "bytes_per_socket": 35_000,
        "client_cpu_share": 0.1,
    }
    report = msgspec.convert({**figures, **changes}, Report)

    assert sentence in as_text(report)
    assert verdict(report) in as_text(report)


async def _line_with(stream: asyncio.StreamReader | None, words: bytes) -> bool:
    assert stream is not None
    return words in await stream.readline()


async def test_people_on_phones_follow_the_outline_and_everything_is_on_each_of_them(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url)
    asked = ("--people", "12", "--phones", "8", "--rate", "10", "--seconds", "3", "--json")

    done = await run(sqlite_url, server.port, "rehearse", "--board", world.board, *asked)

    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert (found["phones"], found["ops"], found["acked"], found["deliveries"]) == (8, 30, 30, 120)
    assert (found["lost"], found["double"], found["errors"]) == (0, 0, 0)
    assert 0 < found["phone_ms"]["p50"] <= found["phone_ms"]["p95"]


def test_an_op_that_is_not_on_every_phone_is_missing() -> None:
    tally, outline = Tally(1), OutlineTally(2)
    deed = tally.sent("card", 1_000)
    tally.answered(deed, 5, 2_000)
    html = '<li class="card kind-note" id="card-card" data-card data-rev="5"><p data-rev="7">id="card-x" </p>'
    outline.received(0, seen_in(html), 3_000)
    assert outline.missing(tally.deeds) == 1

    outline.received(1, seen_in(html.replace('"5"', '"4"')), 3_500)
    assert outline.missing(tally.deeds) == 1
    outline.received(1, seen_in(html.replace('"5"', '"6"')), 4_000)

    assert outline.missing(tally.deeds) == 0
    assert sorted(outline.took(tally.deeds)) == [2_000, 3_000]
