"""What happens to a board when somebody links two cards, or comments on one."""

from app.access import Code, Refused
from app.boards.core.board import ends_of
from app.boards.core.cards import fresh, removed
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
from app.boards.core.texts import needed, write


def add_link(work: Changeset, op: AddLink) -> None:
    fresh(work, op.id)
    _meaning(op.means)
    start, end = work.seen(op.start, "card"), work.seen(op.end, "card")
    if start.id == end.id:
        raise Refused(Code.INVALID, "A card cannot be linked to itself.")
    _not_twice(work, op.start, op.end, op.means)
    shown = start.shown is not None and end.shown is not None
    work.add(op.id, "link", {"start": op.start, "end": op.end, "means": op.means}, shown=shown)


def edit_link(work: Changeset, op: EditLink) -> None:
    _meaning(op.means)
    link = work.seen(op.id, "link")
    if link.fields["means"] != op.means:
        _not_twice(work, link.fields["start"], link.fields["end"], op.means)
    work.set(link, means=op.means)


def add_comment(work: Changeset, op: AddComment) -> None:
    text = needed("text", op.text, "comment")
    fresh(work, op.id)
    card = work.seen(op.card, "card")
    work.add(op.id, "comment", {"card": card.id, "text": text}, shown=card.shown is not None)


def edit_comment(work: Changeset, op: EditComment) -> None:
    write(work, work.seen(op.id, "comment"), "text", needed("text", op.text, "comment"))


def remove(work: Changeset, op: RemoveLink | RemoveComment) -> None:
    work.remove(work.seen(op.id, _kind(op)))


def restore(work: Changeset, op: RestoreLink | RestoreComment) -> None:
    """Back where it hung, if the cards it hung on are there to be seen."""
    item = removed(work, op.id, _kind(op))
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


def _not_twice(work: Changeset, start: str, end: str, means: str) -> None:
    # of the two cards the one with less on it: thousands may hang on one
    for id in min(work.board.attached.get(start, ()), work.board.attached.get(end, ()), key=len):
        other = work.item(id)
        same = other.item == "link" and other.fields["means"] == means and ends_of(other) == (start, end)
        if same and other.removed is None:
            raise Refused(Code.INVALID, "These cards are already linked this way.")
