"""What people do with whole boards: create, rename, duplicate, import, archive, restore."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from msgspec import structs

from app.access import NOT_FOUND, Actor, Code, Refused, State, Thing, decide
from app.boards.core.board import Board
from app.boards.core.cards import UUID
from app.boards.core.group_commit import GroupCommit, OpRequest, decide_group
from app.boards.core.ops import Op
from app.boards.core.sight import viewer_of
from app.boards.library import file_format, templates
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.storage import commit, store
from app.characters import is_storable
from app.db import Tx, new_id, now
from app.spaces.actions import Door, SpaceChange, change, seat_for
from app.spaces.log_entry import Act
from app.spaces.rules import tidy_line

BY_FILE, BY_COPY = "import", "copy"


def id_for(door: Door, form_id: Any, data: bytes) -> str:
    """The same for the same form with the same data: sent again, it makes no second one."""
    if not form_id:
        return new_id()
    return str(uuid5(NAMESPACE_OID, f"{door.space_id} {form_id} {sha256(data).hexdigest()}"))


async def create(door: Door, title: str, template: str, board_id: str | None) -> str:
    """A new board, laid out by a template; returns its id. The same `board_id` again makes no second one."""
    title = checked_title(title)
    if board_id and not UUID.fullmatch(board_id):
        raise Refused(Code.INVALID, "A new board needs a random id (a UUID).")
    if template != templates.BLANK and template not in templates.layouts():
        raise Refused(Code.INVALID, "Choose one of the ways to start.")
    new_board = board_id or new_id()
    async with change(door, "space.create_board") as space:
        if not await _stands(space, new_board):
            ops = templates.ops_of(template, new_id)
            await _store(space, new_board, title, template, _group_of(space, new_board, ops))
    return new_board


async def import_file(door: Door, data: bytes, new_board: str) -> bool:
    """A new board from a file; returns whether characters that cannot be stored were left out.

    A bad file is refused, and nothing is changed. The same `new_board` again makes no second one.
    """
    file = await asyncio.to_thread(file_format.unpack, data)
    title, at = checked_title(file.title), now()
    async with door.db.read() as tx:
        actor = (await seat_for(tx, door, "space.import_board")).actor
    # Worked out before the transaction: as long as that lasts, nobody else can change anything.
    board, ops = Board(new_board, door.space_id), file_format.ops_of(file, new_id)
    group = _marked_imported(await asyncio.to_thread(_group_by, actor, at, board, ops))
    async with change(door, "space.import_board") as space:
        if not await _stands(space, new_board):
            await _store(space, new_board, title, BY_FILE, group)
    return not is_storable(file.title) or any(deed.result.cleaned for deed in group.deeds)


async def was_imported(door: Door, new_board: str) -> bool:
    """Whether an import that was cut short is committed after all; if so, the others are woken.

    The space is locked for the look: what is just being committed is waited for.
    """
    async with change(door, "space.import_board") as space:
        return await _stands(space, new_board)


async def duplicate(door: Door, board_id: str) -> str:
    """A copy of what the person sees of a board; returns its id."""
    async with change(door, "space.create_board") as space:
        known = await _board_for(space, board_id, "board.duplicate")
        board = await store.load(space.tx, board_id)
        title = f"{known.title[:180]} (copy)"
        new_board, actor = new_id(), space.seat.actor
        await copy_seen(space.tx, board, actor, (space.space_id, new_board), title, BY_COPY)
    return new_board


async def copy_seen(
    tx: Tx,
    board: Board,
    actor: Actor,
    to: tuple[str, str],
    title: str,
    template: str,
    more: Sequence[Op] = (),
) -> None:
    """What `actor` sees of a board, with `more` besides, as the new board `to`: its space and its id."""
    packed = file_format.pack(board, viewer_of(actor, board), title, {})
    file = file_format.unpack(file_format.to_bytes(packed))
    space_id, new_board = to
    ops, at = [*file_format.ops_of(file, new_id), *more], now()
    group = await asyncio.to_thread(_group_by, actor, at, Board(new_board, space_id), ops)
    await library_store.add(tx, new_board, space_id, title, template, actor.person or "", at)
    await tx.run_sync(commit.append, _marked_imported(group))


async def rename(door: Door, board_id: str, title: str) -> None:
    """Raises invalid, too_long, not_found, not_allowed."""
    title = checked_title(title)
    async with change(door, "board.rename") as space:
        await _board_for(space, board_id, "board.rename")
        await library_store.rename(space.tx, board_id, title)


async def archive(door: Door, board_id: str) -> None:
    """Close a board to changes and take it off the list. Nothing of it is lost."""
    async with change(door, "board.archive") as space:
        await _board_for(space, board_id, "board.archive")
        await library_store.set_archived(space.tx, board_id, space.at)


async def restore(door: Door, board_id: str) -> None:
    """Open an archived board again."""
    async with change(door, "board.restore") as space:
        await _board_for(space, board_id, "board.restore")
        await library_store.set_archived(space.tx, board_id, None)


async def lock_set_up(door: Door, board_id: str, *, locked: bool) -> None:
    """Keep the sections from all but those who may set up the board, or let everyone change them."""
    async with change(door, "board.set_up") as space:
        await _board_for(space, board_id, "board.set_up")
        await library_store.set_up(space.tx, board_id, locked=locked)


async def let_members_set_up(door: Door, board_id: str, *, by_members: bool) -> None:
    """Whether members may set up the board as well as stewards."""
    async with change(door, "board.who_sets_up") as space:
        await _board_for(space, board_id, "board.who_sets_up")
        await library_store.set_up(space.tx, board_id, by_members=by_members)
        space.note(Act.SET_UP, f"board:{board_id}", after={"members": by_members})


def checked_title(title: str) -> str:
    """A title as it is stored. Raises invalid for none at all, too_long above the limit."""
    title = tidy_line(title)
    if not title:
        raise Refused(Code.INVALID, "A board needs a title.")
    if len(title) > file_format.MAX_TITLE:
        raise Refused(
            Code.TOO_LONG, f"That title is too long; it can be at most {file_format.MAX_TITLE} characters."
        )
    return title


async def _stands(space: SpaceChange, board_id: str) -> bool:
    """Whether the space has this board. Raises Refused where another has it."""
    known = await library_store.find(space.tx, board_id)
    if known is not None and known.space != space.space_id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return known is not None


async def _board_for(space: SpaceChange, board_id: str, action: str) -> BoardSummary:
    """The board, if `action` is allowed in the state that it is in. Raises Refused."""
    known = await library_store.find(space.tx, board_id)
    if known is None or known.space != space.space_id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    actor = space.seat.actor
    state = State.ARCHIVED if known.archived else State.OPEN
    thing = Thing(state, actor.person, actor.organisation, members_set_up=known.members_set_up)
    refusal = decide(actor, action, thing)
    if refusal:
        raise refusal
    return known


def _group_of(space: SpaceChange, board_id: str, ops: Iterable[Op]) -> GroupCommit:
    """The ops done on an empty board, by the same rules as people's own ops. Raises Refused."""
    return _group_by(space.seat.actor, space.at, Board(board_id, space.space_id), ops)


def _group_by(actor: Actor, at: datetime, board: Board, ops: Iterable[Op]) -> GroupCommit:
    requests = [OpRequest(actor, "", None, op, at.timestamp()) for op in ops]
    group = decide_group(board, requests, {}, {})
    if group.refused:
        result = group.refused[0][1]
        raise Refused(Code(result.code or Code.INVALID), f"Nothing was changed. {result.say}")
    return group


def _marked_imported(group: GroupCommit) -> GroupCommit:
    """The same with every item marked: the person in `by` imported it, and may not have written it."""
    items = group.after.items
    for id in group.touched:
        item = items[id]
        items = items.set(id, structs.replace(item, fields={**item.fields, "imported": True}))
    return structs.replace(group, after=structs.replace(group.after, items=items))


async def _store(space: SpaceChange, board_id: str, title: str, template: str, group: GroupCommit) -> None:
    by = space.seat.actor.person or ""
    await library_store.add(space.tx, board_id, space.space_id, title, template, by, now())
    await space.tx.run_sync(commit.append, group)
