"""Keeps the cards that stand for goals true: whatever changes in a space, its faces are looked at again.

Every change of a goal, a measure or its numbers goes through the door of its space, which rings once it is
committed (imports in other processes too). All processes hear it; the board takes a face once.
"""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from app.boards.core.live_status import LiveStatus
from app.boards.live import status_job
from app.boards.live.rooms import Rooms
from app.db import Database, Tx
from app.outcomes.cards import store as card_store
from app.outcomes.cards.status import face, first_outcome
from app.outcomes.cards.store import GoalCard
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.readings import service as readings

EVERY = 3600.0  # seconds from one look at all spaces to the next, should a wake-up have been lost
AGAIN = 2.0  # seconds until the next try, while the database does not answer
TRIES = 5
log = logging.getLogger(__name__)


async def put(db: Database, rooms: Rooms, space_id: str) -> None:
    """Give every card of the space that stands for a goal the face its goal has now."""
    for _ in range(TRIES):
        async with db.read() as tx:
            wanted = await _wanted(tx, await card_store.of_space(tx, space_id))
        await _forget(db, rooms, wanted)
        changed = [
            await status_job.set_statuses(rooms, board_id, cards) for board_id, cards in wanted.items()
        ]
        if not any(changed):
            return  # nothing changed meanwhile: another process may have put on an older one just now


async def _forget(db: Database, rooms: Rooms, wanted: dict[str, dict[str, LiveStatus]]) -> None:
    """The ties of cards that were cleared away."""
    for board_id, cards in wanted.items():
        gone = await status_job.cleared_cards(rooms, board_id, cards)
        if gone:
            async with db.write() as tx:
                await card_store.forget(tx, board_id, gone)


async def take_off(rooms: Rooms, board_id: str, card_id: str) -> None:
    """Of a card that stands for no goal any more."""
    await status_job.set_statuses(rooms, board_id, {card_id: None})


async def _wanted(tx: Tx, ties: list[GoalCard]) -> dict[str, dict[str, LiveStatus]]:
    """By board and card the face it should have."""
    by_goal = {goal: await of_goal(tx, goal) for goal in sorted({tie.goal for tie in ties})}
    wanted: dict[str, dict[str, LiveStatus]] = {}
    for tie in ties:
        wanted.setdefault(tie.board, {})[tie.card] = by_goal[tie.goal]
    return wanted


async def of_goal(tx: Tx, goal_id: str) -> LiveStatus:
    measure = first_outcome(await measure_store.of_goal(tx, goal_id))
    if measure is None:
        return face(goal_id, None, [], {})
    lines = await series_store.of_measures(tx, [measure.id])
    found = (await readings.of_measures(tx, [measure.id])).get(measure.id, {})
    return face(goal_id, measure, lines.get(measure.id, []), found)


class Faces:
    """The spaces whose faces are to be looked at, and the job that does."""

    def __init__(self, db: Database, rooms: Rooms) -> None:
        self.db, self.rooms = db, rooms
        self._due: set[str] = set()
        self._bell = asyncio.Event()

    def heard(self, topic: str, _number: int) -> None:
        """A wake-up from the relay: something of a space has changed."""
        kind, _, space_id = topic.partition(":")
        if kind == "space":
            self._due.add(space_id)
            self._bell.set()

    async def run(self) -> None:
        """For as long as the process serves. A database that is away for a while is waited for."""
        whole = True
        while True:
            try:
                await self._look(whole=whole)
                whole = await self._rest()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("The faces of cards wait for the database: %s", type(error).__name__)
                await asyncio.sleep(AGAIN)

    async def _look(self, *, whole: bool) -> None:
        if whole:
            async with self.db.read() as tx:
                self._due |= await card_store.spaces(tx)
        while self._due:
            space_id = next(iter(self._due))
            self._due.discard(space_id)  # before reading: what changes during the look is looked at again
            try:
                await put(self.db, self.rooms, space_id)
            except (SQLAlchemyError, OSError, TimeoutError):
                self._due.add(space_id)
                raise

    async def _rest(self) -> bool:
        """Until somebody rings (False), or the time for all has come (True)."""
        try:
            async with asyncio.timeout(EVERY):  # wait_for may lose a cancel that comes with the bell
                await self._bell.wait()
        except TimeoutError:
            return True
        self._bell.clear()
        return False
