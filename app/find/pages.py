"""The page on which people look for something in a space, and its results as one types."""

from typing import Any

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Template

from app.boards.core.text import folding
from app.db import Database
from app.find.cards import find_cards
from app.find.catch_up import AT_ONCE, catch_up
from app.find.outcomes import find_outcomes
from app.find.result import Results
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, wants_fragment

LONGEST = 200  # characters of what is looked for; the rest is left out


@get("/find", opt={"action": "space.show"})
async def find(request: Request[Any, Any, Any], db: Db, q: FromQuery[str] = "") -> Template:
    """A box, and what was found; for htmx what was found alone."""
    seat = seat_of(request)
    asked = folding.query(q[:LONGEST])
    results = await _results(db, seat, asked) if asked.terms else None
    name = "find/_results.html" if wants_fragment(request) else "find/index.html"
    return page_of(seat, name, here="find", q=q[:LONGEST], results=results)


async def _results(db: Database, seat: Seat, asked: folding.Query) -> Results:
    all_there = await catch_up(db, seat.space.id, AT_ONCE)
    async with db.read() as tx:
        boards, more = await find_cards(tx, seat, asked)
        goals, measures = await find_outcomes(tx, seat, asked)
    return Results(boards, goals, measures, more, behind=not all_there)


routes = [find]
