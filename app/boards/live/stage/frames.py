"""Screens that follow the stage of a board: drawn once for all who may share them, at a pace to follow.

What is private never draws a screen anew: not even the time of a frame tells that somebody wrote (rule D12).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from time import time

from app.access import Hat
from app.boards.core.board import Board
from app.boards.core.sight import Audience
from app.boards.core.stage.read import stage_of
from app.boards.live import codec, messages
from app.boards.live.current import Current
from app.boards.live.session import Session
from app.boards.live.stage.screens import Screens
from app.boards.live.weak_callback import weak
from app.boards.storage import errors
from app.realtime.fanout import FULL, Frame
from app.realtime.pace import Pace
from app.supervision import Tasks

log = logging.getLogger(__name__)

A_SECOND, AT_ONCE = 4, 2  # drawings at most; of those that come after quiet, so many wait for nothing
LONGER = 1.0  # seconds to wait while the database does not answer
STAGED = frozenset({"stage", "phase", "theme"})

Group = tuple[Audience, str]  # and the kind of screen


class StageFrames:
    """Of one board. `on_full` is called with each session whose socket is full after a frame."""

    def __init__(self, current: Current, screens: Screens, on_full: Callable[[Session], None]) -> None:
        self.current, self.screens, self.on_full = current, screens, weak(on_full)
        self._sessions: dict[Session, str] = {}  # each with what it was last sent
        self._latest: dict[Group, tuple[int, str]] = {}  # up to which deed, and the HTML
        self._drawn: Board | None = None  # the board as the latest frames show it
        self._pace = Pace(A_SECOND, AT_ONCE)
        self._tasks = Tasks()
        self._task: asyncio.Task[None] | None = None

    def join(self, session: Session) -> None:
        """The session has come: if it wants a screen, it gets it at once where that is drawn already."""
        if not session.screen:
            return
        self._sessions[session] = ""
        if self._is_outdated() or self._group(session) not in self._latest:
            self._soon()
        else:
            self.catch_up(session)

    def leave(self, session: Session) -> None:
        self._sessions.pop(session, None)

    def catch_up(self, session: Session) -> None:
        """Its socket takes more again: send what was drawn meanwhile."""
        group = self._group(session)
        if session in self._sessions and group in self._latest:
            to, html = self._latest[group]
            self._write([session], _frame(to, html), html)

    def note_changes(self) -> None:
        """The board has changed: draw anew if any screen can show that."""
        if self._sessions and self._is_outdated():
            self._soon()

    def stop(self) -> None:
        """The board is closed."""
        if self._task is not None:
            self._task.cancel()

    def _is_outdated(self) -> bool:
        drawn, board = self._drawn, self.current.board
        if drawn is None or drawn.state is not board.state:
            return True
        changed = self.current.recent.since(drawn.seq)
        if changed is None or any(_shows(board, id) for id in changed):
            return True
        self._drawn = board
        return False

    def _soon(self) -> None:
        if self._task is None or self._task.done():
            self._task = self._tasks.start("screens of a workshop", self._draw_until_current())

    async def _draw_until_current(self) -> None:
        while self._sessions and (self._is_outdated() or self._has_new_group()):
            await self._pace.turn()
            try:
                await self._draw_all()
            except errors.UNAVAILABLE as error:
                log.warning("Screens of a workshop wait for the database: %s", type(error).__name__)
                await asyncio.sleep(LONGER)

    def _has_new_group(self) -> bool:
        return any(self._group(session) not in self._latest for session in self._sessions)

    async def _draw_all(self) -> None:
        """Those first that most people wait for."""
        board, latest = self.current.board, {}
        waiting = Counter(self._group(session) for session in self._sessions)
        for group, _ in waiting.most_common():
            html = await self._draw(board, group)
            latest[group] = self._latest[group] = (board.seq, html)
            sessions = [session for session in self._sessions if self._group(session) == group]
            self._write(sessions, _frame(board.seq, html), html)
        self._latest, self._drawn = latest, board  # of groups that nobody is in any more nothing is kept

    async def _draw(self, board: Board, group: Group) -> str:
        """Their screen; where our own code fails over it, they keep the one that they have."""
        try:
            return await self.screens.draw(board, *group)
        except errors.UNAVAILABLE:
            raise
        except Exception:
            log.exception("Board %s: a screen of its workshop could not be drawn", board.id)
            return self._latest.get(group, (0, ""))[1]

    def _group(self, session: Session) -> Group:
        stage = stage_of(self.current.board)  # one that has ended too: its facilitators can go on with it
        leads = stage is not None and session.person in stage.facilitators
        return Audience(session.actor.role, Hat.FACILITATOR if leads else Hat.NONE), session.screen

    def _write(self, sessions: list[Session], frame: Frame, html: str) -> None:
        """To those of them that do not show this already."""
        for session in sessions:
            if session.full or session.end is not None or self._sessions.get(session) == html:
                continue
            self._sessions[session] = html
            if session.handle.write(frame) > FULL:
                self.on_full(session)


def _frame(to: int, html: str) -> Frame:
    return codec.frame(messages.StageScreen(to, round(time(), 3), html))


def _shows(board: Board, id: str) -> bool:
    """Whether a screen can show that this item has changed."""
    item = board.items.get(id)
    if item is None or item.item in STAGED:
        return True
    return item.item == "card" and item.shown is not None and bool(item.fields.get("phase"))
