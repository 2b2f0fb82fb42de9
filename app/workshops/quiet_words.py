"""Quiet words: a phone tells the facilitators something without words, and nobody is told who."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.params import FromPath

from app.boards.live.rooms import LiveRooms
from app.boards.pace import take_turn
from app.boards.seats import on_board, seat_of
from app.web import Db, go, typed, wants_fragment, wants_json
from app.workshops.console import quiet

Asking = Request[Any, Any, Any]


@post("/quiet", opt={"action": "workshop.say", "sent_again": frozenset({"word"})})
async def say(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[Any]:
    """`word` is slow, unclear, wrong or break. A script gets 204, a form goes back to the phone."""
    form = await typed(request)
    seat = await take_turn(request, rooms, seat_of(request), None)
    board = (await rooms.open(board_id)).room.board
    await quiet.say(db, rooms.secret, board, seat.actor.person or "", form.get("word", ""))
    if wants_fragment(request) or wants_json(request):
        return Response(None, status_code=204)
    return go(request, f"/boards/{board_id}/take-part?done=quiet")


routes = [Router("/boards/{board_id:str}", route_handlers=[say], guards=[on_board])]
