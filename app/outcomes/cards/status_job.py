"""Keeps what cards show of their goals up to date: after each change in a space all its cards are updated.

Every change of a goal, a measure or its numbers is made through the actions of its space, which wake all
processes once it is committed (imports run in other processes). A board stores the same status only once.
"""

import asyncio
import logging

from app.boards.core.live_status import LiveStatus
from app.boards.live import status_job
from app.boards.live.rooms import Rooms
from app.db import Database, DatabaseFault, Tx
from app.outcomes.cards import store as card_store
from app.outcomes.cards.status import first_outcome, status
from app.outcomes.cards.store import GoalCard
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.readings import compute as readings

EVERY = 3600.0  # seconds between two updates of all spaces, in case a wake-up was lost
AGAIN = 2.0  # seconds until the next try, while the database does not answer
TRIES = 5
log = logging.getLogger(__name__)


async def refresh_space(db: Database, rooms: Rooms, space_id: str) -> None:
    """Update every card of the space that stands for a goal."""
    for _ in range(TRIES):
        async with db.read() as tx:
            wanted = await _wanted(tx, await card_store.of_space(tx, space_id))
        await _delete_links(db, rooms, wanted)
        changed = [
            await status_job.set_statuses(rooms, board_id, cards) for board_id, cards in wanted.items()
        ]
        if not any(changed):
            return  # nothing changed: otherwise another process may have written an older status just now


async def _delete_links(db: Database, rooms: Rooms, wanted: dict[str, dict[str, LiveStatus]]) -> None:
    """Delete the links of cards that were deleted for good."""
    for board_id, cards in wanted.items():
        gone = await status_job.cleared_cards(rooms, board_id, cards)
        if gone:
            async with db.write() as tx:
                await card_store.forget(tx, board_id, gone)


async def clear_card(rooms: Rooms, board_id: str, card_id: str) -> None:
    """Remove the status from a card that stands for no goal any more."""
    await status_job.set_statuses(rooms, board_id, {card_id: None})


async def _wanted(tx: Tx, links: list[GoalCard]) -> dict[str, dict[str, LiveStatus]]:
    """What each card should show, by board and card."""
    by_goal = {goal: await status_of_goal(tx, goal) for goal in sorted({link.goal for link in links})}
    wanted: dict[str, dict[str, LiveStatus]] = {}
    for link in links:
        wanted.setdefault(link.board, {})[link.card] = by_goal[link.goal]
    return wanted


async def status_of_goal(tx: Tx, goal_id: str) -> LiveStatus:
    """What cards of the goal should show now."""
    measure = first_outcome(await measure_store.of_goal(tx, goal_id))
    if measure is None:
        return status(goal_id, None, [], {})
    series = await series_store.of_measures(tx, [measure.id])
    by_series = (await readings.of_measures(tx, [measure.id])).get(measure.id, {})
    return status(goal_id, measure, series.get(measure.id, []), by_series)


class StatusUpdater:
    """Collects the spaces in which something changed, and updates their cards."""

    def __init__(self, db: Database, rooms: Rooms) -> None:
        self.db, self.rooms = db, rooms
        self._due: set[str] = set()
        self._bell = asyncio.Event()

    def heard(self, topic: str, _number: int) -> None:
        """Called with each wake-up of the relay; those of spaces say that something in them changed.

        A process of the version before rings for everything as for rights.
        """
        kind, _, space_id = topic.partition(":")
        if kind in ("space", "content"):
            self._due.add(space_id)
            self._bell.set()

    async def run(self) -> None:
        """Runs as long as the process serves. Waits while the database does not answer."""
        all_spaces = True
        while True:
            try:
                await self._update(all_spaces=all_spaces)
                all_spaces = await self._wait()
            except (DatabaseFault, OSError, TimeoutError) as error:
                log.warning("The faces of cards wait for the database: %s", type(error).__name__)
                await asyncio.sleep(AGAIN)

    async def _update(self, *, all_spaces: bool) -> None:
        if all_spaces:
            async with self.db.read() as tx:
                self._due |= await card_store.spaces(tx)
        while self._due:
            space_id = next(iter(self._due))
            self._due.discard(space_id)  # before reading, so that a change during the update is not missed
            try:
                await refresh_space(self.db, self.rooms, space_id)
            except (DatabaseFault, OSError, TimeoutError):
                self._due.add(space_id)
                raise

    async def _wait(self) -> bool:
        """Until a wake-up comes (False), or it is time to update all spaces (True)."""
        try:
            async with asyncio.timeout(EVERY):  # wait_for may lose a cancel that comes with the bell
                await self._bell.wait()
        except TimeoutError:
            return True
        self._bell.clear()
        return False
