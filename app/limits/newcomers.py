"""Sockets of a crowd that comes in at once: they wait their turn, or come again by themselves in a moment."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.connections import NO_ANSWER, in_words, is_away
from app.db import DatabaseFault
from app.limits.page_turns import Turns

AT_ONCE = 8  # sockets led in, each with a connection of the pool: together they leave room for pages
ANY_NUMBER = 100_000  # of a database that answers one after the other anyway
PATIENCE = 2.0  # seconds, twice; a browser that is not in after five begins anew, with nothing won
AGAIN = 6.0  # seconds within which one that had no turn comes again, at a moment of its own
BUSY = "Many people are coming in at once. You will be connected in a moment."
UNAVAILABLE = 4503  # the code of closing by which clients come again
log = logging.getLogger(__name__)


class Busy(Exception):
    """No turn came in time."""


class Entrance:
    """So many newcomers at once; the rest wait in line."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._turns = Turns(at_once, patience)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises Busy."""
        if not await self._turns.take():
            raise Busy
        try:
            yield
        finally:
            self._turns.give()


class Newcomers(ASGIMiddleware):
    """Before anything is asked about a socket. Refused before it is accepted it would be told a bare 403."""

    scopes = (ScopeType.WEBSOCKET,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        answered = False

        async def sent(message: Any) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await next_app(scope, receive, sent)
        except DatabaseFault as fault:
            if answered or not is_away(fault):
                raise
            log.warning("A socket waits for the database: %s", in_words(fault))
            await _come_again(receive, send)


async def _come_again(receive: Receive, send: Send) -> None:
    """What every socket of ours says when it ends, in the form that all its clients know."""
    await receive()
    bye = {"type": "bye", "code": UNAVAILABLE, "say": NO_ANSWER, "retry_after": AGAIN}
    await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
    await send({"type": "websocket.send", "bytes": None, "text": msgspec.json.encode(bye).decode()})
    await send({"type": "websocket.close", "code": UNAVAILABLE, "reason": NO_ANSWER})
