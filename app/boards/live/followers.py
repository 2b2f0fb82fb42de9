"""Everyone who follows a board in this process: each is sent what is theirs, as fast as they can take it."""

from time import monotonic, time

from app.access import Actor
from app.boards.core import delivery
from app.boards.core.batch import Batch, ClientKey, OpResult
from app.boards.core.board import Board, Clash
from app.boards.core.closing import Close
from app.boards.core.delivery import Delta
from app.boards.core.sight import audience
from app.boards.live import codec, messages
from app.boards.live.backpressure import Slow
from app.boards.live.cohorts import Cohort, Groups
from app.boards.live.frames import Frames
from app.boards.live.presence import BoardPresence
from app.boards.live.room import GROUP, Answer, Room
from app.boards.live.session import Session
from app.realtime.fanout import FULL, Frame
from app.realtime.pace import Lag, Rate

HOT = 30_000  # viewers x deeds a second above which deeds are gathered for a while before they go (rule D9)
FLOOR = 0.015  # seconds from frame to frame of a hot board, at least
EACH = 0.000_04  # and so long for each viewer: sending costs 10 us, so it takes a quarter of a core at most
LATE = 0.010  # seconds that the loop may take to come round before a board counts as hot


class Followers:
    """The sessions of one room. Groups share a frame; nobody waits for anybody."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.sessions: dict[int, Session] = {}
        self.groups, self.frames = Groups(), Frames(room)
        self.pointers = BoardPresence(room, self.groups, self._hold)
        self._by_key: dict[ClientKey, Session] = {}
        self._owed: set[Session] = set()  # those with acks to get
        self._deeds, self._lag, self._last_frame = Rate(), Lag(), 0.0
        self.slow = Slow(self._resume)
        room.on_news = self.news
        room.on_clash = self.tell_clash
        room.pause = self.pause

    # -- coming and going --------------------------------------------------------------------------

    def welcome(self, session: Session, cursor: int, then: str | None, last_n: int) -> None:
        """Say where the client stands and let it follow from there, in one step (rule D7)."""
        self.sessions[session.conn] = self._by_key[session.key] = session
        self.groups.take(session)
        session.last_n = last_n
        session.acks.clear()
        for part in self.frames.welcome(session, cursor, then):
            self._write(session, codec.frame(part))
        self._stand(session, self.room.board.seq)
        everyone = self.pointers.greet(session)
        if everyone is not None and not session.full and not session.wants_parts:
            self._write(session, everyone)

    def welcome_again(self, session: Session) -> None:
        """What this session may see or do has changed: everything is looked at again (rule D5)."""
        if session.full:
            session.stale = True
        else:
            self.welcome(session, 0, None, session.last_n)

    def replace(self, session: Session) -> None:
        """The same tab has come again: what is left of its earlier connection is over."""
        other = self._by_key.get(session.key)
        if other is not None:
            other.end = (Close.REPLACED, "This page has connected again.")
            self.leave(other)
            other.handle.abort()

    def leave(self, session: Session) -> None:
        if self.sessions.pop(session.conn, None) is not None:
            self.groups.take(session)
            self._owed.discard(session)
            if self._by_key.get(session.key) is session:
                del self._by_key[session.key]
            self.pointers.leave(session)

    def move(self, session: Session, actor: Actor) -> bool:
        """The person's role is another now: True when all items must be looked at again (rule D5)."""
        changed = actor.role != session.actor.role
        session.be(actor)
        return changed

    def bye(self, session: Session, code: int, say: str, retry_after: float | None = None) -> None:
        if session.end is None:
            session.end = (code, say)
            self.groups.take(session)
            session.close(messages.Bye(code, say, retry_after))

    # -- news --------------------------------------------------------------------------------------

    def news(self, before: Board, batch: Batch | None) -> None:
        """The board has changed: send each group its one frame."""
        self._last_frame = monotonic()
        if batch is not None:
            self._deeds.add(len(batch.done), self._last_frame)
            for clash in (done.clash for done in batch.done if done.clash):
                self.tell_clash(clash)
        self._lag.measure()
        if self.room.board.floor > before.floor:
            self._forget_for_the_full()
        for group in self.groups:
            if group.wants_parts:
                self._tell_parts(group, before)
            else:
                self._tell(group)
        self._owed.clear()

    def told(self, session: Session, answer: Answer) -> None:
        """An op of the session has been answered; a gap asks for a fresh welcome."""
        session.answered(answer.outcome)
        session.used = time()
        if session.conn not in self.sessions:
            return
        self._owed.add(session)
        if answer.outcome is not None and answer.outcome.n is not None:
            session.last_n = max(session.last_n, answer.outcome.n)
        if answer.resend_after is not None:
            then = audience(session.actor.role, self.room.board.epoch)
            self.welcome(session, self.groups.cursor(session), then, answer.resend_after)
        if answer.fault:
            self.bye(session, Close.RELOAD, "Something went wrong on our side. Load the page again.")

    def refuse(self, session: Session, outcome: OpResult) -> None:
        """Answer a message at once that never was a wish."""
        session.acks.append(outcome)
        self._catch_up(session)

    def pong(self, session: Session) -> None:
        """Answer a ping, and let the cursor go past what was not for this viewer."""
        self._catch_up(session)
        if self.groups.of(session) is not None:
            self.groups.put(session, self.room.board.seq)
            self._write(session, codec.frame(messages.Pong(self.room.board.seq)))

    def pause(self) -> float:
        """Seconds to wait before the next frame: none, unless the board is hot or the loop late (rule D9).

        Nor is there anything to wait for when a whole group of deeds is there already.
        """
        now = monotonic()
        wait = self._last_frame + max(FLOOR, len(self.sessions) * EACH) - now
        if wait <= 0 or len(self.room.waiting) >= GROUP:
            return 0.0
        hot = self._deeds.at(now) * len(self.sessions) > HOT or self._lag.seconds > LATE
        return wait if hot else 0.0

    # -- frames ------------------------------------------------------------------------------------

    def _tell(self, group: Cohort) -> None:
        """One frame for the whole group, and for those who are owed more, one of their own instead."""
        seq = self.room.board.seq
        head, apart = self.frames.head(group.viewer, group.cursor)
        for session in self._own_ones(group, apart):
            self._send_own(session, self._own_head(session) if session.person in apart else head)
        if head is not None:
            full = group.write(codec.changes_frame(head, []))
            self.groups.move(group, seq)
            for session in full:
                self._hold(session)

    def _forget_for_the_full(self) -> None:
        """What they were not told of is cleared away: nothing but the whole board tells them (rule D4)."""
        for session in self.sessions.values():
            session.stale = session.stale or session.full

    def _tell_parts(self, group: Cohort, before: Board) -> None:
        """The parts of the outline that changed (rule D13)."""
        board, viewer = self.room.board, group.viewer
        changed = self.room.recent.since(before.seq) or set()
        parts = delivery.parts(before, board, changed, viewer)
        apart = delivery.apart(board, changed, before.seq)
        for session in self._own_ones(group, apart):
            own = delivery.parts(before, board, changed, session.viewer) if session.person in apart else parts
            self._send_parts(session, own)
        full = group.write(codec.frame(messages.Parts(board.seq, sorted(parts)))) if parts else []
        self.groups.move(group, board.seq)
        for session in full:
            self._hold(session)

    def _own_ones(self, group: Cohort, apart: set[str]) -> list[Session]:
        own = [session for session in self._owed if session.acks and self.groups.of(session) is group]
        return own + [s for s in group.writes if s.person in apart and s not in self._owed] if apart else own

    def _own_head(self, session: Session) -> bytes | None:
        return self.frames.head(session.viewer, self.groups.cursor(session))[0]

    def _send_own(self, session: Session, head: bytes | None) -> None:
        seq = self.room.board.seq
        if head is None and not session.acks:
            return
        head = head or codec.changes_head(self.groups.cursor(session), seq, Delta([], []))
        acks, session.acks = session.acks, []
        self._write(session, codec.changes_frame(head, acks))
        self._stand(session, seq)

    def _send_parts(self, session: Session, parts: set[str]) -> None:
        seq = self.room.board.seq
        self._send_own(session, None)
        if parts:
            self._write(session, codec.frame(messages.Parts(seq, sorted(parts))))
        self._stand(session, seq)

    def _catch_up(self, session: Session) -> None:
        """Send one session all that it is owed."""
        if session.end is not None or session.full:
            return
        if session.wants_parts:
            self._send_parts(
                session, delivery.parts_since(self.room.board, session.viewer, self.groups.cursor(session))
            )
        else:
            self._send_own(session, self._own_head(session))

    def tell_clash(self, clash: Clash) -> None:
        """The one whose words stood before hears of it too (rule T2)."""
        frame = codec.frame(messages.Conflict(clash.id, clash.field, clash.theirs, clash.yours))
        for session in list(self.sessions.values()):
            if session.person == clash.other:
                self._write(session, frame)

    # -- one session -------------------------------------------------------------------------------

    def _write(self, session: Session, frame: Frame) -> None:
        if session.handle.write(frame) > FULL:
            self._hold(session)

    def _stand(self, session: Session, cursor: int) -> None:
        """The session has followed up to `cursor`; it goes on with the others unless its socket is full."""
        if session.full or session.end is not None:
            session.place = cursor
        else:
            self.groups.put(session, cursor)

    def _hold(self, session: Session) -> None:
        self.groups.take(session)
        self.slow.hold(session)

    def _resume(self, session: Session) -> None:
        """Its socket has drained: it gets the newest state."""
        if session.conn not in self.sessions or session.end is not None:
            return
        if session.stale:
            session.stale = False
            self.welcome_again(session)
        else:
            self.groups.put(session, session.place)
            self._catch_up(session)
