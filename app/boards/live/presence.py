"""Who is on a board and where they point, told to all once a tick (rule R1)."""

import asyncio
from collections.abc import Callable

from app.access import Role
from app.boards.core.sight import Viewer, see
from app.boards.live import codec
from app.boards.live.cohorts import Groups
from app.boards.live.room import Room
from app.boards.live.session import Session
from app.realtime.fanout import Frame
from app.realtime.presence import Here, Presence, pace


class BoardPresence:
    """The presence of one crowd. `on_full` is called with each session whose socket is full after a tick."""

    def __init__(self, room: Room, groups: Groups, on_full: Callable[[Session], None]) -> None:
        self.room, self.groups, self.on_full = room, groups, on_full
        self._presence = Presence()
        self._everyone: Frame | None = None  # what newcomers are told, the same for all until the next tick
        self._tick: asyncio.TimerHandle | None = None

    def greet(self, session: Session) -> Frame | None:
        """Somebody has come; gives what they are to be told of the others."""
        self._presence.put(session.person, Here(), session.conn)
        self._soon()
        if self._everyone is None and (everyone := self._presence.everyone()) is not None:
            self._everyone = codec.frame(everyone)
        return self._everyone

    def here(self, session: Session, here: Here) -> None:
        """Where somebody points; not on what others do not see (rule P6)."""
        if here.on is not None and not self._is_shown(here.on, session.viewer.role):
            here = Here(here.x, here.y, None, False)
        self._presence.put(session.person, here, session.conn)
        self._soon()

    def leave(self, session: Session) -> None:
        self._presence.leave(session.person, session.conn)
        self._soon()

    def _soon(self) -> None:
        if self._tick is None:
            people = len(self._presence)
            self._tick = asyncio.get_running_loop().call_later(pace(people), self._tell)

    def _tell(self) -> None:
        self._tick = self._everyone = None
        message = self._presence.tick()
        if message is not None:
            frame = codec.frame(message)
            followers = [group for group in self.groups if not group.wants_parts]
            for full in [session for group in followers for session in group.write(frame)]:
                self.on_full(full)

    def _is_shown(self, id: str, role: Role) -> bool:
        item = self.room.board.items.get(id)
        return item is not None and see(self.room.board, item, Viewer(role)) is not None
