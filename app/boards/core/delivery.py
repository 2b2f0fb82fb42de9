"""What a viewer is sent: what changed since their cursor, as it is now (rules D1, D3, D4, D8, D13)."""

from collections.abc import Iterable

from msgspec import Struct

from app.boards.core.board import Board, Item, ends_of
from app.boards.core.sight import View, Viewer, could_hold, is_private, see

LOOSE = "loose"  # the part of the outline that lies in no section


class Delta(Struct, frozen=True):
    """Items as they now are, and the ids of those that are gone."""

    puts: list[View]
    dels: list[str]

    def __bool__(self) -> bool:
        return bool(self.puts or self.dels)


def everything(board: Board, viewer: Viewer) -> Delta:
    """Everything the viewer may see."""
    views = (see(board, item, viewer) for item in board.items.values())
    return Delta([view for view in views if view], [])


def since(board: Board, viewer: Viewer, cursor: int, changed: Iterable[str] | None = None) -> Delta:
    """What is new to a viewer who has followed up to `cursor`.

    `changed` are the ids changed since then, where they are known; else all items are looked at.
    """
    items = (
        (item for item in board.items.values() if item.seq > cursor)
        if changed is None
        else (board.items[id] for id in changed if id in board.items)
    )
    news = Delta([], [])
    for item in items:
        view = see(board, item, viewer)
        if view:
            news.puts.append(view)
        elif could_hold(board, item, viewer, cursor):
            news.dels.append(item.id)
    return news


def can_resume(board: Board, cursor: int, audience_then: str | None, audience_now: str) -> bool:
    """Whether a client may go on from its cursor, or needs the whole board (rule D4)."""
    return audience_then == audience_now and board.floor <= cursor <= board.seq and cursor > 0


def owners_of_private(board: Board, viewer: Viewer, cursor: int, changed: Iterable[str]) -> set[str]:
    """The people who need a frame of their own, where `viewer` owns nothing: owners of what is private.

    Also of what was private at `cursor` and is gone: others are not told of a draft that was shown and
    removed since then, but its owner must be. One that is shown looks the same to its owner as to all.
    """
    items = (board.items.get(id) for id in changed)
    return {item.owner for item in items if item is not None and _is_apart(board, item, viewer, cursor)}


def _is_apart(board: Board, item: Item, viewer: Viewer, cursor: int) -> bool:
    if item.shown is None:
        return True
    return item.born <= cursor < item.shown and see(board, item, viewer) is None


def parts(before: Board, after: Board, changed: Iterable[str], viewer: Viewer) -> set[str]:
    """The parts of the outline that changed for the viewer: section ids, and "loose" for outside them all."""
    ids: set[str] = set()
    for id in changed:
        for board in (before, after):
            item = board.items.get(id)
            if item is not None and see(board, item, viewer):
                ids |= _parts_of(board, item)
    return ids


def owners_of_other_parts(before: Board, after: Board, changed: Iterable[str], parts: set[str]) -> set[str]:
    """The people for whom more changed than the `parts` of everyone: owners of what is private elsewhere."""
    owners: set[str] = set()
    for id in changed:
        for board in (before, after):
            item = board.items.get(id)
            if item is not None and is_private(item) and not _parts_of(board, item) <= parts:
                owners.add(item.owner)
    return owners


def parts_since(board: Board, viewer: Viewer, cursor: int) -> set[str]:
    """The parts that may have changed since `cursor`: all, as nobody knows where items were then."""
    if cursor == board.seq:
        return set()
    sections = (item for item in board.items.values() if item.item == "section")
    return {LOOSE} | {s.id for s in sections if see(board, s, viewer) or could_hold(board, s, viewer, cursor)}


def _parts_of(board: Board, item: Item) -> set[str]:
    if item.item == "section":
        return {item.id}
    if item.item == "card":
        return {item.fields["section"] or LOOSE}
    cards = (board.items.get(card) for card in ends_of(item))
    return {card.fields["section"] or LOOSE for card in cards if card is not None}


def private_views(board: Board, viewer: Viewer) -> list[View]:
    """What only the viewer sees: their drafts, with the links and comments on those."""
    ids = board.drafts.get(viewer.person or "", ())
    attached = [id for card in ids for id in board.attached.get(card, ())]
    items = (board.items[id] for id in dict.fromkeys((*ids, *attached)) if id in board.items)
    views = (see(board, item, viewer) for item in items if is_private(item))
    return [view for view in views if view]
