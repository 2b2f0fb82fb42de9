"""The boards of a space over HTTP: create, rename, copy, archive, restore; export and import files."""

import asyncio
from typing import Any

from litestar import MediaType, Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused
from app.boards.library import actions as library
from app.boards.library import file_format, import_job, templates
from app.boards.library.gallery import BoardCard, board_cards
from app.boards.live.rooms import LiveRooms
from app.boards.outline.view import load_outline
from app.boards.seats import on_board
from app.boards.seats import seat_of as board_seat_of
from app.db import Tx, new_id
from app.phrases import file_name
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor, back, page_of, provide_door
from app.spaces.seats import in_space, seat_of
from app.web import Db, Ring, Settings, go, typed

Asking = Request[Any, Any, Any]

MOST_BYTES = 10_000_000
AtBoardDoor = NamedDependency[Door]


async def provide_board_door(request: Asking, db: Db, ring: Ring, settings: Settings) -> Door:
    """The door of the space that the board is in."""
    seat = board_seat_of(request).seat
    return Door(db, ring, settings, seat.login, seat.space.id)


@get("/boards", opt={"action": "space.show"})
async def boards(request: Asking, db: Db) -> Template:
    """All boards of the space, and the ways to create one."""
    return await _boards(request, db)


@post("/boards", opt={"action": "space.create_board"})
async def create(request: Asking, db: Db, door: AtDoor) -> Response[Any] | Template:
    form = await typed(request)
    template = form.get("template", templates.BLANK)
    try:
        new_board = await library.create(door, form.get("title", ""), template, form.get("id"))
    except Refused as refused:
        if refused.code not in (Code.INVALID, Code.TOO_LONG):
            raise
        return await _boards(request, db, 422, values=form, errors={"title": refused.say})
    return go(request, f"/boards/{new_board}")


@post("/boards/import", opt={"action": "space.import_board", "heavy": True}, request_max_body_size=MOST_BYTES)
async def import_board(request: Asking, db: Db, door: AtDoor) -> Response[Any] | Template:
    """A board from a file. For a bad file the page says why at the field, and nothing is changed."""
    form = await request.form()
    upload = form.get("file")
    try:
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise Refused(Code.INVALID, "Choose a file first.")
        data = await upload.read()
        new_board = library.id_for(door, form.get("id"), data)
        cleaned = await import_job.take_in(door, data, new_board)
    except Refused as refused:
        if refused.code in (Code.NOT_FOUND, Code.NOT_ALLOWED, Code.LOCKED):
            raise
        return await _boards(request, db, 422, errors={"file": refused.say})
    if cleaned:
        return back(request, door, "boards?done=board-cleaned")
    return go(request, f"/boards/{new_board}")


@get("/rename", opt={"action": "board.rename"})
async def rename_form(request: Asking, board_id: FromPath[str]) -> Template:
    return _rename_page(request, {"title": board_seat_of(request).title}, {})


@post("/rename", opt={"action": "board.rename"})
async def rename(
    request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]
) -> Response[Any] | Template:
    form = await typed(request)
    try:
        await library.rename(board_door, board_id, form.get("title", ""))
    except Refused as refused:
        if refused.code not in (Code.INVALID, Code.TOO_LONG):
            raise
        return _rename_page(request, form, {"title": refused.say}, 422)
    return back(request, board_door, "boards")


@post("/duplicate", opt={"action": "board.duplicate"})
async def duplicate(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    new_board = await library.duplicate(board_door, board_id)
    return go(request, f"/boards/{new_board}")


@post("/archive", opt={"action": "board.archive"})
async def archive(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    await library.archive(board_door, board_id)
    return back(request, board_door, "boards?done=board-archived")


@post("/restore", opt={"action": "board.restore"})
async def restore(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    await library.restore(board_door, board_id)
    return back(request, board_door, "boards?done=board-restored")


@get("/set-up", opt={"action": "board.set_up"})
async def set_up_page(request: Asking, board_id: FromPath[str]) -> Template:
    """Who can change the sections of a board."""
    seat = board_seat_of(request)
    board = {"id": board_id, "title": seat.title, "set_up": seat.set_up}
    return page_of(seat.seat, "boards/set_up.html", here="boards", board=board)


@post("/set-up", opt={"action": "board.set_up"})
async def lock_set_up(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    """Lock the set-up, or (without `locked`) open it again."""
    await library.lock_set_up(board_door, board_id, locked=(await typed(request)).get("locked") == "yes")
    return go(request, f"/boards/{board_id}/set-up?done=board-set-up")


@post("/set-up/members", opt={"action": "board.who_sets_up"})
async def who_sets_up(request: Asking, board_door: AtBoardDoor, board_id: FromPath[str]) -> Response[Any]:
    """Let members set up the board as well, or (without `members`) stewards alone."""
    by_members = (await typed(request)).get("members") == "yes"
    await library.let_members_set_up(board_door, board_id, by_members=by_members)
    return go(request, f"/boards/{board_id}/set-up?done=board-set-up")


@get("/export.json", opt={"action": "board.export", "heavy": True})
async def export(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[bytes]:
    """The board as this person sees it, as a file that can be imported elsewhere."""
    outline = await load_outline(request, db, rooms, board_seat_of(request))
    names = {id: one.full_name for id, one in outline.people.items()}
    packed = file_format.pack(outline.board, outline.viewer, outline.seat.title, names)
    return Response(
        await asyncio.to_thread(file_format.to_bytes, packed),
        media_type=MediaType.JSON,
        headers={"Content-Disposition": f'attachment; filename="{file_name(outline.seat.title)}.json"'},
    )


async def _boards(
    request: Asking,
    db: Db,
    status: int = 200,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Template:
    seat = seat_of(request)

    async def read(tx: Tx) -> tuple[list[BoardCard], list[BoardCard]]:
        return await board_cards(tx, seat), await board_cards(tx, seat, archived=True)

    current, archived = await db.run_long_read(read)
    return page_of(
        seat,
        "boards/boards.html",
        status,
        here="boards",
        boards=current,
        archived=archived,
        layouts=templates.layouts(),
        values=values or {},
        errors=errors or {},
        fresh=new_id(),
    )


def _rename_page(
    request: Asking, values: dict[str, str], errors: dict[str, str], status: int = 200
) -> Template:
    seat = board_seat_of(request)
    context = {"board_id": seat.board_id, "values": values, "errors": errors}
    return page_of(seat.seat, "boards/rename.html", status, here="boards", **context)


routes = [
    Router(
        "/spaces/{space_id:str}",
        route_handlers=[boards, create, import_board],
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
    ),
    Router(
        "/boards/{board_id:str}",
        route_handlers=[
            *(rename_form, rename, duplicate, archive, restore, export),
            *(set_up_page, lock_set_up, who_sets_up),
        ],
        guards=[on_board],
        dependencies={"board_door": Provide(provide_board_door)},
    ),
]
