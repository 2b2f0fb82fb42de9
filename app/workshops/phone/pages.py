"""The page on which somebody takes part in a workshop, and its forms, which work without JavaScript."""

from collections.abc import Mapping
from time import time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery

from app.access import Refused, Thing, allowed
from app.boards.core.sight import viewer_of
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.live.stage import casting
from app.boards.outline import form_ops
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat, on_board, seat_of
from app.boards.storage import quiet_words
from app.db import Database
from app.refusals import STATUS
from app.web import Db, drawn_for, go, page, wants_fragment, wants_json
from app.workshops.phone import doors, dots, submit
from app.workshops.phone.draw import beside
from app.workshops.phone.view import Own, Shown, own, shown

Asking = Request[Any, Any, Any]
SENT_AGAIN = frozenset({"phase", "section", "choice", "cards", "other", "split", *dots.SLOTS})
DONE = {
    "add_card": "Added. Only you see it until it is revealed.",
    "shown": "Added. Everybody sees it now.",
    "edit_card": "Changed.",
    "remove_card": "Taken away.",
    "finish": "The facilitators see that one more has finished, not who.",
    "go_on": "Go on writing as long as you like.",
    "place": "Placed.",
    "take_back": "Taken back.",
    "add_theme": "Theme added.",
    "gather": "Gathered.",
    "split": "Taken out of the theme.",
    "edit_theme": "Renamed.",
    "merge_themes": "Merged.",
    "remove_theme": "Theme removed. Its notes are in no theme now.",
    "undone": "Undone.",
    "quiet": "The facilitators are told, and not who said it.",
    "people": "Counted.",
    "need": "Only the facilitators of this workshop read it.",
    "no_need": "Taken back. Nobody reads it any more.",
}


@get("/take-part", opt={"action": "board.show"})
async def show(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    joined: FromQuery[str] = "",
    done: FromQuery[str] = "",
    undo: FromQuery[str] = "",
) -> Response[str]:
    """The page; for its own script the parts of it as they are now."""
    seat, said = seat_of(request), DONE.get(done, "")
    undo = undo if undo.isdecimal() else ""
    return await _page(request, db, rooms, seat, 200, said=said, joined=bool(joined), undo=undo)


@post("/take-part", opt={"action": "board.act", "sent_again": SENT_AGAIN})
async def act(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """Do what a form asks. Where it is refused the page says why, with the words still in their box."""
    seat, form = seat_of(request), form_ops.with_lists((await request.form()).multi_items())
    if form.get("do") == "try":  # answered with the page itself: the words are in no address and no store
        return await _page(request, db, rooms, seat, 200, form=form)
    try:
        done = await submit.do(request, rooms, seat, form)
    except Refused as refused:
        return await _page(request, db, rooms, seat, STATUS[refused.code], wrong=refused.say, form=form)
    undo = "" if done.undo is None else f"&undo={done.undo}"
    return go(request, f"/boards/{board_id}/take-part?done={done.word}{undo}")


@post("/doors", opt={"action": "workshop.arrive", "sent_again": frozenset({"people"})})
async def at_doors(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """How many share this phone, or what would help: `do` says which. A script is told in a sentence."""
    form = form_ops.with_lists((await request.form()).multi_items())
    seat = await take_turn(request, rooms, seat_of(request), None)
    try:
        word = await doors.say(db, (await rooms.open(board_id)).room.board, seat, form)
    except Refused as refused:
        if wants_json(request):
            raise
        return await _page(request, db, rooms, seat, STATUS[refused.code], wrong=refused.say, form=form)
    if wants_json(request):
        return Response({"say": DONE[word]})
    return go(request, f"/boards/{board_id}/take-part?done={word}")


async def _page(
    request: Asking,
    db: Database,
    rooms: Rooms,
    seat: BoardSeat,
    status: int,
    *,
    said: str = "",
    wrong: str = "",
    joined: bool = False,
    undo: str = "",
    form: Mapping[str, str] | None = None,
) -> Response[str]:
    board = (await rooms.open(seat.board_id)).room.board
    rooms.looks.glance(seat.board_id, seat.actor.person, board.seq)
    dots = await casting.dots_of(rooms, seat.board_id, seat.actor.person or "")
    everyone, mine = shown(board, viewer_of(seat.actor, board)), own(board, seat.actor, dots)
    name = "workshops/_phone_parts.html" if wants_fragment(request) else "workshops/phone.html"
    template = page(
        name,
        status,
        board=board,
        space=seat.space,
        seat=seat,
        shown=everyone,
        own=mine,
        **await beside(db, board, everyone, mine),
        door=None if wants_fragment(request) else await doors.door_of(db, board, seat),
        now=round(time(), 3),
        quiet_words=quiet_words.WORDS,
        said=said,
        wrong=wrong,
        joined=joined,
        undo=undo,
        form=form or {},
        turns=bool(wrong) and submit.is_no_question(everyone.phase, (form or {}).get("text", "")),
        may_keep=allowed(seat.actor, "record.keep", Thing(seat.state, seat.actor.person)),
        stray=_stray(everyone, mine, form or {}) if wrong else "",
    )
    return await drawn_for(request, template)


def _stray(everyone: Shown, mine: Own, form: Mapping[str, str]) -> str:
    """Words that were refused and whose box is not on the page any more, to be shown by themselves."""
    text = form.get("text", "")
    if form.get("do") == "need":
        return form.get("need", "") if everyone.kind in ("none", "ended") else ""
    if form.get("do") in ("add_theme", "edit_theme"):
        return "" if everyone.gathers else form.get("title", "")
    is_here = everyone.phase is not None and form.get("phase") == everyone.phase.id and everyone.writes
    if form.get("do") == "add_card":
        return "" if is_here and mine.writes else text
    return "" if any(note.id == form.get("id") for note in mine.notes) and mine.writes else text


routes = [Router("/boards/{board_id:str}", route_handlers=[show, act, at_doors], guards=[on_board])]
