"""What is due to be looked at again in a space, and each such day as a calendar file."""

from datetime import date, timedelta

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.phrases import day_now
from app.records import due_store, store
from app.records.core.kinds import kind_of
from app.records.core.record import Record, Stands
from app.records.core.register import ME
from app.records.core.sight import see
from app.records.pages.register import RegisterRow, rows_of
from app.spaces.calendar_file import Event, calendar_file
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space_people import SpacePeople, load_space_people
from app.web import Db, Settings, wants_fragment

SOON, FAR = timedelta(days=30), timedelta(days=90)


class Stretch(Struct, frozen=True):
    """What is due within one stretch of time."""

    title: str
    rows: list[RegisterRow]


@get("/records/due", opt={"action": "record.show"})
async def due(request: Request, db: Db) -> Template:
    """What is due or soon will be; `whose=me` what one keeps true oneself."""
    seat, today = seat_of(request), day_now()
    mine = request.query_params.get("whose") == ME

    async def read(tx: Tx) -> tuple[SpacePeople, list[RegisterRow], int]:
        people = await load_space_people(tx, seat)
        found = await due_store.due(tx, seat.space.id, today + FAR, seat.actor.person if mine else None)
        return people, await rows_of(tx, people, found), len(found)

    people, rows, count = await db.run_long_read(read)
    return page_of(
        seat,
        "records/review/_due.html" if wants_fragment(request) else "records/review/due.html",
        here="records",
        mine=mine,
        people=people,
        stretches=[one for one in _stretches(rows, today) if one.rows],
        most=due_store.MOST if count == due_store.MOST else 0,
    )


@get("/records/{record_id:str}/look-again.ics", opt={"action": "record.show"})
async def calendar(request: Request, db: Db, settings: Settings, record_id: FromPath[str]) -> Response[bytes]:
    """The day to look again, for a calendar."""
    seat = seat_of(request)
    async with db.read() as tx:
        record = await store.find(tx, seat.space.id, record_id)
    seen = see(record, seat.actor) if record else None
    if seen is None or seen.look_again is None or seen.stands is Stands.CLOSED:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return Response(
        calendar_file(_event(seen, seen.look_again, settings.base_url)),
        media_type="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="look-again.ics"'},
    )


def _event(record: Record, on: date, base_url: str) -> Event:
    kind = kind_of(record)
    path = f"{base_url.rstrip('/')}/spaces/{record.space}/records/{record.id}"
    about = f"{kind.summary(record) if kind else record.title}\nIs it still true?\n{path}"
    id = f"{record.id}@throughline"
    return Event(id, record.revision, record.changed_at, on, f"Look again: {record.title}", about, path)


def _stretches(rows: list[RegisterRow], today: date) -> list[Stretch]:
    """In turn; every row has a day."""
    days = [(row, row.record.look_again or today) for row in rows]
    soon = today + SOON
    return [
        Stretch("Was due", [row for row, day in days if day < today]),
        Stretch("In the next 30 days", [row for row, day in days if today <= day <= soon]),
        Stretch("After that", [row for row, day in days if day > soon]),
    ]


routes = [due, calendar]
