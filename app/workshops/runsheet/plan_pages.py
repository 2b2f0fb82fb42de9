"""Planning a workshop over HTTP, and what is beside its run-sheet: words, time, board, who leads it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import structs

from app.access import Code, Refused
from app.boards.core.text import choices
from app.boards.core.text.choices import Choices
from app.boards.library import store as library_store
from app.boards.live import actions as live
from app.boards.live.rooms import LiveRooms, Rooms
from app.config import zone
from app.db import Database, new_id
from app.phrases import day_of, hour
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.web import Db, go
from app.workshops.runsheet import actions, store
from app.workshops.runsheet.context import load
from app.workshops.runsheet.file_format import RunSheetFile
from app.workshops.runsheet.sheet import outline
from app.workshops.runsheet.templates import run_sheets
from app.workshops.runsheet.templates_board import make_board
from app.workshops.runsheet.workshop import Details, Workshop, not_here, read_details

NEW_BOARD = "new"
FIELDS = frozenset({"board", "team", "from", "day", "time", "booked", *choices.FIELDS})


@get("/workshops/new", opt={"action": "workshop.plan"})
async def new(request: Request, db: Db) -> Template:
    """The form: `from` is a template or an earlier workshop that its run-sheet comes from."""
    seat, came_from = seat_of(request), request.query_params.get("from", "")
    async with db.read() as tx:
        file = await _source(tx, seat, came_from)
    words = {"title": file.title, "purpose": file.purpose or seat.space.purpose, "authority": file.authority}
    booked = f"{file.sheet.minutes:.0f}" if file.sheet.minutes else ""
    values = {**words, "board": NEW_BOARD, "booked": booked, "from": came_from}
    return await _form(db, seat, values, {}, {seat.actor.person or ""}, file)


@post("/workshops/new", opt={"action": "workshop.plan", "sent_again": FIELDS})
async def plan(request: Request, db: Db, rooms: LiveRooms, door: AtDoor) -> Response | Template:
    """Plan it, with a board of its own where none is chosen."""
    seat, form = seat_of(request), await _typed(request)
    async with db.read() as tx:
        file = await _source(tx, seat, form.get("from", ""))
    team = tuple(form.get("team", "").split())
    if choices.are_looked_for(form):
        return await _form(db, seat, form, {}, set(team), file)
    details, errors = read_details(form, zone(), team)
    workshop_id = form.get("id", "")
    if not errors:
        try:
            async with db.read() as tx:
                known = await store.find(tx, seat.space.id, workshop_id)
                if known is None:
                    await actions.check_new(tx, seat, workshop_id, team)
            if known is None:
                planning = _plan(door, rooms, seat, form, details, file)
                await live.whole(rooms, "a workshop that is planned", planning)
        except Refused as refused:
            if refused.code not in (Code.INVALID, Code.TOO_LONG):
                raise
            errors = {"": refused.say}
        else:
            return go(request, f"/spaces/{door.space_id}/workshops/{workshop_id}")
    return await _form(db, seat, form, errors, set(team), file, 422)


@get("/workshops/{workshop_id:str}/details", opt={"action": "workshop.plan"})
async def details_form(request: Request, db: Db, rooms: LiveRooms, workshop_id: FromPath[str]) -> Template:
    """Its words, its time, its board and who leads it."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    now_is = at.workshop
    when = now_is.starts_at
    values = {name: str(getattr(now_is, name) or "") for name in ("title", "purpose", "authority", "place")}
    values |= {"board": now_is.board or NEW_BOARD, "booked": str(now_is.booked or "")}
    values |= {"day": day_of(when).isoformat(), "time": hour(when)} if when else {}
    return await _form(db, at.seat, values, {}, set(now_is.team), None, workshop=now_is)


