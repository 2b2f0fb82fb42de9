"""Websocket messages in and out: who follows a board, and what they ask of it."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import NotAuthorizedException, WebSocketDisconnect, WebSocketException
from litestar.params import FromPath

from app.access import Refused, Thing, decide
from app.boards import seats
from app.boards.core.batch import OpResult
from app.boards.live import actions, codec, messages
from app.boards.live.messages import Incoming
from app.boards.live.room import Answer
from app.boards.live.rooms import MAX_SOCKETS, Live, LiveRooms, Rooms
from app.boards.live.session import MAX_IN_FLIGHT, Session
from app.boards.seats import BoardSeat
from app.boards.storage import commit, store
from app.realtime.fanout import forget_handshake, handle_of
from app.realtime.pace import Pace
from app.realtime.plain import GONE
from app.realtime.presence import Here

HELLO_WITHIN, HELLO_AT_ONCE = 10, 0.4  # seconds
CHATTER = 40  # messages a second of a socket, besides ops: pings, pointers, what cannot be read


@websocket("/boards/{board_id:str}/live", opt={"action": "board.follow"})
async def live(socket: WebSocket[Any, Any, Any], rooms: LiveRooms, board_id: FromPath[str]) -> None:
    """Accept first, then say why not: a refusal before would reach the browser as a bare 1006."""
    await socket.accept()
    seat = await _seat(socket, board_id)
    if isinstance(seat, tuple):
        await _close(socket, messages.Bye(*seat))
        return
    forget_handshake(socket)
    person = seat.actor.person or ""
    if rooms.sockets[person] >= MAX_SOCKETS:
        await _close(
            socket,
            messages.Bye(4503, f"You have this open {MAX_SOCKETS} times already. Close one and try again."),
        )
        return
    rooms.sockets[person] += 1
    try:
        await _follow(socket, rooms, seat)
    finally:
        rooms.sockets[person] -= 1
        if not rooms.sockets[person]:
            del rooms.sockets[person]


async def _seat(socket: WebSocket[Any, Any, Any], board_id: str) -> BoardSeat | tuple[int, str]:
    try:
        found = await seats.find(socket, board_id)
    except NotAuthorizedException:
        return 4401, "Sign in to go on."
    except Refused as refused:
        return 4404, refused.say
    refusal = decide(found.actor, "board.follow", Thing(found.state, found.actor.person))
    return (4403, refusal.say) if refusal else found


async def _follow(socket: WebSocket[Any, Any, Any], rooms: Rooms, seat: BoardSeat) -> None:
    began = asyncio.get_running_loop().time()
    hello = await _hello(socket)
    if isinstance(hello, messages.Bye):
        await _close(socket, hello)
        return
    if asyncio.get_running_loop().time() - began > HELLO_AT_ONCE:
        # the room says goodbye within a second to whoever sits in it, not to whoever has yet to say hello
        again = await _seat(socket, seat.board_id)
        if isinstance(again, tuple):
            await _close(socket, messages.Bye(*again))
            return
        seat = again
    try:
        there = await rooms.open_at(seat.board_id, hello.from_)
    except store.Missing:
        await _close(socket, messages.Bye(4404, "This board is no longer here."))
        return
    session = await _sit_down(socket, rooms, there, seat, hello)
    try:
        await _listen(socket, rooms, there, session)
    finally:
        there.crowd.leave(session)


async def _hello(socket: WebSocket[Any, Any, Any]) -> Incoming | messages.Bye:
    """The first message, which must be a hello that we understand; else why not."""
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            hello = codec.read(await socket.receive_data("text"))
    except (TimeoutError, WebSocketDisconnect):
        return messages.Bye(4410, "Nothing was heard from this page. Load it again.")
    if (
        isinstance(hello, Refused)
        or hello.type != "hello"
        or not codec.is_client(hello.client)
        or not messages.VERSION - 1 <= hello.v <= messages.VERSION
    ):
        return messages.Bye(4410, "This page is too old. Load it again.")
    return hello


async def _sit_down(
    socket: WebSocket[Any, Any, Any], rooms: Rooms, there: Live, seat: BoardSeat, hello: Incoming
) -> Session:
    session = Session(
        next(rooms.conns),
        seat.seat.login,
        seat.actor,
        seat.seat.name,
        seat.seat.organisation_name,
        hello.client,
        handle_of(socket),
        hello.want == "parts",
    )
    closing: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly

    def close(bye: messages.Bye) -> None:
        task = asyncio.get_running_loop().create_task(_close(socket, bye))
        closing.add(task)
        task.add_done_callback(closing.discard)

    session.close = close
    last = await rooms.db.run_read(lambda tx: tx.run_sync(commit.last_ns, seat.board_id, [session.key]))
    there.crowd.replace(session)
    there.crowd.welcome(session, hello.from_, hello.audience, last.get(session.key, 0))
    return session


async def _listen(socket: WebSocket[Any, Any, Any], rooms: Rooms, there: Live, session: Session) -> None:
    pace, chatter = rooms.pace_of(session.person), Pace(CHATTER if rooms.limited else 0, 4 * CHATTER)
    while session.end is None:
        try:
            data = await socket.receive_data("text")
        except WebSocketDisconnect:
            return
        message = codec.read(data)
        if isinstance(message, Refused) or message.type != "op":
            await chatter.turn()  # else thousands at once would keep everybody waiting
        if isinstance(message, Refused):
            there.crowd.refuse(session, OpResult(None, code=message.code, say=message.say))
        elif message.type == "op":
            await _op(there, session, message, pace)
        elif message.type == "here":
            there.crowd.pointers.here(session, Here(message.x, message.y, message.on, message.writing))
        elif message.type == "ping":
            there.crowd.pong(session)


async def _op(there: Live, session: Session, message: Incoming, pace: Pace) -> None:
    """Read more slowly above the rate, and not at all while too much is in flight (rule D11)."""
    await pace.turn()
    while session.in_flight >= MAX_IN_FLIGHT:
        room = asyncio.Event()
        session.on_room = room.set
        await room.wait()
    if message.n is None or message.n < 1:
        say = "An op over the socket needs its number n."
        there.crowd.refuse(session, OpResult(message.n, code="invalid", say=say))
        return
    session.in_flight += 1
    wish = actions.wish(
        session.actor, codec.read_op(message), client=session.client, n=message.n, base=message.base
    )
    actions.tell(there, wish, session.login, _teller(there, session))


def _teller(there: Live, session: Session) -> Callable[[Answer], None]:
    return lambda answer: there.crowd.told(session, answer)


async def _close(socket: WebSocket[Any, Any, Any], bye: messages.Bye) -> None:
    """Say goodbye and close; a socket that is gone already needs neither."""
    with contextlib.suppress(WebSocketException, *GONE):
        await socket.send_data(codec.encode(bye).decode())
        await socket.close(bye.code, bye.say[:100])


routes = [live]
