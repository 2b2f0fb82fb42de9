"""Counts wrong join codes by address, so that a guesser is stopped and a full room is not."""

from collections import OrderedDict, deque

LIMIT = 20  # wrong codes in a minute from one address; this one is refused
WINDOW = 60.0  # seconds
ADDRESSES = 10_000  # remembered at most; the one unused for longest is dropped first


class Guesses:
    """Wrong codes of the last minute, by network address.

    Right codes do not count: a whole ward may share one address.
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wrong(self, address: str, at: float) -> bool:
        """Note one more wrong code at `at` (seconds, monotonic). True when that is one too many."""
        times = self._wrong.setdefault(address, deque(maxlen=LIMIT))
        self._wrong.move_to_end(address)
        while times and times[0] <= at - WINDOW:
            times.popleft()
        times.append(at)
        if len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)
        return len(times) >= LIMIT
