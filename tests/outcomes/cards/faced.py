"""A goal on a board whose numbers are about to rise, for tests of the faces of cards."""

from dataclasses import dataclass
from datetime import date

import httpx

from app.db import Database
from app.outcomes.cards import store as card_store
from app.phrases import day_now
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.support.server import Server

BEFORE = [50, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 50]
RISEN = [70, 72, 74, 76, 78, 80, 82]


@dataclass
class Faced:
    """A goal with a year of numbers from one organisation."""

    space: str
    goal: str
    measure: str

    async def stand(self, db: Database, board: str, card: str) -> None:
        async with db.write() as tx:
            await card_store.link(tx, board, card, self.goal)

    async def enter(self, server: Server, token: str) -> None:
        """What somebody of the organisation types into the grid: seven better months."""
        path = f"/spaces/{self.space}/outcomes/measures/{self.measure}/entry"
        async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as http:
            http.cookies.set("tl_session", token)
            await http.get(path)
            cells = {f"n-{_month(7 - i)}": str(n) for i, n in enumerate(RISEN)}
            cells |= {f"d-{_month(7 - i)}": "100" for i in range(7)}
            answer = await http.post(path, data={"_csrf_token": http.cookies["tl_csrf"], **cells})
        assert answer.status_code == 303, answer.text


async def about_to_rise(db: Database, space: str, organisation: str, person: str) -> Faced:
    goal = await a_goal(db, space, person, organisation)
    measure = await a_measure(db, space, goal, person)
    pairs = [(n, 100) for n in BEFORE]
    await numbers(db, measure, person, pairs, organisation, begin=_month(7 + len(BEFORE)))
    return Faced(space, goal, measure)


def _month(ago: int) -> str:
    today = day_now()
    months = today.year * 12 + today.month - 1 - ago
    return date(months // 12, months % 12 + 1, 1).isoformat()
