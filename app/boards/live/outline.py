"""Pages on the outline: each change is drawn once for all who may share it, at most twice a second.

Whoever has private items in what changed, or may do something else with it than others, gets a frame of their
own instead. What is private draws nothing anew for others: no time of a frame tells of it (rules D12, D15).
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from msgspec import Struct

from app.access import Actor, Hat, Role
from app.boards.core.board import Board
from app.boards.core.stage.read import hat_of
from app.boards.live import codec, messages
from app.boards.live.current import Current
from app.boards.live.session import Session
from app.boards.live.weak_callback import weak
from app.boards.storage import errors
from app.realtime.fanout import FULL, Frame
from app.supervision import Tasks

log = logging.getLogger(__name__)

EVERY = 0.5  # seconds between two drawings at least
LONGER = 1.0  # seconds to wait while the database does not answer

Group = tuple[Role, Hat, bool]  # the last: whether what they write is paused


class Drawn(Struct, frozen=True):
    """The frame of everyone, and of each person who gets another; None: nothing for them."""

    shared: Frame | None
    own: Mapping[str, Frame | None]


class OutlineDrawer(Protocol):
    """Given to boards from above, since they know no pages."""

    async def draw(
        self,
        before: Board,
        board: Board,
        changed: Collection[str] | None,
        actor: Actor,
        persons: Collection[str],
    ) -> Drawn:
        """What `persons`, all of the group of `actor`, who followed up to `before`, are to be told."""


class OutlineFrames:
    """Of one board. `on_full` is called with each session whose socket is full after a frame."""

    def __init__(
        self, current: Current, drawer: OutlineDrawer | None, on_full: Callable[[Session], None]
    ) -> None:
        self.current, self.drawer, self.on_full = current, drawer, weak(on_full)
        self._sessions: set[Session] = set()
        self._told: Board = current.board  # up to which everybody has been told
        self._tasks = Tasks()
        self._task: asyncio.Task[None] | None = None

    def join(self, session: Session) -> None:
        """The session was welcomed just now: it has all up to now."""
        if not session.wants_news:
            return
        if not self._sessions:
            self._told = self.current.board
        self._sessions.add(session)

    def leave(self, session: Session) -> None:
        self._sessions.discard(session)

    def catch_up(self, session: Session) -> None:
        """Its socket takes more again: it asks for all, as it may have missed any."""
        if session in self._sessions:
            self._write(session, codec.frame(messages.News(self.current.board.seq, None, [], [], "")))

    def note_changes(self) -> None:
        """The board has changed."""
        if self._sessions and (self._task is None or self._task.done()):
            self._task = self._tasks.start("outlines of a board", self._draw_until_current())

    def stop(self) -> None:
        """The board is closed."""
        if self._task is not None:
            self._task.cancel()

    async def _draw_until_current(self) -> None:
        while self._sessions and self._told.seq < self.current.board.seq:
            try:
                await self._draw_all()
            except errors.UNAVAILABLE as error:
                log.warning("Outlines wait for the database: %s", type(error).__name__)
                await asyncio.sleep(LONGER)
            await asyncio.sleep(EVERY)

    async def _draw_all(self) -> None:
        before, board = self._told, self.current.board
        changed = self.current.recent.since(before.seq)
        waiting = set(self._sessions)
        for group in {self._group(session) for session in waiting}:
            await self._draw(group, before, board, changed, waiting)
        for session in waiting & self._sessions:  # not drawn, or what they may see has changed meanwhile
            self.catch_up(session)
        self._told = board

    async def _draw(
        self,
        group: Group,
        before: Board,
        board: Board,
        changed: Collection[str] | None,
        waiting: set[Session],
    ) -> None:
        """Tell all of the group; they are taken out of `waiting`."""
        sessions = [session for session in waiting if self._group(session) == group]
        if not sessions or self.drawer is None:
            waiting.difference_update(sessions)
            return
        persons = {session.person for session in sessions}
        try:
            drawn = await self.drawer.draw(before, board, changed, sessions[0].actor, persons)
        except errors.UNAVAILABLE:
            raise
        except Exception:  # a mistake of ours: their pages ask, and each is drawn for itself
            log.exception("Board %s: its outline could not be drawn for all", board.id)
            return
        for session in sessions:
            if self._group(session) != group:
                continue
            waiting.discard(session)
            frame = drawn.own.get(session.person, drawn.shared)
            if frame is not None and session in self._sessions:
                self._write(session, frame)

    def _group(self, session: Session) -> Group:
        actor = session.actor
        return actor.role, hat_of(self.current.board, actor.person), actor.paused

    def _write(self, session: Session, frame: Frame) -> None:
        if session.full or session.end is not None:
            return
        if session.handle.write(frame) > FULL:
            self.on_full(session)
