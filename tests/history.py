"""Judges what clients asked, were answered and read: nothing acknowledged may be lost, doubled or made up.

A history is a list of lines in the order in which they happened. Each act has the id of the card or section
it is about; a read says which of these a client held when it stood at a seq. Whatever has no answer may or
may not have been done. Of an act whose effect cannot be told from outside (an undo) any outcome is believed.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from msgspec import Struct, field

from app.boards.core import ops as o
from app.boards.core.stage.ops import StageOp, ThemeOp

AnyOp = o.SingleOp | StageOp | ThemeOp | o.Undo


class What(StrEnum):
    INVOKE = "invoke"
    OK = "ok"
    FAIL = "fail"
    READ = "read"


class Act(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"
    SHOW = "show"
    MOVE = "move"
    UNDO = "undo"
    OTHER = "other"


class Line(Struct):
    """One line. `who`, `client` and `n` name an act; `life` names the page that reads."""

    what: What
    who: str
    client: str = ""
    n: int = 0
    act: Act = Act.OTHER
    value: str = ""
    seq: int | None = None  # of the deed, in an OK
    of: int | None = None  # the deed an undo takes back
    private: bool = False  # an ADD that only its author may read until it is shown
    place: str | None = None  # where an ADD puts it last
    to: int = 0  # of a READ: the seq it stands at
    items: tuple[str, ...] = ()
    order: dict[str, tuple[str, ...]] = {}
    life: int = 0
    final: bool = False

    @classmethod
    def of_op(cls, what: What, who: str, client: str, n: int, op: AnyOp, seq: int | None = None) -> "Line":
        """The line of an op as the product knows it."""
        line = cls(what, who, client, n, seq=seq)
        if isinstance(op, o.Undo):
            line.act, line.of = Act.UNDO, op.of
            return line
        line.act, line.value = _ACTS.get(type(op), Act.OTHER), op.id
        if isinstance(op, o.AddCard):
            line.private, line.place = op.draft, op.section or ""
        return line


_ACTS: dict[type, Act] = {
    o.AddCard: Act.ADD,
    o.AddSection: Act.ADD,
    o.RemoveCard: Act.REMOVE,
    o.RemoveSection: Act.REMOVE,
    o.RestoreCard: Act.RESTORE,
    o.RestoreSection: Act.RESTORE,
    o.PublishCard: Act.SHOW,
    o.MoveCard: Act.MOVE,
    o.MoveSection: Act.MOVE,
}


class Verdict(Struct):
    """What became of every value. All but `stable` and `unknown` must be empty."""

    stable: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)  # asked for, never answered, never read
    lost: set[str] = field(default_factory=set)
    duplicated: set[str] = field(default_factory=set)
    phantom: set[str] = field(default_factory=set)
    resurrected: set[str] = field(default_factory=set)
    hidden_seen: set[str] = field(default_factory=set)
    stale: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)

    def wrong(self) -> dict[str, list[str]]:
        """The classes that are not empty and should be."""
        bad = ("lost", "duplicated", "phantom", "resurrected", "hidden_seen", "stale", "disordered")
        return {name: sorted(getattr(self, name)) for name in bad if getattr(self, name)}


class _Value(Struct):
    """What is known of one id: when it certainly came and went, and what cannot be told."""

    owner: str = ""
    private: bool = False
    place: str | None = None
    asked: bool = False
    refused: bool = False
    events: list[tuple[int, bool | None]] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    open: set[Act] = field(default_factory=set)  # asked for, not answered
    settled: bool = True  # never moved

    def expected(self, to: int) -> bool | None:
        """Whether it is there at `to`; None when either is right."""
        if self.open & {Act.REMOVE, Act.RESTORE, Act.UNDO}:
            return None
        past = [there for seq, there in sorted(self.events, key=lambda event: event[0]) if seq <= to]
        return past[-1] if past else (None if Act.ADD in self.open else False)

    def may_read(self, who: str, to: int) -> bool | None:
        if not self.private or who == self.owner or any(seq <= to for seq in self.shown):
            return True
        return None if Act.SHOW in self.open else False


def check(lines: Iterable[Line]) -> Verdict:
    lines = list(lines)
    verdict = Verdict()
    values = _values(lines, verdict)
    for line in lines:
        if line.what is What.READ:
            _judge(line, values, verdict)
    _judge_progress(lines, verdict)
    _judge_order(lines, values, verdict)
    read = {id for line in lines for id in line.items}
    verdict.unknown = {id for id, value in values.items() if Act.ADD in value.open and id not in read}
    return verdict


def _values(lines: list[Line], verdict: Verdict) -> dict[str, _Value]:
    """Every id with its events, from what was asked and how it was answered."""
    asked: dict[tuple[str, str, int], Line] = {}
    answered: dict[tuple[str, str, int], Line] = {}
    for line in lines:
        key = (line.who, line.client, line.n)
        if line.what is What.INVOKE:
            asked[key] = line
        elif line.what in (What.OK, What.FAIL):
            before = answered.setdefault(key, line)
            if (before.what, before.seq) != (line.what, line.seq):
                verdict.duplicated.add(line.value or f"{key}")
    values: dict[str, _Value] = {}
    by_seq = {line.seq: line for line in answered.values() if line.what is What.OK}
    for key, line in asked.items():
        about: Line | None = line
        while about is not None and about.act is Act.UNDO:
            about = by_seq.get(about.of)  # an undo may take back an undo
        if about is not None and about.value:
            _note(values.setdefault(about.value, _Value()), line, answered.get(key))
    return values


def _note(value: _Value, line: Line, answer: Line | None) -> None:
    failed = answer is not None and answer.what is What.FAIL
    if line.act is Act.ADD and not value.asked:
        value.asked, value.refused = True, failed
        value.owner, value.private, value.place = line.who, line.private, line.place
    if failed:
        return
    if line.act not in (Act.ADD, Act.REMOVE, Act.OTHER):
        value.settled = False
    if answer is None or answer.seq is None:
        value.open.add(line.act)
    elif line.act is Act.SHOW:
        value.shown.append(answer.seq)
    elif line.act in (Act.ADD, Act.RESTORE):
        value.events.append((answer.seq, True))
    elif line.act is Act.REMOVE:
        value.events.append((answer.seq, False))
    elif line.act is Act.UNDO:
        value.events.append((answer.seq, None))


def _judge(read: Line, values: dict[str, _Value], verdict: Verdict) -> None:
    there = Counter(read.items)
    _judge_presence(read, there, values, verdict)
    verdict.duplicated |= {id for id, times in there.items() if times > 1}
    for id in there:
        value = values.get(id)
        if value is None or not value.asked or value.refused:
            verdict.phantom.add(id)
        elif value.may_read(read.who, read.to) is False:
            verdict.hidden_seen.add(id)


def _judge_presence(read: Line, there: Counter[str], values: dict[str, _Value], verdict: Verdict) -> None:
    for id, value in values.items():
        expected = value.expected(read.to)
        if expected is None or (value.refused and expected is False):
            continue
        if id in there and not expected:
            if any(seq <= read.to for seq, _ in value.events):
                verdict.resurrected.add(id)
            else:
                verdict.stale.append(f"{read.who} at {read.to} holds {id} from later on")
        elif id not in there and expected and value.may_read(read.who, read.to):
            if read.final:
                verdict.lost.add(id)
            else:
                verdict.stale.append(f"{read.who} at {read.to} lacks {id}")
        elif expected and read.final and id in there:
            verdict.stable.add(id)


def _judge_progress(lines: list[Line], verdict: Verdict) -> None:
    """A page never goes back, and always holds what it was told is done."""
    stood: dict[tuple[str, int], int] = {}
    for line in lines:
        page = (line.client, line.life)
        if line.what is What.OK and line.seq is not None:
            stood[page] = max(stood.get(page, 0), line.seq)
        elif line.what is What.READ:
            if line.to < stood.get(page, 0):
                verdict.stale.append(f"{line.client} stands at {line.to}, having been at {stood[page]}")
            stood[page] = max(stood.get(page, 0), line.to)


def _judge_order(lines: list[Line], values: dict[str, _Value], verdict: Verdict) -> None:
    """Of what was never moved, all readers at all times agree who comes after whom."""
    before: dict[str, set[str]] = {}
    for line in lines:
        for name, ids in line.order.items():
            still = [id for id in ids if id in values and values[id].settled and values[id].place == name]
            for one, two in pairwise(still):
                before.setdefault(two, set()).add(one)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as cycle:
        verdict.disordered.append(" before ".join(cycle.args[1]))
