"""The pace of each person in each room, over all their requests and sockets to this process together."""

from collections import OrderedDict
from itertools import takewhile
from time import monotonic

from app.realtime.pace import Pace

KEPT = 60.0  # seconds after the last op; over HTTP nothing else would remember how many there were


class Paces:
    """The paces that were asked for lately. Ask again for each op: one that is not used is forgotten."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._paces: OrderedDict[tuple[str, str], Pace] = OrderedDict()

    def of(self, person: str, room: str, limit: tuple[float, float] | None = None) -> Pace:
        """How fast the person may send ops to this room, such as a board.

        `limit` is another rate and burst for now. Where there is no limit at all it does not count.
        """
        self._forget(monotonic())
        key = person, room
        if key not in self._paces:
            self._paces[key] = Pace(self._rate, self._burst)
        self._paces.move_to_end(key)
        pace = self._paces[key]
        pace.rate, pace.burst = limit if limit and self._rate else (self._rate, self._burst)
        return pace

    def _forget(self, at: float) -> None:
        """Forget those not used for a minute. One that still owes, as after a large batch, stays."""
        unused = takewhile(lambda one: one[1].when <= at - KEPT, self._paces.items())
        for key in [key for key, pace in unused if pace.tokens + (at - pace.when) * pace.rate >= 0]:
            del self._paces[key]
