"""Once an hour destroys words that were taken out a week ago. Safe in any number of processes."""

from contextlib import suppress
from datetime import datetime
from functools import partial

from app.access import Actor, Role
from app.boards.core.stage.ops import DestroyWords
from app.boards.core.stage.taken_out import is_overdue
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.storage import store
from app.db import Database, now
from app.supervision import one_by_one, rounds

WHAT = "Words that were taken out"
FIRST, EVERY = 120.0, 3600.0  # seconds: to the first round at most, and from each round to the next


async def run(db: Database, rooms: Rooms) -> None:
    """For ever."""
    await rounds(lambda: destroy_overdue(db, rooms, now()), first=FIRST, every=EVERY, what=WHAT)


async def destroy_overdue(db: Database, rooms: Rooms, at: datetime) -> None:
    """Destroy what is due at `at`, by a deed of nobody."""
    async with db.read() as tx:
        boards = await store.with_withheld(tx)
    await one_by_one(boards, partial(_destroy_on, rooms, at), WHAT)


async def _destroy_on(rooms: Rooms, at: datetime, board_id: str) -> None:
    with suppress(store.Missing):  # deleted meanwhile, and its words with it
        board = (await rooms.open(board_id)).room.board
        due = [item.id for item in board.items.values() if is_overdue(item, at.timestamp())]
        nobody = Actor(Role.JOB)
        asked = [actions.request(nobody, DestroyWords(each)) for each in due]
        await actions.act(rooms, board_id, None, asked)
