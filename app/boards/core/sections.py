"""What happens to a board when somebody adds, edits, moves or removes a section."""

from msgspec import UNSET

from app.boards.core import order
from app.boards.core.board import SECTIONS, Item
from app.boards.core.cards import FAR, check_addable, removed_item
from app.boards.core.changeset import Changeset
from app.boards.core.ops import AddSection, EditSection, MoveSection, RemoveSection, RestoreSection
from app.boards.core.texts import required, tidy, write


def add(work: Changeset, op: AddSection) -> None:
    check_addable(work, op.id)
    fields = {
        "title": required("title", op.title, "section"),
        "prompt": tidy("prompt", op.prompt),
        "example": tidy("example", op.example),
        **_frame(x=op.x, y=op.y, w=op.w, h=op.h),
        "order": order.last(work.board, SECTIONS),
    }
    work.add(op.id, "section", fields, shown=True)


def edit(work: Changeset, op: EditSection) -> None:
    item = work.visible(op.id, "section")
    if op.title is not UNSET:
        item = write(work, item, "title", required("title", op.title, "section"))
    if op.prompt is not UNSET:
        item = write(work, item, "prompt", tidy("prompt", op.prompt))
    if op.example is not UNSET:
        write(work, item, "example", tidy("example", op.example))


def move(work: Changeset, op: MoveSection) -> None:
    """Its corner and size, and its place in the outline; what the op leaves out stays."""
    item = work.visible(op.id, "section")
    given = {name: getattr(op, name) for name in ("x", "y", "w", "h") if getattr(op, name) is not UNSET}
    changes: dict[str, object] = {**_frame(**given)}
    if op.after is not UNSET:
        changes["order"] = order.after(work, SECTIONS, op.after, item)
    work.set(item, **changes)


def remove(work: Changeset, op: RemoveSection) -> None:
    """The cards inside, hidden drafts too, stay at the same place of the board, now outside all sections."""
    section = work.visible(op.id, "section")
    for card in _inside(work, section.id):
        order.move_out(work, card)
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


def _frame(**given: float) -> dict[str, float]:
    """Corner and size kept within reason, in pixels."""
    least = {"x": -FAR, "y": -FAR, "w": 200.0, "h": 120.0}
    most = {"x": FAR, "y": FAR, "w": 8000.0, "h": 8000.0}
    return {name: order.within(value, least[name], most[name]) for name, value in given.items()}
