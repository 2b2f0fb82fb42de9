"""The records of a space as a page and as JSON, and one record as JSON."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotAuthorizedException
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused, Thing, decide
from app.db import Database, Tx
from app.records import store
from app.records.core.as_json import as_json
from app.records.core.kinds import KINDS, kind_of
from app.records.core.record import Record, Stands
from app.records.core.resting import refuted_below
from app.records.core.sight import see
from app.records.core.status import word_of
from app.spaces import seats
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people
from app.web import Db, go, who

NOBODY = "nobody"  # in place of a kind: what nobody keeps true


@get("/records", opt={"action": "record.show"})
async def index(request: Request, db: Db, kind: FromQuery[str] = "") -> Template:
    """What the space keeps, the latest changed first; of one kind, or what nobody holds."""
    seat = seat_of(request)
    async with db.read() as tx:
        records = await _seen(tx, seat)
        people = await load_space_people(tx, seat)
    known = {one.id: one for one in records}
    held = {one.id: one.tender is not None and not people.has_left(one.tender) for one in records}
    nobodys = [one for one in records if one.stands is Stands.STANDING and not held[one.id]]
    counts = {tag: sum(one.kind == tag for one in records) for tag in KINDS}
    shown = nobodys if kind == NOBODY else [one for one in records if kind in ("", one.kind)]
    return page_of(
        seat,
        "records/index.html",
        here="records",
        chosen=kind,
        tabs=[("", "All"), *((one.tag, one.plural) for one in KINDS.values()), (NOBODY, "Nobody holds")],
        kinds=KINDS,
        counts={**counts, NOBODY: len(nobodys), "": len(records)},
        shown=[(one, word_of(one, refuted=bool(refuted_below(one, known))), held[one.id]) for one in shown],
        kind_of=kind_of,
        people=people,
    )


@get("/records.json", opt={"action": "record.show"})
async def index_json(request: Request, db: Db, kind: FromQuery[str] = "") -> Response[dict[str, Any]]:
    """The same for other programs, with `state` those in that state."""
    seat, state = seat_of(request), request.query_params.get("state", "")
    async with db.read() as tx:
        records = await _seen(tx, seat, kind, state)
        names = {one.id: one.name for one in await seats.people_of(tx, seat.space.id)}
        visible = await _visible(tx, seat, records)
    return Response({"records": [as_json(one, names, visible) for one in records]})


@get("/records/{name:str}", opt={"action": "record.show"})
async def by_id(request: Request, db: Db, name: FromPath[str]) -> Response[Any]:
    """`id.json` is the record for other programs; `id` alone leads to its page."""
    record_id = name.removesuffix(".json")
    seat, record = await _find(db, request, record_id)
    if not name.endswith(".json"):
        return go(request, f"/spaces/{seat.space.id}/records/{record.id}")
    async with db.read() as tx:
        names = {one.id: one.name for one in await seats.people_of(tx, seat.space.id)}
        visible = await _visible(tx, seat, [record])
    return Response(as_json(record, names, visible))


async def _find(db: Database, request: Request, record_id: str) -> tuple[Seat, Record]:
    """The record with the person's seat in its space. Foreign, hidden and absent ones answer alike."""
    person = who(request)
    if person is None:
        raise NotAuthorizedException("Sign in to continue.")
    async with db.read() as tx:
        space_id = await store.space_of(tx, record_id)
        seat = await seats.seat(tx, person.login, space_id) if space_id else None
        record = await store.find(tx, space_id, record_id) if space_id else None
    if seat is None or record is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    refused = decide(seat.actor, "record.show", Thing(seat.space.state, seat.actor.person))
    if refused:
        raise refused
    seen = see(record, seat.actor)
    if seen is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return seat, seen


async def _seen(tx: Tx, seat: Seat, kind: str = "", state: str = "") -> list[Record]:
    records = await store.of_space(tx, seat.space.id, kind, state)
    return [one for one in records if see(one, seat.actor)]


async def _visible(tx: Tx, seat: Seat, records: list[Record]) -> dict[str, Record]:
    """The records that these are tied to or replaced by, as far as the person sees them."""
    ids = {tie.other for one in records for tie in one.ties if tie.kind == "record"}
    ids |= {one.replaced_by for one in records if one.replaced_by}
    found = await store.find_many(tx, seat.space.id, ids)
    return {id: one for id, one in found.items() if see(one, seat.actor)}


open_routes = [by_id]
routes = [index, index_json]
