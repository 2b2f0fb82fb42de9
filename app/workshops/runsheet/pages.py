"""A workshop over HTTP: its run-sheet, the one address for all that is done to it, its doors and files."""

from collections.abc import Mapping

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import NOT_ALLOWED, Code, Refused
from app.boards.live.rooms import LiveRooms
from app.db import new_id
from app.phrases import file_name
from app.refusals import STATUS
from app.spaces.calendar_file import Event, calendar_file
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, Settings, go
from app.workshops.runsheet import actions, file_format
from app.workshops.runsheet.context import load, steps_that_ran
from app.workshops.runsheet.edit import Meanwhile, Wrong
from app.workshops.runsheet.file_format import RunSheetFile
from app.workshops.runsheet.form import STEP_FIELDS, read_edit
from app.workshops.runsheet.open_doors import open_doors
from app.workshops.runsheet.sheet import Block, Step
from app.workshops.runsheet.sheet_page import sheet_page

PATH = "/workshops/{workshop_id:str}"
SHOW = {"action": "workshop.show"}
SENT_AGAIN = frozenset({*STEP_FIELDS, "aim", "seen", "block", "step", "after", "deed", "by"})
MEANWHILE_RAN = (
    "This step has run meanwhile, and what ran is never changed. Your words stand here as a new step of the "
    "block: add it, or leave it."
)
SEVERAL = ("sections",)  # fields that are ticked one by one; their values stand in lines


@get(PATH, opt=SHOW)
async def show(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    workshop_id: FromPath[str],
    step: FromQuery[str] = "",
) -> Template:
    """The run-sheet; `step` is the one whose form is open, `block` that of a block."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    return sheet_page(at, step or request.query_params.get("block", ""), request.query_params)


@post(f"{PATH}/ops", opt={"action": "workshop.prepare", "sent_again": SENT_AGAIN})
async def act(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    workshop_id: FromPath[str],
) -> Response | Template:
    """Do what `do` names, or a button's `deed`. What is refused is said, and the words stay in the form."""
    form, seat = await _typed(request), seat_of(request)
    ran = await steps_that_ran(db, rooms, seat.space.id, workshop_id)
    errors: Mapping[str, str] = {}
    theirs: Step | Block | None = None
    status = STATUS[Code.INVALID]
    try:
        op = read_edit(form)
        await actions.act(door, workshop_id, op, ran)
    except Wrong as wrong:
        errors = wrong.errors
    except Meanwhile as meanwhile:
        errors, theirs = {"": meanwhile.say}, meanwhile.now
        form["seen"] = str(theirs.rev)
    except Refused as refused:
        if refused.code is Code.NOT_ALLOWED or not _is_form(form):
            raise
        errors = {"": refused.say}
        if refused.code is Code.LOCKED:
            status = STATUS[Code.LOCKED]
        if form.get("do") == "set_step" and form.get("id") in ran:
            form |= {"do": "add_step", "id": new_id(), "seen": ""}  # the words go on in a step of their own
            errors = {"": MEANWHILE_RAN}
    if errors:
        at = await load(db, rooms, seat, workshop_id)
        return sheet_page(at, form.get("id", ""), form, errors, theirs, status)
    return go(request, f"/spaces/{door.space_id}/workshops/{workshop_id}{_place(form)}")


@post(f"{PATH}/away", opt={"action": "workshop.prepare"})
async def put_away(request: Request, door: AtDoor, workshop_id: FromPath[str]) -> Response:
    away = (await _typed(request)).get("away") == "yes"
    await actions.put_away(door, workshop_id, away=away)
    return go(request, f"/spaces/{door.space_id}/workshops?done=workshop-{'away' if away else 'back'}")


@post(f"{PATH}/open", opt={"action": "workshop.prepare"})
async def open_it(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    workshop_id: FromPath[str],
) -> Response | Template:
    """Open its doors, and go to the console."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    if not at.leads:
        raise Refused(Code.NOT_ALLOWED, "Only the people who lead this workshop can open its doors.")
    try:
        board = await open_doors(request, door, rooms, at.workshop)
    except Refused as refused:
        return sheet_page(at, "", {}, {"": refused.say}, None, 422)
    return go(request, f"/boards/{board}/console?done=open_stage")


@get(f"{PATH}/print", opt=SHOW)
async def on_paper(request: Request, db: Db, rooms: LiveRooms, workshop_id: FromPath[str]) -> Template:
    """To print: for those who lead it with what is backstage."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    return at.page("workshops/plan/paper.html")


@get(f"{PATH}/run-sheet.json", opt={"action": "workshop.plan"})
async def as_file(request: Request, db: Db, rooms: LiveRooms, workshop_id: FromPath[str]) -> Response[bytes]:
    """The run-sheet as a file, for those who lead it: with what is backstage, without anybody's name."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    if not at.is_team:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    one = at.workshop
    file = RunSheetFile(one.title, one.sheet, one.purpose, one.authority)
    return _download(file_format.pack(file), f"{file_name(one.title)}.json", MediaType.JSON)


@get(f"{PATH}/calendar.ics", opt=SHOW)
async def as_calendar(
    request: Request, db: Db, rooms: LiveRooms, settings: Settings, workshop_id: FromPath[str]
) -> Response[bytes]:
    """Its day and time for a calendar."""
    at = await load(db, rooms, seat_of(request), workshop_id)
    one = at.workshop
    if one.starts_at is None:
        raise Refused(Code.NOT_FOUND, "This workshop has no day yet.")
    event = Event(
        f"{one.id}@throughline",
        one.revision,
        one.changed_at,
        one.starts_at,
        one.title,
        one.purpose,
        f"{settings.base_url}/spaces/{one.space}/workshops/{one.id}",
        one.booked or one.sheet.minutes or 60,
        one.place,
    )
    return _download(calendar_file(event), f"{file_name(one.title)}.ics", "text/calendar")


def _download(data: bytes, name: str, media_type: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


def _is_form(form: Mapping[str, str]) -> bool:
    """Whether words were typed, which must not be lost, and not just a button pressed."""
    return form.get("do") in ("set_step", "set_block", "add_step", "add_block")


def _place(form: Mapping[str, str]) -> str:
    """Where the page goes on: at what was changed, and at the same button for who presses it again."""
    do, id, stay = form.get("do", ""), form.get("id", ""), form.get("stay", "")
    if do in ("up", "down"):
        return f"?step={stay}&moved={do}-{id}"  # no place in it: that would take the focus
    if do in ("set_step", "add_step"):
        return f"?step={id}&done=workshop-saved#step-form"
    if do == "set_block":
        return f"?block={id}&done=workshop-saved#step-form"
    if do == "add_block":
        return f"?step={form.get('step', '')}#step-form"
    return f"?step={stay}" if stay and stay != id else ""


async def _typed(request: Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            text = value.replace("\0", "")
            found[name] = f"{found[name]}\n{text}" if name in SEVERAL and name in found else text
    if found.get("deed"):
        found["do"], _, found["id"] = found["deed"].partition(" ")
    return found


routes = [show, act, put_away, open_it, on_paper, as_file, as_calendar]
