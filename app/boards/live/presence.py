"""Who is on a board and where they point, sent to all once a tick (rule R1)."""

import asyncio
from collections.abc import Callable

from app.access import Role
from app.boards.core.sight import see, viewer_in
from app.boards.live import codec
from app.boards.live.cohorts import Cohorts
from app.boards.live.current import Current
from app.boards.live.session import Session
from app.boards.live.weak_callback import weak
from app.realtime.fanout import FULL, Frame
from app.realtime.presence import Here, Presence, pace


class BoardPresence:
    """The presence of one board. `on_full` is called with each session whose socket is full after a tick."""

    def __init__(self, current: Current, cohorts: Cohorts, on_full: Callable[[Session], None]) -> None:
        self.current, self.cohorts = current, cohorts
        self._on_full = weak(on_full)
        self._presence = Presence()
        self._everyone: Frame | None = None  # for newcomers, the same for all until the next tick
        self._tick: asyncio.TimerHandle | None = None

    def join(self, session: Session) -> None:
        """Somebody has come, and is told who else is there."""
        if session.person:  # a projector is nobody
            self._presence.put(session.person, Here(), session.conn)
            self._soon()
        if self._everyone is None and (everyone := self._presence.everyone()) is not None:
            self._everyone = codec.frame(everyone)
        if self._everyone is None or session.full or session.wants_parts:
            return
        if session.handle.write(self._everyone) > FULL:
            self._on_full(session)

    def point(self, session: Session, here: Here) -> None:
        """Where somebody points now; never on an item that others do not see (rule P6)."""
        if here.on is not None and not self._is_shown(here.on, session.actor.role):
            here = Here(here.x, here.y, None, False)
        self._presence.put(session.person, here, session.conn)
        self._soon()

    def leave(self, session: Session) -> None:
        """The connection is closed."""
        if session.person:
            self._presence.leave(session.person, session.conn)
            self._soon()

    def _soon(self) -> None:
        if self._tick is None:
            people = len(self._presence)
            self._tick = asyncio.get_running_loop().call_later(pace(people), self._send)

    def _send(self) -> None:
        self._tick = self._everyone = None
        message = self._presence.tick()
        if message is not None:
            frame = codec.frame(message)
            cohorts = [cohort for cohort in self.cohorts if not cohort.wants_parts]
            for full in [session for cohort in cohorts for session in cohort.write(frame)]:
                self._on_full(full)

    def _is_shown(self, id: str, role: Role) -> bool:
        item = self.current.board.items.get(id)
        return item is not None and see(self.current.board, item, viewer_in(role)) is not None
