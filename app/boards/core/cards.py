"""What happens to a board when somebody adds, edits, moves, shows or removes a card."""

import re

from msgspec import UNSET, UnsetType, ValidationError

from app.access import Code, Refused, Role
from app.boards.core import order
from app.boards.core.board import OUTSIDE, Item
from app.boards.core.changeset import Changeset
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.live_status import plain
from app.boards.core.ops import (
    AddCard,
    EditCard,
    MoveCard,
    PublishCard,
    RemoveCard,
    ResizeCard,
    RestoreCard,
    SetFace,
)
from app.boards.core.sizes import CARD_BOUNDS, CARD_W
from app.boards.core.texts import needed, write

MAX_CARDS, MAX_ITEMS, MAX_EVER = 5000, 20_000, 60_000
# Of one person, and of one guest: no workshop comes near, and nobody fills a board for all the others.
MAX_OWN, MAX_OF_GUEST = MAX_EVER // 2, MAX_EVER // 6
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def add(work: Changeset, op: AddCard) -> None:
    text = needed("text", op.text, "card")
    _kind(op.kind)
    fresh(work, op.id)
    _room_for(work, len(work.board.drafts.get(work.me, ())))
    section = _section(work, op.section)
    x, y = _place(work, section, op.x, op.y)
    fields = {
        "kind": op.kind,
        "text": text,
        "section": section,
        "x": x,
        "y": y,
        "w": CARD_W,
        "order": order.last(work.board, section or OUTSIDE, work.me if op.draft else None),
    }
    work.add(op.id, "card", fields, shown=not op.draft)


def edit(work: Changeset, op: EditCard) -> None:
    item = work.seen(op.id, "card")
    if op.kind is not UNSET:
        _kind(op.kind)
        item = work.set(item, kind=op.kind)
    if op.text is not UNSET:
        write(work, item, "text", needed("text", op.text, "card"))


def move(work: Changeset, op: MoveCard) -> None:
    item = work.seen(op.id, "card")
    section = item.fields["section"] if op.section is UNSET else _section(work, op.section)
    changes: dict[str, object] = {"section": section}
    entering = section != item.fields["section"]
    if op.after is not UNSET:
        changes["order"] = order.after(work, section or OUTSIDE, op.after, item)
    elif entering:
        changes["order"] = order.last(work.board, section or OUTSIDE, order.draft_of(item))
    if op.x is not UNSET or op.y is not UNSET:
        changes["x"] = item.fields["x"] if op.x is UNSET else _near(op.x)
        changes["y"] = item.fields["y"] if op.y is UNSET else _near(op.y)
    elif entering:
        changes["x"], changes["y"] = order.free_place(work.board, section)
    work.set(item, **changes)


def resize(work: Changeset, op: ResizeCard) -> None:
    work.set(work.seen(op.id, "card"), w=order.within(op.w, *CARD_BOUNDS["w"]))


def publish(work: Changeset, op: PublishCard) -> None:
    """Everyone sees it from now on, last in its section: its turn among drafts must not show."""
    item = work.seen(op.id, "card")
    if item.shown is not None:
        return
    _room_for(work, 0)
    work.show(work.set(item, order=order.last(work.board, item.fields["section"] or OUTSIDE)))
    work.inverse.clear()  # there is no way back from being seen


def remove(work: Changeset, op: RemoveCard) -> None:
    work.remove(work.seen(op.id, "card"))


def restore(work: Changeset, op: RestoreCard) -> None:
    item = removed(work, op.id, "card")
    if item.removed is None:
        return
    _room_for(work, len(work.board.drafts.get(work.me, ())))
    work.restore(order.housed(work, item))
    order.in_turn(work, work.item(item.id))


def set_face(work: Changeset, op: SetFace) -> None:
    """A removed card gets it too, so that it comes back with what is true then."""
    item = work.board.items.get(op.id)
    if item is None or item.item != "card" or item.shown is None:
        raise Refused(Code.NOT_FOUND, "That card is no longer here.")
    try:
        face = plain(op.face) if op.face else None
    except ValidationError:
        raise Refused(Code.INVALID, "That is no face of a card.") from None
    if item.fields.get("face") == face:
        raise Refused(Code.INVALID, "The card has this face already.")
    work.dress(item, face=face)


def removed(work: Changeset, id: str, kind: str) -> Item:
    """An item that may be brought back (or is back already). Raises not_found, for hidden ones too."""
    item = work.board.items.get(id)
    hidden = item is not None and item.shown is None and item.owner != work.me
    if item is None or item.item != kind or hidden:
        raise Refused(Code.NOT_FOUND, f"That {kind} is no longer here.")
    return item


def fresh(work: Changeset, id: str) -> None:
    """Refuse an id that is none, or taken, and anything new where the board is full."""
    if not UUID.fullmatch(id):
        raise Refused(Code.INVALID, "A new item needs a random id (a UUID).")
    if id in work.board.items:
        raise Refused(Code.INVALID, "Something with this id is here already.")
    if work.board.live >= MAX_ITEMS or len(work.board.items) >= MAX_EVER:
        raise Refused(Code.FULL, f"This board holds {MAX_ITEMS} items, which is as many as it can.")
    most = MAX_OF_GUEST if work.deed.actor.role is Role.GUEST else MAX_OWN
    if work.board.wrote.get(work.me, 0) >= most:
        raise Refused(
            Code.FULL, f"You have put {most} things on this board, which is as many as one person may."
        )


def _room_for(work: Changeset, drafts: int) -> None:
    if work.board.cards + drafts >= MAX_CARDS:
        raise Refused(Code.FULL, f"This board holds {MAX_CARDS} cards, which is as many as it can.")


def _kind(kind: str) -> None:
    if kind not in CARD_KINDS:
        raise Refused(Code.INVALID, f"There is no kind of card called {kind[:40]!r}.")


def _section(work: Changeset, id: str | None) -> str | None:
    return work.seen(id, "section").id if id else None


def _place(
    work: Changeset, section: str | None, x: float | UnsetType, y: float | UnsetType
) -> tuple[float, float]:
    if x is UNSET and y is UNSET:
        return order.free_place(work.board, section)
    return (0.0 if x is UNSET else _near(x), 0.0 if y is UNSET else _near(y))


def _near(value: float) -> float:
    """A coordinate kept within the board, the same for x and y."""
    return order.within(value, *CARD_BOUNDS["x"])
