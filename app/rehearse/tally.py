"""Follows each op: when it was sent and acknowledged, whom it reached, and when it had reached all."""

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Put(Struct, frozen=True):
    """An item as a viewer received it: its id, and the seq of the op that last changed it."""

    id: str
    seq: int


class RehearsedOp:
    """One op of one person. `before` is their earlier op on the same item."""

    __slots__ = ("acked", "before", "item", "last", "left", "reached", "sent", "seq")

    def __init__(self, item: str, sent: int, people: int, before: "RehearsedOp | None") -> None:
        self.item, self.sent, self.before = item, sent, before
        self.seq: int | None = None
        self.acked: int | None = None  # monotonic nanoseconds, as `sent` and `last`
        self.last: int | None = None  # when it had reached everybody
        self.reached = bytearray(people)
        self.left = people


class Tally:
    """All ops of a rehearsal. Times are monotonic nanoseconds."""

    def __init__(self, people: int) -> None:
        self.people = people
        self.deeds: list[RehearsedOp] = []
        self.double = 0
        self.refused = 0
        self._latest: dict[str, RehearsedOp] = {}  # item -> the last op on it
        self._known: dict[int, RehearsedOp] = {}  # seq -> op

    def sent(self, item: str, now: int) -> RehearsedOp:
        """Record an op as sent. Only one op on an item may wait for its answer at a time."""
        deed = RehearsedOp(item, now, self.people, self._latest.get(item))
        self._latest[item] = deed
        self.deeds.append(deed)
        return deed

    def answered(self, deed: RehearsedOp, seq: int | None, now: int) -> None:
        """Record the answer: the `seq` the op got on the board, or None when it was refused."""
        if seq is None:
            self.deeds.remove(deed)
            self.refused += 1
            self._latest.pop(deed.item, None)
            return
        deed.acked = now
        if deed.seq is None:
            self._place(deed, seq)
        elif deed.seq != seq:
            self.double += 1  # done twice, under two numbers

    def received(self, viewer: int, puts: Iterable[Put], now: int, *, whole: bool = False) -> None:
        """Record what a viewer received. `whole`: the whole board, so nothing in it counts as double."""
        for put in puts:
            deed = self._known.get(put.seq) or self._first(put)
            if deed is None:
                continue
            if deed.reached[viewer]:
                self.double += not whole
                continue
            self._reached(deed, viewer, now)

    def lost(self, kept: Mapping[str, int]) -> int:
        """How many acknowledged ops did not reach everybody or are not stored (`kept`: seq by item)."""
        return sum(
            deed.acked is not None and (deed.left > 0 or kept.get(deed.item, 0) < (deed.seq or 0))
            for deed in self.deeds
        )

    @property
    def settled(self) -> bool:
        return all(deed.acked is not None and not deed.left for deed in self.deeds)

    @property
    def deliveries(self) -> int:
        return sum(self.people - deed.left for deed in self.deeds)

    def _first(self, put: Put) -> RehearsedOp | None:
        """The op that a viewer received as the first of all; None for what is no op of ours."""
        deed = self._latest.get(put.id)
        if deed is None:
            return None  # of the board as it was
        if deed.seq is not None:
            self.double += 1  # the item changed although no op of ours on it was waiting
            return None
        self._place(deed, put.seq)
        return deed

    def _place(self, deed: RehearsedOp, seq: int) -> None:
        deed.seq = seq
        self._known[seq] = deed

    def _reached(self, deed: RehearsedOp, viewer: int, now: int) -> None:
        """Mark an op and the earlier ones on its item as received: slow viewers may get only the last."""
        one: RehearsedOp | None = deed
        while one is not None and not one.reached[viewer]:
            one.reached[viewer] = 1
            one.left -= 1
            if not one.left:
                one.last = now
            one = one.before
