"""What the last commits of a board changed, so that few sessions need a look at every item. Pure."""

from collections import deque
from collections.abc import Iterable

from app.boards.core.board import Clash

REMEMBERED = 4096  # commits
CLASHES = 256

Clashes = Iterable[tuple[int, Clash]]  # each with the deed that made it


class RecentChanges:
    """The ids that each of the last commits changed, and the last clashes. It begins after deed `seq`."""

    def __init__(self, seq: int, most: int = REMEMBERED, clashes: Clashes = ()) -> None:
        self._commits: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=most)
        self._clashes = deque(clashes, maxlen=CLASHES)
        self._from = seq

    def add(self, seq: int, touched: Iterable[str], clashes: Clashes = ()) -> None:
        """A commit whose last deed is `seq`."""
        self._clashes.extend(clashes)
        if len(self._commits) == self._commits.maxlen:
            self._from = self._commits[0][0]
        self._commits.append((seq, tuple(touched)))

    def since(self, cursor: int) -> set[str] | None:
        """The ids changed after deed `cursor`; None when that is further back than is remembered."""
        if cursor < self._from:
            return None
        ids: set[str] = set()
        for seq, touched in reversed(self._commits):
            if seq <= cursor:
                break
            ids.update(touched)
        return ids

    def overwritten(self, person: str, cursor: int) -> list[Clash]:
        """Clashes after deed `cursor` in which a text of `person` was replaced, as far as is remembered."""
        return [clash for seq, clash in self._clashes if seq > cursor and clash.other == person]
