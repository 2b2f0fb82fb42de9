"""The console over HTTP: the page, its forms, and what comes next. All of it works without JavaScript."""

from collections.abc import Mapping
from time import time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import phase_of, stage_of
from app.boards.core.text import choices
from app.boards.live import actions
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.outline import form_ops
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat, seat_of
from app.db import Database, new_id
from app.refusals import STATUS
from app.spaces.actions import Door
from app.web import Db, drawn_for, go, page, services, wants_fragment
from app.workshops.console import next_phase, offers, plan, quiet
from app.workshops.console.draw import context
from app.workshops.console.next_phase import Preview
from app.workshops.console.plan import load_plan
from app.workshops.console.told import DONE, moved_on
from app.workshops.hat import led
from app.workshops.projector import links
from app.workshops.runsheet import actions as sheet_actions
from app.workshops.runsheet.edit import Wrong
from app.workshops.runsheet.form import read_edit

Asking = Request[Any, Any, Any]
ANEW = frozenset({"open_phase", "end", "resume"})  # after which the form for what is next is drawn anew
PATH = "/boards/{board_id:str}/console"


@get("/", opt={"action": "workshop.lead"})
async def show(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    next: FromQuery[str] = "",
    again: FromQuery[str] = "",
    use: FromQuery[str] = "",
    look: FromQuery[str] = "",
    step: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Response[str]:
    """The page. `next` is the kind of phase to set up, `again` one to use anew, `use` a thing to ask of.

    `look` is a record to look at again together, `step` one of the run-sheet to look at ahead.
    """
    board = (await rooms.open(board_id)).room.board
    if not (next or again or use or look):
        return await _answer(request, db, rooms, seat_of(request), step=step, said=DONE.get(done, ""))
    kind, given = _begun(board, next_phase.kind_of(next), again, use)
    question = await offers.question_of(db, seat_of(request), look)
    given = {"prompt": question[:600]} if question else given
    return await _answer(
        request, db, rooms, seat_of(request), kind=kind, given=given, said=DONE.get(done, "")
    )


@post("/next", opt={"action": "workshop.lead", "sent_again": frozenset(next_phase.FIELDS)})
async def see_next(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """The first of two presses: what phones will show, and what is unfinished. Nobody is moved."""
    seat, form = seat_of(request), form_ops.with_lists((await request.form()).multi_items())
    kind = next_phase.kind_of(form.get("kind", ""))
    board = (await rooms.open(board_id)).room.board
    values = next_phase.values_of(board, kind, form)
    if form.get("back"):
        return await _answer(request, db, rooms, seat, kind=kind, given=values)
    try:
        seen = next_phase.preview(board, kind, values, form.get("id") or new_id())
        sheet = await load_plan(db, board)
        seen = plan.seen(sheet, board, seen, values.get("step", ""))
    except Refused as refused:
        status = STATUS[refused.code]
        return await _answer(request, db, rooms, seat, status, kind=kind, given=values, wrong=refused.say)
    return await _answer(request, db, rooms, seat, kind=kind, given=values, seen=seen)


@post(
    "/", opt={"action": "workshop.lead", "sent_again": form_ops.LISTS | {"phase", "thing", *choices.FIELDS}}
)
async def act(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """One op of a facilitator. Where it is refused the page says why, with the words in their form."""
    seat, form = seat_of(request), form_ops.with_lists((await request.form()).multi_items())
    if choices.are_looked_for(form):
        return await _answer(request, db, rooms, seat, form=form, anew=False)
    try:
        await actions.whole(rooms, "a deed of a console", _do_whole(request, db, rooms, seat, form))
    except Refused as refused:
        board = (await rooms.open(board_id)).room.board
        say = await moved_on(db, board, form, refused.say)
        return await _refused(request, db, rooms, seat, form, STATUS[refused.code], say)
    do = form.get("do", "")
    if do == "give_up":
        return go(request, f"/boards/{board_id}/take-part")
    if wants_fragment(request):
        return await _answer(request, db, rooms, seat, said=DONE.get(do, ""), anew=do in ANEW)
    return go(request, f"/boards/{board_id}/console?done={do}")


@post("/plan", opt={"action": "workshop.lead", "sent_again": frozenset({"by"})})
async def change_plan(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """Leave a step of the run-sheet out, lengthen or move it. What ran is not changed."""
    seat, form = seat_of(request), form_ops.with_lists((await request.form()).multi_items())
    board, say = (await rooms.open(board_id)).room.board, ""
    sheet = await load_plan(db, board)
    door = Door(db, rooms.ring, services(request).config, seat.seat.login, seat.space.id)
    try:
        if sheet is None:
            raise Refused(Code.NOT_FOUND, "This workshop has no run-sheet.")
        await sheet_actions.act(door, sheet.workshop.id, read_edit(form), sheet.ran_ids, leads=True)
    except Wrong as wrong:
        say = str(wrong)
    except Refused as refused:
        say = refused.say
    if say or wants_fragment(request):
        status = 422 if say else 200
        return await _answer(request, db, rooms, seat, status, said="" if say else "Changed.", wrong=say)
    return go(request, f"/boards/{board_id}/console")


@post("/quiet", opt={"action": "workshop.lead"})
async def quiet_seen(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """The facilitators have seen these quiet words: they are counted from nought again."""
    seat, form = seat_of(request), form_ops.with_lists((await request.form()).multi_items())
    await quiet.seen(db, board_id, form.get("word", ""))
    if wants_fragment(request):
        return await _answer(request, db, rooms, seat)
    return go(request, f"/boards/{board_id}/console")


async def _do_whole(
    request: Asking, db: Database, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]
) -> None:
    """What a form asks for; before a step is opened, what its run-sheet says is shown first."""
    if form.get("do") in ("open_phase", "end"):
        board = (await rooms.open(seat.board_id)).room.board
        sheet = await load_plan(db, board)
        await plan.note_here(db, sheet, board)
        opens = form.get("do") == "open_phase" and form.get("step")
        for phase in await plan.before_opening(db, sheet, board, form) if opens else ():
            await _do(request, rooms, seat, {"do": "reveal", "id": phase})
    await _do(request, rooms, seat, form)


async def _do(request: Asking, rooms: Rooms, seat: BoardSeat, form: Mapping[str, str]) -> None:
    op = form_ops.read_op(form)
    base, read = form_ops.base_of(form), form_ops.read_of(form)
    seat = await take_turn(request, rooms, seat, op)
    asked = actions.request(seat.actor, op, base=base, read=read)
    result = await actions.act_once(rooms, seat.board_id, seat.seat, asked)
    if result.code:
        raise Refused(Code(result.code), result.say or "")


async def _refused(
    request: Asking,
    db: Database,
    rooms: Rooms,
    seat: BoardSeat,
    form: Mapping[str, str],
    status: int,
    say: str,
) -> Response[str]:
    kind = next_phase.kind_of(form.get("kind", ""))
    given: Mapping[str, str] | None = None
    if form.get("do") == "open_phase":
        board = (await rooms.open(seat.board_id)).room.board
        given = next_phase.values_of(board, kind, form)
    return await _answer(request, db, rooms, seat, status, kind=kind, given=given, wrong=say, form=form)


def _begun(board: Board, kind: str, again: str, use: str) -> tuple[str, dict[str, str]]:
    """The form as a link fills it in: with the settings of an earlier phase, or the words of a thing."""
    phase = phase_of(board, again)
    if phase is not None:
        return next_phase.again(phase)
    stage = stage_of(board)
    now = phase_of(board, stage.now) if stage else None
    if use and now is not None and now.one == use:
        item = board.items.get(use)
        words = item.fields.get("title") or item.fields.get("text", "") if item and item.shown else ""
        words = now.vote.options[int(use)] if use.isdigit() and int(use) < len(now.vote.options) else words
        return kind, {"prompt": str(words)[:600]} if words else {}
    return kind, {}


async def _answer(
    request: Asking,
    db: Database,
    rooms: Rooms,
    seat: BoardSeat,
    status: int = 200,
    *,
    kind: str = "ask",
    given: Mapping[str, str] | None = None,
    step: str = "",
    seen: Preview | None = None,
    said: str = "",
    wrong: str = "",
    form: Mapping[str, str] = {},
    anew: bool = True,
) -> Response[str]:
    """The page, or its regions: `next` if made `anew`, from the run-sheet where none is `given`."""
    board = (await rooms.open(seat.board_id)).room.board
    drawn = await context(db, services(request).config, board)
    if given is None:
        kind, given = plan.begun(drawn["plan"], board, step) or (kind, {})
    rooms.looks.glance(seat.board_id, seat.actor.person, board.seq)
    is_part = wants_fragment(request)
    template = page(
        "workshops/console/_parts.html" if is_part else "workshops/console/console.html",
        status,
        **drawn,
        **await _beside(db, seat, board, form),
        kind=kind,
        values=next_phase.values_of(board, next_phase.kind_of(kind), given),
        seen=seen,
        said=said,
        wrong=wrong,
        form=form,
        anew=(anew and not wrong) or (seen is not None) or not is_part,
    )
    return await drawn_for(request, template)


async def _beside(db: Database, seat: BoardSeat, board: Board, form: Mapping[str, str]) -> dict[str, Any]:
    """What stands around what is now and next, for this one facilitator."""
    return {
        **await quiet.sides(db, board, form),
        "kinds": next_phase.NAMES,
        "title": seat.title,
        "space": seat.space,
        "seat": seat,
        "now": round(time(), 3),
        "screens": await links.of_board(db, board),
        "offers": await offers.offers(db, seat, board),
    }


routes = [Router(PATH, route_handlers=[show, see_next, act, change_plan, quiet_seen], guards=[led])]
