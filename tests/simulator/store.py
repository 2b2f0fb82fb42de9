"""What survives a crash: the board's rows, log and answers, and who is of the space. In memory, for speed."""

from msgspec import Struct, structs

from app.access import Actor, Role, State
from app.boards.core.board import Board, Inverse, Item
from app.boards.core.group_commit import ClientKey, GroupCommit, OpResult, decide_group
from app.boards.core.indexes import load
from app.boards.core.ops import Op, Undo


class Moved(Exception):
    """Decide again on what is there now."""


class Down(Exception):
    """The database did not take it."""


class Row(Struct, frozen=True):
    """One line of the log."""

    seq: int
    person: str
    client: str
    n: int | None
    op: Op | Undo


class Store:
    def __init__(self, roles: dict[str, Role]) -> None:
        self.roles = dict(roles)
        self.space_epoch = 1
        self.items: dict[str, Item] = {}
        self.born: set[str] = set()
        self.lax = False  # only for the mistake of refusing on a board that is behind
        self.unjust: list[str] = []
        self.seq = self.floor = self.epoch = self.page = 0
        self.state = State.OPEN
        self.open_comments = False  # whether observers see comments: a stand-in for what later phases do
        self.log: list[Row] = []
        self.last_n: dict[ClientKey, int] = {}
        self.outcomes: dict[tuple[ClientKey, int], OpResult] = {}
        self.inverses: dict[int, tuple[str, tuple[Inverse, ...]]] = {}

    # -- reading -----------------------------------------------------------------------------------

    def board(self) -> Board:
        return load(self._head(Board("b1", "s1")), list(self.items.values()))

    def caught_up(self, known: Board) -> Board:
        """`known` with what was committed since, as the real store reads it: by the seq of the items.

        What was cleared away meanwhile leaves none, so then the board is read whole.
        """
        if self.floor > known.seq:
            return self.board()
        return load(self._head(known), [item for item in self.items.values() if item.seq > known.seq])

    def _head(self, board: Board) -> Board:
        return structs.replace(board, seq=self.seq, floor=self.floor, epoch=self.epoch, state=self.state)

    def actor(self, person: str) -> Actor:
        return Actor(self.roles[person], person, "north" if person in ("ana", "dan") else "south")

    # -- writing -----------------------------------------------------------------------------------

    def commit(self, group: GroupCommit, read: dict[ClientKey, int]) -> None:
        """All of it or nothing. Raises Moved where another process wrote first (rules S2, S6)."""
        behind = group.before.seq != self.seq
        if behind and (group.deeds or not self.lax):
            raise Moved
        if behind:
            self._judge_refusals(group, read)
        if any(self.last_n.get(key, 0) != n for key, n in read.items()):
            raise Moved
        for done in group.deeds:
            asked = done.request
            self.log.append(Row(done.seq, asked.actor.person or "", asked.client, asked.n, asked.op))  # type: ignore[arg-type]
            self.inverses[done.seq] = (asked.actor.person or "", done.inverse)
            self._answer(asked.key, done.result)
        for asked, outcome in group.refused:
            self._answer(asked.key, outcome)
        known = group.before.items
        self.items.update({id: item for id, item in group.after.items.items() if known.get(id) is not item})
        self.born.update(self.items)
        self.last_n.update(group.last_n)
        if group.deeds:
            self.seq, self.epoch = group.after.seq, group.after.epoch

    def _judge_refusals(self, group: GroupCommit, read: dict[ClientKey, int]) -> None:
        """Notes what was refused on a board that is behind, and would not have been on this one."""
        asked = [ask for ask, _ in group.refused if not isinstance(ask.op, Undo)]
        first = {ask.key: (ask.n or 1) - 1 for ask in reversed(asked)}
        again = decide_group(self.board(), asked, {**read, **first}, {})
        self.unjust += [str(done.request.op) for done in again.deeds]

    def _answer(self, key: ClientKey, outcome: OpResult) -> None:
        if outcome.n is not None:
            self.outcomes[key, outcome.n] = outcome

    def change_role(self, person: str, role: Role) -> None:
        self.roles[person] = role
        self.space_epoch += 1

    def turn_page(self, *, open_comments: bool) -> None:
        """A deed that changes what people may see (a phase, a reveal)."""
        self.open_comments = open_comments
        self.page += 1
        self.seq += 1
        self.epoch = self.seq

    def archive(self, state: State) -> None:
        self.state = state
        self.seq += 1

    def forget_removed(self, upto: int) -> None:
        """Clear tombstones away, in a deed of nobody; who was last here before it gets the whole board."""
        gone = [id for id, item in self.items.items() if item.removed is not None and item.removed <= upto]
        for id in gone:
            del self.items[id]
        if gone:
            self.seq += 1
            self.floor = self.seq
