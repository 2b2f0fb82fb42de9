"""What happens to a board when somebody adds, edits, moves, shows or removes a card."""

import re

from msgspec import UNSET, UnsetType, ValidationError, structs

from app.access import Code, Refused, Role
from app.boards.core import order
from app.boards.core.board import OUTSIDE, Item
from app.boards.core.changeset import Changeset
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.live_status import as_field, record_in
from app.boards.core.ops import (
    AddCard,
    DuplicateCard,
    EditCard,
    MoveCard,
    PublishCard,
    RemoveCard,
    ResizeCard,
    RestoreCard,
    SetFace,
)
from app.boards.core.sizes import CARD_BOUNDS, CARD_W
from app.boards.core.stage import notes
from app.boards.core.stage.read import is_private_now
from app.boards.core.stage.taken_out import check_not_taken_out
from app.boards.core.texts import required, write

MAX_CARDS, MAX_ITEMS, MAX_EVER = 5000, 20_000, 60_000
# Of one person, and of one guest: no workshop comes near, and nobody fills a board for all the others.
MAX_OWN, MAX_OF_GUEST = MAX_EVER // 2, MAX_EVER // 6
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def add(work: Changeset, op: AddCard) -> None:
    """A new card at the end of its section. Raises invalid, too_long, not_found, full."""
    text = required(work, "text", op.text, "card")
    _check_kind(op.kind)
    check_addable(work, op.id)
    _check_capacity(work, len(work.board.drafts.get(work.me, ())))
    phase = notes.phase_for(work, op)
    private = op.draft if phase is None else is_private_now(phase)
    section = _section(work, op.section)
    x, y = _place(work, section, op.x, op.y)
    fields = {
        "kind": op.kind,
        "text": text,
        "section": section,
        "x": x,
        "y": y,
        "w": CARD_W,
        "order": order.last(work.board, section or OUTSIDE, work.me if private else None),
    }
    if phase is not None:
        fields["phase"] = phase.id
    if op.paper:
        fields["paper"] = True
    work.add(op.id, "card", fields, shown=not private, owner="" if op.paper else None)


def edit(work: Changeset, op: EditCard) -> None:
    """Raises not_found, invalid, too_long; locked for the words of a card that stands for a record."""
    item = work.visible(op.id, "card")
    check_not_taken_out(item)
    if op.text is not UNSET and op.text != item.fields["text"]:
        _check_own_words(item)
    if op.kind is not UNSET:
        _check_kind(op.kind)
        item = work.set(item, kind=op.kind)
    if op.text is not UNSET:
        notes.check_answer(work, item, op.text)
        write(work, item, "text", required(work, "text", op.text, "card"))


def move(work: Changeset, op: MoveCard) -> None:
    """To another section, order or position; what the op leaves out stays. Raises not_found."""
    item = work.visible(op.id, "card")
    section = item.fields["section"] if op.section is UNSET else _section(work, op.section)
    changes: dict[str, object] = {"section": section}
    entering = section != item.fields["section"]
    if op.after is not UNSET:
        changes["order"] = order.after(work, section or OUTSIDE, op.after, item)
    elif entering:
        changes["order"] = order.last(work.board, section or OUTSIDE, order.draft_of(item))
    if op.x is not UNSET or op.y is not UNSET:
        changes["x"] = item.fields["x"] if op.x is UNSET else _within_board(op.x)
        changes["y"] = item.fields["y"] if op.y is UNSET else _within_board(op.y)
    elif entering:
        changes["x"], changes["y"] = order.free_place(work.board, section, work.spots)
    work.set(item, **changes)


def resize(work: Changeset, op: ResizeCard) -> None:
    """The width in pixels, kept within its bounds."""
    work.set(work.visible(op.id, "card"), w=order.within(op.w, *CARD_BOUNDS["w"]))


def publish(work: Changeset, op: PublishCard) -> None:
    """Everyone sees it from now on, last in its section: its place among drafts stays private."""
    item = work.visible(op.id, "card")
    if item.shown is not None:
        return
    _check_capacity(work, 0)
    now_there = work.set(item, order=order.last(work.board, item.fields["section"] or OUTSIDE))
    work.show(structs.replace(now_there, at=work.deed.at))  # when it was drafted is nobody else's
    # what others have seen cannot be made a draft again
    work.inverse = [inverse for inverse in work.inverse if inverse.id != item.id]


