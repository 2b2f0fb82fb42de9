"""The records of a space as a page and as JSON, and one record as JSON."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request, Response, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.params import FromPath
from litestar.response import Template
from msgspec import structs

from app.access import NOT_FOUND, Code, Refused, Thing, decide
from app.boards.live.rooms import LiveRooms
from app.db import Database
from app.records import actions, status_job, store
from app.records.actions import Meanwhile
from app.records.core.form_ops import read_day
from app.records.core.kinds import KINDS
from app.records.core.ops import LookAgain
from app.records.core.record import Record
from app.records.core.register import ALL, NOBODY, Asked, read_asked
from app.records.core.sight import see
from app.records.core.writing import Wrong
from app.records.hooks import Hooks, RecordHooks
from app.records.pages.register import load_register
from app.records.pages.table import load_json_page, records_json
from app.spaces import seats
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.rules import Errors, tidy_line
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people
from app.web import Db, go, typed, wants_fragment, who

JSON_PAGE = 100  # records that another program gets at once


@get("/records", opt={"action": "record.show"})
async def index(request: Request, db: Db, record_hooks: Hooks) -> Template:
    """A page of the register, as its address asks for it; `edit` names the row that shows its form."""
    asked, edit = read_asked(request.query_params), request.query_params.get("edit", "")
    part = wants_fragment(request)
    return await _register(db, record_hooks, seat_of(request), asked, edit, part=part)


@post("/records/rows/{record_id:str}", opt={"action": "record.keep"})
async def change_row(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, record_hooks: Hooks, record_id: FromPath[str]
) -> Response | Template:
    """Save the title and the day of a row in its place. What is wrong is said beside its field there."""
    form = await typed(request)
    asked = read_asked(dict(parse_qsl(form.get("asked", ""))))
    errors = await _save_row(door, record_id, form)
    if errors:
        return await _register(db, record_hooks, seat_of(request), asked, record_id, form, errors)
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records{asked.address()}#record-{record_id}")


async def _save_row(door: Door, record_id: str, form: Mapping[str, str]) -> Errors:
    """What is wrong, by field; a field that is as it was is left alone."""
    errors: Errors = {}
    title, seen = tidy_line(form.get("title", "")), form.get("seen", "")
    try:
        if title != form.get("title_was"):
            await actions.write(door, record_id, {"title": title}, int(seen) if seen.isdecimal() else 0, {})
    except Wrong as wrong:
        errors |= wrong.errors
    except Meanwhile as meanwhile:
        errors["title"] = f"Somebody else wrote meanwhile: “{meanwhile.now.title}”. Your words stayed here."
    except Refused as refused:
        if refused.code in (Code.NOT_FOUND, Code.NOT_ALLOWED):
            raise
        errors["title"] = refused.say
    try:
        if form.get("on", "") != form.get("on_was", ""):
            await actions.act(door, record_id, LookAgain(read_day(form.get("on", ""))))
    except Refused as refused:
        errors["on"] = refused.say
    return errors


async def _register(
    db: Database,
    hooks: RecordHooks,
    seat: Seat,
    asked: Asked,
    edit: str,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
    *,
    part: bool = False,
) -> Template:
    register = await db.run_long_read(lambda tx: load_register(tx, seat, asked, hooks))
    return page_of(
        seat,
        "records/_register.html" if part else "records/index.html",
        422 if errors else 200,
        here="records",
        register=register,
        asked=asked,
        edit=edit,
        values=values,
        errors=errors or {},
        tabs=[("", "All"), *((one.tag, one.plural) for one in KINDS.values()), (NOBODY, "Nobody holds")],
        kinds=KINDS,
        people=register.people,
    )


@get("/records.json", opt={"action": "record.show", "heavy": True})
async def index_json(request: Request, db: Db) -> Response[dict[str, Any]]:
    """A register for other programs, by the same filters, closed ones too unless `state` says otherwise."""
    seat, asked = seat_of(request), read_asked(request.query_params)
    asked = structs.replace(asked, state=asked.state or ALL)
    async with db.read() as tx:
        records, count = await load_json_page(tx, seat, asked, JSON_PAGE)
    more = asked.page * JSON_PAGE < count
    following = f"/spaces/{seat.space.id}/records.json{asked.address(page=asked.page + 1)}"
    return Response({"records": records, "count": count, "next": following if more else None})


@get("/records/{name:str}", opt={"action": "record.show"})
async def by_id(request: Request, db: Db, name: FromPath[str]) -> Response[Any]:
    """`id.json` is the record for other programs; `id` alone leads to its page."""
    record_id = name.removesuffix(".json")
    seat, record = await _find(db, request, record_id)
    if not name.endswith(".json"):
        return go(request, f"/spaces/{seat.space.id}/records/{record.id}")
    async with db.read() as tx:
        found = await records_json(tx, await load_space_people(tx, seat), [record])
    return Response(found[0])


async def _find(db: Database, request: Request, record_id: str) -> tuple[Seat, Record]:
    """The record with the person's seat in its space. Foreign, hidden and absent ones answer alike."""
    person = who(request)
    if person is None:
        raise NotAuthorizedException("Sign in to continue.")
    async with db.read() as tx:
        space_id = await store.space_of(tx, record_id) or seats.NO_SPACE  # for which it takes as long
        seat = await seats.seat(tx, person.login, space_id)
        record = await store.find(tx, space_id, record_id) if seat else None
    if seat is None or record is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    refused = decide(seat.actor, "record.show", Thing(seat.space.state, seat.actor.person))
    if refused:
        raise refused
    seen = see(record, seat.actor)
    if seen is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return seat, seen


open_routes = [by_id]
routes = [index, change_row, index_json]
