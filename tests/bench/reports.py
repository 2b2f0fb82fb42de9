"""What outcomes take: 100,000 rows brought in, the report of a large space, and its PDF."""

import asyncio
import random
import time
from statistics import median, quantiles

import httpx
from msgspec import Struct

from app.db import Database
from app.outcomes.measures.measure import Definition
from app.spaces import actions as spaces
from tests.bench.processes import memory
from tests.bench.stage import Stage
from tests.outcomes.given import a_goal, a_measure, numbers

GOALS, OF_GOAL, ORGANISATIONS, MONTHS = 5, 8, 5, 36
AREAS, PERIODS = 400, 250
HEADING = "measure_code,org_code,period_start,numerator,denominator,value,note\n"
MB = 1024 * 1024


class Reports(Struct, frozen=True):
    rows: int
    imported: float  # seconds, from sending the file to the last row written
    waited: float  # the longest that /healthz took meanwhile, in ms
    page_ms: tuple[float, float]  # p50, p95
    pdf: tuple[float, float]  # seconds: p50, p95
    grown: tuple[float, float]  # megabytes from the second quarter of the rounds to the last: pages, PDFs
    rounds: int


async def measure(on: Stage, rounds: int) -> Reports:
    """The rounds of pages and PDFs are of one report: 40 measures, 5 organisations, 36 months."""
    measures = await _fill(on)
    space = f"/spaces/{on.world.space}/outcomes"
    cookies = {"tl_session": on.world.tokens["Ana"]}
    async with httpx.AsyncClient(
        base_url=on.server.url, cookies=cookies, headers={"Origin": on.server.url}, timeout=120
    ) as ana:
        pages = await _rounds(on, ana, f"{space}/report", rounds)
        files = await _rounds(on, ana, f"{space}/report/as/pdf", rounds)
        imported, waited = await _import(ana, f"{space}/imports", measures)
    return Reports(
        AREAS * PERIODS,
        imported,
        waited * 1000,
        (pages.p50 * 1000, pages.p95 * 1000),
        (files.p50, files.p95),
        (pages.grown, files.grown),
        rounds,
    )


class _Rounds(Struct, frozen=True):
    p50: float
    p95: float
    grown: float


async def _rounds(on: Stage, ana: httpx.AsyncClient, path: str, rounds: int) -> _Rounds:
    took, held = [], []
    for _ in range(max(rounds, 8) + 1):  # the first one warms up
        began = time.monotonic()
        answer = await ana.get(path)
        took.append(time.monotonic() - began)
        held.append(memory(on.server.pid))
        assert answer.status_code == 200, answer.text[:500]
    cuts = quantiles(took[1:], n=20)
    quarter = (
        len(held) // 4
    )  # what is free goes and comes: the middle of a quarter tells more than one moment
    growth = median(held[-quarter:]) - median(held[quarter : 2 * quarter])
    return _Rounds(cuts[9], cuts[18], growth / MB)


async def _import(ana: httpx.AsyncClient, path: str, code: str) -> tuple[float, float]:
    """Bring, look at, import: seconds until all is written, and the longest wait of others meanwhile."""
    months = [f"{1990 + month // 12}-{month % 12 + 1:02}-01" for month in range(PERIODS)]
    rows = "".join(f"{code},A{area},{month},{area % 90},100,,\n" for area in range(AREAS) for month in months)
    await ana.get(path)
    token = {"_csrf_token": ana.cookies["tl_csrf"]}
    began, waits = time.monotonic(), [0.0]
    sent = await ana.post(path, data=token, files={"file": ("numbers.csv", (HEADING + rows).encode())})
    assert sent.status_code == 303, sent.text[:500]
    file = sent.headers["location"]
    await _over(ana, file, waits)
    done = await ana.post(f"{file}/do", data=token)
    assert done.status_code == 303, done.text[:500]
    await _over(ana, file, waits)
    return time.monotonic() - began, max(waits)


async def _over(ana: httpx.AsyncClient, file: str, waits: list[float]) -> None:
    """Until the work on the file is over: its progress then leads elsewhere."""
    while (await ana.get(f"{file}/progress")).status_code == 200:
        began = time.monotonic()
        await ana.get("/healthz")
        waits.append(time.monotonic() - began)
        await asyncio.sleep(0.1)


async def _fill(on: Stage) -> str:
    """Goals with measures of every organisation; gives the code of a measure that has no numbers yet."""
    luck, by = random.Random(36), on.world.people["Ana"]
    db = Database(on.database_url)
    async with db.write() as tx:
        more = [
            await spaces.add_organisation(tx, on.world.space, f"Organisation {i}")
            for i in range(ORGANISATIONS - len(on.world.organisations))
        ]
    owners = [*on.world.organisations.values(), *more]
    for number in range(GOALS):
        goal = await a_goal(db, on.world.space, by, *owners, title=f"Goal {number + 1}")
        for place in range(OF_GOAL):
            name = f"Measure {number + 1}.{place + 1}"
            definition = Definition(name=name, suppress_below=0)
            made = await a_measure(db, on.world.space, goal, by, definition, f"m-{number}-{place}")
            for owner in owners:
                pairs = [(luck.randint(45, 60) + month // 6, 100) for month in range(MONTHS)]
                await numbers(db, made, by, pairs, owner, definition=definition)
    goal = await a_goal(db, on.world.space, by, *owners, title="By area")
    await a_measure(db, on.world.space, goal, by, Definition(name="By area", suppress_below=0), "by-area")
    await db.close()
    return "by-area"
