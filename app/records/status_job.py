"""Keeps what cards show of their records up to date, in all processes: after each change in a space."""

from app.boards.core.live_status import LiveStatus
from app.boards.live import status_job
from app.boards.live.rooms import Rooms
from app.db import Database, Tx
from app.records import card_store, store
from app.records.core.resting import refuted_below
from app.records.core.status import status

TRIES = 5


async def refresh_space(db: Database, rooms: Rooms, space_id: str) -> None:
    """Update every card of the space that stands for a record; cards cleared for good stand for none."""
    for _ in range(TRIES):
        async with db.read() as tx:
            wanted = await _wanted(tx, space_id)
        for board_id, cards in wanted.items():
            gone = await status_job.cleared_cards(rooms, board_id, cards)
            if gone:
                async with db.write() as writing:
                    await card_store.forget(writing, board_id, gone)
        changed = [await status_job.set_statuses(rooms, board, cards) for board, cards in wanted.items()]
        if not any(changed):
            return  # nothing changed: otherwise another process may have written an older status just now


async def clear_card(rooms: Rooms, board_id: str, card_id: str) -> None:
    """Remove the status from a card that stands for no record any more."""
    await status_job.set_statuses(rooms, board_id, {card_id: None})


async def _wanted(tx: Tx, space_id: str) -> dict[str, dict[str, LiveStatus | None]]:
    """What each card should show, by board and card."""
    links = await card_store.of_space(tx, space_id)
    records = await store.find_many(tx, space_id, {link.record for link in links})
    below = {tie.other for one in records.values() for tie in one.tied("rests_on")}
    others = await store.find_many(tx, space_id, below)
    wanted: dict[str, dict[str, LiveStatus | None]] = {}
    for link in links:
        record = records[link.record]
        shown = status(record, refuted=bool(refuted_below(record, others)))
        wanted.setdefault(link.board, {})[link.card] = shown
    return wanted
