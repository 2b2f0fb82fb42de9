"""What a rehearsal needs: a copy of the board and a join code. Both are removed afterwards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.library import store as library_store
from app.boards.library.store import REHEARSAL
from app.boards.storage import store
from app.db import Database, Tx, new_id, now
from app.people import actions as people
from app.spaces import seats
from app.spaces.joining import join
from app.spaces.members import actions as members

CODE_LASTS = timedelta(hours=1)
LEFT_BEHIND = timedelta(hours=6)  # a copy this old is of a rehearsal that was killed


class NoStage(RuntimeError):
    """There is nothing to rehearse on. Its text is shown as it is."""


class Stage(Struct, frozen=True):
    """The copy of the board, the join code, and what simulated people need to know."""

    space: str
    board: str
    title: str
    code: str
    code_id: str
    organisations: list[str]
    sections: list[tuple[str, float, float]]  # id, width, height
    cards: int

    @property
    def mark(self) -> str:
        return guest_mark(self.board)


def guest_mark(board_id: str) -> str:
    """What every simulated guest writes as `brings`, so that they can be found and removed."""
    return f"Here only for a rehearsal on {board_id}"


@asynccontextmanager
async def staged(db: Database, board_id: str, people_count: int) -> AsyncIterator[Stage]:
    """Make the copy and the code, and remove them in any case. Raises NoStage."""
    async with db.write() as tx:
        stage = await _set(tx, board_id, people_count)
    try:
        yield stage
    finally:
        async with db.write() as tx:
            await join.forget_code(tx, stage.code_id)
            await _clear(tx, stage.space, stage.board)


async def withdraw_code(db: Database, stage: Stage) -> None:
    """After everybody has joined: nobody else can join by this code."""
    async with db.write() as tx:
        await join.forget_code(tx, stage.code_id)


async def stored_seqs(db: Database, stage: Stage) -> dict[str, int]:
    """The items of the copy in the database: by id the seq of the op that last changed each."""
    async with db.read() as tx:
        board = await store.load(tx, stage.board)
    return {id: item.seq for id, item in board.items.items()}


async def _set(tx: Tx, board_id: str, people_count: int) -> Stage:
    known = await library_store.find(tx, board_id)
    if known is None:
        raise NoStage("There is no board with this id here. Its id is the last part of its address.")
    for old in await library_store.rehearsals(tx, known.space, now() - LEFT_BEHIND):
        await _clear(tx, known.space, old)
    made, title = new_id(), f"{known.title[:185]} (rehearsal)"
    await library_store.copy(tx, board_id, made, title, REHEARSAL, now())
    by = next((one.id for one in await seats.people_of(tx, known.space) if not one.former), "")
    key = await join.add_code(tx, known.space, by, now() + CODE_LASTS, max_uses=people_count)
    opened = await join.find_by_code(tx, key.code)
    if opened is None:
        raise NoStage("This space is archived. Restore it, then rehearse.")
    board = await store.load(tx, made)
    return Stage(
        known.space,
        made,
        title,
        key.code,
        key.id,
        [one.name for one in opened.organisations],
        _sections(board),
        sum(item.item == "card" for item in board.items.values()),
    )


async def _clear(tx: Tx, space_id: str, board_id: str) -> None:
    guests = await members.forget_guests(tx, space_id, guest_mark(board_id))
    await people.forget_guests(tx, guests)
    await library_store.remove_rehearsal(tx, board_id)


def _sections(board: Board) -> list[tuple[str, float, float]]:
    found = [item for item in board.items.values() if item.item == "section" and item.removed is None]
    return [(item.id, item.fields["w"], item.fields["h"]) for item in found]
