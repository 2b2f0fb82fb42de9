"""Taking one's own deed back: each field that still has the deed's value gets the one before it again."""

from app.boards import order
from app.boards.board import Inverse, Item, Version
from app.boards.work import TEXTS, Work, stands


def undo(work: Work, of: int) -> None:
    """Apply the stored inverse of the deed `of`; what others changed since is left alone and counted."""
    for inverse in reversed(work.deed.inverse):
        item = work.board.items.get(inverse.id)
        if item is None or not _still_mine(work, item, inverse, of):
            work.skipped += 1
        elif inverse.field == "removed":
            _flip(work, item, inverse)
        else:
            _set_back(work, item, inverse)


def _still_mine(work: Work, item: Item, inverse: Inverse, of: int) -> bool:
    if of not in (item.rev.get(inverse.field), stands(item, inverse.field)):
        return False
    if inverse.field != "removed":
        return item.removed is None
    # Others' words are not swept away with an item that is undone.
    return not inverse.value or all(version.by == work.me for version in item.versions)


def _flip(work: Work, item: Item, inverse: Inverse) -> None:
    if bool(inverse.value) == (item.removed is not None):
        return
    if inverse.value:
        work.remove(item)
    else:
        work.restore(order.housed(work, item))
        order.in_turn(work, work.item(item.id))
    work.mark(work.item(item.id), "removed", inverse.stood)


def _set_back(work: Work, item: Item, inverse: Inverse) -> None:
    value = inverse.value
    if inverse.field == "section" and value and work.board.items[value].removed is not None:
        work.skipped += 1
        return
    item = work.set(item, **{inverse.field: value})
    if inverse.field in TEXTS:
        item = work.keep(item, Version(inverse.field, work.seq, work.me, work.deed.hand, value))
    if inverse.field in ("order", "section"):
        item = order.in_turn(work, item)
    work.mark(item, inverse.field, inverse.stood)
