"""The same world, where a workshop runs over the board: people answer in private, Dan reveals and gathers.

What is said in `world` holds here too: a private note is nobody's but its author's (W1), and comes to all
with its reveal. Beyond that each note is kept as it was promised when it was written (W2, W3).
"""

from collections.abc import Callable

from msgspec import Struct, structs

from app.boards.core import ops as o
from app.boards.core.stage import ops as s
from tests.boards.play import uid
from tests.simulator.client import Client
from tests.simulator.world import World

STAGE, FIRST = uid(3_000_000), uid(3_000_001)
WRITES: tuple[s.Write, ...] = ("private", "private", "private", "shared", "off")
MOVES: tuple[s.Move, ...] = ("facilitators", "everyone")


class Promise(Struct, frozen=True):
    """Of a note that was written in private."""

    phase: str
    owner: str
    seq: int


class StageWorld(World):
    def _begin(self) -> None:
        super()._begin()
        self.clients.append(self.writer)
        self.writer.wish(s.OpenStage(STAGE))
        self.writer.wish(s.OpenPhase(FIRST, None, "What makes it hard?"))
        self._calm()
        self.clients.remove(self.writer)

    def _acts(self) -> list[tuple[Callable[[], None], int]]:
        return [*super()._acts(), (self._answer, 30), (self._lead, 10), (self._gather, 4)]

    # -- what people do ----------------------------------------------------------------------------

    def _answer(self) -> None:
        """The present question, as far as this client knows, or an earlier one."""
        client = self.random.choice(self.clients)
        phases = _ids(client, "phase")
        if client.out or not phases:
            return
        late = self.random.random() < 0.3
        phase = self.random.choice(phases) if late else _now(client) or phases[0]
        self.words += 1
        client.wish(o.AddCard(uid(self.words), "note", f"secret w{self.words}", phase=phase))

    def _lead(self) -> None:
        dan = next(client for client in self.clients if client.person == "dan")
        phases = _ids(dan, "phase")
        if not phases:
            return
        choice, which = self.random.randrange(5), self.random.choice(phases)
        if choice < 2:
            self.words += 1
            write, move = self.random.choice(WRITES), self.random.choice(MOVES)
            dan.wish(s.OpenPhase(uid(self.words), _now(dan), "And then?", write=write, move=move))
        elif choice < 4:
            dan.wish(s.Reveal(which))
        else:
            dan.wish(s.ReopenPhase(which, _now(dan)))

    def _gather(self) -> None:
        client = self.random.choice(self.clients)
        cards, themes = _ids(client, "card"), _ids(client, "theme")
        if client.out or not cards:
            return
        self.words += 1
        some = (self.random.choice(cards),)
        if themes and self.random.random() < 0.7:
            client.wish(s.Gather(self.random.choice(themes), some))
        else:
            client.wish(s.AddTheme(uid(self.words), f"Theme w{self.words}", cards=some))

    # -- judging -----------------------------------------------------------------------------------

    def _note_read(self, client: Client, *, final: bool) -> None:
        """Without answers: who may read them when is judged here, and exactly, by what everyone holds."""
        super()._note_read(client, final=final)
        notes, read = self._notes(), self.lines[-1]
        order = {place: tuple(id for id in ids if id not in notes) for place, ids in read.order.items()}
        items = tuple(id for id in read.items if id not in notes)
        self.lines[-1] = structs.replace(read, items=items, order=order)

    def _notes(self) -> set[str]:
        return {id for id, item in self.store.items.items() if item.fields.get("phase")} | self._asked_notes()

    def _asked_notes(self) -> set[str]:
        asked = (entry.op for client in self.clients for entry in client.asked.values())
        return {op.id for op in asked if isinstance(op, o.AddCard) and op.phase}

    def _judge(self) -> None:
        notes = self._asked_notes()
        self.lines = [line for line in self.lines if line.value not in notes]
        self._judge_promises()
        super()._judge()

    def _judge_promises(self) -> None:
        """By the log: what was written in private is shown by a reveal of its phase and nothing else."""
        promised, reveals = self.promises()
        handled = {row.op.id for row in self.store.log if isinstance(row.op, o.RemoveCard)}
        undoing = {row.person for row in self.store.log if isinstance(row.op, o.Undo)}
        for id, promise in promised.items():
            item, later = (
                self.store.items.get(id),
                [seq for seq in reveals.get(promise.phase, ()) if seq > promise.seq],
            )
            if item is None:
                continue
            assert item.shown is None or item.shown in later, f"{id} is shown, and nobody has revealed it"
            if id not in handled and promise.owner not in undoing:
                assert item.shown == (later[0] if later else None), f"{id} was revealed, and is hidden again"

    def promises(self) -> tuple[dict[str, Promise], dict[str, list[int]]]:
        promised: dict[str, Promise] = {}
        reveals: dict[str, list[int]] = {}
        private: dict[str, bool] = {}
        write: dict[str, bool] = {}
        for row in self.store.log:
            match row.op:
                case s.OpenPhase():
                    write[row.op.id] = private[row.op.id] = row.op.write == "private"
                case s.Reveal():
                    private[row.op.id] = False
                    reveals.setdefault(row.op.id, []).append(row.seq)
                case s.ReopenPhase():
                    private[row.op.id] = write[row.op.id]
                case o.AddCard(phase=str(phase)) if private.get(phase):
                    promised[row.op.id] = Promise(phase, row.person, row.seq)
        return promised, reveals


def _ids(client: Client, item: str) -> list[str]:
    return sorted(id for id, view in client.replica.items() if view.item == item)


def _now(client: Client) -> str | None:
    """The present phase, as far as this client knows."""
    stage = client.replica.get(STAGE)
    return stage.fields.get("now") if stage else None
