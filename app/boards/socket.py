"""The websocket of a board: who may follow it, and what each incoming message does."""

import asyncio
from collections.abc import Callable
from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath
from msgspec import Raw

from app.access import Refused, Thing, decide
from app.boards import seats
from app.boards.core.closing import Close
from app.boards.core.group_commit import OpResult
from app.boards.core.stage.votes import Cast
from app.boards.hello import closer, read_hello, say_goodbye
from app.boards.live import actions, codec, messages
from app.boards.live.live_board import Live
from app.boards.live.messages import Incoming
from app.boards.live.quotas import Place, Quotas
from app.boards.live.rooms import MAX_SOCKETS, LiveRooms, Rooms
from app.boards.live.session import MAX_IN_FLIGHT, Session
from app.boards.live.stage.casts import CastTicket
from app.boards.live.turn.ticket import Answer, Ticket
from app.boards.seats import BoardSeat
from app.boards.storage import earlier_deeds, store
from app.connections import NO_ANSWER, is_away
from app.db import DatabaseFault
from app.limits import newcomers
from app.limits.newcomers import Busy
from app.realtime.fanout import forget_handshake, handle_of
from app.realtime.pace import Pace
from app.realtime.presence import Here
from app.web import who

HELLO_AT_ONCE = 0.4  # seconds: after longer until hello rights are read again
OTHER_RATE = 40  # messages a second of a socket that are no ops: pings, pointers, unreadable ones


@websocket("/boards/{board_id:str}/live", opt={"action": "board.follow"})
async def live(socket: WebSocket[Any, Any, Any], rooms: LiveRooms, board_id: FromPath[str]) -> None:
    """Accept first, then say why not: a refusal before would reach the browser as a bare 1006."""
    await socket.accept()
    try:
        await _live(socket, rooms, board_id)
    except Busy:
        await say_goodbye(socket, messages.Bye(Close.UNAVAILABLE, newcomers.BUSY, newcomers.AGAIN))
    except DatabaseFault as fault:
        if not is_away(fault):
            raise
        await say_goodbye(socket, messages.Bye(Close.UNAVAILABLE, NO_ANSWER, newcomers.AGAIN))


async def _live(socket: WebSocket[Any, Any, Any], rooms: Rooms, board_id: str) -> None:
    seat = await _seat(socket, rooms, board_id)
    if isinstance(seat, tuple):
        await say_goodbye(socket, messages.Bye(*seat))
        return
    forget_handshake(socket)
    person = seat.actor.person or ""
    if rooms.sockets[person] >= MAX_SOCKETS:
        await say_goodbye(
            socket,
            messages.Bye(
                Close.UNAVAILABLE, f"You have this open {MAX_SOCKETS} times already. Close one and try again."
            ),
        )
        return
    rooms.sockets[person] += 1
    try:
        await _follow(socket, rooms, seat)
    finally:
        rooms.sockets[person] -= 1
        if not rooms.sockets[person]:
            del rooms.sockets[person]


async def _seat(socket: WebSocket[Any, Any, Any], rooms: Rooms, board_id: str) -> BoardSeat | tuple[int, str]:
    """Whose socket it is, or why it ends. Only those who are signed in need a turn for that.

    While a board opens none is held: one that opens slowly would keep people out of all others.
    """
    if who(socket) is None:
        return Close.SIGNED_OUT, "Sign in to continue."
    try:
        async with rooms.entrance.turn():
            seat = await seats.find_seat(socket, board_id)
    except Refused as refused:
        return Close.GONE, refused.say
    refusal = decide(seat.actor, "board.follow", Thing(seat.state, seat.actor.person))
    return (Close.NOT_A_MEMBER, refusal.say) if refusal else seat


