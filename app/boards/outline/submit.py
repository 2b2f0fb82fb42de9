"""One op sent by a form: done through the one door, answered with the outline, or its changed parts."""

from typing import Any

from litestar import Request, Response

from app.access import Refused
from app.boards.core.batch import OpResult
from app.boards.core.sight import viewer_of
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.outline import form_ops, responses
from app.boards.outline.submission import Submission
from app.boards.outline.view import sheet
from app.boards.seats import BoardSeat
from app.db import Database
from app.web import local_path, typed, wants_fragment

Asking = Request[Any, Any, Any]


async def act_form(request: Asking, db: Database, rooms: Rooms, seat: BoardSeat) -> Response[Any]:
    """Do what the form asks. Answers 303, or fragments to htmx; a refusal 422, with the words typed."""
    form = await typed(request)
    before = (await rooms.open(seat.board_id)).room.board
    form = form_ops.unfolded(form, before, viewer_of(seat.actor))
    try:
        op = form_ops.read_op(form_ops.placed(form, before, viewer_of(seat.actor)))
        wished = actions.wish(seat.actor, op, base=form_ops.base_of(form))
    except Refused as refused:
        outcome = OpResult(None, code=refused.code, say=refused.say)
    else:
        await rooms.pace_of(seat.actor.person or "").turn()
        outcome = await actions.act_once(rooms, seat.board_id, seat.actor, seat.seat.login, wished)
    sent = Submission(form, outcome, before, await sheet(request, db, rooms, seat))
    if outcome.code:
        return await (responses.refused(sent) if wants_fragment(request) else responses.refused_page(sent))
    return await responses.done(sent) if wants_fragment(request) else _go_on(sent)


def _go_on(sent: Submission) -> Response[Any]:
    """After a deed without JavaScript: back to where it was done, which says that it was done."""
    board_id, form, outcome = sent.sheet.board.id, sent.form, sent.outcome
    show = f"&item={form.get('id', '')}&show=clash&of={outcome.seq}" if sent.clashed else ""
    word = "merged" if outcome.merged else form.get("do", "undo")
    fallback = f"/boards/{board_id}/outline?done={word}{show}#{sent.anchor}"
    return Response(None, status_code=303, headers={"Location": local_path(form.get("next"), fallback)})
