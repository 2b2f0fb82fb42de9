"""Sessions with the same cursor that see the same: all of them are sent one frame (rule D8)."""

from collections.abc import Callable, Iterator

from app.boards.core.sight import Audience, Viewer
from app.boards.live.session import Session
from app.realtime.fanout import FULL, Frame

Key = tuple[Audience, bool, bool, int]


class Cohort:
    """Sessions of one audience that have followed up to `cursor`."""

    __slots__ = ("audience", "cursor", "is_drawn", "wants_parts", "writes")

    def __init__(self, audience: Audience, wants_parts: bool, is_drawn: bool, cursor: int) -> None:
        self.audience, self.wants_parts, self.is_drawn, self.cursor = (
            audience,
            wants_parts,
            is_drawn,
            cursor,
        )
        # Only these are touched for each frame: at hundreds of viewers, memory far apart is what costs.
        self.writes: dict[Session, Callable[[Frame], int]] = {}

    @property
    def key(self) -> Key:
        return (self.audience, self.wants_parts, self.is_drawn, self.cursor)

    @property
    def viewer(self) -> Viewer:
        """Somebody of this audience who owns nothing: what they see, all of the cohort see."""
        return Viewer(self.audience)

    def write(self, frame: Frame) -> list[Session]:
        """Send to all; returns those whose socket is full now."""
        any_full = False
        for write in self.writes.values():
            if write(frame) > FULL:
                any_full = True
        return [session for session in self.writes if session.handle.pending() > FULL] if any_full else []


class Cohorts:
    """All sessions of a board that follow now. One whose socket is full is in no cohort."""

    def __init__(self) -> None:
        self._cohorts: dict[Key, Cohort] = {}
        self._of: dict[Session, Cohort] = {}

    def __iter__(self) -> Iterator[Cohort]:
        return iter(list(self._cohorts.values()))

    def of(self, session: Session) -> Cohort | None:
        """The cohort of the session; None while it is in none."""
        return self._of.get(session)

    def cursor(self, session: Session) -> int:
        """How far the session has followed."""
        cohort = self._of.get(session)
        return session.own_cursor if cohort is None else cohort.cursor

    def put(self, session: Session, cursor: int) -> None:
        """The session has followed up to `cursor`: put it into the cohort of those who have."""
        self.remove(session)
        key = (session.viewer.audience, session.wants_parts, session.is_drawn, cursor)
        cohort = self._cohorts.get(key)
        if cohort is None:
            cohort = self._cohorts[key] = Cohort(*key)
        cohort.writes[session] = session.handle.write
        self._of[session] = cohort

    def remove(self, session: Session) -> None:
        """Take the session out of its cohort. It keeps its cursor."""
        cohort = self._of.pop(session, None)
        if cohort is not None:
            session.own_cursor = cohort.cursor
            del cohort.writes[session]
            if not cohort.writes:
                del self._cohorts[cohort.key]

    def move(self, cohort: Cohort, cursor: int, epoch: int) -> None:
        """The whole cohort has followed up to `cursor`, and to `epoch`: it joins those who had already."""
        if cursor == cohort.cursor or not cohort.writes:
            return
        del self._cohorts[cohort.key]
        cohort.cursor = cursor
        if epoch != cohort.audience.epoch:
            cohort.audience = cohort.audience.at(epoch)
            for session in cohort.writes:
                session.viewer = session.viewer.at(epoch)
        same = self._cohorts.get(cohort.key)
        if same is not None:
            smaller, cohort = sorted((same, cohort), key=lambda one: len(one.writes))
            self._of.update(dict.fromkeys(smaller.writes, cohort))
            cohort.writes |= smaller.writes
        self._cohorts[cohort.key] = cohort
