"""An import of any size is written in short transactions, and yet whole or not at all."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import json
from sqlalchemy import insert, text

from app.access import Refused
from app.config import ROOT
from app.db import Database, Tx, new_id, now
from app.outcomes.annotation_tables import rebase
from app.outcomes.imports import steps
from app.outcomes.imports.writing import staging
from app.outcomes.jobs.job import Job
from app.outcomes.measures import observation_store
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import read
from app.outcomes.measures.values import period_value
from app.people.store import logins_of
from app.spaces.actions import Door
from tests.commands.statistics import forget, known
from tests.outcomes.given import HOME
from tests.outcomes.imports.import_forms import bring, measured, send, words
from tests.outcomes.imports.test_pages import LONG, take
from tests.outcomes.test_prepare import anew, kept, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

ROWS = "".join(
    f"home,{area},2024-{month:02}-01,{month + 60},100,,\n" for area in ("", "R1") for month in range(1, 9)
)
JANUARY = read("2024-01-01", HOME.frequency)
KILLED = """
import asyncio, os, signal, sys
from msgspec import json
from app.outcomes import worker
from app.outcomes.imports.writing import staging
from app.outcomes.jobs.job import Job
from app.outcomes.measures import observation_store
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import read
from app.outcomes.measures.values import period_value
staging.TURN, observation_store.ROWS = 0.0, 3
def stop(stage, rows):
    if stage == "written" and rows >= 6:
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(worker.do(json.decode(sys.argv[1], type=Job), stop))
"""


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction for every third value."""
    monkeypatch.setattr(staging, "TURN", 0.0)
    monkeypatch.setattr(observation_store, "ROWS", 3)


async def door_of(home: House, winter: Winter) -> Door:
    async with home.db.read() as tx:
        login = str((await logins_of(tx, winter.bo.id))[0].id)
    return Door(home.db, nothing, home.config, login, winter.id)


def meanwhile(act: Callable[[], Any], when: int) -> Callable[[str, int], None]:
    """A follower of the progress that lets `act` happen, each time, once `when` values are written."""

    def follow(stage: str, rows: int) -> None:
        if stage == "written" and rows == when:
            with ThreadPoolExecutor() as elsewhere:
                elsewhere.submit(lambda: asyncio.run(act())).result()

    return follow


@asynccontextmanager
async def another(home: House) -> AsyncIterator[Tx]:
    """A transaction of another process."""
    db = Database(home.db.url)
    try:
        async with db.write() as tx:
            yield tx
    finally:
        await db.close()


async def seen(home: House, winter: Winter, imports: str) -> tuple[str, ...]:
    """All that people see of numbers and imports."""
    measure = await home.value("SELECT id FROM measure")
    paths = (imports, f"{imports.removesuffix('/imports')}/measures/{measure}", winter.path)
    return tuple([words((await winter.bo.get(path)).text) for path in paths])


async def test_what_is_written_so_far_counts_for_nobody_until_all_is_there(
    home: House, winter: Winter, in_parts: None
) -> None:
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + "home,,2024-01-01,50,100,,\nhome,,2024-02-01,51,100,,\n")
    charts = await kept(home)
    file = await bring(home, winter.bo, imports, LONG + ROWS)
    before = await seen(home, winter, imports)
    during: list[Any] = []

    async def look() -> None:
        async with another(home) as tx:
            stored = (await tx.execute(text("SELECT count(*) FROM observation"))).scalar_one()
            ids = list((await tx.execute(text("SELECT id FROM series"))).scalars())
            counted = await observation_store.observed(tx, ids)
            log = [row.revision for id in ids for row in await observation_store.revisions(tx, id)]
        during.append((stored, sum(map(len, counted.values())), log))

    await steps.apply(await door_of(home, winter), file.rsplit("/", 1)[1], meanwhile(look, 12))

    assert during == [(14, 2, [1, 1])]
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 16
    assert await home.count("observation") == 18
    assert await kept(home) == await anew(home) != charts
    assert await seen(home, winter, imports) != before


