"""How a socket of a board begins and ends: the first message, and saying goodbye."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException

from app.access import Refused
from app.boards.core.closing import Close
from app.boards.live import codec, messages
from app.boards.live.messages import Incoming
from app.realtime.asgi_handle import GONE

HELLO_WITHIN = 10  # seconds until hello must come


async def read_hello(socket: WebSocket[Any, Any, Any]) -> Incoming | messages.Bye:
    """The first message, if it is a hello of a version that we know; else why the socket is closed."""
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            hello = codec.read(await socket.receive_data("text"))
    except (TimeoutError, WebSocketDisconnect):
        return messages.Bye(Close.RELOAD, "This page stopped responding. Load it again.")
    if (
        isinstance(hello, Refused)
        or hello.type != "hello"
        or not codec.is_client(hello.client)
        or not messages.VERSION - 1 <= hello.v <= messages.VERSION
    ):
        return messages.Bye(Close.RELOAD, "This page is too old. Load it again.")
    return hello


def closer(socket: WebSocket[Any, Any, Any]) -> Callable[[messages.Bye], None]:
    """What says goodbye on this socket and closes it, for who cannot wait for that."""
    closing: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly

    def close(bye: messages.Bye) -> None:
        task = asyncio.get_running_loop().create_task(say_goodbye(socket, bye))
        closing.add(task)
        task.add_done_callback(closing.discard)

    return close


async def say_goodbye(socket: WebSocket[Any, Any, Any], bye: messages.Bye) -> None:
    """Say goodbye and close; a socket that is gone already needs neither."""
    with contextlib.suppress(WebSocketException, *GONE):
        await socket.send_data(codec.encode(bye).decode())
        await socket.close(bye.code, bye.say[:100])
