"""How often pages ask the database: not often, and no more for a long list than for a short one."""

from collections.abc import AsyncIterator

import pytest

from app.db import new_id
from app.main import services
from tests.boards.conftest import Desk, desk
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.spaces.conftest import winter
from tests.spaces.house import House, house
from tests.support.counted import counted

__all__ = ["desk", "winter"]

# Who asks and what they may takes nine of each.
MOST = {
    "home": 40,  # three of them ask what waits for a second organisation or an owner, and who has left
    "live": 12,
    "canvas": 10,
    "outline": 14,
    "find": 28,
    "outcomes": 20,
    "goal": 22,
    "measure": 32,
}
TRIES = 6


@pytest.fixture
async def home(sqlite_url: str) -> AsyncIterator[House]:
    async with house(sqlite_url) as running:
        yield running


async def test_pages_ask_the_database_as_often_for_a_long_list_as_for_a_short_one(desk: Desk) -> None:
    few = await _queries(desk, await _fill(desk, 1))
    many = await _queries(desk, await _fill(desk, 6))

    assert many == few
    assert {page: asked for page, asked in many.items() if asked > MOST[page]} == {}


async def _queries(desk: Desk, pages: dict[str, str]) -> dict[str, int]:
    """How many statements each page sends. The least of some: jobs send theirs in between."""
    counts = {}
    for page, path in pages.items():
        tries = []
        for _ in range(TRIES):
            with counted() as sent:
                answer = await desk.winter.ana.get(path)
            assert answer.status_code == 200, path
            tries.append(len(sent))
        counts[page] = min(tries)
    return counts


async def _fill(desk: Desk, many: int) -> dict[str, str]:
    """So many goals, measures, boards, cards, comments and people more. The pages about the last of them."""
    winter, ana, db = desk.winter, desk.winter.ana, desk.home.db
    goal = measure = ""
    for i in range(many):
        name = f"{many} {i}"
        person = await desk.home.person(f"Dee {name}", f"{new_id()}@example.org")
        await desk.home.seat(winter.id, person, await desk.home.organisation(winter.id, f"Trust {name}"))
        goal = await a_goal(db, winter.id, ana.id, winter.northfield, winter.hospice, title=f"Home {name}")
        measure = await a_measure(db, winter.id, goal, ana.id, code=f"home-{name}")
        await a_measure(db, winter.id, goal, ana.id, code=f"other-{name}")
        for organisation in (winter.northfield, winter.hospice):
            await numbers(db, measure, ana.id, [(n, 10) for n in range(1, 10)], organisation)
        board = Desk(new_id(), desk.home, winter)
        await ana.post(f"{winter.path}/boards", title=f"Board {name}", template="blank", id=board.id)
        await board.outline(ana)
        await services(desk.home.app).rooms.looks.write({})
        await board.card(winter.cleo, f"More ramps {name}")
        card = await desk.card(winter.bo, f"Ramps {name}", section=await desk.section(ana, name))
        await desk.add(person, "add_comment", card=card, text="We too")
    outcomes = f"{winter.path}/outcomes"
    return {
        "home": winter.path,
        "live": f"{winter.path}/live",
        "canvas": f"{desk.path}?view=canvas",
        "outline": f"{desk.path}/outline",
        "find": f"{winter.path}/find?q=ramps",
        "outcomes": outcomes,
        "goal": f"{outcomes}/goals/{goal}",
        "measure": f"{outcomes}/measures/{measure}",
    }
