"""Follows each op: when it was sent and acknowledged, whom it reached, and when it had reached all."""

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Put(Struct, frozen=True):
    """An item as somebody was given it: only which one, and the deed that last changed it."""

    id: str
    seq: int


class RehearsedOp:
    """One wish of one person. `before` is their earlier deed on the same item."""

    __slots__ = ("acked", "before", "item", "last", "left", "reached", "sent", "seq")

    def __init__(self, item: str, sent: int, people: int, before: "RehearsedOp | None") -> None:
        self.item, self.sent, self.before = item, sent, before
        self.seq: int | None = None
        self.acked: int | None = None  # monotonic nanoseconds, as `sent` and `last`
        self.last: int | None = None  # when it had reached everybody
        self.reached = bytearray(people)
        self.left = people


class Tally:
    """All deeds of a rehearsal. Times are monotonic nanoseconds."""

    def __init__(self, people: int) -> None:
        self.people = people
        self.deeds: list[RehearsedOp] = []
        self.double = 0
        self.refused = 0
        self._latest: dict[str, RehearsedOp] = {}  # item -> the last deed about it
        self._known: dict[int, RehearsedOp] = {}  # seq -> deed

    def sent(self, item: str, now: int) -> RehearsedOp:
        """Of one item only one deed may be on its way at a time."""
        deed = RehearsedOp(item, now, self.people, self._latest.get(item))
        self._latest[item] = deed
        self.deeds.append(deed)
        return deed

    def answered(self, deed: RehearsedOp, seq: int | None, now: int) -> None:
        """Acknowledged as deed `seq` of the board; None when it was refused, so that nobody waits for it."""
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
        """What a viewer was given. `whole` says that it began afresh, so that nothing in it comes twice."""
        for put in puts:
            deed = self._known.get(put.seq) or self._first(put)
            if deed is None:
                continue
            if deed.reached[viewer]:
                self.double += not whole
                continue
            self._reached(deed, viewer, now)

    def lost(self, kept: Mapping[str, int]) -> int:
        """Acknowledged deeds that did not reach everybody, or of which the database knows nothing."""
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
        """The deed that nobody was told of until now."""
        deed = self._latest.get(put.id)
        if deed is None:
            return None  # of the board as it was
        if deed.seq is not None:
            self.double += 1  # an item changed with no deed of ours on its way
            return None
        self._place(deed, put.seq)
        return deed

    def _place(self, deed: RehearsedOp, seq: int) -> None:
        deed.seq = seq
        self._known[seq] = deed

    def _reached(self, deed: RehearsedOp, viewer: int, now: int) -> None:
        """Who was too slow for a deed and got a later one of the same item has got its effect too."""
        one: RehearsedOp | None = deed
        while one is not None and not one.reached[viewer]:
            one.reached[viewer] = 1
            one.left -= 1
            if not one.left:
                one.last = now
            one = one.before
