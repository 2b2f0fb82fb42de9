"""What a viewer gets of an item. All that leaves a board goes through here; the default is nothing."""

import hashlib
from typing import Any

from msgspec import Struct, structs

from app.access import ACTIONS, READERS, VIEWERS, Actor, Hat, Role
from app.boards.core.board import Board, Item, ends_of
from app.boards.core.stage.read import hat_of
from app.boards.core.words.rewording import reworded_by

KNOWN = frozenset({"card", "section", "link", "comment", "stage", "phase", "theme"})
RESTORABLE = frozenset(kind for kind in KNOWN if f"restore_{kind}" in ACTIONS)
OWN = frozenset(
    kind for kind in RESTORABLE if ACTIONS[f"restore_{kind}"].own
)  # kinds that only the owner may restore


class Audience(Struct, frozen=True, cache_hash=True):
    """All that `see` depends on, except ownership: who has the same may share a frame.

    `circles` are those parts of the board's people that the viewer is in; there are none yet. `epoch` is the
    board's: with another one, what was held before may be wrong.
    """

    role: Role
    hat: Hat = Hat.NONE
    circles: frozenset[str] = frozenset()
    epoch: int = 0

    @property
    def name(self) -> str:
        """What a client is told of it: the same for the same audience, and nothing else can be read there."""
        parts = (self.role, self.hat, *sorted(self.circles), str(self.epoch))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def at(self, epoch: int) -> "Audience":
        """The same at another epoch of the board."""
        return self if epoch == self.epoch else structs.replace(self, epoch=epoch)


class Viewer(Struct, frozen=True):
    """Who looks. Viewers of one audience see the same, except what each owns; `person` None owns nothing."""

    audience: Audience
    person: str | None = None

    def at(self, epoch: int) -> "Viewer":
        """The same at another epoch of the board."""
        return self if epoch == self.audience.epoch else Viewer(self.audience.at(epoch), self.person)


class View(Struct, frozen=True):
    """An item as it goes out to somebody."""

    id: str
    item: str
    seq: int
    fields: dict[str, Any]


def viewer_of(actor: Actor, board: Board) -> Viewer:
    """Whoever acts as they look at this board, with the hat they wear there. A screen owns nothing."""
    person = None if actor.role is Role.SCREEN else actor.person
    return Viewer(Audience(actor.role, hat_of(board, person), epoch=board.epoch), person)


def viewer_in(role: Role, person: str | None = None) -> Viewer:
    """Somebody in a role who wears no hat: by itself, what all of the role see."""
    return Viewer(Audience(role), person)


def see(board: Board, item: Item, viewer: Viewer) -> View | None:
    """`item` as `viewer` may see it; None alike for removed, hidden, foreign items and unknown kinds."""
    if not _may_see(board, item, viewer):
        return None
    return View(item.id, item.item, item.seq, _fields(item, {"draft": True} if item.shown is None else {}))


def see_removed(board: Board, item: Item, viewer: Viewer) -> View | None:
    """A removed item, for somebody who may restore it; None for all others, and where it is not removed."""
    mine = viewer.person is not None and item.owner == viewer.person
    if item.removed is None or item.item not in RESTORABLE or not _is_theirs(item, viewer):
        return None
    if not (mine or item.item not in OWN):
        return None
    if viewer.audience.role not in READERS:
        return None  # a screen
    if not _sees_ends(board, item, viewer):
        return None
    return View(item.id, item.item, item.seq, _fields(item, {}))


def could_hold(board: Board, item: Item, viewer: Viewer, cursor: int) -> bool:
    """Whether a client that has followed up to `cursor` may have been given `item`.

    Only then is it told that the item is gone. It never learns the id of an item that it did not hold.
    """
    if item.removed is not None and item.removed <= cursor:
        return False  # gone already when they looked
    ends = (board.items.get(card) for card in ends_of(item))
    if not all(end is not None and could_hold(board, end, viewer, cursor) for end in ends):
        return False
    if viewer.person is not None and item.owner == viewer.person:
        return item.born <= cursor
    return item.shown is not None and item.shown <= cursor


def is_private(item: Item) -> bool:
    """Whether the owner's view of it differs from everyone else's."""
    return item.shown is None


def _fields(item: Item, more: dict[str, Any]) -> dict[str, Any]:
    """As they go out: with who wrote it and when, and who put the words on it where that is somebody else."""
    by = reworded_by(item)
    return {**item.fields, "by": item.owner, "at": item.at, **more, **({"reworded": by} if by else {})}


def _may_see(board: Board, item: Item, viewer: Viewer) -> bool:
    if item.removed is not None or not _is_theirs(item, viewer):
        return False
    return _sees_ends(board, item, viewer)


def _is_theirs(item: Item, viewer: Viewer) -> bool:
    if viewer.audience.role not in VIEWERS or item.item not in KNOWN:
        return False
    return item.shown is not None or (viewer.person is not None and item.owner == viewer.person)


def _sees_ends(board: Board, item: Item, viewer: Viewer) -> bool:
    """Whether the viewer sees all cards that a link or comment is attached to."""
    for card in ends_of(item):
        end = board.items.get(card)
        if end is None or not _may_see(board, end, viewer):
            return False
    return True
