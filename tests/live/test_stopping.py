"""A real server is told to end while heavy work runs in it: what was acknowledged stays, and nothing else."""

import asyncio
import os
import signal
import sqlite3
import time
from contextlib import suppress

import httpx
import psutil
import pytest

from tests.conftest import StartServer
from tests.support.server import Server
from tests.support.until import until
from tests.support.wire import tab
from tests.support.world import make_world

WITHIN = 10.0  # seconds


def workers_of(server: Server) -> list[psutil.Process]:
    """The processes that make a PDF."""
    found = []
    for one in psutil.Process(server.pid).children():
        with suppress(psutil.Error):
            if "app.reports.files.pdf_worker" in one.cmdline():
                found.append(one)
    return found


@pytest.mark.timeout(90)
async def test_a_server_ends_while_a_pdf_is_made_and_its_database_is_locked_and_goes_on_where_it_was(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server = await start_server(sqlite_url, LIMITS="off")
    server.tracebacks_expected = True  # of the request that is given up
    paper = f"{server.url}/spaces/{world.space}/outcomes/report/as/pdf"
    locking = sqlite3.connect(sqlite_url.split("///")[1], isolation_level=None)
    async with (
        httpx.AsyncClient(headers=world.cookie("Ana"), timeout=60) as http,
        tab(server, world, "Ana") as ana,
    ):
        card = await ana.card("Beds are full")
        asking = asyncio.create_task(http.get(paper))
        [worker] = await until(lambda: workers_of(server), 20, "a PDF is being made")
        worker.suspend()  # so that it never ends by itself
        locking.execute("BEGIN IMMEDIATE")  # as a backup from outside may: who looks where cannot be stored
        began = time.monotonic()
        os.kill(server.pid, signal.SIGTERM)  # to it alone: the other process hears nothing
        await until(lambda: not server.running, WITHIN, "the server has ended")
        assert time.monotonic() - began < WITHIN
        await until(lambda: not worker.is_running(), 2, "its worker has ended with it")
        with suppress(httpx.TransportError):
            assert (await asking).status_code >= 500
    locking.close()

    await server.start()
    async with (
        httpx.AsyncClient(headers=world.cookie("Ana"), timeout=60) as http,
        tab(server, world, "Ana") as ana,
    ):
        assert ana.items[card]["fields"]["text"] == "Beds are full"
        assert (await http.get(paper)).content.startswith(b"%PDF")
