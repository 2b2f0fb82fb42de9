"""What the last commits of a board changed, so that few sessions need a look at every item. Pure."""

from collections import deque
from collections.abc import Iterable

REMEMBERED = 4096  # commits


class Recent:
    """The ids that each of the last commits changed. Of those up to deed `seq` nothing is known."""

    def __init__(self, seq: int, most: int = REMEMBERED) -> None:
        self._commits: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=most)
        self._from = seq

    def add(self, seq: int, touched: Iterable[str]) -> None:
        """A commit whose last deed is `seq`."""
        if len(self._commits) == self._commits.maxlen:
            self._from = self._commits[0][0]
        self._commits.append((seq, tuple(touched)))

    def since(self, cursor: int) -> set[str] | None:
        """The ids changed after `cursor`; None when that is further back than is remembered."""
        if cursor < self._from:
            return None
        ids: set[str] = set()
        for seq, touched in reversed(self._commits):
            if seq <= cursor:
                break
            ids.update(touched)
        return ids
