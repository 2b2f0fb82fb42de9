"""Ten thousand records with their rows and ties: how long their pages, the line and the files take."""

import asyncio
import time
from datetime import timedelta

import httpx

from app.access import Actor, Role
from app.db import Database, chunks, new_id, now
from app.phrases import day_now
from app.records import store
from app.records.core import ops, rows
from app.records.core.ops import Deed
from app.records.core.record import Record
from app.records.core.rules import apply
from tests.bench.canvas import at
from tests.bench.figure import Figure
from tests.bench.processes import memory
from tests.bench.stage import Stage

RECORDS, ROWS = 10_000, 3  # records, rows of each; the chains have 24,000 ties
CHAIN = 10  # records that led from one to the next
RATE, SECONDS = 20.0, 6.0  # requests a second, for so long
PAGES, AT_ONCE = 10_000, 4  # pages over which memory is to stay flat
MUST = {"dilemma": {"pole_a": "Flow", "pole_b": "Choice"}, "test": {"do": "Ring", "threshold": "20 of 30"}}
LISTS = {"dilemma": ("ups_a", "text"), "assumption": ("evidence", "what"), "test": ("results", "saw")}


async def measure(on: Stage, pages_read: int = PAGES) -> list[Figure]:
    ids = await _fill(on)
    base = f"/spaces/{on.world.space}/records"
    headers = {"Cookie": on.cookies[0]}
    async with httpx.AsyncClient(base_url=on.server.url, headers=headers, timeout=60) as http:
        pages = {
            "register": [f"{base}?page={n % 200 + 1}" for n in range(200)],
            "register of a kind by title": [f"{base}?kind=assumption&sort=title"],
            "search in a register": [f"{base}?q=record+{n}" for n in range(200)],
            "record page with its line": [f"{base}/{ids[n * 37 % RECORDS]}" for n in range(200)],
        }
        found = [await _paced(http, what, paths) for what, paths in pages.items()]
        for form in ("csv", "xlsx", "json", "md"):
            began = time.monotonic()
            answer = await http.get(f"{base}/as/{form}")
            assert answer.status_code == 200, answer
            took = time.monotonic() - began
            found.append(Figure(f"{RECORDS:,} records as {form}", took, "s", 3.0))
        found.append(await _growth(on, http, list(pages.values()), pages_read))
    return found


async def _growth(on: Stage, http: httpx.AsyncClient, kinds: list[list[str]], many: int) -> Figure:
    """What the server holds more after the second half of so many pages, of all kinds in turn."""
    numbers = iter(range(many))
    held: list[int] = []

    async def read() -> None:
        for number in numbers:
            turn, kind = divmod(number, len(kinds))
            path = kinds[kind][turn % len(kinds[kind])]
            assert (await http.get(path)).status_code in (200, 503)
            if number % (many // 10) == 0:
                held.append(memory(on.server.pid) // 2**20)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(read())
    held.append(memory(on.server.pid) // 2**20)
    what = f"growth of the server over the second half of {many:,} pages"
    beside = f"MB held: {', '.join(map(str, held))}"
    return Figure(what, held[-1] - held[len(held) // 2], "MB", 5.0, beside)


async def _paced(http: httpx.AsyncClient, what: str, paths: list[str]) -> Figure:
    """Requests at a steady rate, answered or not; the server may turn some away."""
    took: list[float] = []
    away = 0

    async def ask(path: str) -> None:
        nonlocal away
        began = time.monotonic()
        answer = await http.get(path)
        assert answer.status_code in (200, 503), answer
        away += answer.status_code == 503
        took.append((time.monotonic() - began) * 1e3)

    await ask(paths[0])
    took.clear()
    async with asyncio.TaskGroup() as group:
        for number in range(int(RATE * SECONDS)):
            group.create_task(ask(paths[number % len(paths)]))
            await asyncio.sleep(1 / RATE)
    beside = f"median {at(took, 0.5):.0f}, turned away {away} of {len(took)}"
    return Figure(f"{what}, p95 at {RATE:g} requests/s", at(took, 0.95), "ms", 150, beside)


async def _fill(on: Stage) -> list[str]:
    """The ids. Chains of CHAIN records, each of which rests on the next three."""
    actor = Actor(Role.STEWARD, on.world.people["Ana"], None)
    made = [_record(number, on.world.space, actor) for number in range(RECORDS)]
    ids = [one.id for one, _ in made]
    db = Database(on.database_url)
    try:
        for some in chunks(list(enumerate(made))):
            async with db.write() as tx:
                for number, (one, deed) in some:
                    linked = one
                    for other in ids[number + 1 : min(number + 4, number - number % CHAIN + CHAIN)]:
                        tie = ops.NewTie(new_id(), "record", other, "rests_on")
                        linked = rows.tied(linked, Deed(ops.AddTie(tie), actor, one.made_at), tie)
                    await store.add(tx, linked, deed)
    finally:
        await db.close()
    return ids


def _record(number: int, space: str, actor: Actor) -> tuple[Record, Deed]:
    """A record with ROWS rows; every third one has nobody who keeps it true."""
    kind = list(LISTS)[number % 3]
    list_, field = LISTS[kind]
    lines = (ops.NewRow(new_id(), list_, {field: f"What somebody wrote {n}"}) for n in range(ROWS))
    op = ops.Keep(
        kind,
        f"Record {number} of what we keep",
        MUST.get(kind, {}),
        tuple(lines),
        tend=number % 3 > 0,
        look_again=day_now() + timedelta(days=number % 400),
    )
    deed = Deed(op, actor, now())
    return apply(None, deed, new_id(), space), deed
