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
from app.main import services
from app.outcomes.annotation_tables import rebase
from app.outcomes.imports import steps
from app.outcomes.imports.writing import staging, turns, undo
from app.outcomes.jobs.job import Act, Job
from app.outcomes.measures import observation_store
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import read
from app.outcomes.measures.values import period_value
from app.people.store import logins_of
from app.spaces import store
from app.spaces.actions import Door
from tests.commands.statistics import forget, known
from tests.outcomes.given import HOME, revisions
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
from app.outcomes.imports.writing import turns
from app.outcomes.jobs.job import Job
from app.outcomes.measures import observation_store
turns.SHORT = 0.0
observation_store.ROWS = turns.ROWS = 3
def stop(stage, rows):
    if stage == sys.argv[2] and rows >= 6:
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(worker.do(json.decode(sys.argv[1], type=Job), stop))
"""


@pytest.fixture(autouse=True)
async def no_rounds(home: House) -> None:
    """The running product clears away and settles too, at a moment of its own within a minute."""
    await services(home.app).tasks.stop()


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction for every third value, and for every series in which values are marked."""
    monkeypatch.setattr(turns, "SHORT", 0.0)
    for module in (observation_store, turns):
        monkeypatch.setattr(module, "ROWS", 3)


async def door_of(home: House, winter: Winter) -> Door:
    async with home.db.read() as tx:
        login = str((await logins_of(tx, winter.bo.id))[0].id)
    return Door(home.db, nothing, home.config, login, winter.id)


def meanwhile(act: Callable[[], Any], *when: int, at: str = "written") -> Callable[[str, int], None]:
    """A follower of the progress that lets `act` happen, each time, once so many values are written."""

    def follow(stage: str, rows: int) -> None:
        if stage == at and rows in when:
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


async def killed(home: House, winter: Winter, act: Act, subject: str, stage: str) -> None:
    """A process that did this was ended by force at that stage."""
    door = await door_of(home, winter)
    job = json.encode(Job(act, subject, winter.id, door.login, home.db.url, "FULL")).decode()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, job, stage, cwd=ROOT)
    assert await process.wait() == -signal.SIGKILL


async def enter(home: House, winter: Winter, numerator: int, first: str) -> None:
    """January is corrected by hand, as the form of numbers does, where an import had brought it."""
    async with another(home) as tx:
        await store.bump(tx, winter.id, content_only=True)
        of_first = text("SELECT series_id FROM observation WHERE batch_id = :first AND start = '2024-01-01'")
        line = (await tx.execute(of_first, {"first": first})).scalars().all()[0]
        number = (await observation_store.newest(tx, [line]))[line, JANUARY.start]
        kept = period_value(HOME, Decimal(numerator), Decimal(100), "missing")
        corrected = Revision(line, JANUARY, kept, number + 1)
        await observation_store.append(tx, [corrected], WriteContext(winter.ana.id, now()))


def limits(home: House, winter: Winter, left: list[date]) -> Callable[[], Any]:
    """What gives the measure new limits from the last of the days that are left, and takes that day away."""

    async def new_limits() -> None:
        if left:
            async with another(home) as tx:
                measure = (await tx.execute(text("SELECT id FROM measure"))).scalar_one()
                values = {"begins": left.pop(), "reason": "why", "at": now(), "by": winter.ana.id}
                await tx.execute(insert(rebase).values(id=new_id(), measure_id=measure, **values))

    return new_limits


async def changed(home: House, winter: Winter) -> tuple[str, str, str]:
    """Sixteen numbers, all of which a second import changed: the page, the first import, the second."""
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + ROWS)
    first = await home.value("SELECT id FROM batch")
    await take(home, winter.bo, imports, LONG + ROWS.replace(",100,,", ",90,,"))
    return imports, first, await home.value(f"SELECT id FROM batch WHERE id != '{first}'")


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
            log = [row.revision for id in ids for row in await revisions(tx, id)]
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
    await killed(home, winter, "apply", file.rsplit("/", 1)[1], "written")

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

    door = await door_of(home, winter)
    with pytest.raises(Refused, match="have changed since you checked"):
        await steps.apply(door, file.rsplit("/", 1)[1], meanwhile(lambda: enter(home, winter, 55, first), 6))

    assert await home.count("observation") == 2
    assert await home.count("series") == 1
    assert await home.value("SELECT numerator FROM observation WHERE current") == "55"


@pytest.mark.parametrize("times", [1, turns.TRIES])
async def test_what_changes_how_charts_are_read_is_in_them_however_often_it_changes_meanwhile(
    home: House, winter: Winter, in_parts: None, times: int
) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + ROWS)
    left = [date(2024, month, 1) for month in range(3, 3 + times)]

    await steps.apply(
        await door_of(home, winter), file.rsplit("/", 1)[1], meanwhile(limits(home, winter, left), 9)
    )

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


@pytest.mark.timeout(120)
@pytest.mark.parametrize("act", ["undo", "apply"])
async def test_what_is_killed_while_numbers_are_marked_changes_nothing_and_can_be_done_again(
    home: House, winter: Winter, in_parts: None, act: Act
) -> None:
    imports, _, second = await changed(home, winter)
    subject = second
    if act == "apply":
        third = await bring(home, winter.bo, imports, LONG + ROWS.replace(",100,,", ",80,,"))
        subject = third.rsplit("/", 1)[1]
    before, charts = await seen(home, winter, imports), await kept(home)

    await killed(home, winter, act, subject, "replaced")

    assert 6 <= await home.value("SELECT count(*) FROM observation WHERE turns_with IS NOT NULL") < 16
    assert await seen(home, winter, imports) == before
    assert await kept(home) == await anew(home) == charts
    await staging.clear_old(home.db, now() + staging.ABANDONED)
    assert await kept(home) == await anew(home) == charts
    assert await home.value("SELECT count(*) FROM observation WHERE turns_with IS NOT NULL") == 0
    again = f"{imports}/{second}/undo" if act == "undo" else f"{imports}/{subject}/do"
    await send(home, winter.bo, again)
    values = await home.values("SELECT DISTINCT denominator FROM observation WHERE current")
    assert values == ["100" if act == "undo" else "80"]
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 16
    assert await kept(home) == await anew(home) != charts


@pytest.mark.parametrize("times", [1, turns.TRIES])
async def test_a_number_entered_while_an_import_is_undone_stays(
    home: House, winter: Winter, in_parts: None, times: int
) -> None:
    _, first, second = await changed(home, winter)
    left = list(range(31, 31 + times))

    async def once_more() -> None:
        if left:
            await enter(home, winter, left.pop(), first)

    await undo.undo(await door_of(home, winter), second, meanwhile(once_more, 7, 8, at="replaced"))

    assert left == []
    by_hand = f"SELECT numerator FROM observation WHERE current AND \"by\" = '{winter.ana.id}'"
    assert await home.values(by_hand) == ["31"]
    assert await home.value("SELECT count(*) FROM observation WHERE current AND denominator = '100'") == 16
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 16
    assert await kept(home) == await anew(home)
