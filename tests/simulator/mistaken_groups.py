"""Mistakes in what is told of private things: showing them is no change, or facilitators are sent them."""

from msgspec import structs

from app.access import Actor, Hat
from app.boards.core.board import Board
from app.boards.core.delivery import Delta
from app.boards.core.group_commit import GroupCommit
from app.boards.core.ops import PublishCard
from app.boards.core.sight import View
from app.boards.core.stage.ops import Reveal
from app.boards.core.stage.read import hat_of


def published(decided: GroupCommit) -> set[str]:
    """The drafts that this group has shown."""
    return {deed.request.op.id for deed in decided.deeds if isinstance(deed.request.op, PublishCard)}


def revealed(decided: GroupCommit) -> set[str]:
    """The notes that a reveal of this group has shown."""
    if not any(isinstance(deed.request.op, Reveal) for deed in decided.deeds):
        return set()
    before, after = decided.before.items, decided.after.items
    return {id for id in decided.touched if id in before and before[id].shown is None and after[id].shown}


def untouched(decided: GroupCommit, shown: set[str]) -> GroupCommit:
    """As if showing what was private were no change of it."""
    items = decided.after.items
    for id in shown:
        before = decided.before.items.get(id)
        if before is not None:
            items = items.set(id, structs.replace(items[id], seq=before.seq))
    touched = tuple(id for id in decided.touched if id not in shown)
    return structs.replace(decided, after=structs.replace(decided.after, items=items), touched=touched)


def with_private_notes(board: Board, actor: Actor, news: Delta) -> Delta:
    """What a facilitator is sent, with all that nobody has revealed yet."""
    if hat_of(board, actor.person) is not Hat.FACILITATOR:
        return news
    notes = [item for item in board.items.values() if item.fields.get("phase") and item.shown is None]
    return Delta([*news.puts, *(View(i.id, i.item, i.seq, i.fields) for i in notes)], news.dels)
