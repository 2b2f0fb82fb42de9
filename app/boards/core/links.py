"""What happens to a board when somebody links two cards, or comments on one."""

from app.access import Code, Refused
from app.boards.core.board import Item, ends_of
from app.boards.core.cards import check_addable, removed_item
from app.boards.core.changeset import Changeset
from app.boards.core.kinds import LINK_MEANINGS
from app.boards.core.ops import (
    AddComment,
    AddLink,
    EditComment,
    EditLink,
    RemoveComment,
    RemoveLink,
    RestoreComment,
    RestoreLink,
)
from app.boards.core.sight import see_removed
from app.boards.core.texts import required, write


class AlreadyLinked(Refused):
    """The cards have such a link already."""


def add_link(work: Changeset, op: AddLink) -> None:
    """Raises invalid for a card linked to itself, and where the same link is there already."""
    check_addable(work, op.id)
    _meaning(op.means)
    start, end = work.visible(op.start, "card"), work.visible(op.end, "card")
    if start.id == end.id:
        raise Refused(Code.INVALID, "A card cannot be linked to itself.")
    _not_twice(work, op.start, op.end, op.means)
    shown = start.shown is not None and end.shown is not None
    work.add(op.id, "link", {"start": op.start, "end": op.end, "means": op.means}, shown=shown)


def edit_link(work: Changeset, op: EditLink) -> None:
    """Another meaning. Raises invalid where the same cards have such a link already."""
    _meaning(op.means)
    link = work.visible(op.id, "link")
    if link.fields["means"] != op.means:
        _not_twice(work, link.fields["start"], link.fields["end"], op.means)
    work.set(link, means=op.means)


def add_comment(work: Changeset, op: AddComment) -> None:
    text = required(work, "text", op.text, "comment")
    check_addable(work, op.id)
    card = work.visible(op.card, "card")
    work.add(op.id, "comment", {"card": card.id, "text": text}, shown=card.shown is not None)


def edit_comment(work: Changeset, op: EditComment) -> None:
    write(work, work.visible(op.id, "comment"), "text", required(work, "text", op.text, "comment"))


def remove(work: Changeset, op: RemoveLink | RemoveComment) -> None:
    work.remove(work.visible(op.id, _kind(op)))


def restore(work: Changeset, op: RestoreLink | RestoreComment) -> None:
    """Back on its cards, if the person sees all of them. Raises not_found."""
    item = removed_item(work, op.id, _kind(op))
    if item.removed is None:
        return
    if see_removed(work.board, item, work.viewer) is None:
        raise Refused(Code.NOT_FOUND, "The card it was on is no longer here. Restore that first.")
    if item.item == "link":
        start, end = ends_of(item)
        _not_twice(work, start, end, item.fields["means"])
    work.restore(item)


def _kind(op: RemoveLink | RemoveComment | RestoreLink | RestoreComment) -> str:
    return "link" if isinstance(op, RemoveLink | RestoreLink) else "comment"


def _meaning(means: str) -> None:
    if means not in LINK_MEANINGS:
        raise Refused(Code.INVALID, f"Cards cannot be linked by {means[:40]!r}.")


def is_there(work: Changeset, link: Item) -> bool:
    """Whether the same cards have such a link by now."""
    start, end = ends_of(link)
    try:
        _not_twice(work, start, end, link.fields["means"])
    except AlreadyLinked:
        return True
    return False


def _not_twice(work: Changeset, start: str, end: str, means: str) -> None:
    # of the two cards the one with fewer links: a card may have thousands
    for id in min(work.board.attached.get(start, ()), work.board.attached.get(end, ()), key=len):
        other = work.item(id)
        same = other.item == "link" and other.fields["means"] == means and ends_of(other) == (start, end)
        if same and other.removed is None:
            raise AlreadyLinked(Code.INVALID, "These cards are already linked this way.")
