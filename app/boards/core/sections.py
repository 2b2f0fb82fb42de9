"""What happens to a board when somebody adds, edits, moves or removes a section."""

from typing import Any

from msgspec import UNSET, structs

from app.access import Code, Refused
from app.boards.core import order
from app.boards.core.board import SECTIONS, Board, Item, is_live
from app.boards.core.cards import check_addable, removed_item
from app.boards.core.changeset import Changeset
from app.boards.core.layout import places
from app.boards.core.ops import (
    TEXT_LIMITS,
    AddSection,
    EditSection,
    LockSection,
    MoveSection,
    RemoveSection,
    RestoreSection,
)
from app.boards.core.sizes import SECTION_BOUNDS
from app.boards.core.texts import NEEDED, kept, required, write

MAX_SECTIONS = 500  # nobody finds their way among so many, and each is laid out with regard to all others


def add(work: Changeset, op: AddSection) -> None:
    """Last in the order. Raises invalid, too_long, full."""
    check_addable(work, op.id)
    _check_capacity(work)
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


def lock(work: Changeset, op: LockSection) -> None:
    """Raises not_found."""
    section = work.visible(op.id, "section")  # which has no such field before it is locked the first time
    work.set(structs.replace(section, fields={"locked": False, **section.fields}), locked=op.locked)


def remove(work: Changeset, op: RemoveSection) -> None:
    take_off(work, work.visible(op.id, "section"))


def take_off(work: Changeset, section: Item) -> None:
    """The cards inside, hidden drafts too, stay on the board, now outside all sections."""
    left = _moved_out_by(work, section, work.seq)  # where an undo has moved them out already
    inside = _inside(work, section.id)
    spots = places.left_behind(work.board, section, inside)
    for card in inside:
        order.move_out(work, card, spots[card.id])
    work.remove(section)
    work.note_held(section.id, [card.id for card in (*left, *inside)])


def restore(work: Changeset, op: RestoreSection) -> None:
    """Back, with the cards that its removal moved out and nobody has moved to a section since.

    Raises not_found, full.
    """
    section = removed_item(work, op.id, "section")
    if section.removed is None:
        return
    _check_capacity(work)
    work.restore(section)
    order.with_own_key(work, work.item(section.id))
    for card in _moved_out_by(work, section, section.removed):
        order.move_in(work, card, work.item(section.id))


def are_full(board: Board) -> bool:
    """Whether the board takes no further section."""
    return len(board.order.get(SECTIONS, ())) >= MAX_SECTIONS


def _check_capacity(work: Changeset) -> None:
    if are_full(work.board):
        raise Refused(Code.FULL, f"This board holds {MAX_SECTIONS} sections, and cannot hold more.")


def _moved_out_by(work: Changeset, section: Item, seq: int) -> list[Item]:
    """Cards that the deed `seq` moved out of a section, in turn: what everyone sees, then the drafts."""
    cards = [card for id in section.held if is_live(card := work.board.items.get(id)) and card is not None]
    left = [c for c in cards if c.fields["section"] is None and c.rev.get("section") == seq]
    return sorted(left, key=lambda card: (card.shown is None, card.fields["order"], card.id))


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