@post("/workshops/{workshop_id:str}/details", opt={"action": "workshop.plan", "sent_again": FIELDS})
async def describe(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    workshop_id: FromPath[str],
) -> Response | Template:
    seat, form = seat_of(request), await _typed(request)
    async with db.read() as tx:
        known = await store.find(tx, seat.space.id, workshop_id)
    if known is None:
        raise not_here()
    team = tuple(form.get("team", "").split())
    if choices.are_looked_for(form):
        return await _form(db, seat, form, {}, set(team), None, workshop=known)
    details, errors = read_details(form, zone(), team)
    if not errors:
        try:
            async with db.read() as tx:
                await actions.check_details(tx, seat, known, team)
            describing = _describe(door, rooms, seat, form, details, known)
            await live.whole(rooms, "a workshop that is described", describing)
        except Refused as refused:
            if refused.code not in (Code.INVALID, Code.TOO_LONG, Code.CONFLICT):
                raise
            errors = {"": refused.say}
        else:
            return go(request, f"/spaces/{door.space_id}/workshops/{workshop_id}?done=workshop-saved")
    return await _form(db, seat, form, errors, set(team), None, 422, workshop=known)


async def _source(tx: Any, seat: Seat, came_from: str) -> RunSheetFile:
    """The run-sheet to start from. Raises not_found for a workshop that is not here.

    Whoever does not lead an earlier workshop takes no more of it than the page of it shows them.
    """
    if not came_from:
        return RunSheetFile("", structs.replace(next(iter(run_sheets().values())).sheet, blocks=()))
    if came_from in run_sheets():
        return run_sheets()[came_from]
    known = await store.find(tx, seat.space.id, came_from)
    if known is None:
        raise not_here()
    leads = seat.actor.person in known.team
    sheet = known.sheet if leads else outline(known.sheet)
    return RunSheetFile(known.title, sheet, known.purpose, known.authority, is_outline=not leads)


async def _plan(
    door: Door, rooms: Rooms, seat: Seat, form: Mapping[str, str], details: Details, file: RunSheetFile
) -> Workshop:
    board = await _board_for(door, rooms, seat, form, details.title, file)
    return await actions.plan(door, details, file.sheet, board, form["id"])


async def _describe(
    door: Door, rooms: Rooms, seat: Seat, form: Mapping[str, str], details: Details, known: Workshop
) -> None:
    board, file = known.board, RunSheetFile(known.title, known.sheet)
    if not known.stage:
        board = await _board_for(door, rooms, seat, form, details.title, file)
    await actions.describe(door, known.id, details, board)


async def _board_for(
    door: Door, rooms: Rooms, seat: Seat, form: Mapping[str, str], title: str, file: RunSheetFile
) -> str:
    """The chosen board, or a new one. Raises Refused."""
    chosen = form.get("board", NEW_BOARD)
    if chosen == NEW_BOARD:
        return await make_board(door, rooms, seat, title, file.board, file.sheet, form.get("id", ""))
    async with door.db.read() as tx:
        board = await library_store.find(tx, chosen)
    if board is None or board.space != seat.space.id or board.archived:
        raise Refused(Code.INVALID, "That board is archived or no longer here. Choose another one.")
    return board.id


async def _form(
    db: Database,
    seat: Seat,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    team: set[str],
    file: RunSheetFile | None,
    status: int = 200,
    workshop: Workshop | None = None,
) -> Template:
    async with db.read() as tx:
        people = await load_space_people(tx, seat)
        boards = [one for one in await library_store.of_space(tx, seat.space.id) if not one.archived]
    to_choose = [(NEW_BOARD, "A new board, laid out for this"), *((one.id, one.title) for one in boards)]
    return page_of(
        seat,
        "workshops/plan/details.html",
        status,
        here="workshops",
        values=values,
        errors=errors,
        leading=team,
        leaders=_leaders(people, team, values),
        boards=to_choose,
        file=file,
        workshop=workshop,
        fresh=values.get("id") or new_id(),
    )


def _leaders(people: SpacePeople, team: set[str], values: Mapping[str, str]) -> Choices:
    """Who can lead it, and who does although they have left."""
    here = [one.id for one in people.writers()]
    left = sorted(team - {"", *here})
    named, looking = values.get("named", ""), choices.are_looked_for(values)
    return choices.of_many([*here, *left], people.full_name, named, team, looking=looking)


async def _typed(request: Request) -> dict[str, str]:
    """The fields of the form; the people who were ticked stand together, parted by spaces."""
    found: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            text = value.replace("\0", "")
            found[name] = f"{found[name]} {text}" if name == "team" and name in found else text
    return found


routes = [new, plan, details_form, describe]
