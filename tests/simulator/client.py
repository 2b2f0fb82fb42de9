"""One tab of one person: a replica, a queue that outlives the connection, and a connection that may not last.

Follows the client's half of the protocol (C1-C4, D1, D2) and nothing else; what it believes may be checked.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from msgspec import Struct

from app.access import Code
from app.boards.core.group_commit import OpResult
from app.boards.core.ops import AddCard, EditCard, SingleOp, Undo
from app.boards.core.sight import View
from tests.boards.random_ops import Known, random_op
from tests.history import AnyOp, Line, What
from tests.simulator.mistakes import Mistake
from tests.simulator.wire import Bye, Changes, Connection, Hello, Ping, Pong, Send, Welcome


class Entry(Struct):
    """An op in the queue; its n is given when it is first sent, and then it is frozen (rules C1, C4)."""

    op: AnyOp
    base: int | None
    n: int | None = None
    sent: bool = False  # on the present connection
    read: dict[str, str] | None = None  # by field, the text that was changed
    failed: int = 0  # how often the connection broke with this op alone on its way


class Client:
    def __init__(self, person: str, name: str, random: Random, mistake: Mistake | None) -> None:
        self.person, self.name, self.random, self.mistake = person, name, random, mistake
        self.queue: list[Entry] = []
        self.given = 0  # the highest n
        self.replica: dict[str, View] = {}
        self.cursor = 0
        self.audience: str | None = None
        self.line: Connection | None = None
        self.welcomed = self.out = False
        self.deeds: list[int] = []  # own deeds that have been answered, for taking back
        self.asked: dict[int, Entry] = {}
        self.answered: dict[int, OpResult] = {}
        self.gaps = 0
        self.forgotten = 0
        self.note: Callable[[Line], None] = lambda line: None

    # -- what the person does ----------------------------------------------------------------------

    def write(self, new_id: str, word: str, gone: dict[str, str]) -> None:
        """Wish for something, on what is seen here and what was wished for before."""
        below = self.random.randrange
        if self.deeds and below(8) == 0:
            self._enqueue(Undo(self.deeds[-1 - below(min(3, len(self.deeds)))]), None)
            return
        known = Known.of(self.replica.values(), gone)
        for entry in self.queue:
            if isinstance(entry.op, AddCard):
                known.cards[entry.op.id] = {"text": entry.op.text, "draft": entry.op.draft}
        op = random_op(below, known, new_id, word)
        view = self.replica.get(op.id)
        if not self._may_wish(op) or self._merged(op):
            return
        self._enqueue(op, view.seq if view and below(4) else None)

    def wish(self, op: AnyOp) -> None:
        """This very op."""
        self._enqueue(op, None)

    def _may_wish(self, op: SingleOp) -> bool:
        return True

    def _merged(self, op: SingleOp) -> bool:
        """Unsent words about the same thing take the place of the earlier ones (rule C4)."""
        last = self.queue[-1] if self.queue else None
        if not last or last.n is not None or not (isinstance(op, EditCard) and isinstance(last.op, EditCard)):
            return False
        joins = op.id == last.op.id and isinstance(op.text, str) and isinstance(last.op.text, str)
        if joins:
            last.op = op
        return joins

    def _enqueue(self, op: AnyOp, base: int | None, read: dict[str, str] | None = None) -> None:
        self.queue.append(Entry(op, base, read=read))
        self.send()

    # -- the connection ----------------------------------------------------------------------------

    def connect(self, line: Connection) -> None:
        self.line, self.welcomed = line, False
        line.ask(Hello(self.person, self.name, self.cursor, self.audience))

    def lost(self) -> None:
        """The connection is found to be gone; the queue stays."""
        self.line, self.welcomed = None, False
        for entry in self.queue:
            entry.sent = False
        if self.mistake is Mistake.QUEUE_DROPPED:
            self.forgotten += len([entry for entry in self.queue if entry.n is not None])
            self.queue.clear()

    def reload(self, *, keep: bool) -> None:
        """The page is loaded anew: the queue is on the device, the board perhaps too."""
        if self.line is not None:
            self.line.cut()
            self.lost()
        if not keep:
            self.replica, self.cursor, self.audience = {}, 0, None
        self.deeds.clear()

    def send(self) -> None:
        """Everything not yet sent on this connection, in order."""
        if self.line is None or not self.welcomed:
            return
        for entry in self._ready():
            if entry.n is None:
                self.given += 1
                entry.n = self.given
                self.asked[entry.n] = entry
                self.note(Line.of_op(What.INVOKE, self.person, self.name, entry.n, entry.op))
            if not entry.sent:
                entry.sent = True
                self.line.ask(self._message(entry.n, entry))

    def _ready(self) -> list[Entry]:
        """What may be on its way at once."""
        return self.queue

    def _message(self, n: int, entry: Entry) -> Send:
        return Send(n, entry.op, entry.base, entry.read)

    def ping(self) -> None:
        if self.line is not None and self.welcomed:
            self.line.ask(Ping())

    # -- what comes in -----------------------------------------------------------------------------

    def hear(self, message: Any) -> None:
        match message:
            case Welcome():
                self._welcome(message)
            case Changes():
                self._changes(message)
            case Pong():
                self.cursor = max(self.cursor, message.to)
            case Bye():
                self.out = True
                self._hang_up()

    def _welcome(self, welcome: Welcome) -> None:
        if welcome.full:
            self.replica = {}
        elif welcome.from_ != self.cursor:
            self._gap()
            return
        self._take(welcome.puts, welcome.dels)
        self.cursor, self.audience, self.welcomed = welcome.to, welcome.audience, True
        # all that has no answer goes out again, the answered too: only the answer tells of a refusal (C2, C3)
        for entry in self.queue:
            entry.sent = False
        self.send()

    def _changes(self, changes: Changes) -> None:
        if changes.from_ != self.cursor:
            self._gap()
            return
        self._take(changes.puts, changes.dels)
        self.cursor, self.audience = changes.to, changes.audience
        for outcome in changes.acks:
            self._answer(outcome)

    def _take(self, puts: list[View], dels: list[str]) -> None:
        for view in puts:
            self.replica[view.id] = view
        for id in dels:
            self.replica.pop(id, None)

    def _answer(self, outcome: OpResult) -> None:
        assert outcome.n is not None
        entry = next((entry for entry in self.queue if entry.n == outcome.n), None)
        if entry is None:
            return
        self.queue.remove(entry)
        self.answered[outcome.n] = outcome
        what = What.FAIL if outcome.code else What.OK
        self.note(Line.of_op(what, self.person, self.name, outcome.n, entry.op, outcome.seq))
        if outcome.seq and outcome.undo:
            self.deeds.append(outcome.seq)
        assert outcome.code != Code.UNAVAILABLE, "a rule broke"

    def _gap(self) -> None:
        """Frames that do not follow on each other: start again from the cursor (rule D2)."""
        self.gaps += 1
        self._hang_up()

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.cut()
        self.lost()
