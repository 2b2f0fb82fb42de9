"""A board over plain HTTP: ops and changes for clients without a socket, people's names, and the schema."""

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from app.access import Code, Refused
from app.boards.core import delivery
from app.boards.core.group_commit import OpResult
from app.boards.core.ops import OTHER_FIELDS
from app.boards.core.sight import viewer_of
from app.boards.core.stage.votes import Cast
from app.boards.core.text import lenient_json
from app.boards.live import actions, codec, messages
from app.boards.live.frames import Caller
from app.boards.live.live_board import Live
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.live.stage import casting
from app.boards.outline.submit import act_form
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat, on_board, seat_of
from app.boards.storage import earlier_deeds
from app.phrases import initials
from app.spaces import seats
from app.web import Db

MAX_OPS = 64
MOST_BYTES = MAX_OPS * (codec.OP_BYTES + 1024)
_posted = msgspec.json.Decoder(messages.Posted)
_cast = msgspec.json.Decoder(Cast)


@post(
    "/ops",
    opt={"action": "board.act", "sent_again": OTHER_FIELDS},
    status_code=200,
    request_max_body_size=MOST_BYTES,
)
async def ops(
    request: Request[Any, Any, Any], db: Db, rooms: LiveRooms, board_id: FromPath[str]
) -> Response[Any]:
    """Ops over HTTP: JSON is answered by a `changes` or `welcome`, a form by the outline."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return await act_form(request, db, rooms, seat_of(request))
    posted = read_posted(await request.body())
    if isinstance(posted, Refused):
        raise posted
    return await _changes_after(request, rooms, seat_of(request), posted)


def read_posted(body: bytes) -> messages.Posted | Refused:
    """The ops of a JSON body, or a Refused that says what is wrong with it."""
    try:
        posted = lenient_json.decode(_posted, body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return Refused(Code.INVALID, "That message could not be read.")
    if not codec.is_client(posted.client) or not 0 < len(posted.ops) <= MAX_OPS:
        return Refused(Code.INVALID, f"Send between 1 and {MAX_OPS} ops, with the client they are from.")
    if any(op.n is None or op.n < 1 for op in posted.ops):
        return Refused(Code.INVALID, "Each op needs its number n.")
    return posted


async def _changes_after(
    request: Request[Any, Any, Any], rooms: Rooms, seat: BoardSeat, posted: messages.Posted
) -> Response[bytes]:
    live = await rooms.open_at(seat.board_id, posted.from_ or 0)
    start = live.room.board.seq if posted.from_ is None else posted.from_
    ops = [codec.read_op(each) for each in posted.ops]
    for op in ops:
        seat = await take_turn(request, rooms, seat, op)
    requests = [
        actions.request(seat.actor, op, client=posted.client, n=each.n, base=each.base, read=each.read)
        for op, each in zip(ops, posted.ops, strict=True)
    ]
    answers = await actions.act(rooms, seat.board_id, seat.seat, requests)
    gap = next((answer for answer in answers if answer.resend_after is not None), None)
    if gap is not None:
        return _json(welcome(live, seat, start, None, gap.resend_after or 0))
    acks = [answer.result for answer in answers if answer.result is not None]
    changes = _after(live, seat, start, posted.audience, acks)
    return _json(changes or welcome(live, seat, start, None, posted.ops[-1].n or 0))


@get("/changes", opt={"action": "board.follow", "heavy": True})
async def changes(
    request: Request[Any, Any, Any],
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    client: FromQuery[str] = "",
    from_: FromQuery[int] = 0,
    audience: FromQuery[str | None] = None,
) -> Response[bytes]:
    """A `welcome`: the whole board, or what is new since the cursor."""
    seat = seat_of(request)
    start = _number(request.query_params.get("from"), from_)
    live = await rooms.open_at(seat.board_id, start)
    key = (seat.actor.person or "", client if codec.is_client(client) else "")
    async with db.read() as tx:
        last = await tx.run_sync(earlier_deeds.last_ns, seat.board_id, [key])
    return _json(welcome(live, seat, start, audience, last.get(key, 0)))


@post("/cast", opt={"action": "board.cast"}, status_code=200)
async def cast(request: Request[Any, Any, Any], rooms: LiveRooms, board_id: FromPath[str]) -> Response[bytes]:
    """A dot, moved or taken back, without a socket: `{"phase", "slot", "choice"}`."""
    try:
        one = lenient_json.decode(_cast, await request.body())
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Refused(Code.INVALID, "That message could not be read.") from None
    seat = await take_turn(request, rooms, seat_of(request), None)
    refused = await casting.cast(rooms, board_id, seat.seat, one)
    return _json(messages.cast_answer(one, refused))


@get("/dots", opt={"action": "board.cast"})
async def dots(
    request: Request[Any, Any, Any], rooms: LiveRooms, board_id: FromPath[str]
) -> Response[dict[str, str]]:
    """One's own dots in the present phase, by slot; slot 0 is "I have finished"."""
    own = await casting.dots_of(rooms, board_id, seat_of(request).actor.person or "")
    return Response({str(slot): choice for slot, choice in own.items()})


@get("/people", opt={"action": "board.show"})
async def people(
    request: Request[Any, Any, Any], db: Db, board_id: FromPath[str]
) -> Response[list[dict[str, Any]]]:
    """Who takes part now, and who did before: the names for the ids on items."""
    seat = seat_of(request)
    async with db.read() as tx:
        participants = await seats.people_of(tx, seat.space.id)
    return Response(
        [
            {
                "id": one.id,
                "name": one.name,
                "organisation": one.label,
                "colour": one.colour,
                "initials": initials(one.name),
                "role": one.role,
                "former": one.former,
            }
            for one in participants
        ]
    )


@get("/api/schema.json", opt={"action": "server.show"}, media_type=MediaType.JSON)
async def schema() -> dict[str, Any]:
    """The JSON Schema of every message and op."""
    return messages.schema()


def welcome(
    live: Live, seat: BoardSeat, start: int, audience_then: str | None, last_n: int
) -> messages.Welcome:
    """For a client without a socket: what is new since its cursor `start`, or the whole board.

    `audience_then` is the audience that it had at that cursor, None where it does not know.
    """
    caller = Caller(seat.actor, seat.seat.name, seat.seat.label, last_n)
    return live.followers.frames.welcome_in_one(caller, start, audience_then)


def _after(
    live: Live, seat: BoardSeat, start: int, audience_then: str | None, acks: list[OpResult]
) -> messages.Changes | None:
    """What is new since `start`; None where the client needs the whole board (rule D4).

    A client at 0 has nothing yet, so it cannot have missed a removal.
    """
    board = live.room.board
    viewer = viewer_of(seat.actor, board)
    now = viewer.audience.name
    if start != 0 and not delivery.can_resume(board, start, audience_then or now, now):
        return None
    news = delivery.since(board, viewer, start, live.room.current.recent.since(start))
    conflicts = live.followers.frames.conflicts(viewer, start)
    return messages.Changes(start, board.seq, news.puts, news.dels, acks, conflicts=conflicts)


def _json(message: messages.Welcome | messages.Changes | messages.CastAnswer) -> Response[bytes]:
    return Response(codec.encode(message), media_type=MediaType.JSON)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else default


routes: list[ControllerRouterHandler] = [
    Router("/boards/{board_id:str}", route_handlers=[ops, changes, cast, dots, people], guards=[on_board]),
    schema,
]
