"""Taking one's own deed back: each field that still has the deed's value gets the one before it again."""

from app.boards.core import order
from app.boards.core.board import Inverse, Item, TextVersion, is_live
from app.boards.core.changeset import TEXTS, Changeset, stands

PLACE = ("section", "order", "x", "y")


def undo(work: Changeset, of: int) -> None:
    """Apply the stored inverse of the deed `of`; what others changed since is left alone and counted."""
    homes = {inverse.id: inverse for inverse in work.deed.inverse if inverse.field == "section"}
    # asked before anything goes back: once its section has, a card's section is this deed's own
    open_homes = {id for id, inverse in homes.items() if _is_open(work, inverse, of)}
    for inverse in reversed(work.deed.inverse):
        item = work.board.items.get(inverse.id)
        home = homes.get(inverse.id) if inverse.field in PLACE else None
        housed = home is None or (home.id in open_homes and _is_there(work, home))
        if item is None or not _still_mine(work, item, inverse, of) or not housed:
            # what happened to another's draft is not to be learned from a number
            work.skipped += item is None or item.shown is not None or item.owner == work.me
        elif inverse.field == "removed":
            _flip(work, item, inverse)
        else:
            _set_back(work, item, inverse)
    for id in dict.fromkeys(inverse.id for inverse in work.deed.inverse):
        if is_live(work.board.items.get(id)):
            order.in_turn(work, work.item(id))


def _is_open(work: Changeset, home: Inverse, of: int) -> bool:
    """A place goes back only together with the section it is a place in."""
    card = work.board.items.get(home.id)
    return card is not None and _still_mine(work, card, home, of)


def _is_there(work: Changeset, home: Inverse) -> bool:
    return not home.value or is_live(work.board.items.get(home.value))


def _still_mine(work: Changeset, item: Item, inverse: Inverse, of: int) -> bool:
    if of not in (item.rev.get(inverse.field), stands(item, inverse.field)):
        return False
    if inverse.field == "order" and of < (item.shown or 0):
        return False  # its turn among drafts must not show, now that it is no draft
    if inverse.field != "removed":
        return item.removed is None
    return not inverse.value or not _holds_words_of_others(work, item, of)


def _holds_words_of_others(work: Changeset, item: Item, since: int) -> bool:
    """Those written after the deed `since` are not swept away with an item that is undone."""
    hanging = (work.item(id) for id in work.board.attached.get(item.id, ()))
    return any(version.by != work.me and version.seq > since for version in item.versions) or any(
        other.owner != work.me and other.born > since and is_live(other) for other in hanging
    )


def _flip(work: Changeset, item: Item, inverse: Inverse) -> None:
    if inverse.value:
        work.remove(item)
    else:
        work.restore(order.housed(work, item))
    work.mark(work.item(item.id), "removed", inverse.stood)


def _set_back(work: Changeset, item: Item, inverse: Inverse) -> None:
    field, value = inverse.field, inverse.value
    versions = (TextVersion(field, work.seq, work.me, work.deed.hand, value),) if field in TEXTS else ()
    item = work.set(item, *versions, **{field: value})
    work.mark(item, inverse.field, inverse.stood)
