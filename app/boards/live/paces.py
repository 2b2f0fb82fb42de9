"""The pace of each person on each board, over all their requests and sockets to this process together."""

from collections import OrderedDict
from itertools import takewhile
from time import monotonic

from app.boards.live.codec import BURST, RATE
from app.realtime.pace import Pace

KEPT = 60.0  # seconds after the last op; over HTTP nothing else would remember how many there were


class Paces:
    """The paces that were asked for lately. Ask again for each op: one that is not used is forgotten."""

    def __init__(self, *, limited: bool) -> None:
        self._rate = RATE if limited else 0
        self._paces: OrderedDict[tuple[str, str], Pace] = OrderedDict()

    def of(self, person: str, board_id: str) -> Pace:
        """How fast the person may send ops to this board."""
        self._forget(monotonic())
        key = person, board_id
        if key not in self._paces:
            self._paces[key] = Pace(self._rate, BURST)
        self._paces.move_to_end(key)
        return self._paces[key]

    def _forget(self, at: float) -> None:
        """Forget those not used for a minute. One that still owes, as after a large batch, stays."""
        unused = takewhile(lambda one: one[1].when <= at - KEPT, self._paces.items())
        for key in [key for key, pace in unused if pace.tokens + (at - pace.when) * pace.rate >= 0]:
            del self._paces[key]
