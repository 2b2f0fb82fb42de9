"""Readers whose socket is full: sent nothing until it has drained, cut off if it never does (rule D10).

How much a socket may hold before it is full: `fanout.FULL`.
"""

import asyncio
from collections.abc import Callable

from app.boards.core.closing import Close
from app.boards.live.session import Session
from app.boards.live.weak_callback import weak
from app.supervision import Tasks

STUCK = 30.0  # seconds without progress after which a reader is cut off


class SlowReaders:
    """Nothing is queued for them; once a socket has drained, `on_drained` must send the newest state."""

    def __init__(self, on_drained: Callable[[Session], None]) -> None:
        self._on_drained = weak(on_drained)
        self._tasks = Tasks()

    def hold(self, session: Session) -> None:
        """Mark the session as full and wait until its socket has drained. Twice does no harm."""
        if not session.full:
            session.full = True
            self._tasks.start("a slow reader", self._wait(session), lambda: self._ended(session))

    def _ended(self, session: Session) -> None:
        """Nobody stays held for ever: one whose newest state could not be sent is cut off, to come again."""
        if session.full:
            session.handle.abort()

    async def _wait(self, session: Session) -> None:
        left = session.handle.pending()
        while True:
            try:
                async with asyncio.timeout(STUCK):
                    await session.handle.drained()
                break
            except TimeoutError:
                if session.handle.pending() >= left > 0:
                    session.end = (Close.REPLACED, "Your connection was too slow to keep up.")
                    session.handle.abort()
                    return
                left = session.handle.pending()
        session.full = False
        try:
            self._on_drained(session)
        except Exception:
            session.handle.abort()
            raise
