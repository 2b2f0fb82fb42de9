"""Sessions that stand at one place and see the same: what is sent to all of them is one frame (rule D8)."""

from collections.abc import Callable, Iterator

from app.access import Role
from app.boards.core.sight import Viewer
from app.boards.live.session import Session
from app.realtime.fanout import FULL, Frame

Key = tuple[Role, bool, int]


class Cohort:
    """Sessions of one role that have followed up to `cursor`."""

    __slots__ = ("cursor", "role", "wants_parts", "writes")

    def __init__(self, role: Role, wants_parts: bool, cursor: int) -> None:
        self.role, self.wants_parts, self.cursor = role, wants_parts, cursor
        # Only these are touched for each frame: at hundreds of viewers, memory far apart is what costs.
        self.writes: dict[Session, Callable[[Frame], int]] = {}

    @property
    def key(self) -> Key:
        return (self.role, self.wants_parts, self.cursor)

    @property
    def viewer(self) -> Viewer:
        """What all of them are: somebody of this role who owns nothing."""
        return Viewer(self.role)

    def write(self, frame: Frame) -> list[Session]:
        """Send to all; gives those whose socket is full now."""
        crowded = False
        for write in self.writes.values():
            if write(frame) > FULL:
                crowded = True
        return [session for session in self.writes if session.handle.pending() > FULL] if crowded else []


class Groups:
    """All sessions of a board that follow now. Who must wait, for a full socket, stands in none."""

    def __init__(self) -> None:
        self._groups: dict[Key, Cohort] = {}
        self._of: dict[Session, Cohort] = {}

    def __iter__(self) -> Iterator[Cohort]:
        return iter(list(self._groups.values()))

    def of(self, session: Session) -> Cohort | None:
        return self._of.get(session)

    def cursor(self, session: Session) -> int:
        """How far the session has followed."""
        group = self._of.get(session)
        return session.place if group is None else group.cursor

    def put(self, session: Session, cursor: int) -> None:
        """The session has followed up to `cursor`."""
        self.take(session)
        key = (session.viewer.role, session.wants_parts, cursor)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Cohort(*key)
        group.writes[session] = session.handle.write
        self._of[session] = group

    def take(self, session: Session) -> None:
        """Out of its group. It keeps its place."""
        group = self._of.pop(session, None)
        if group is not None:
            session.place = group.cursor
            del group.writes[session]
            if not group.writes:
                del self._groups[group.key]

    def move(self, group: Cohort, cursor: int) -> None:
        """The whole group has followed up to `cursor`, and is one with those who had already."""
        if cursor == group.cursor or not group.writes:
            return
        del self._groups[group.key]
        group.cursor = cursor
        there = self._groups.get(group.key)
        if there is not None:
            few, group = sorted((there, group), key=lambda one: len(one.writes))
            self._of.update(dict.fromkeys(few.writes, group))
            group.writes |= few.writes
        self._groups[group.key] = group
