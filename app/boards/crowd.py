"""Everyone who follows a board in this process: each is sent what is theirs, as fast as they can take it."""

import asyncio
from collections import deque
from collections.abc import Iterable
from time import monotonic

from msgspec import Raw

from app.access import Actor
from app.boards import delivery, wire
from app.boards.batch import Batch
from app.boards.board import Board
from app.boards.delivery import News
from app.boards.room import Answer, Room
from app.boards.session import Session
from app.boards.sight import Viewer, audience, see
from app.realtime.fanout import Frame
from app.realtime.presence import Here, Presence, pace

HOT = 30_000  # viewers x deeds a second above which frames come at most every FLOOR seconds (rule D9)
FLOOR = 0.015
STUCK = 30.0  # seconds without progress after which a reader is let go (rule D10)


class Crowd:
    """The sessions of one room. Groups share a frame; nobody waits for anybody."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.sessions: dict[int, Session] = {}
        self.presence = Presence()
        self.snapshots: dict[tuple[str, int], list[bytes]] = {}
        self.deeds: deque[tuple[float, int]] = deque()
        self.last_frame = 0.0
        self._tick: asyncio.TimerHandle | None = None
        self._drains: set[asyncio.Task[None]] = set()
        room.on_news = self.news
        room.pause = self.pause

    # -- coming and going --------------------------------------------------------------------------

    def welcome(self, session: Session, cursor: int, then: str | None, last_n: int) -> None:
        """Say where the client stands and let it follow from there, in one step (rule D7)."""
        board = self.room.board
        now = audience(session.actor.role, board.epoch)
        full = not delivery.can_resume(board, cursor, then, now)
        arrays, dels = self._whole(session) if full else self._since(session, cursor)
        for i, puts in enumerate(arrays):
            message = wire.Welcome(
                conn=session.conn,
                you=wire.you(session.actor, session.name, session.organisation, board),
                audience=now,
                full=full,
                from_=0 if full else cursor,
                to=board.seq,
                part=wire.Part(i + 1, len(arrays)),
                puts=Raw(puts),
                dels=dels if i == 0 else [],
                last_n=last_n,
                limits=wire.LIMITS,
            )
            session.write(wire.frame(message))
        session.cursor, session.last_n = board.seq, last_n
        session.acks.clear()
        self.sessions[session.conn] = session
        self._watch(session)
        self._greet(session)

    def welcome_again(self, session: Session) -> None:
        """Something about what this session may see or do has changed: everything is looked at again (rule D5)."""
        self.welcome(session, 0, None, session.last_n)

    def replace(self, session: Session) -> None:
        """The same tab has come again: what is left of its earlier connection is over."""
        for other in [s for s in self.sessions.values() if s.key == session.key]:
            other.end = (4408, "This page has connected again.")
            self.leave(other)
            other.handle.abort()

    def leave(self, session: Session) -> None:
        if self.sessions.pop(session.conn, None) is not None:
            self.presence.leave(session.person, session.conn)
            self._soon()

    def move(self, session: Session, actor: Actor) -> bool:
        """The person's role is another now: True when all items must be looked at again (rule D5)."""
        changed = actor.role != session.actor.role
        session.be(actor)
        return changed

    # -- news --------------------------------------------------------------------------------------

    def news(self, before: Board, batch: Batch | None) -> None:
        """The board has changed: send each group its one frame."""
        now = monotonic()
        self.last_frame = now
        if batch is not None:
            self.deeds.append((now, len(batch.done)))
            self._tell_clashes(batch)
        changed = self.room.changed_since(before.seq) or set()
        self._note_parts(before, changed)
        self.deliver(self.sessions.values())

    def deliver(self, sessions: Iterable[Session]) -> None:
        seq = self.room.board.seq
        heads: dict[tuple[str, int], tuple[bytes | None, set[str]]] = {}
        shared: dict[tuple[str, int], Frame] = {}
        for session in list(sessions):
            if (session.cursor == seq and not session.acks) or session.full_since is not None:
                continue
            if session.wants_parts:
                self._send_parts(session, seq)
                continue
            key = (session.viewer.role, session.cursor)
            if key not in heads:
                heads[key] = self._head(session.public_viewer, session.cursor)
            head, apart = heads[key]
            if session.acks or session.person in apart:
                self._send_own(session, head, apart)
                continue
            if head is None:
                continue  # nothing for this viewer: the cursor moves with the next frame or pong (rule D12)
            frame = shared.get(key)
            if frame is None:
                frame = shared[key] = wire.changes_frame(head, [])
            self._send(session, frame, seq)

    def pong(self, session: Session) -> None:
        """Answer a ping, and let the cursor go past what was not for this viewer."""
        if session.full_since is None:
            self.deliver((session,))
            session.cursor = self.room.board.seq
            session.write(wire.frame(wire.Pong(session.cursor)))

    def told(self, session: Session, answer: Answer) -> None:
        """An op of the session has been answered; a gap asks for a fresh welcome."""
        session.answered(answer.outcome)
        if session.conn not in self.sessions:
            return
        if answer.outcome is not None and answer.outcome.n is not None:
            session.last_n = max(session.last_n, answer.outcome.n)
        if answer.resend_after is not None:
            self.welcome(session, session.cursor, audience(session.actor.role, self.room.board.epoch), answer.resend_after)
        if answer.fault:
            self.bye(session, 4410, "Something went wrong on our side. Load the page again.")

    def bye(self, session: Session, code: int, say: str, retry_after: float | None = None) -> None:
        if session.end is None:
            session.end = (code, say)
            session.close(wire.Bye(code, say, retry_after))

    def pause(self) -> float:
        """Seconds to wait before the next frame: none, unless the board is hot."""
        now = monotonic()
        while self.deeds and self.deeds[0][0] < now - 1:
            self.deeds.popleft()
        rate = sum(count for _, count in self.deeds)
        return max(0.0, self.last_frame + FLOOR - now) if rate * len(self.sessions) > HOT else 0.0

    # -- presence ----------------------------------------------------------------------------------

    def here(self, session: Session, here: Here) -> None:
        """Where somebody points; not on what others do not see (rule P6)."""
        if here.on is not None:
            item = self.room.board.items.get(here.on)
            if item is None or see(self.room.board, item, session.public_viewer) is None:
                here = Here(here.x, here.y, None, False)
        self.presence.put(session.person, here, session.conn)
        self._soon()

    def _soon(self) -> None:
        if self._tick is None:
            self._tick = asyncio.get_running_loop().call_later(pace(len(self.sessions)), self._tell_presence)

    def _tell_presence(self) -> None:
        self._tick = None
        message = self.presence.tick()
        if message is not None:
            frame = wire.frame(message)
            for session in list(self.sessions.values()):
                if session.full_since is None and not session.wants_parts:
                    session.write(frame)
                    self._watch(session)

    def _greet(self, session: Session) -> None:
        self.presence.put(session.person, Here(), session.conn)
        self._soon()
        everyone = self.presence.everyone()
        if everyone is not None and session.full_since is None and not session.wants_parts:
            session.write(wire.frame(everyone))

    # -- frames ------------------------------------------------------------------------------------

    def _head(self, viewer: Viewer, cursor: int) -> tuple[bytes | None, set[str]]:
        """The frame of a group but for its acks (None: nothing for it), and who needs one of their own."""
        board = self.room.board
        changed = self.room.changed_since(cursor)
        news = delivery.since(board, viewer, cursor, changed)
        ids = changed if changed is not None else [i.id for i in board.items.values() if i.seq > cursor]
        head = wire.changes_head(cursor, board.seq, news) if news else None
        return head, delivery.apart(board, ids, cursor)

    def _send_own(self, session: Session, head: bytes | None, apart: set[str]) -> None:
        board, cursor = self.room.board, session.cursor
        if session.person in apart:
            news = delivery.since(board, session.viewer, cursor, self.room.changed_since(cursor))
            if not news and not session.acks:
                return
            head = wire.changes_head(cursor, board.seq, news)
        elif head is None:
            head = wire.changes_head(cursor, board.seq, News([], []))
        acks, session.acks = session.acks, []
        self._send(session, wire.changes_frame(head, acks), board.seq)

    def _send_parts(self, session: Session, seq: int) -> None:
        if session.acks:
            acks, session.acks = session.acks, []
            session.write(wire.changes_frame(wire.changes_head(session.cursor, seq, News([], [])), acks))
        if session.parts:
            session.write(wire.frame(wire.Parts(seq, sorted(session.parts))))
            session.parts.clear()
        session.cursor = seq
        self._watch(session)

    def _send(self, session: Session, frame: Frame, seq: int) -> None:
        session.write(frame)
        session.cursor = seq
        if session.full_since is not None:
            self._watch(session)

    def _whole(self, session: Session) -> tuple[list[bytes], list[str]]:
        """What everyone of the role sees, encoded once for a seq, and what only this person does."""
        board = self.room.board
        key = (str(session.viewer.role), board.seq)
        if key not in self.snapshots:
            self.snapshots = {k: v for k, v in self.snapshots.items() if k[1] == board.seq}
            self.snapshots[key] = wire.in_parts(delivery.whole(board, session.public_viewer).puts)
        own = delivery.own(board, session.viewer)
        return (self.snapshots[key] + wire.in_parts(own) if own else self.snapshots[key]), []

    def _since(self, session: Session, cursor: int) -> tuple[list[bytes], list[str]]:
        news = delivery.since(self.room.board, session.viewer, cursor, self.room.changed_since(cursor))
        return wire.in_parts(news.puts), news.dels

    def _note_parts(self, before: Board, changed: set[str]) -> None:
        parts: dict[Viewer, set[str]] = {}
        for session in self.sessions.values():
            if session.wants_parts:
                viewer = session.viewer
                if viewer not in parts:
                    parts[viewer] = delivery.parts(before, self.room.board, changed, viewer)
                session.parts |= parts[viewer]

    def _tell_clashes(self, batch: Batch) -> None:
        """The one whose words stood before hears of it too (rule T2)."""
        for clash in (done.clash for done in batch.done):
            if clash is not None:
                frame = wire.frame(wire.Conflict(clash.id, clash.field, clash.theirs, clash.yours))
                for session in list(self.sessions.values()):
                    if session.person == clash.other:
                        session.write(frame)

    # -- slow readers ------------------------------------------------------------------------------

    def _watch(self, session: Session) -> None:
        if session.full_since is not None:
            task = asyncio.get_running_loop().create_task(self._drained(session))
            self._drains.add(task)
            task.add_done_callback(self._drains.discard)

    async def _drained(self, session: Session) -> None:
        """Wait for a full socket; then send the newest, or let go of one that reads nothing at all."""
        left = session.handle.pending()
        while True:
            try:
                async with asyncio.timeout(STUCK):
                    await session.handle.drained()
                break
            except TimeoutError:
                if session.handle.pending() >= left > 0:
                    session.end = (4408, "Your connection was too slow to follow.")
                    session.handle.abort()
                    return
                left = session.handle.pending()
        session.full_since = None
        if session.conn in self.sessions:
            self.deliver((session,))
            self._watch(session)
