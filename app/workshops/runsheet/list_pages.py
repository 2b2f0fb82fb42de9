"""The workshops of a space: next, past and templates; planning one, and what is beside its run-sheet."""

from collections.abc import Mapping
from datetime import datetime

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.boards.library import actions as library
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.live import actions as live
from app.boards.live.rooms import LiveRooms, Rooms
from app.config import zone
from app.db import Database, Tx, new_id, now
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.web import Db, go
from app.workshops.runsheet import actions, file_format, store
from app.workshops.runsheet.file_format import RunSheetFile
from app.workshops.runsheet.follow import ended_at, is_running
from app.workshops.runsheet.templates import run_sheets
from app.workshops.runsheet.templates_board import make_board
from app.workshops.runsheet.workshop import Details, Workshop, read_details


class Line(Struct, frozen=True):
    """A workshop in the list."""

    workshop: Workshop
    when: datetime | None
    minutes: float
    board: str
    team: tuple[str, ...]
    runs: bool = False
    ended: datetime | None = None


@get("/workshops", opt={"action": "workshop.show"})
async def index(request: Request, db: Db, rooms: LiveRooms) -> Template:
    """Next, past, and what one can start from."""
    return await _list(db, rooms, seat_of(request))


@post("/workshops/import", opt={"action": "workshop.plan"}, request_max_body_size=2 * file_format.MOST_BYTES)
async def import_file(request: Request, db: Db, rooms: LiveRooms, door: AtDoor) -> Response | Template:
    """A workshop from a file. For a broken one the page names block and field, and nothing is made."""
    seat, form = seat_of(request), await request.form()
    upload = form.get("file")
    try:
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise Refused(Code.INVALID, "Choose a file first.")
        data = await upload.read()
        file = file_format.unpack(data, new_id)
        words = {"title": file.title, "purpose": file.purpose, "authority": file.authority}
        details, errors = read_details(words, zone(), (seat.actor.person or "",))
        if errors:
            raise Refused(Code.INVALID, next(iter(errors.values())))
        id = library.id_for(door, form.get("id"), data)
        planning = _plan(door, rooms, seat, details, file, id)
        made = await live.whole(rooms, "a workshop that is imported", planning)
    except Refused as refused:
        if refused.code in (Code.NOT_FOUND, Code.NOT_ALLOWED, Code.LOCKED):
            raise
        return await _list(db, rooms, seat, {"file": refused.say}, 422)
    return go(request, f"/spaces/{door.space_id}/workshops/{made.id}?done=workshop-imported")


async def _plan(
    door: Door, rooms: Rooms, seat: Seat, details: Details, file: RunSheetFile, id: str
) -> Workshop:
    board = await make_board(door, rooms, seat, file.title, file.board, file.sheet, id)
    return await actions.plan(door, details, file.sheet, board, id)


async def _list(
    db: Database,
    rooms: Rooms,
    seat: Seat,
    errors: Mapping[str, str] = {},
    status: int = 200,
) -> Template:
    """The page with all its workshops, also where a file was refused."""
    lines = await _lines(db, rooms, seat)
    past = [one for one in lines if one.ended or (one.when and not one.runs and _is_past(one))]
    away = [one for one in lines if one.workshop.archived]
    rest = [one for one in lines if one not in past and one not in away]
    return page_of(
        seat,
        "workshops/plan/index.html",
        status,
        here="workshops",
        coming=sorted(rest, key=_soonest),
        past=[one for one in past if one not in away],
        away=away,
        templates=run_sheets(),
        errors=errors,
        fresh=new_id(),
    )


async def _lines(db: Database, rooms: Rooms, seat: Seat) -> list[Line]:

    async def read(tx: Tx) -> tuple[list[Workshop], dict[str, BoardSummary], SpacePeople]:
        boards = await library_store.of_space(tx, seat.space.id)
        found = await store.of_space(tx, seat.space.id)
        return found, {one.id: one for one in boards}, await load_space_people(tx, seat)

    found, boards, people = await db.run_long_read(read)
    lines = []
    for one in found:
        # Only one that has begun has more to say than its row: its board is looked at.
        live = one.stage and one.board in boards
        board = (await rooms.open(one.board or "")).room.board if live else None
        title = boards[one.board].title if one.board in boards else ""
        team = tuple(people.name(person) for person in one.team)
        line = Line(
            one, one.starts_at, one.sheet.minutes, title, team, is_running(one, board), ended_at(one, board)
        )
        lines.append(line)
    return lines


def _is_past(line: Line) -> bool:
    starts = line.workshop.starts_at
    return starts is not None and (now() - starts).total_seconds() > 24 * 3600


def _soonest(line: Line) -> tuple[bool, bool, datetime]:
    """What runs first, then by its day, and what has none last."""
    starts = line.workshop.starts_at
    return (not line.runs, starts is None, starts or line.workshop.made_at)


routes = [index, import_file]
