"""What was removed, by who removed it and when, so that all of it can come back in one press. Pure."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.ops import MAX_PARTS
from app.boards.core.sight import View, Viewer, see_removed
from app.boards.outline.document import words_of

ONCE = 60  # seconds: what one person removed in the same minute comes back together
RANK = ("section", "card", "link", "comment")  # what others hang on comes back first


class RemovedEntry(Struct, frozen=True):
    """A removed item that the viewer may restore; `deed` removed it."""

    id: str
    item: str
    words: str
    by: str
    seq: int
    deed: int


class RemovedGroup(Struct, frozen=True):
    """What one person removed within a minute; `at` is in unix seconds."""

    by: str
    at: float
    entries: tuple[RemovedEntry, ...]

    def parts(self, may: Collection[str]) -> str:
        """The parts of the batch that brings it back, as JSON: those that the person is offered."""
        entries = sorted(self.entries, key=lambda one: RANK.index(one.item))
        ops = [{"do": f"restore_{one.item}", "id": one.id} for one in entries]
        return msgspec.json.encode([op for op in ops if op["do"] in may][:MAX_PARTS]).decode()


def removed_entries(board: Board, viewer: Viewer) -> list[RemovedEntry]:
    """What was removed and can be restored, the latest first."""
    gone = [item for item in board.items.values() if item.removed is not None]
    views = ((see_removed(board, item, viewer), item.removed or 0) for item in gone)
    entries = [_entry(view, deed) for view, deed in views if view]
    return sorted(entries, key=lambda one: one.seq, reverse=True)


def removed_groups(
    entries: Iterable[RemovedEntry], done: Mapping[int, tuple[str, float]]
) -> list[RemovedGroup]:
    """The entries by who removed them and when; `done` has that of each deed, as far as it is known."""
    groups: dict[tuple[str, int], list[RemovedEntry]] = {}
    for entry in entries:
        by, at = done.get(entry.deed, ("", 0.0))
        groups.setdefault((by, int(at // ONCE)), []).append(entry)
    return [
        RemovedGroup(by, max(done.get(one.deed, ("", 0.0))[1] for one in group), tuple(group))
        for (by, _), group in groups.items()
    ]


def _entry(view: View, deed: int) -> RemovedEntry:
    return RemovedEntry(view.id, view.item, words_of(view), view.fields["by"], view.seq, deed)
