"""Tells open pages of records that something in their space changed. What it is they read as pages do."""

import asyncio
import contextlib
from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException
from litestar.params import FromPath

from app.access import Thing, decide
from app.boards.core.closing import Close
from app.boards.live import codec, messages
from app.boards.live.rooms import MAX_SOCKETS, LiveRooms
from app.db import Database
from app.realtime.asgi_handle import GONE
from app.records.followers import Follower, SpaceFollowers
from app.spaces import seats
from app.web import Db, who


@websocket("/spaces/{space_id:str}/records/live", opt={"action": "record.show"})
async def live(
    socket: WebSocket[Any, Any, Any],
    db: Db,
    rooms: LiveRooms,
    followers: SpaceFollowers,
    space_id: FromPath[str],
) -> None:
    """Accepts first, then says why not: a refusal before would reach the browser as a bare 1006."""
    await socket.accept()
    with followers.joined(space_id) as follower:  # before rights are read, so that no change is missed
        person = await _allowed(socket, db, space_id)
        if person is None:
            await _close(socket, messages.Bye(Close.NOT_A_MEMBER, "That is not here, or not yours to see."))
            return
        if rooms.sockets[person] >= MAX_SOCKETS:
            await _close(socket, messages.Bye(Close.UNAVAILABLE, "You have too many pages open. Close one."))
            return
        rooms.sockets[person] += 1
        try:
            await _follow(socket, db, space_id, follower)
        finally:
            rooms.sockets[person] -= 1
            if not rooms.sockets[person]:
                del rooms.sockets[person]


async def _follow(socket: WebSocket[Any, Any, Any], db: Database, space_id: str, follower: Follower) -> None:
    await _send(socket, {"type": "welcome", "to": follower.number})
    telling = asyncio.create_task(_tell(socket, db, space_id, follower))
    try:
        while not telling.done():
            message = codec.read(await socket.receive_data("text"))
            if getattr(message, "type", "") == "ping":
                await _send(socket, {"type": "pong", "to": follower.number})
    except (WebSocketDisconnect, WebSocketException, *GONE):
        pass
    finally:
        telling.cancel()
        await asyncio.wait([telling])


async def _tell(socket: WebSocket[Any, Any, Any], db: Database, space_id: str, follower: Follower) -> None:
    """One message for each change, as long as the person may read records here."""
    while True:
        await follower.changed.wait()
        follower.changed.clear()  # before reading, so that a change during it is not lost
        if await _allowed(socket, db, space_id) is None:
            await _close(socket, messages.Bye(Close.NOT_A_MEMBER, "You take part here no longer."))
            return
        try:
            await _send(socket, {"type": "changed", "to": follower.number})
        except (WebSocketException, *GONE):
            return


async def _allowed(socket: WebSocket[Any, Any, Any], db: Database, space_id: str) -> str | None:
    """The id of the person, read afresh, if they may see records of the space."""
    person = who(socket)
    if person is None:
        return None
    seat = await db.run_read(lambda tx: seats.seat(tx, person.login, space_id))
    if seat is None or decide(seat.actor, "record.show", Thing(seat.space.state, person.id)):
        return None
    return person.id


async def _send(socket: WebSocket[Any, Any, Any], message: dict[str, Any]) -> None:
    await socket.send_json(message)


async def _close(socket: WebSocket[Any, Any, Any], bye: messages.Bye) -> None:
    """Say goodbye and close; a socket that is gone already needs neither."""
    with contextlib.suppress(WebSocketException, *GONE):
        await socket.send_data(codec.encode(bye).decode())
        await socket.close(bye.code, bye.say[:100])


routes = [live]