@pytest.mark.timeout(120)
async def test_an_import_that_is_killed_halfway_leaves_nothing_to_see_and_is_cleared_away(
    home: House, winter: Winter, in_parts: None
) -> None:
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + "home,,2024-01-01,50,100,,\n")
    file = await bring(home, winter.bo, imports, LONG + ROWS)
    before, charts = await seen(home, winter, imports), await kept(home)
    door = await door_of(home, winter)
    job = Job("apply", file.rsplit("/", 1)[1], winter.id, door.login, home.db.url, "FULL")
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, json.encode(job).decode(), cwd=ROOT
    )

    assert await killed.wait() == -signal.SIGKILL
    assert await home.count("observation") == 1 + 6
    assert await seen(home, winter, imports) == before
    assert await kept(home) == await anew(home) == charts
    await staging.clear_abandoned(home.db, now())
    assert await home.count("observation") == 7  # it may still be at work
    await staging.clear_abandoned(home.db, now() + staging.ABANDONED)
    assert [await home.count(name) for name in ("observation", "series", "batch", "upload")] == [1, 1, 1, 1]
    await send(home, winter.bo, f"{file}/do")
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 16
    assert await home.value("SELECT max(revision) FROM observation") == 2
    assert await kept(home) == await anew(home)


async def test_who_presses_import_again_after_a_crash_gets_it_whole(
    home: House, winter: Winter, in_parts: None
) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + ROWS)
    door = await door_of(home, winter)

    class Crash(Exception):
        pass

    def crash(stage: str, rows: int) -> None:
        if stage == "written" and rows == 9:
            raise Crash

    with pytest.raises(Crash):
        await steps.apply(door, file.rsplit("/", 1)[1], crash)
    assert await home.count("observation") == 9
    await send(home, winter.bo, f"{file}/do")

    assert await home.count("observation") == 16
    assert await home.value("SELECT max(revision) FROM observation") == 1
    assert await home.count("batch") == 1
    assert await kept(home) == await anew(home)


async def test_a_number_entered_meanwhile_stops_the_import_and_stays(
    home: House, winter: Winter, in_parts: None
) -> None:
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + "home,,2024-01-01,50,100,,\n")
    first = await home.value("SELECT id FROM batch")
    file = await bring(home, winter.bo, imports, LONG + ROWS)

    async def enter() -> None:
        """Corrected by hand, as the form of numbers does."""
        async with another(home) as tx:
            of_first = text("SELECT series_id FROM observation WHERE batch_id = :first")
            line = (await tx.execute(of_first, {"first": first})).scalar_one()
            number = (await observation_store.newest(tx, [line]))[line, JANUARY.start]
            kept = period_value(HOME, Decimal(55), Decimal(100), "missing")
            corrected = Revision(line, JANUARY, kept, number + 1)
            await observation_store.append(tx, [corrected], WriteContext(winter.ana.id, now()))

    door = await door_of(home, winter)
    with pytest.raises(Refused, match="have changed since you checked"):
        await steps.apply(door, file.rsplit("/", 1)[1], meanwhile(enter, 6))

    assert await home.count("observation") == 2
    assert await home.count("series") == 1
    assert await home.value("SELECT numerator FROM observation WHERE current") == "55"


@pytest.mark.parametrize("times", [1, staging.TRIES])
async def test_what_changes_how_charts_are_read_is_in_them_however_often_it_changes_meanwhile(
    home: House, winter: Winter, in_parts: None, times: int
) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + ROWS)
    measure = await home.value("SELECT id FROM measure")
    left = [date(2024, month, 1) for month in range(3, 3 + times)]

    async def new_limits() -> None:
        if left:
            async with another(home) as tx:
                values = {"begins": left.pop(), "reason": "why", "at": now(), "by": winter.ana.id}
                await tx.execute(insert(rebase).values(id=new_id(), measure_id=measure, **values))

    await steps.apply(await door_of(home, winter), file.rsplit("/", 1)[1], meanwhile(new_limits, 9))

    assert left == []
    assert await kept(home) == await anew(home)
    assert await home.count("observation") == 16
    assert await home.count("batch") == 1


async def test_an_import_of_which_something_is_gone_is_not_let_count(
    home: House, winter: Winter, in_parts: None
) -> None:
    file = await bring(home, winter.bo, await measured(home, winter), LONG + ROWS)

    async def lose() -> None:
        async with another(home) as tx:
            await tx.execute(text("DELETE FROM observation WHERE start = '2024-01-01'"))

    with pytest.raises(Refused, match="have changed since you checked"):
        await steps.apply(await door_of(home, winter), file.rsplit("/", 1)[1], meanwhile(lose, 15))

    assert [await home.count(name) for name in ("observation", "series", "batch")] == [0, 0, 0]


async def test_after_a_large_import_the_database_knows_what_stands_in_its_tables(
    home: House, winter: Winter, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + ROWS)
    await forget(home.db.url)
    monkeypatch.setattr("app.db.MUCH", 10)
    more = ROWS.replace("2024-", "2023-")
    file = await bring(home, winter.bo, imports, LONG + more)
    await steps.apply(await door_of(home, winter), file.rsplit("/", 1)[1], lambda *_: None)

    assert "observation" in await known(home.db.url)
