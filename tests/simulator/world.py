"""A run: a few people, two server processes over one store, and all that can go wrong, from one seed.

After the faults comes a calm time in which everybody finds back; then everybody must hold the same, nothing
acknowledged may be missing, and nothing hidden may ever have been sent.
"""

from collections import deque
from collections.abc import Callable
from random import Random

from app.access import READERS, Role, State
from app.boards.core import ops as o
from app.boards.core.delivery import everything
from app.boards.core.group_commit import OpResult
from app.boards.core.sight import View, viewer_of
from tests import history
from tests.boards.play import filled, held, uid
from tests.history import Line, What
from tests.simulator.client import Client
from tests.simulator.mistakes import Mistake
from tests.simulator.server import Server, Session, without_comments
from tests.simulator.store import Row, Store
from tests.simulator.wire import Connection

# Two tabs of one person, two organisations, an observer who is let in now and then, a guest who is put out.
PEOPLE = {
    "ana": Role.MEMBER,
    "ben": Role.MEMBER,
    "dan": Role.STEWARD,
    "gil": Role.GUEST,
    "ola": Role.OBSERVER,
}
TABS = {"ana1": "ana", "ana2": "ana", "ben1": "ben", "dan1": "dan", "gil1": "gil", "ola1": "ola"}
STEPS = 250
CALM = 60  # rounds until everything must have come to rest


