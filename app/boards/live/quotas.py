"""How much a person, a board and a space may take in within a day at full pace; above that they slow down.

Counted in this process at once, and over all processes every few seconds. Nothing is refused.
"""

import logging
from collections import Counter
from collections.abc import Callable
from math import ceil
from time import time

from msgspec import Struct

from app.access import Refused
from app.boards.core.ops import Doing
from app.boards.live import codec
from app.boards.storage import usage_store
from app.boards.storage.usage_store import Counted
from app.db import Database, SyncTx
from app.realtime.pace import Pace
from app.realtime.paces import Paces

SLOW = (1.0, 1.0)  # ops a second, and at once
SETTLE_EVERY = 10.0  # seconds between two times that what came in is counted over all processes
PIECE = 512  # bytes: above the quota an op counts as one for each such piece of it
ROW = 400  # bytes that are stored of an op beside what it says
DAY = 24 * 3600.0  # seconds
log = logging.getLogger(__name__)


class Allowance(Struct, frozen=True):
    """Bytes of ops within 24 hours that come in at full pace."""

    person: int = 16 << 20
    board: int = 160 << 20
    space: int = 640 << 20


USUAL = Allowance()


class Place(Struct, frozen=True):
    """Who writes where."""

    person: str
    board: str
    space: str

    def counted(self) -> tuple[Counted, ...]:
        return (("person", self.person), ("board", self.board), ("space", self.space))


class Quotas:
    """Gives people their pace, and counts what comes in."""

    def __init__(
        self, db: Database, most: Allowance, *, limited: bool, clock: Callable[[], float] = time
    ) -> None:
        self._db, self._clock = db, clock
        self.paces = Paces(codec.RATE if limited else 0, codec.BURST)
        self._most = {"person": most.person, "board": most.board, "space": most.space}
        self._new: Counter[Counted] = Counter()  # not stored yet
        self._known: dict[Counted, tuple[int, float]] = {}  # as last read, and when

    def pace(self, place: Place) -> Pace:
        """How fast the person may send ops there now."""
        return self.paces.of(place.person, place.board, SLOW if self.is_over(place) else None)

    def charge(self, place: Place, op: Doing | Refused | None, size: int) -> None:
        """Count an op of so many bytes that has had its turn; what it counts for beyond one is owed."""
        counts = codec.count_parts(op) if op is not None else 1
        if self.is_over(place):
            counts = max(counts, ceil(size / PIECE))
        self.pace(place).owe(counts - 1)
        for each in place.counted():
            self._new[each] += size + ROW

    def is_over(self, place: Place) -> bool:
        return any(self._of_day(each) > self._most[each[0]] for each in place.counted())

    async def settle(self) -> None:
        """Store what is new, and read what came in everywhere."""
        at, new = self._clock(), self._new
        self._known = {each: told for each, told in self._known.items() if told[1] > at - DAY}
        over = {each for each in self._known if self._of_day(each) > self._most[each[0]]}
        if not new and not over:
            return
        self._new = Counter()

        def exchange(tx: SyncTx) -> dict[Counted, int]:
            usage_store.add(tx, new, at)
            return usage_store.of_day(tx, over | new.keys(), at)

        try:
            found = await self._db.run_write(exchange)
        except BaseException:
            self._new.update(new)
            raise
        self._known |= {each: (found.get(each, 0), at) for each in over | new.keys()}
        for what, id in sorted({each for each in new if self._of_day(each) > self._most[each[0]]} - over):
            log.warning("The %s %s is above its quota of a day and slows down", what, id)

    def _of_day(self, each: Counted) -> int:
        return self._known.get(each, (0, 0.0))[0] + self._new[each]
