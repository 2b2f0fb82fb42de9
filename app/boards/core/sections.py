"""What happens to a board when somebody adds, edits, moves or removes a section."""

from typing import Any

from msgspec import UNSET

from app.boards.core import order, places
from app.boards.core.board import SECTIONS, Item
from app.boards.core.cards import check_addable, removed_item
from app.boards.core.changeset import Changeset
from app.boards.core.ops import (
    TEXT_LIMITS,
    AddSection,
    EditSection,
    MoveSection,
    RemoveSection,
    RestoreSection,
)
from app.boards.core.sizes import SECTION_BOUNDS
from app.boards.core.texts import NEEDED, kept, required, write


def add(work: Changeset, op: AddSection) -> None:
    check_addable(work, op.id)
    fields = _given(work, op)
    if "x" not in fields and "y" not in fields:
        fields["x"], fields["y"] = places.section_place(work.board, fields["w"], fields["h"])
    fields = {"x": 0.0, "y": 0.0, **fields, "order": order.last(work.board, SECTIONS)}
    work.add(op.id, "section", fields, shown=True)


def edit(work: Changeset, op: EditSection) -> None:
    item = work.visible(op.id, "section")
    for name, value in _given(work, op).items():
        item = write(work, item, name, value) if name in TEXT_LIMITS else work.set(item, **{name: value})


def move(work: Changeset, op: MoveSection) -> None:
    """Its corner and size, and its place in the outline; what the op leaves out stays."""
    item = work.visible(op.id, "section")
    changes = _given(work, op)
    if op.after is not UNSET:
        changes["order"] = order.after(work, SECTIONS, op.after, item)
    work.set(item, **changes)


def remove(work: Changeset, op: RemoveSection) -> None:
    """The cards inside, hidden drafts too, stay on the board, now outside all sections."""
    section = work.visible(op.id, "section")
    cards = _inside(work, section.id)
    left = places.left_behind(work.board, section, cards)
    for card in cards:
        order.move_out(work, card, left[card.id])
    work.remove(section)


def restore(work: Changeset, op: RestoreSection) -> None:
    """Back without the cards that were in it when it was removed: those are outside."""
    item = removed_item(work, op.id, "section")
    if item.removed is not None:
        work.restore(item)
        order.with_own_key(work, work.item(item.id))


def _inside(work: Changeset, section: str) -> list[Item]:
    """The cards of a section: those that everyone sees, then the drafts, each in their order."""
    shown = [work.item(id) for _, id in work.board.order.get(section, ())]
    drafts = [work.item(id) for own in work.board.drafts.values() for id in own]
    inside = [card for card in drafts if card.fields["section"] == section]
    return shown + sorted(inside, key=lambda card: (card.fields["order"], card.id))


def _given(work: Changeset, op: AddSection | EditSection | MoveSection) -> dict[str, Any]:
    """The fields that the op gives, as they are kept: texts tidied, numbers of pixels within their bounds."""
    names = [name for name in op.__struct_fields__ if name not in ("id", "after")]
    return {name: _kept(work, name, getattr(op, name)) for name in names if getattr(op, name) is not UNSET}


def _kept(work: Changeset, name: str, value: Any) -> Any:
    if name in TEXT_LIMITS:
        return required(work, name, value, "section") if name in NEEDED else kept(work, name, value)
    if name in SECTION_BOUNDS:
        return order.within(value, *SECTION_BOUNDS[name])
    return value  # one of a few choices: its type has been checked where the op was read
