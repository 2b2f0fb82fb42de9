"""One server process over the real rules: it takes deeds, commits them in groups, and tells its sessions.

Only the shell is simulated; settle, since, apart, own, can_resume, audience and Recent are the product's.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from immutables import Map
from msgspec import Struct, structs

from app.access import READERS, Actor, Code, Refused, Role, State
from app.boards.core.board import Board, Outside
from app.boards.core.delivery import Delta, can_resume, everything, owners_of_private, private_views, since
from app.boards.core.group_commit import (
    ClientKey,
    Gap,
    GroupCommit,
    OpRequest,
    OpResult,
    Repeat,
    decide_group,
)
from app.boards.core.ops import Undo
from app.boards.core.recent_changes import RecentChanges
from app.boards.core.sight import Audience, View, Viewer, viewer_of
from tests.simulator.mistaken_groups import published, revealed, untouched, with_private_notes
from tests.simulator.mistaken_joins import mistaken_joins
from tests.simulator.mistaken_promises import mistaken_promises
from tests.simulator.mistakes import Mistake
from tests.simulator.store import Down, Moved, Store
from tests.simulator.wire import Bye, Changes, Connection, Hello, Ping, Pong, Send, Welcome

GROUP, REMEMBERED = 4, 12


class Session(Struct, eq=False):
    """What is known of a connection: as in the product, a cursor and the answers still owed."""

    line: Connection
    actor: Actor
    cursor: int
    acks: list[OpResult]
    stuck: bool = False  # its socket is full
    stale: bool = False  # what it was not told of has been cleared away meanwhile
    wrote: set[str] = set()  # only for the mistake of no echo


class Pending(Struct):
    """A group between deciding and telling: where a crash hurts."""

    decided: GroupCommit
    asked: list[tuple[Connection, OpRequest]]
    read: dict[ClientKey, int]
    committed: bool = False


class Server:
    def __init__(self, store: Store, random: Random, mistake: Mistake | None) -> None:
        self.store, self.random, self.mistake = store, random, mistake
        self.others: list[Server] = []
        self.spy: Callable[[Session, list[View], list[str]], None] = lambda session, puts, dels: None
        self.start()

    def start(self) -> None:
        """Begin with nothing but what is stored."""
        self.board = self.store.board()
        self.open_comments, self.page = self.store.open_comments, self.store.page
        self.space_epoch = self.store.space_epoch
        self.sessions: dict[int, Session] = {}
        self.waiting: deque[tuple[Connection, OpRequest]] = deque()
        self.pending: Pending | None = None
        self.recent = RecentChanges(self.board.seq, REMEMBERED)
        self.late: list[Session] = []
        self.heard = self.board.seq
        self._veiled: tuple[Board, bool, Board] | None = None

    # -- what comes in -----------------------------------------------------------------------------

    def take(self, line: Connection, message: Any) -> None:
        """One message of a connection."""
        if isinstance(message, Hello):
            self._sit_down(line, message)
        elif isinstance(message, Send):
            self.waiting.append((line, self._request(line, message)))
        elif isinstance(message, Ping):
            self._pong(line)

    def _request(self, line: Connection, message: Send) -> OpRequest:
        base, read = message.base, message.read
        if self.mistake is Mistake.LATER_TEXT_WINS:
            base = read = None
        op = message.op or Refused(Code.INVALID, "An empty op.")
        return OpRequest(self.store.actor(line.person), line.client, message.n, op, 1.0, base, read)

    def closed(self, line: Connection) -> None:
        """The server notices, perhaps late, that a connection is gone."""
        line.closed = True
        if self.mistake is Mistake.CLOSED_BY_PERSON:
            self.sessions = {k: s for k, s in self.sessions.items() if s.line.person != line.person}
        else:
            self.sessions.pop(line.number, None)

    def _sit_down(self, line: Connection, hello: Hello) -> None:
        actor = self.store.actor(line.person)
        if actor.role not in READERS:
            line.tell(Bye())
            return
        for _ in range(9):
            # another process has told the client more than this one knows; nobody is sent back in time
            if hello.cursor > self.board.seq and self.store.seq > self.board.seq:
                self.work() if self.pending else self.catch_up()
        session = Session(line, actor, 0, [])
        self._welcome(session, hello.cursor, hello.audience)
        if self.mistake is Mistake.LATE_SUBSCRIPTION:
            self.late.append(session)
        else:
            self.sessions[line.number] = session

    def _welcome(self, session: Session, cursor: int, then: str | None) -> None:
        board, viewer = self._for(session.actor.role), viewer_of(session.actor, self.board)
        now = viewer.audience.name
        may_resume = can_resume(board, cursor, then, now)
        if self.mistake is Mistake.RESUME_ACROSS_A_CHANGE:
            may_resume = can_resume(board, cursor, now, now)
        if may_resume:
            news = self._filtered(session, lambda: since(board, viewer, cursor, self.recent.since(cursor)))
        else:
            everyone = Viewer(viewer.audience)
            news = self._filtered(
                session, lambda: Delta(everything(board, everyone).puts + private_views(board, viewer), [])
            )
        if news is None:
            return
        last_n = self.store.last_n.get((session.line.person, session.line.client), 0)
        session.line.tell(
            Welcome(
                now,
                not may_resume,
                cursor if may_resume else 0,
                board.seq,
                news.puts,
                news.dels,
                last_n,
                board.state is State.ARCHIVED,
            )
        )
        self.spy(session, news.puts, news.dels)
        session.cursor = board.seq

    def settle_down(self) -> None:
        """All there is to do, in the calm after a storm."""
        for _ in range(500):
            if self.pending or self.waiting:
                self.work()
        self.poll()
        self.subscribe()
        self.flush()

    def idle(self) -> bool:
        return not self.pending and not self.waiting and self.board.seq == self.store.seq

    # -- the one writer ----------------------------------------------------------------------------

    def work(self) -> None:
        """The next third of a group commit: decide, commit, or tell."""
        if self.pending is None and self.heard > self.board.seq:
            self.catch_up()
        elif self.pending is None:
            self._decide()
        elif not self.pending.committed:
            self._commit(self.pending)
        else:
            self._tell(self.pending)

    def _decide(self) -> None:
        if not self.waiting:
            return
        group = [self.waiting.popleft() for _ in range(min(GROUP, len(self.waiting)))]
        # what they may do is read anew, in the transaction (rule O5)
        group = [(line, structs.replace(a, actor=self.store.actor(line.person))) for line, a in group]
        asked = [ask for _, ask in group]
        keys = {ask.key for ask in asked}
        read = {key: self.store.last_n.get(key, 0) for key in keys}
        undone = {
            a.op.of: self.store.inverses.get(a.op.of, ("", ())) for a in asked if isinstance(a.op, Undo)
        }
        if self.mistake is Mistake.NO_DEDUPLICATION:
            decided = self._each_as_new(asked, read, undone)
        else:
            outside = Outside(b"chance", self.store.roles)
            with mistaken_joins(self.mistake), mistaken_promises(self.mistake):
                decided = decide_group(self.board, asked, read, undone, outside)
        if self.mistake is Mistake.PUBLISH_WITHOUT_TOUCH:
            decided = untouched(decided, published(decided))
        if self.mistake is Mistake.REVEAL_WITHOUT_TOUCH:
            decided = untouched(decided, revealed(decided))
        if self.mistake is Mistake.REFUSAL_KEEPS_N:
            refused = {(ask.key, ask.n) for ask, _ in decided.refused}
            moved = {key: n for key, n in decided.last_n.items() if (key, n) not in refused}
            decided = structs.replace(decided, last_n=moved)
        self.pending = Pending(decided, group, read)
        if self.mistake is Mistake.EARLY_BOARD:
            self._become(decided.after, decided.touched)
        if self.mistake is Mistake.ACK_BEFORE_COMMIT:
            self._answer(self.pending)
            self.flush()

    def _each_as_new(self, asked: list[OpRequest], read: dict[ClientKey, int], undone: Any) -> GroupCommit:
        seen = dict(read)
        for ask in asked:
            seen[ask.key] = min(seen[ask.key], (ask.n or 1) - 1)
        return decide_group(self.board, asked, seen, undone)

    def _commit(self, pending: Pending) -> None:
        try:
            if self.random.random() < 0.04:
                raise Down
            self.store.commit(pending.decided, pending.read)
            pending.committed = True
        except (Moved, Down) as no:
            if isinstance(no, Moved):
                self.catch_up()
            self.waiting.extendleft(reversed(pending.asked))
            self.pending = None

    def _tell(self, pending: Pending) -> None:
        self.pending = None
        self._become(pending.decided.after, pending.decided.touched)
        if self.mistake is not Mistake.ACK_BEFORE_COMMIT:
            self._answer(pending)
        for other in self.others:
            if self.random.random() < 0.7:  # a wake-up may be lost; the poll finds out
                other.heard = max(other.heard, self.board.seq)

    def _answer(self, pending: Pending) -> None:
        for (line, ask), answer in zip(pending.asked, pending.decided.answers, strict=True):
            session = self.sessions.get(line.number)
            if session is None:
                continue
            if isinstance(answer, Gap):
                self._welcome(session, session.cursor, viewer_of(session.actor, self.board).audience.name)
                continue
            outcome = self.store.outcomes.get((ask.key, answer.n)) if isinstance(answer, Repeat) else answer
            if outcome is not None:
                session.acks.append(outcome)
            if isinstance(answer, OpResult) and answer.seq and hasattr(ask.op, "id"):
                session.wrote = session.wrote | {ask.op.id}

    def catch_up(self) -> None:
        """Read what other processes have committed."""
        before = self.board
        board = self.store.caught_up(before)
        if board.floor > before.floor:
            self.flush()
            for session in self.sessions.values():
                session.stale = session.stale or session.stuck
        self._become(board, tuple(i.id for i in board.items.values() if i.seq > before.seq))
        self.heard = max(self.heard, board.seq)
        if self.page != self.store.page:  # a reveal needs none of this: it touches what it shows
            self.open_comments, self.page = self.store.open_comments, self.store.page
            self._recheck(list(self.sessions.values()))

    def _become(self, board: Board, touched: tuple[str, ...]) -> None:
        if board.seq != self.board.seq:
            self.recent.add(board.seq, touched)
        self.board = board
        self.heard = max(self.heard, board.seq)

    # -- who may still be here ---------------------------------------------------------------------

    def poll(self) -> None:
        """Every half second: see whether anybody has written, or may do other things now (rule O5)."""
        if self.store.seq != self.board.seq and self.pending is None:
            self.catch_up()
        if self.space_epoch == self.store.space_epoch:
            return
        self.space_epoch = self.store.space_epoch
        changed = []
        for session in list(self.sessions.values()):
            actor = self.store.actor(session.line.person)
            if actor.role not in READERS:
                session.line.tell(Bye())
                self.sessions.pop(session.line.number, None)
            elif actor.role != session.actor.role:
                session.actor = actor
                changed.append(session)
        self._recheck(changed)

    def _recheck(self, sessions: list[Session]) -> None:
        """All items, not only those they hold (rule D5)."""
        if self.mistake is not Mistake.AUDIENCE_WITHOUT_RECHECK:
            for session in sessions:
                self._welcome(session, 0, None)

    # -- what goes out -----------------------------------------------------------------------------

    def flush(self) -> None:
        """Send every session that can take more what is new to it (rules D1-D3, D6, D8, D12)."""
        groups: dict[tuple[Audience, int], tuple[Delta | None, set[str]]] = {}
        for session in list(self.sessions.values()):
            if session.stuck or (session.cursor >= self.board.seq and not session.acks):
                continue
            if session.stale:
                session.stale = False
                self._welcome(session, 0, None)
                continue
            key = (viewer_of(session.actor, self.board).audience, session.cursor)
            if key not in groups:
                groups[key] = self._group(session)
            news, alone = groups[key]
            if news is None:
                self._lose(session)
                continue
            if session.line.person in alone:
                viewer = viewer_of(session.actor, self.board)
                own_news = self._filtered(session, partial(self._news, session, viewer))
                if own_news is None:
                    continue
                news = own_news
            self._send(session, news)

    def _group(self, session: Session) -> tuple[Delta | None, set[str]]:
        board, ids = self.board, self.recent.since(session.cursor)
        if ids is None:
            ids = {item.id for item in board.items.values() if item.seq > session.cursor}
        everyone = Viewer(viewer_of(session.actor, board).audience)
        news = self._filtered(session, partial(self._news, session, everyone))
        return news, owners_of_private(board, everyone, session.cursor, ids)

    def _news(self, session: Session, viewer: Viewer) -> Delta:
        cursor = session.cursor
        return since(self._for(session.actor.role), viewer, cursor, self.recent.since(cursor))

    def _send(self, session: Session, news: Delta) -> None:
        if self.mistake is Mistake.NO_ECHO:
            news = Delta([v for v in news.puts if v.id not in session.wrote], news.dels)
            session.wrote = set()
        if not news and not session.acks:
            if self.mistake is Mistake.HIDDEN_SKIPPED:
                session.cursor = self.board.seq
            return
        acks, session.acks = session.acks, []
        session.line.tell(
            Changes(
                session.cursor,
                self.board.seq,
                news.puts,
                news.dels,
                acks,
                self.board.state is State.ARCHIVED,
                viewer_of(session.actor, self.board).audience.name,
            )
        )
        self.spy(session, news.puts, news.dels)
        session.cursor = self.board.seq

    def _pong(self, line: Connection) -> None:
        session = self.sessions.get(line.number)
        if session is None or session.stuck:
            return
        self.flush()
        if line.number in self.sessions and not session.stuck:
            session.cursor = max(session.cursor, self.board.seq)
            line.tell(Pong(session.cursor, self.board.state is State.ARCHIVED))

    def subscribe(self) -> None:
        """Only where a session follows late."""
        for session in self.late:
            session.cursor = self.board.seq
            self.sessions[session.line.number] = session
        self.late.clear()

    def _filtered(self, session: Session, ask: Callable[[], Delta]) -> Delta | None:
        """What the filter says; now and then it breaks, and then the session ends (rule O3)."""
        if self.random.random() >= 0.01:
            reads_all = self.mistake is Mistake.FACILITATOR_READS_ALL
            return with_private_notes(self.board, session.actor, ask()) if reads_all else ask()
        if self.mistake is Mistake.OPEN_FILTER:
            return Delta([View(i.id, i.item, i.seq, i.fields) for i in self.board.items.values()], [])
        self._lose(session)
        return None

    def _lose(self, session: Session) -> None:
        session.line.cut()
        self.sessions.pop(session.line.number, None)

    def _for(self, role: Role) -> Board:
        """The board as far as a role goes: observers see no comments until the page is turned."""
        if role is not Role.OBSERVER or self.open_comments:
            return self.board
        return without_comments(self.board)


def without_comments(board: Board) -> Board:
    return structs.replace(board, items=Map({k: i for k, i in board.items.items() if i.item != "comment"}))
