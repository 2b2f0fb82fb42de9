"""What was removed, by who removed it and when, so that all of it can come back in one press. Pure."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from app.access import Actor, allowed
from app.boards.core.board import Board, Item
from app.boards.core.locks import thing_of
from app.boards.core.ops import MAX_PARTS
from app.boards.core.sight import View, Viewer, see_removed
from app.boards.outline.document import words_of

ONCE = 60  # seconds: what one person removed in the same minute comes back together
RANK = ("section", "card", "link", "comment")  # what others hang on comes back first


class RemovedEntry(Struct, frozen=True):
    """A removed item that the viewer may know of; `deed` removed it. What is locked not all `may` restore."""

    id: str
    item: str
    words: str
    by: str
    reworded: str
    seq: int
    deed: int
    may: bool


class RemovedGroup(Struct, frozen=True):
    """What one person removed within a minute; `at` is in unix seconds."""

    by: str
    at: float
    entries: tuple[RemovedEntry, ...]

    @property
    def restorable(self) -> list[RemovedEntry]:
        """Those that come back in one press, in an order in which they can."""
        entries = sorted(self.entries, key=lambda one: RANK.index(one.item))
        return [one for one in entries if one.may][:MAX_PARTS]

    @property
    def parts(self) -> str:
        """The parts of the batch that brings them back, as JSON."""
        ops = [{"do": f"restore_{one.item}", "id": one.id} for one in self.restorable]
        return msgspec.json.encode(ops).decode()


def removed_entries(board: Board, viewer: Viewer) -> list[RemovedEntry]:
    """What was removed and can be restored, the latest first."""
    gone = [item for item in board.items.values() if item.removed is not None]
    views = ((see_removed(board, item, viewer), item) for item in gone)
    entries = [_entry(board, view, item, viewer) for view, item in views if view]
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


def _entry(board: Board, view: View, item: Item, viewer: Viewer) -> RemovedEntry:
    actor = Actor(viewer.audience.role, viewer.person)
    may = allowed(actor, f"restore_{item.item}", thing_of(board, item, item.owner))
    words, by, reworded = words_of(view), view.fields["by"], view.fields.get("reworded", "")
    return RemovedEntry(view.id, view.item, words, by, reworded, view.seq, item.removed or 0, may)