def remove(work: Changeset, op: RemoveCard) -> None:
    work.remove(work.visible(op.id, "card"))


def restore(work: Changeset, op: RestoreCard) -> None:
    """Back in its section, or outside where that is gone. Raises not_found, full."""
    item = removed_item(work, op.id, "card")
    if item.removed is None:
        return
    _check_capacity(work, len(work.board.drafts.get(work.me, ())))
    work.restore(order.out_of_removed_section(work, item))
    order.with_own_key(work, work.item(item.id))


def duplicate(work: Changeset, op: DuplicateCard) -> None:
    """A copy right after the card, by whoever copies it. Raises invalid, not_found, full, locked."""
    card = work.visible(op.card, "card").fields
    notes.check_kept(work.board, op.card)
    draft = op.draft or work.item(op.card).shown is None
    add(work, AddCard(op.id, card["kind"], card["text"], card["section"], draft=draft))
    copy = work.item(op.id)
    place = order.after(work, card["section"] or OUTSIDE, op.card, copy)
    work.amend(copy, order=place, w=card["w"])


def set_face(work: Changeset, op: SetFace) -> None:
    """A removed card gets it too, so that it is up to date when it comes back."""
    item = work.board.items.get(op.id)
    if item is None or item.item != "card" or item.shown is None:
        raise Refused(Code.NOT_FOUND, "That card is no longer here.")
    try:
        face = as_field(op.face) if op.face else None
    except ValidationError:
        raise Refused(Code.INVALID, "That does not say how a goal stands.") from None
    if item.fields.get("face") == face:
        raise Refused(Code.INVALID, "The card shows this already.")
    work.set_computed(item, face=face)


def removed_item(work: Changeset, id: str, kind: str) -> Item:
    """An item that may be restored (or was already). Raises not_found, for hidden ones too."""
    item = work.board.items.get(id)
    hidden = item is not None and item.shown is None and item.owner != work.me
    if item is None or item.item != kind or hidden:
        raise Refused(Code.NOT_FOUND, f"That {kind} is no longer here.")
    return item


def check_addable(work: Changeset, id: str) -> None:
    """Raise Refused for an id that is not a new UUID, and where the board, or the person's share, is full."""
    if not UUID.fullmatch(id):
        raise Refused(Code.INVALID, "A new item needs a random id (a UUID).")
    if id in work.board.items:
        raise Refused(Code.INVALID, "There is already an item with this id.")
    if work.board.live >= MAX_ITEMS or len(work.board.items) >= MAX_EVER:
        raise Refused(Code.FULL, f"This board holds {MAX_ITEMS} items, and cannot hold more.")
    most = MAX_OF_GUEST if work.deed.actor.role is Role.GUEST else MAX_OWN
    if work.board.wrote.get(work.me, 0) >= most:
        raise Refused(
            Code.FULL, f"You have added {most} items to this board, and one person cannot add more."
        )


def _check_capacity(work: Changeset, drafts: int) -> None:
    if work.board.cards + drafts >= MAX_CARDS:
        raise Refused(Code.FULL, f"This board holds {MAX_CARDS} cards, and cannot hold more.")


def _check_own_words(item: Item) -> None:
    """Raise Refused where the card shows the words of a record: its own would be seen by nobody."""
    record = record_in(item.fields)
    if record:
        what = str(record.kind or "record").lower()
        one = "an" if what[0] in "aeio" else "a"
        raise Refused(Code.LOCKED, f"This card stands for {one} {what}. Change it there.")


def _check_kind(kind: str) -> None:
    if kind not in CARD_KINDS:
        raise Refused(Code.INVALID, f"There is no kind of card called {kind[:40]!r}.")


def _section(work: Changeset, id: str | None) -> str | None:
    return work.visible(id, "section").id if id else None


def _place(
    work: Changeset, section: str | None, x: float | UnsetType, y: float | UnsetType
) -> tuple[float, float]:
    if x is UNSET and y is UNSET:
        return order.free_place(work.board, section, work.spots)
    return (0.0 if x is UNSET else _within_board(x), 0.0 if y is UNSET else _within_board(y))


def _within_board(value: float) -> float:
    """A coordinate kept within the board, the same for x and y."""
    return order.within(value, *CARD_BOUNDS["x"])
