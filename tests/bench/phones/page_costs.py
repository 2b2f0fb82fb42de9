"""Processor that one page of each kind takes, in the demo's space with hundreds of people in it."""

from itertools import cycle

from msgspec import Struct
from sqlalchemy import select

from app import config
from app.db import Database, Tx
from app.demo.fill import SPACE, fill
from app.outcomes import tables as outcomes
from app.records.tables import record
from app.spaces import actions as spaces
from app.workshops.runsheet.tables import workshop
from tests.bench.figure import Figure
from tests.bench.phones.http_lines import HttpLines
from tests.bench.processes import processor
from tests.bench.stage import Stage
from tests.support import world

GOAL = 8.0  # ms
AT_FIRST, ASKED = 6, 40  # times; the clock of a process counts in 10 ms
READERS = 20  # who ask in turn


class Place(Struct, frozen=True):
    """The demo's space with so many more members (their cookies), and the paths of its pages by kind."""

    cookies: list[str]
    kinds: dict[str, str]


async def prepare(on: Stage) -> Place:
    """Fill the demo into the product's database, and seat as many people there as in the other space."""
    db = Database(on.database_url)
    try:
        found = await fill(db, config.read({"BASE_URL": on.server.url, "DATABASE_URL": on.database_url}))
        async with db.read() as tx:
            organisations = await spaces.organisations_of_space(tx, SPACE)
            ids = await _ids(tx)
    finally:
        await db.close()
    there = world.World(SPACE, found.boards[0]["id"], {"North": next(iter(organisations.values()))})
    cookies = await world.people(on.database_url, there, len(on.cookies))
    return Place(cookies, _kinds(there.board, ids))


async def measure(on: Stage) -> list[Figure]:
    """All kinds, the dearest first."""
    place = await prepare(on)
    lines = HttpLines(on.server.port)
    try:
        found = [await _cost(on, lines, place.cookies, *kind) for kind in place.kinds.items()]
    finally:
        lines.close()
    return sorted(found, key=lambda one: -one.found)


async def _cost(on: Stage, lines: HttpLines, cookies: list[str], kind: str, path: str) -> Figure:
    readers = cycle(cookies[:READERS])
    for _ in range(AT_FIRST):
        answer = await lines.get(path, next(readers))
        assert answer.status == 200, (path, answer)
    before = processor(on.server.pid)
    sizes = [(await lines.get(path, next(readers))).size for _ in range(ASKED)]
    took = (processor(on.server.pid) - before) / ASKED * 1000
    beside = f"{sizes[0] / 1000:.1f} KB"
    return Figure(f"processor for a page: {kind}, {len(cookies)} people", took, "ms", GOAL, beside)


async def _ids(tx: Tx) -> dict[str, str]:
    """One of each kind, always the same."""
    of_space = {
        "goal": outcomes.goal,
        "measure": outcomes.measure,
        "record": record,
        "workshop": workshop,
    }
    queries = {
        name: select(table.c.id).where(table.c.space_id == SPACE).order_by(table.c.id).limit(1)
        for name, table in of_space.items()
    }
    return {name: (await tx.execute(query)).scalar_one() for name, query in queries.items()}


def _kinds(board: str, ids: dict[str, str]) -> dict[str, str]:
    space, at = f"/spaces/{SPACE}", f"/boards/{board}"
    return {
        "home": space,
        "front page": "/",
        "own page": "/me",
        "people": f"{space}/people",
        "log": f"{space}/log",
        "boards": f"{space}/boards",
        "canvas": f"{at}?view=canvas",
        "outline": f"{at}/outline",
        "wall": f"{at}/wall",
        "names on a board": f"{at}/people",
        "goals": f"{space}/outcomes",
        "goal": f"{space}/outcomes/goals/{ids['goal']}",
        "measure": f"{space}/outcomes/measures/{ids['measure']}",
        "reports": f"{space}/outcomes/reports",
        "register": f"{space}/records",
        "record": f"{space}/records/{ids['record']}",
        "workshops": f"{space}/workshops",
        "run-sheet": f"{space}/workshops/{ids['workshop']}",
        "form to keep a record": f"{space}/records/keep?kind=dilemma",
        "form to plan a workshop": f"{space}/workshops/new",
        "form of a new goal": f"{space}/outcomes/goals/new",
        "putting back": f"{at}/put-back",
        "Find": f"{space}/find?q=pharmacy",
    }
