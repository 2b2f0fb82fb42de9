"""One op sent by a form: done through the one door, answered with the outline, or its changed parts."""

from typing import Any

from litestar import Request, Response

from app.access import Refused
from app.boards import actions, answers, fields
from app.boards.answers import Sent
from app.boards.batch import Outcome
from app.boards.rooms import Rooms
from app.boards.seats import BoardSeat
from app.boards.sheet import sheet
from app.boards.sight import viewer_of
from app.web import local_path, typed, wants_fragment

Asking = Request[Any, Any, Any]

DONE = {
    "add_card": "Added.",
    "edit_card": "Saved.",
    "move_card": "Moved.",
    "publish_card": "Everyone of this space can see it now.",
    "remove_card": "Removed. You can undo this.",
    "restore_card": "It is back.",
    "add_section": "Section added.",
    "edit_section": "Saved.",
    "move_section": "Moved.",
    "remove_section": "Section removed. Its cards are outside the sections now.",
    "restore_section": "It is back.",
    "add_link": "Linked.",
    "edit_link": "Changed.",
    "remove_link": "Unlinked.",
    "restore_link": "It is back.",
    "add_comment": "Comment added.",
    "edit_comment": "Saved.",
    "remove_comment": "Comment removed. You can undo this.",
    "restore_comment": "It is back.",
    "undo": "Undone.",
    "merged": "Saved. Somebody else changed the card meanwhile; both changes are in it.",
}


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
    return await answers.done(sent, DONE) if wants_fragment(request) else _go_on(sent)


def _go_on(sent: Sent) -> Response[Any]:
    """After a deed without JavaScript: back to where it was done, which says that it was done."""
    board_id, form, outcome = sent.sheet.board.id, sent.form, sent.outcome
    show = f"&item={form.get('id', '')}&show=clash&of={outcome.seq}" if answers.clashed(sent) else ""
    word = "merged" if outcome.merged else form.get("do", "undo")
    fallback = f"/boards/{board_id}/outline?done={word}{show}#{sent.anchor}"
    return Response(None, status_code=303, headers={"Location": local_path(form.get("next"), fallback)})
