"""One op sent by a form: done through the one door, answered with the outline, or its changed parts."""

from typing import Any

from litestar import Request, Response

from app.access import Refused
from app.boards import actions, answers, fields
from app.boards.batch import Outcome
from app.boards.rooms import Rooms
from app.boards.seats import BoardSeat
from app.boards.sent import Sent
from app.boards.sheet import sheet
from app.boards.sight import viewer_of
from app.web import local_path, typed, wants_fragment

Asking = Request[Any, Any, Any]


async def act_form(request: Asking, seat: BoardSeat) -> Response[Any]:
    """Do what the form asks. Answers 303, or fragments to htmx; a refusal 422, with the words typed."""
    form = await typed(request)
    rooms: Rooms = request.app.state.rooms
    before = (await rooms.open(seat.board_id)).room.board
    form = fields.unfolded(form, before, viewer_of(seat.actor))
    try:
        op = fields.read_op(fields.placed(form, before, viewer_of(seat.actor)))
        wished = actions.wish(seat.actor, op, base=fields.base_of(form))
    except Refused as refused:
        outcome = Outcome(None, code=refused.code, say=refused.say)
    else:
        await rooms.pace_of(seat.actor.person or "").turn()
        outcome = await actions.act_once(rooms, seat.board_id, seat.actor, seat.seat.login, wished)
    sent = Sent(form, outcome, before, await sheet(request, seat))
    if outcome.code:
        return await (answers.refused(sent) if wants_fragment(request) else answers.refused_page(sent))
    return await answers.done(sent) if wants_fragment(request) else _go_on(sent)


def _go_on(sent: Sent) -> Response[Any]:
    """After a deed without JavaScript: back to where it was done, which says that it was done."""
    board_id, form, outcome = sent.sheet.board.id, sent.form, sent.outcome
    show = f"&item={form.get('id', '')}&show=clash&of={outcome.seq}" if sent.clashed else ""
    word = "merged" if outcome.merged else form.get("do", "undo")
    fallback = f"/boards/{board_id}/outline?done={word}{show}#{sent.anchor}"
    return Response(None, status_code=303, headers={"Location": local_path(form.get("next"), fallback)})
