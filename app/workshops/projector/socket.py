"""The projector's line: it is sent what the room sees, and may send nothing but that it is still there."""

from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from app.access import Actor, Refused, Role
from app.boards.core.closing import Close
from app.boards.hello import closer, read_hello, say_goodbye
from app.boards.live import codec, messages
from app.boards.live.live_board import Live
from app.boards.live.rooms import LiveRooms
from app.boards.live.session import Session
from app.boards.storage import screen_links
from app.boards.storage.screen_links import ScreenLink
from app.realtime.fanout import forget_handshake, handle_of
from app.realtime.pace import Pace
from app.workshops.projector.guard import screen_of

WANT = "stage:projector"
RATE = 5  # messages a second


@websocket("/present/live", opt={"action": "screen.show"})
async def live(socket: WebSocket[Any, Any, Any], rooms: LiveRooms) -> None:
    """Whatever it says that it wants, it is a projector."""
    await socket.accept()
    link = await screen_of(socket)
    if link is None:
        await say_goodbye(socket, messages.Bye(Close.SIGNED_OUT, "This projector shows nothing any more."))
        return
    forget_handshake(socket)
    hello = await read_hello(socket)
    if isinstance(hello, messages.Bye):
        await say_goodbye(socket, hello)
        return
    board = await rooms.open(link.board_id)
    session = _session(socket, next(rooms.conns), link, hello.client)
    board.followers.replace(session)
    board.followers.welcome(session, 0, None, 0)
    try:
        await _listen(socket, board, session)
    finally:
        board.followers.leave(session)


def _session(socket: WebSocket[Any, Any, Any], conn: int, link: ScreenLink, client: str) -> Session:
    login = f"{screen_links.LOGIN}{link.id}"
    session = Session(conn, login, Actor(Role.SCREEN), "", "", client, handle_of(socket), WANT, 0)
    session.close = closer(socket)
    return session


async def _listen(socket: WebSocket[Any, Any, Any], board: Live, session: Session) -> None:
    pace = Pace(RATE, 4 * RATE)
    while session.end is None:
        try:
            message = codec.read(await socket.receive_data("text"))
        except WebSocketDisconnect:
            return
        await pace.turn()
        if not isinstance(message, Refused) and message.type == "ping":
            board.followers.pong(session)


routes = [live]