async def _follow(socket: WebSocket[Any, Any, Any], rooms: Rooms, seat: BoardSeat) -> None:
    began = asyncio.get_running_loop().time()
    hello = await read_hello(socket)
    if isinstance(hello, messages.Bye):
        await say_goodbye(socket, hello)
        return
    if asyncio.get_running_loop().time() - began > HELLO_AT_ONCE:
        # sessions are checked again within a second when rights change, but this is not one yet
        again = await _seat(socket, rooms, seat.board_id)
        if isinstance(again, tuple):
            await say_goodbye(socket, messages.Bye(*again))
            return
        seat = again
    try:
        live_board = await rooms.open_at(seat.board_id, hello.from_)
        session = await _start_session(socket, rooms, live_board, seat, hello)
    except store.Missing:
        await say_goodbye(socket, messages.Bye(Close.GONE, "This board is no longer here."))
        return
    try:
        await _listen(socket, rooms, live_board, session)
    finally:
        live_board.followers.leave(session)


async def _start_session(
    socket: WebSocket[Any, Any, Any], rooms: Rooms, live_board: Live, seat: BoardSeat, hello: Incoming
) -> Session:
    session = Session(
        next(rooms.conns),
        seat.seat.login,
        seat.actor,
        seat.seat.name,
        seat.seat.label,
        hello.client,
        handle_of(socket),
        hello.want,
        seat.space.rights,
    )
    session.close = closer(socket)
    async with rooms.entrance.turn():  # each reads for itself, and not what makes a board slow
        last = await rooms.db.run_read(
            lambda tx: tx.run_sync(earlier_deeds.last_ns, seat.board_id, [session.key])
        )
    live_board.followers.replace(session)
    live_board.followers.welcome(session, hello.from_, hello.audience, last.get(session.key, 0))
    return session


async def _listen(socket: WebSocket[Any, Any, Any], rooms: Rooms, live_board: Live, session: Session) -> None:
    board = live_board.room.board
    place = Place(session.person, board.id, board.space)
    other_pace = Pace(OTHER_RATE if rooms.limited else 0, 4 * OTHER_RATE)
    while session.end is None:
        try:
            data = await socket.receive_data("text")
        except WebSocketDisconnect:
            return
        message = codec.read(data)
        if isinstance(message, Refused) or message.type not in ("op", "cast"):
            await other_pace.turn()  # else thousands at once would keep everybody waiting
        if isinstance(message, Refused):
            live_board.followers.refuse(session, OpResult(None, code=message.code, say=message.say))
        elif message.type == "op":
            await _op(rooms.quotas, place, live_board, session, message)
        elif message.type == "cast":
            await rooms.quotas.pace(place).turn()
            _cast(live_board, session, message)
        elif message.type == "here":
            live_board.followers.presence.point(
                session, Here(message.x, message.y, message.on, message.writing)
            )
        elif message.type == "ping":
            live_board.followers.pong(session)


async def _op(quotas: Quotas, place: Place, live_board: Live, session: Session, message: Incoming) -> None:
    """Read more slowly above the rate, and not at all while too much is in flight (rule D11)."""
    await quotas.pace(place).turn()
    while session.in_flight >= MAX_IN_FLIGHT:
        capacity = asyncio.Event()
        session.on_capacity = capacity.set
        await capacity.wait()
    if message.n is None or message.n < 1:
        say = "An op over the socket needs its number n."
        live_board.followers.refuse(session, OpResult(message.n, code="invalid", say=say))
        return
    session.in_flight += 1
    op = codec.read_op(message)
    quotas.charge(place, op, len(bytes(message.op)) if isinstance(message.op, Raw) else 0)
    request = actions.request(
        session.actor,
        op,
        client=session.client,
        n=message.n,
        base=message.base,
        read=message.read,
    )
    live_board.room.submit(Ticket(request, session.login, session.epoch, _answerer(live_board, session)))


def _cast(live_board: Live, session: Session, message: Incoming) -> None:
    """A dot: it has no number, since phase, person and slot make it happen only once (rule P5)."""
    one = Cast(message.phase, message.slot, message.choice)

    def answer(refused: Refused | None) -> None:
        live_board.followers.answer_cast(session, messages.cast_answer(one, refused))

    live_board.room.submit(CastTicket(session.actor, session.login, session.epoch, one, answer))


def _answerer(live_board: Live, session: Session) -> Callable[[Answer], None]:
    return lambda answer: live_board.followers.answer(session, answer)


routes = [live]