class World:
    people, tabs, calm_rounds = PEOPLE, TABS, CALM

    def __init__(self, seed: int, mistake: Mistake | None = None) -> None:
        self.random = Random(seed)
        self.mistake = mistake
        self.store = Store(self.people)
        self.store.lax = mistake is Mistake.REFUSED_BEHIND
        self.servers = [Server(self.store, self.random, mistake) for _ in range(2)]
        for server in self.servers:
            server.others = [other for other in self.servers if other is not server]
            server.spy = self._spy
        self.clients = [self._client(person, tab) for tab, person in self.tabs.items()]
        self.lines: list[Line] = []
        self.life = dict.fromkeys(self.tabs, 0)
        self.late: deque[Connection] = deque()  # broken ones that the server has not noticed
        self.open: list[Connection] = []
        self.words = self.ids = self.numbers = 0
        self.leaks: list[str] = []
        for client in self.clients:
            client.note = self.lines.append

    def _client(self, person: str, tab: str) -> Client:
        return Client(person, tab, self.random, self.mistake)

    # -- running -----------------------------------------------------------------------------------

    def run(self) -> None:
        self._begin()
        for client in self.clients:
            if not client.out:
                self._connect(client)
        acts = [act for act, weight in self._acts() for _ in range(weight)]
        for _ in range(STEPS):
            acts[self.random.randrange(len(acts))]()
        self._calm()
        self._judge()

    def _begin(self) -> None:
        """A board with something on it already."""
        writer = Client("dan", "dan0", self.random, None)
        writer.note = self.lines.append
        self.clients.append(writer)
        self._connect(writer)
        section, *cards = (uid(1_000_000 + i) for i in range(6))
        ops: list[o.SingleOp] = [o.AddSection(section, "The first part")]
        ops += [o.AddCard(id, "note", f"{id[-2:]} one two three four", section) for id in cards[:2]]
        ops += [o.AddCard(id, "note", f"{id[-2:]} one two three four") for id in cards[2:]]
        ops += [o.AddComment(uid(1_000_010), cards[0], "A first remark")]
        for op in ops:
            writer.wish(op)
        self._calm()
        self.clients.remove(writer)
        self.writer = writer

    def _acts(self) -> list[tuple[Callable[[], None], int]]:
        return [
            (self._write, 32),
            (self._up, 26),
            (self._down, 22),
            (self._work, 34),
            (self._flush, 16),
            (self._poll, 5),
            (self._cut, 4),
            (self._notice, 4),
            (self._late_close, 4),
            (self._reload, 1),
            (self._crash, 1),
            (self._stick, 2),
            (self._change_role, 2),
            (self._turn_page, 1),
            (self._archive, 1),
            (self._forget, 1),
            (self._read, 5),
            (self._ping, 2),
        ]

    # -- what people do ----------------------------------------------------------------------------

    def _write(self) -> None:
        client = self.random.choice(self.clients)
        if client.out:
            return
        self.words += 1
        ids = sorted(id for id in self.store.items if id not in client.replica)
        gone = {id: self.store.items[id].item for id in ids}
        client.write(uid(self.words), f"w{self.words}", gone)

    def _read(self) -> None:
        client = self.random.choice(self.clients)
        if client.welcomed:
            self._note_read(client, final=False)

    def _ping(self) -> None:
        self.random.choice(self.clients).ping()

    def _reload(self) -> None:
        client = self.random.choice(self.clients)
        self.life[client.name] += 1
        client.reload(keep=self.random.random() < 0.5)

    def _change_role(self) -> None:
        """Ola becomes a member and an observer again; Gil is put out and let in again."""
        if self.random.random() < 0.7:
            now = self.store.roles["ola"]
            self.store.change_role("ola", Role.MEMBER if now is Role.OBSERVER else Role.OBSERVER)
        else:
            gone = self.store.roles["gil"] is Role.FORMER
            self.store.change_role("gil", Role.GUEST if gone else Role.FORMER)
            for client in self.clients:
                if gone and client.person == "gil" and client.out:
                    client.out = False
                    client.reload(keep=False)
                    self.life[client.name] += 1

    def _turn_page(self) -> None:
        self.store.turn_page(open_comments=not self.store.open_comments)

    def _archive(self) -> None:
        if self.store.state is State.ARCHIVED:
            self.store.archive(State.OPEN)
        elif self.random.random() < 0.2:
            self.store.archive(State.ARCHIVED)

    def _forget(self) -> None:
        """Only of long ago: every process has heard of them."""
        self.store.forget_removed(min(server.board.seq for server in self.servers))

    # -- what the network does ---------------------------------------------------------------------

    def _connect(self, client: Client) -> None:
        self.numbers += 1
        server = self.random.choice(self.servers)
        line = Connection(self.numbers, client.person, client.name, deque(), deque(), server)
        self.open.append(line)
        client.connect(line)

    def _up(self) -> None:
        """A few messages reach a server; it may not have heard of the client's last deed (two processes)."""
        lines = [line for line in self.open if line.up]
        line = self.random.choice(lines) if lines else None
        for _ in range(self.random.randrange(1, 4)):
            if line is not None and line.up:
                self._arrive(line)

    def _arrive(self, line: Connection) -> None:
        line.server.take(line, line.up.popleft())

    def _down(self) -> None:
        clients = [client for client in self.clients if client.line is not None and client.line.down]
        client = self.random.choice(clients or self.clients)
        for _ in range(self.random.randrange(1, 4)):
            if client.line is not None and client.line.down:
                client.hear(client.line.down.popleft())
        self._tidy()

    def _cut(self) -> None:
        line = self.random.choice(self.clients).line
        if line is not None:
            line.cut()

    def _notice(self) -> None:
        """A client finds that its connection is gone, or has none: it comes again."""
        client = self.random.choice(self.clients)
        if client.line is not None and client.line.broken:
            client.lost()
        if client.line is None and not client.out:
            self._connect(client)
        self._tidy()

    def _tidy(self) -> None:
        self.late.extend(line for line in self.open if line.broken)
        self.open = [line for line in self.open if not line.broken]

    def _late_close(self) -> None:
        self._tidy()
        if self.late:
            line = self.late.popleft()
            line.server.closed(line)

    def _stick(self) -> None:
        """A reader is too slow for a while."""
        sessions = list(self.random.choice(self.servers).sessions.values())
        if sessions:
            session = self.random.choice(sessions)
            session.stuck = not session.stuck

    # -- what the servers do -----------------------------------------------------------------------

    def _work(self) -> None:
        server = self.random.choice(self.servers)
        for _ in range(self.random.randrange(1, 4)):
            server.work()

    def _flush(self) -> None:
        self.random.choice(self.servers).flush()

    def _poll(self) -> None:
        server = self.random.choice(self.servers)
        server.poll()
        server.subscribe()

    def _crash(self) -> None:
        """A process dies wherever it is, before a commit or after one, and starts from what is stored."""
        server = self.random.choice(self.servers)
        for line in self.open:
            if line.server is server:
                line.cut()
        self._tidy()
        self.late = deque(line for line in self.late if line.server is not server)
        server.start()

    # -- the calm after it -------------------------------------------------------------------------

    def _calm(self) -> None:
        if self.store.state is State.ARCHIVED:
            self.store.archive(State.OPEN)
        for server in self.servers:
            for session in server.sessions.values():
                session.stuck = False
        for _ in range(self.calm_rounds):
            self._reconnect_all()
            self._deliver_all()
            if self._at_rest():
                return
        waiting = {client.name: len(client.queue) for client in self.clients if client.queue}
        raise AssertionError(f"It never came to rest; unanswered: {waiting}")

    def _reconnect_all(self) -> None:
        while self.late or any(line.broken for line in self.open):
            self._late_close()
        for client in self.clients:
            if client.line is not None and client.line.broken:
                client.lost()
            if client.line is None and not client.out:
                self._connect(client)
            client.ping()

    def _deliver_all(self) -> None:
        for line in list(self.open):
            while line.up:
                self._arrive(line)
        for server in self.servers:
            server.settle_down()
        for client in self.clients:
            while client.line is not None and client.line.down:
                client.hear(client.line.down.popleft())
        self._tidy()

    def _at_rest(self) -> bool:
        return not any(
            (client.queue or client.line is None or client.cursor != self.store.seq) and not client.out
            for client in self.clients
        ) and all(server.idle() for server in self.servers)

    # -- judging -----------------------------------------------------------------------------------

    def _spy(self, session: Session, puts: list[View], dels: list[str]) -> None:
        """Nothing may leave that its reader is not entitled to, by what the log says and nothing else."""
        who = session.line.person
        for view in puts:
            veiled = session.actor.role is Role.OBSERVER and not session.line.server.open_comments
            if view.item == "comment" and veiled:
                self.leaks.append(f"{who} was sent a comment as an observer")
            if view.id not in self.store.born:
                self.leaks.append(f"{who} was sent {view.item} {view.id}, which is not stored")
            elif not self._is_public(view.id) and self._author(view.id) != who:
                self.leaks.append(f"{who} was sent {view.item} {view.id}")
        for id in dels:
            if not self._is_public(id) and self._author(id) != who:
                self.leaks.append(f"{who} was told the id {id}")

    def _author(self, id: str) -> str | None:
        item = self.store.items.get(id)
        return item.owner if item else None

    def _is_public(self, id: str) -> bool:
        """Whether the log shows it to everyone, or it has been cleared away since."""
        item = self.store.items.get(id)
        return item is None or item.shown is not None

    def _note_read(self, client: Client, *, final: bool) -> None:
        kept = [v for v in client.replica.values() if v.item in ("card", "section")]
        outside = sorted(
            (v.fields["order"], v.id) for v in kept if v.item == "card" and not v.fields["section"]
        )
        self.lines.append(
            Line(
                What.READ,
                client.person,
                client.name,
                to=client.cursor,
                items=tuple(view.id for view in kept),
                order={"": tuple(id for _, id in outside)},
                life=self.life[client.name],
                final=final,
            )
        )

    def _judge(self) -> None:
        assert not self.leaks, f"What must not be sent was: {self.leaks[:3]}"
        assert not self.store.unjust, f"What was right was refused: {self.store.unjust[:2]}"
        board = self.store.board()
        for client in self.clients:
            assert not client.forgotten, f"{client.name} forgot {client.forgotten} that were not answered"
            assert not client.gaps, f"{client.name} was sent frames that do not follow on each other"
            if not client.out:
                self._judge_replica(client)
                self._note_read(client, final=True)
        self._judge_log()
        wrong = history.check(self.lines).wrong()
        assert not wrong, f"The history is wrong: {wrong}"
        for server in self.servers:
            live = {id: i for id, i in server.board.items.items() if i.removed is None}
            stored = {id: i for id, i in board.items.items() if i.removed is None}
            assert live == stored, "A process holds something else than what is stored"
            assert filled(server.board.order) == filled(board.order)

    def _judge_replica(self, client: Client) -> None:
        role = self.store.roles[client.person]
        assert role in READERS
        board = self.store.board()
        if role is Role.OBSERVER and not self.store.open_comments:
            board = without_comments(board)
        expected = held(everything(board, viewer_of(self.store.actor(client.person), board)).puts)
        assert client.replica == expected, f"{client.name} holds something else than the board"

    def _judge_log(self) -> None:
        """Each deed of the log was asked for once; each answer is true."""
        rows = {(row.person, row.client, row.n): row for row in self.store.log}
        assert len(rows) == len(self.store.log), "A deed was done twice"
        for client in (self.writer, *self.clients):
            for n, outcome in client.answered.items():
                self._judge_answer(client, n, outcome, rows.pop((client.person, client.name, n), None))
            for n, entry in client.asked.items():
                row = rows.pop((client.person, client.name, n), None)
                assert row is None or row.op == entry.op, "The log holds something else than was asked"
                assert client.out or n in client.answered, f"{client.name} never heard of {n}"
        assert not rows, f"Nobody asked for {rows}"

    def _judge_answer(self, client: Client, n: int, outcome: OpResult, row: Row | None) -> None:
        if outcome.code:
            assert row is None, f"{client.name} was refused {n}, yet it was done"
        else:
            assert row is not None, f"{client.name} was told that {n} is done, and it is lost"
            assert row.seq == outcome.seq, (
                f"{client.name} was told that {n} is {outcome.seq}, it is {row.seq}"
            )
            assert row.op == client.asked[n].op, "Something else was done than was asked"


def run(seed: int, mistake: Mistake | None = None, kind: type[World] = World) -> World:
    """One run. Raises AssertionError with the seed when anything goes wrong in it or is wrong at its end."""
    world = kind(seed, mistake)
    try:
        world.run()
    except Exception as wrong:
        made = f"{mistake!r}, {kind.__name__}"
        what = wrong if isinstance(wrong, AssertionError) else repr(wrong)
        raise AssertionError(f"{what}\nreplay with tests.simulator.world.run({seed}, {made})") from wrong
    return world
