"""Keeps what cards show of their goals up to date: after each change in a space all its cards are updated.

Every change of a goal, a measure or its numbers is made through the actions of its space, which wake all
processes once it is committed (imports run in other processes). A board stores the same status only once.
"""

from app.boards.core.live_status import LiveStatus
from app.boards.live import status_job
from app.boards.live.rooms import Rooms
from app.db import Database, Tx
from app.outcomes.cards import store as card_store
from app.outcomes.cards.status import first_outcome, status
from app.outcomes.cards.store import GoalCard
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.readings import compute as readings

TRIES = 5


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
