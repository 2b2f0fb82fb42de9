"""The page on which people look for something in a space, and its results as one types."""

from typing import Any

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Template

from app.boards.core.text import folding
from app.db import Database, Tx
from app.find.cards import find_cards
from app.find.catch_up import AT_ONCE, catch_up
from app.find.outcomes import find_outcomes
from app.find.records import find_records
from app.find.result import Results
from app.records.core.register import LONGEST
from app.records.pages.register import reader_of
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people
from app.web import Db, wants_fragment


@get("/find", opt={"action": "space.show"})
async def find(request: Request[Any, Any, Any], db: Db, q: FromQuery[str] = "") -> Template:
    """A box, and what was found; for htmx what was found alone."""
    seat = seat_of(request)
    asked = folding.query(q[:LONGEST])
    results = await _results(db, seat, q[:LONGEST], asked) if asked.terms else None
    name = "find/_results.html" if wants_fragment(request) else "find/index.html"
    return page_of(seat, name, here="find", q=q[:LONGEST], results=results)


async def _results(db: Database, seat: Seat, q: str, asked: folding.Query) -> Results:
    all_there = await catch_up(db, seat.space.id, AT_ONCE)

    async def read(tx: Tx) -> Results:
        people = await load_space_people(tx, seat)
        reader = reader_of(people, q)
        boards, more = await find_cards(tx, people, asked, reader.terms)
        records, of_records = await find_records(tx, people, q, asked, reader)
        goals, measures = await find_outcomes(tx, seat, asked)
        return Results(boards, records, of_records, goals, measures, more, behind=not all_there)

    return await db.run_long_read(read)


routes = [find]
