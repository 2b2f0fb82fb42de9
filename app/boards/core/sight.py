"""What a viewer gets of an item: the one way out. What is not plainly theirs to see is nothing."""

import hashlib
from typing import Any

from msgspec import Struct

from app.access import ACTIONS, READERS, Actor, Role
from app.boards.core.board import Board, Item, ends_of

KNOWN = frozenset({"card", "section", "link", "comment"})
OWN = frozenset(kind for kind in KNOWN if ACTIONS[f"restore_{kind}"].own)  # what only its owner brings back


class Viewer(Struct, frozen=True):
    """Who looks. Two viewers of one role see the same, but for what each owns; `person` None owns nothing."""

    role: Role
    person: str | None = None


class View(Struct, frozen=True):
    """An item as it goes out to somebody."""

    id: str
    item: str
    seq: int
    fields: dict[str, Any]


def viewer_of(actor: Actor) -> Viewer:
    return Viewer(actor.role, actor.person)


def audience(role: Role, epoch: int) -> str:
    """An opaque name for all that `see` depends on besides ownership: who shares it may share a frame."""
    return hashlib.sha256(f"{role}|{epoch}".encode()).hexdigest()[:16]


def see(board: Board, item: Item, viewer: Viewer) -> View | None:
    """`item` as `viewer` may have it, or None: removed, hidden, foreign and unknown look alike."""
    if not _may_see(board, item, viewer):
        return None
    fields = {**item.fields, "by": item.owner, "at": item.at}
    if item.shown is None:
        fields["draft"] = True
    return View(item.id, item.item, item.seq, fields)


def see_removed(board: Board, item: Item, viewer: Viewer) -> View | None:
    """A removed item as somebody who may bring it back sees it; None for all others and all that is there."""
    mine = viewer.person is not None and item.owner == viewer.person
    if item.removed is None or not _is_theirs(item, viewer) or not (mine or item.item not in OWN):
        return None
    if not _ends_seen(board, item, viewer):
        return None
    return View(item.id, item.item, item.seq, {**item.fields, "by": item.owner, "at": item.at})


def could_hold(board: Board, item: Item, viewer: Viewer, cursor: int) -> bool:
    """Whether a client that has followed up to `cursor` may have been given `item`.

    Only then is it told that the item is gone; of what it never held it learns not even the id.
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


def _may_see(board: Board, item: Item, viewer: Viewer) -> bool:
    if item.removed is not None or not _is_theirs(item, viewer):
        return False
    return _ends_seen(board, item, viewer)


def _is_theirs(item: Item, viewer: Viewer) -> bool:
    if viewer.role not in READERS or item.item not in KNOWN:
        return False
    return item.shown is not None or (viewer.person is not None and item.owner == viewer.person)


def _ends_seen(board: Board, item: Item, viewer: Viewer) -> bool:
    """A link or comment is seen where all the cards it hangs on are."""
    for card in ends_of(item):
        end = board.items.get(card)
        if end is None or not _may_see(board, end, viewer):
            return False
    return True
