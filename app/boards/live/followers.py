"""Everyone who follows a board in this process: each is sent what they may see, as fast as they read."""

import logging
from random import random
from time import time

from app.boards.core import delivery
from app.boards.core.board import Board, Clash
from app.boards.core.closing import AGAIN, Close
from app.boards.core.delivery import Delta
from app.boards.core.group_commit import ClientKey, GroupCommit, OpResult
from app.boards.live import codec, messages
from app.boards.live.backpressure import SlowReaders
from app.boards.live.cohorts import Cohort, Cohorts
from app.boards.live.current import Current
from app.boards.live.frame_pace import FramePace
from app.boards.live.frames import Frames
from app.boards.live.outline import OutlineDrawer, OutlineFrames
from app.boards.live.presence import BoardPresence
from app.boards.live.session import Session
from app.boards.live.stage.frames import StageFrames
from app.boards.live.stage.hats import Hats
from app.boards.live.stage.rights import tell_rights
from app.boards.live.stage.screens import NO_SCREENS, Screens
from app.boards.live.turn.ticket import Answer
from app.realtime.fanout import FULL, Frame

log = logging.getLogger(__name__)


class Followers:
    """The sessions of one board; a `Listener`. Cohorts share a frame; nobody waits for anybody."""

    def __init__(
        self, current: Current, screens: Screens = NO_SCREENS, outline: OutlineDrawer | None = None
    ) -> None:
        self.current = current
        self.sessions: dict[int, Session] = {}  # by number of connection
        self.cohorts, self.frames = Cohorts(), Frames(current)
        self.presence = BoardPresence(current, self.cohorts, self._hold)
        self._hats = Hats(current.board)
        self.stage = StageFrames(current, screens, self._hold)
        self.outline = OutlineFrames(current, outline, self._hold)
        self._by_key: dict[ClientKey, Session] = {}
        self._owed: set[Session] = set()  # those that wait for acks
        self._pace = FramePace()
        self._progress: messages.Progress | None = None  # as everyone was last told
        self._slow = SlowReaders(self._resume)

    def stop(self) -> None:
        """The board is closed: nothing is drawn any more."""
        self.stage.stop()
        self.outline.stop()

    def welcome(self, session: Session, cursor: int, audience_then: str | None, last_n: int) -> None:
        """Send the client what it needs from its cursor on, and let it follow from there (rule D7)."""
        self.sessions[session.conn] = self._by_key[session.key] = session
        self.cohorts.remove(session)
        session.viewer = session.viewer_on(self.current.board)
        session.last_n = last_n
        session.acks.clear()
        for part in self.frames.welcome(session, cursor, audience_then):
            self._write(session, codec.frame(part))
        self._set_current(session)
        self.stage.join(session)
        self.outline.join(session)
        self.presence.join(session)

    def welcome_again(self, session: Session) -> None:
        """What this session may see or do has changed: everything is looked at again (rule D5)."""
        if session.full:
            session.stale = True
            return
        try:
            self.welcome(session, 0, None, session.last_n)
        except Exception:  # what they see may be theirs no more: others are told, and they come again
            log.exception("Board %s: somebody could not be told all anew", self.current.board.id)
            self.dismiss(session, *AGAIN, random())

    def replace(self, session: Session) -> None:
        """The same tab has connected again: end what is left of its earlier connection."""
        other = self._by_key.get(session.key)
        if other is not None:
            other.end = (Close.REPLACED, "This page has connected again.")
            self.leave(other)
            other.handle.abort()

    def leave(self, session: Session) -> None:
        """The connection is closed. One that has left already may leave again."""
        if self.sessions.pop(session.conn, None) is not None:
            self.cohorts.remove(session)
            self._owed.discard(session)
            if self._by_key.get(session.key) is session:
                del self._by_key[session.key]
            self.presence.leave(session)
            self.stage.leave(session)
            self.outline.leave(session)

    def dismiss(self, session: Session, code: int, say: str, retry_after: float | None = None) -> None:
        """Say why, then close. `retry_after` are the seconds after which the client may come again."""
        if session.end is None:
            session.end = (code, say)
            self.cohorts.remove(session)
            session.say_goodbye(messages.Bye(code, say, retry_after))

    def tell_changes(self, before: Board, group: GroupCommit | None) -> None:
        """Send each cohort its one frame."""
        deeds = group.deeds if group is not None else ()
        began = self._pace.begin()
        for clash in (deed.clash for deed in deeds if deed.clash):
            self.tell_clash(clash)
        if self.current.board.floor > before.floor:
            self._mark_full_as_stale()
        for session in self._hats.changed(self.current.board, self.sessions.values()):
            acks, session.acks = session.acks, []
            self.welcome_again(session)
            session.acks = acks  # whoever begins a workshop is told that it began
        for cohort in self.cohorts:
            try:
                self._send_cohort_parts(cohort, before) if cohort.wants_parts else self._send_cohort(cohort)
            except Exception:  # rule O3: they are sent nothing; their cursor stays where it was
                log.exception("Board %s: changes could not be sent to a cohort", self.current.board.id)
        self._owed.clear()
        tell_rights(before, self.current.board, self.sessions, self._write)
        self.stage.note_changes()
        self.outline.note_changes()
        self._pace.end(began)

    def tell_waiting(self, waiting: bool) -> None:
        """The server waits for its database, or does no more: everybody's page says so (rule C5)."""
        self.current.is_waiting = waiting
        frame = codec.frame(messages.Waiting(waiting))
        for session in [session for cohort in self.cohorts for session in cohort.write(frame)]:
            self._hold(session)

    def answer(self, session: Session, answer: Answer) -> None:
        """An op of the session has its answer: the ack leaves with the next frame, a gap needs a welcome."""
        session.answered(answer.result)
        session.last_op = time()
        if session.conn not in self.sessions:
            return
        self._owed.add(session)
        if answer.result is not None and answer.result.n is not None:
            session.last_n = max(session.last_n, answer.result.n)
        if answer.resend_after is not None:
            name = session.viewer.audience.name
            self.welcome(session, self.cohorts.cursor(session), name, answer.resend_after)
        if answer.fault:
            self.dismiss(session, Close.RELOAD, "Something went wrong on our side. Load the page again.")

    def refuse(self, session: Session, result: OpResult) -> None:
        """Answer at once a message that could not become a request."""
        session.acks.append(result)
        self._catch_up(session)

    def tell_progress(self, progress: messages.Progress | None) -> None:
        """Tell everyone how far the people of a workshop are, where that is not what they were last told."""
        if progress is None or progress == self._progress:
            return
        self._progress, frame = progress, codec.frame(progress)
        for session in [one for one in self.sessions.values() if one.end is None and not one.full]:
            self._write(session, frame)

    def answer_cast(self, session: Session, answer: messages.CastAnswer) -> None:
        """Tell the one who placed a dot, and nobody else, what became of it (rule P5)."""
        if session.end is None:
            self._write(session, codec.frame(answer))

    def pong(self, session: Session) -> None:
        """Answer a ping, and move the cursor past what was not for this viewer."""
        self._catch_up(session)
        if self.cohorts.of(session) is not None:
            self._set_current(session)
            self._write(session, codec.frame(messages.Pong(self.current.board.seq)))

    def pause(self, waiting: int) -> float:
        """Seconds to wait before the next turn, while `waiting` ops are in the queue (rule D9)."""
        return self._pace.pause(waiting)

    def _send_cohort(self, cohort: Cohort) -> None:
        """One frame for the whole cohort; those who need more get one of their own instead."""
        seq = self.current.board.seq
        head, owners = self.frames.head(cohort.viewer, cohort.cursor)
        for session in self._own_frame_sessions(cohort, owners):
            is_owner = session.person in owners
            self._send_own(session, self.frames.head(session.viewer, cohort.cursor)[0] if is_owner else head)
        if head is not None:
            full = cohort.write(codec.changes_frame(head, []))
            self.cohorts.move(cohort, seq, self.current.board.epoch)
            for session in full:
                self._hold(session)

    def _mark_full_as_stale(self) -> None:
        """Tombstones that they were not sent are cleared away: they need the whole board (rule D4)."""
        for session in self.sessions.values():
            session.stale = session.stale or session.full

    def _send_cohort_parts(self, cohort: Cohort, before: Board) -> None:
        """The parts of the outline that changed (rule D13); to what is drawn acks alone (D14, D15)."""
        board, viewer = self.current.board, cohort.viewer
        changed = set() if cohort.is_drawn else self.current.recent.since(before.seq) or set()
        parts = delivery.parts(before, board, changed, viewer)
        owners = delivery.owners_of_other_parts(before, board, changed, parts)
        for session in self._own_frame_sessions(cohort, owners):
            is_owner = session.person in owners
            own = delivery.parts(before, board, changed, session.viewer) if is_owner else parts
            self._send_parts(session, own)
        full = cohort.write(codec.frame(messages.Parts(board.seq, sorted(parts)))) if parts else []
        self.cohorts.move(cohort, board.seq, board.epoch)
        for session in full:
            self._hold(session)

    def _own_frame_sessions(self, cohort: Cohort, owners: set[str]) -> list[Session]:
        """Those of the cohort who wait for acks, and the `owners` of private items."""
        own = [session for session in self._owed if session.acks and self.cohorts.of(session) is cohort]
        more = [s for s in cohort.writes if s.person in owners and s not in self._owed] if owners else []
        return own + more

    def _send_own(self, session: Session, head: bytes | None) -> None:
        seq = self.current.board.seq
        if head is None and not session.acks:
            return
        head = head or codec.changes_head(self.cohorts.cursor(session), seq, Delta([], []))
        acks, session.acks = session.acks, []
        self._write(session, codec.changes_frame(head, acks))
        self._set_current(session)

    def _send_parts(self, session: Session, parts: set[str]) -> None:
        seq = self.current.board.seq
        self._send_own(session, None)
        if parts:
            self._write(session, codec.frame(messages.Parts(seq, sorted(parts))))
        self._set_current(session)

    def _catch_up(self, session: Session) -> None:
        """Send one session all that it has not been sent yet."""
        if session.end is not None or session.full:
            return
        cursor, board = self.cohorts.cursor(session), self.current.board
        if session.is_drawn:
            self._send_parts(session, set())
        elif session.wants_parts:
            self._send_parts(session, delivery.parts_since(board, session.viewer, cursor))
        else:
            self._send_own(session, self.frames.head(session.viewer, cursor)[0])

    def tell_clash(self, clash: Clash) -> None:
        """Whoever wrote the text that was there before is told too (rule T2)."""
        frame = codec.frame(messages.Conflict(clash.id, clash.field, clash.theirs, clash.yours))
        for session in list(self.sessions.values()):
            if session.viewer.person == clash.other:
                self._write(session, frame)

    def _write(self, session: Session, frame: Frame) -> None:
        if session.handle.write(frame) > FULL:
            self._hold(session)

    def _set_current(self, session: Session) -> None:
        """The session has followed up to now; it joins a cohort unless its socket is full."""
        session.viewer = session.viewer.at(self.current.board.epoch)
        if session.full or session.end is not None:
            session.own_cursor = self.current.board.seq
        else:
            self.cohorts.put(session, self.current.board.seq)

    def _hold(self, session: Session) -> None:
        self.cohorts.remove(session)
        self._slow.hold(session)

    def _resume(self, session: Session) -> None:
        """Its socket has drained: it gets the newest state."""
        if session.conn not in self.sessions or session.end is not None:
            return
        if session.stale:
            session.stale = False
            self.welcome_again(session)
        else:
            self.cohorts.put(session, session.own_cursor)
            self._write(session, codec.frame(messages.Waiting(self.current.is_waiting)))
            self._catch_up(session)
            self.stage.catch_up(session)
            self.outline.catch_up(session)
