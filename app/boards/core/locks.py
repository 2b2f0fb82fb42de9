"""What is locked of a board's set-up: its sections, where they lie and what they are called. Pure."""

from app.access import Actor, Thing, allowed
from app.boards.core.board import Board, Item


def thing_of(board: Board, item: Item | None, owner: str | None) -> Thing:
    """What the access table decides on: an item of a board, or (None) one that is not there yet."""
    locked = board.set_up.locked or (item is not None and bool(item.fields.get("locked")))
    return Thing(board.state, owner, locked=locked, members_set_up=board.set_up.by_members)


def is_kept_from(board: Board, actor: Actor, item: Item, field: str) -> bool:
    """Whether a field of a section is locked for somebody: undo is no way round a lock."""
    if item.item != "section":
        return False
    action = "lock_section" if field == "locked" else "edit_section"
    return not allowed(actor, action, thing_of(board, item, actor.person))
