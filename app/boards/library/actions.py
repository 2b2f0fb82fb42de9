"""The door for whole boards: make, name, copy, bring in from a file, put away, take out again."""

import asyncio
from collections.abc import Iterable

from msgspec import structs

from app.access import NOT_FOUND, Actor, Code, Refused, State, Thing, decide
from app.boards.core.batch import Batch, OpRequest, settle
from app.boards.core.board import Board
from app.boards.core.cards import UUID
from app.boards.core.ops import Op
from app.boards.core.sight import viewer_of
from app.boards.library import file_format, templates
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.storage import commit, store
from app.db import new_id, now
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.rules import tidy_line

BY_FILE, BY_COPY = "import", "copy"


async def create(door: Door, title: str, template: str, board_id: str | None) -> str:
    """A new board, laid out by a template; gives its id. The same `board_id` again makes no second one."""
    title = named(title)
    if board_id and not UUID.fullmatch(board_id):
        raise Refused(Code.INVALID, "A new board needs a random id (a UUID).")
    if template != templates.BLANK and template not in templates.layouts():
        raise Refused(Code.INVALID, "Choose one of the ways to start.")
    made = board_id or new_id()
    async with change(door, "space.create_board") as under_way:
        known = await library_store.find(under_way.tx, made)
        if known is None:
            ops = templates.ops_of(template, new_id)
            await _make(under_way, made, title, template, _filled(under_way, made, ops))
        elif known.space != under_way.space_id:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return made


async def bring_in(door: Door, data: bytes) -> str:
    """A new board from a file; gives its id. A bad file is refused, and nothing is changed."""
    file = await asyncio.to_thread(file_format.unpack, data)
    async with change(door, "space.import_board") as under_way:
        made = new_id()
        batch = await asyncio.to_thread(_filled, under_way, made, file_format.ops_of(file, new_id))
        await _make(under_way, made, named(file.title), BY_FILE, _as_brought(batch))
    return made


async def duplicate(door: Door, board_id: str) -> str:
    """A copy of what the person sees of a board; gives its id."""
    async with change(door, "space.create_board") as under_way:
        known = await _decided(under_way, board_id, "board.duplicate")
        board = await store.load(under_way.tx, board_id)
        title = f"{known.title[:180]} (copy)"
        packed = file_format.pack(board, viewer_of(under_way.seat.actor), title, {})
        file = file_format.unpack(file_format.written(packed))
        made = new_id()
        batch = await asyncio.to_thread(_filled, under_way, made, file_format.ops_of(file, new_id))
        await _make(under_way, made, title, BY_COPY, _as_brought(batch))
    return made


async def rename(door: Door, board_id: str, title: str) -> None:
    title = named(title)
    async with change(door, "board.rename") as under_way:
        await _decided(under_way, board_id, "board.rename")
        await library_store.rename(under_way.tx, board_id, title)


async def archive(door: Door, board_id: str) -> None:
    """Close a board to changes and take it off the list. Nothing of it is lost."""
    async with change(door, "board.archive") as under_way:
        await _decided(under_way, board_id, "board.archive")
        await library_store.set_archived(under_way.tx, board_id, under_way.at)


async def restore(door: Door, board_id: str) -> None:
    async with change(door, "board.restore") as under_way:
        await _decided(under_way, board_id, "board.restore")
        await library_store.set_archived(under_way.tx, board_id, None)


def named(title: str) -> str:
    """A title as it is stored. Raises invalid for none at all, too_long above the limit."""
    title = tidy_line(title)
    if not title:
        raise Refused(Code.INVALID, "A board needs a title.")
    if len(title) > file_format.TITLE:
        raise Refused(Code.TOO_LONG, f"That title is too long; at most {file_format.TITLE} characters fit.")
    return title


async def _decided(under_way: SpaceChange, board_id: str, action: str) -> BoardSummary:
    """The board, once `action` is decided by its own state too."""
    known = await library_store.find(under_way.tx, board_id)
    if known is None or known.space != under_way.space_id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    actor = under_way.seat.actor
    state = State.ARCHIVED if known.archived else State.OPEN
    refusal = decide(actor, action, Thing(state, actor.person, actor.organisation))
    if refusal:
        raise refusal
    return known


def _filled(under_way: SpaceChange, board_id: str, ops: Iterable[Op]) -> Batch:
    """The ops done on an empty board by the very rules that people's own deeds meet. Raises Refused."""
    actor: Actor = under_way.seat.actor
    at = under_way.at.timestamp()
    asked = [OpRequest(actor, "", None, op, at) for op in ops]
    batch = settle(Board(board_id, under_way.space_id), asked, {}, {})
    if batch.refused:
        outcome = batch.refused[0][1]
        raise Refused(Code(outcome.code or Code.INVALID), f"Nothing was changed. {outcome.say}")
    return batch


def _as_brought(batch: Batch) -> Batch:
    """The same, every item saying that its `by` brought it here and need not have written it."""
    items = batch.after.items
    for id in batch.touched:
        item = items[id]
        items = items.set(id, structs.replace(item, fields={**item.fields, "imported": True}))
    return structs.replace(batch, after=structs.replace(batch.after, items=items))


async def _make(under_way: SpaceChange, board_id: str, title: str, template: str, batch: Batch) -> None:
    by = under_way.seat.actor.person or ""
    await library_store.add(under_way.tx, board_id, under_way.space_id, title, template, by, now())
    await under_way.tx.run_sync(commit.append, batch)
