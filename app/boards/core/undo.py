"""Undo: each field that still has the value of one's own deed gets the value before it again."""

from app.boards.core import order
from app.boards.core.board import Inverse, Item, TextVersion, is_live
from app.boards.core.changeset import Changeset, origin
from app.boards.core.locks import is_kept_from
from app.boards.core.sections import are_full, take_off
from app.boards.core.words.item_texts import TEXTS

PLACE_FIELDS = ("section", "order", "x", "y")


def undo(work: Changeset, of: int) -> None:
    """Apply the stored inverse of the deed `of`; what others changed since is left alone and counted."""
    sections = {inverse.id: inverse for inverse in work.deed.inverse if inverse.field == "section"}
    # Decided before anything is set back: once a card's section is, this deed itself was the last to set it.
    movable = {id for id, inverse in sections.items() if _section_is_ours(work, inverse, of)}
    for inverse in reversed(work.deed.inverse):
        item = work.board.items.get(inverse.id)
        section = sections.get(inverse.id) if inverse.field in PLACE_FIELDS else None
        may_move = section is None or (section.id in movable and _section_exists(work, section))
        if item is None or not _is_unchanged(work, item, inverse, of) or not may_move:
            # the number must not tell what happened to another person's draft
            work.skipped += item is None or item.shown is not None or item.owner == work.me
        elif inverse.field == "removed":
            _set_removed(work, item, inverse)
        else:
            _set_back(work, item, inverse)
    for id in dict.fromkeys(inverse.id for inverse in work.deed.inverse):
        if is_live(work.board.items.get(id)):
            order.with_own_key(work, work.item(id))


def _section_is_ours(work: Changeset, section: Inverse, of: int) -> bool:
    """Position and order are set back only together with the section that they are in."""
    card = work.board.items.get(section.id)
    return card is not None and _is_unchanged(work, card, section, of)


def _section_exists(work: Changeset, section: Inverse) -> bool:
    return not section.value or is_live(work.board.items.get(section.value))


def _is_unchanged(work: Changeset, item: Item, inverse: Inverse, of: int) -> bool:
    if is_kept_from(work.board, work.deed.actor, item, inverse.field):
        return False
    if of not in (item.rev.get(inverse.field), origin(item, inverse.field)):
        return False
    if inverse.field == "order" and of < (item.shown or 0):
        return False  # it is no draft any more, so its place among drafts must stay private
    if inverse.field != "removed":
        return item.removed in (None, of)  # a batch may have changed it and then removed it
    return not inverse.value or not _holds_words_of_others(work, item, of)


def _holds_words_of_others(work: Changeset, item: Item, since: int) -> bool:
    """Whether others wrote in it or on it after the deed `since`: then undo must not remove it."""
    attached = (work.item(id) for id in work.board.attached.get(item.id, ()))
    return any(version.by != work.me and version.seq > since for version in item.versions) or any(
        other.owner != work.me and other.born > since and is_live(other) for other in attached
    )


def _set_removed(work: Changeset, item: Item, inverse: Inverse) -> None:
    if bool(inverse.value) is (item.removed is not None):
        return  # as after a batch that added and removed it: nobody was shown it, so nobody is told
    if inverse.value and item.item == "section":
        take_off(work, item)
    elif inverse.value:
        work.remove(item)
    elif item.item == "section" and are_full(work.board):
        work.skipped += 1
        return
    else:
        work.restore(order.out_of_removed_section(work, item))
    work.note_origin(work.item(item.id), "removed", inverse.stood)


def _set_back(work: Changeset, item: Item, inverse: Inverse) -> None:
    field, value = inverse.field, inverse.value
    versions = (TextVersion(field, work.seq, work.me, work.deed.client, value),) if field in TEXTS else ()
    item = work.set(item, *versions, **{field: value})
    work.note_origin(item, inverse.field, inverse.stood)
