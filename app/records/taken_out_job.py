"""Where words of a card are taken out on its board, records that quote the card lose them too, at once.

As long as the board withholds the words, so do the histories of the records, and both can put them back;
once they are destroyed there, they are destroyed here. Safe in any number of processes.
"""

import logging
from collections.abc import Callable, Mapping, Sequence

import msgspec

from app.boards.core.board import Item
from app.boards.core.stage.taken_out import WORDS
from app.boards.live.room import MAX_SEQ
from app.boards.live.rooms import Rooms
from app.boards.storage.store import Missing
from app.db import Database, Tx
from app.records import taken_out_store as stored
from app.records.core.history import Change, Newer, replay
from app.records.core.ops import Deed
from app.records.core.taken_out import Place, quoted_cards, without
from app.records.taken_out_store import StoredDeed
from app.spaces.actions import hold
from app.supervision import DueList, one_by_one

Cards = Mapping[Place, Item | None]
log = logging.getLogger(__name__)


class TakenOutJob:
    """Collects the boards on which words were taken out or put back, and settles the records quoting them."""

    def __init__(self, db: Database, rooms: Rooms, ring: Callable[[str, int], None]) -> None:
        self.db, self.rooms, self.ring = db, rooms, ring
        self._due = DueList("Words that were taken out, in records")

    def heard(self, topic: str, _number: int) -> None:
        """Called with each wake-up of the relay."""
        kind, _, board_id = topic.partition(":")
        if kind == WORDS:
            self._due.add(board_id)

    async def run(self) -> None:
        """For ever. All boards that are quoted are looked at now and then too."""
        await self._due.run(self._all_boards, self._settle)

    async def _all_boards(self) -> set[str]:
        return await self.db.run_read(stored.quoted_boards)

    async def _settle(self, board_id: str) -> None:
        await settle(self.db, self.rooms, self.ring, board_id)


async def settle(db: Database, rooms: Rooms, ring: Callable[[str, int], None], board_id: str) -> None:
    """Let the records that quote cards of the board show what boards show of these."""
    async with db.read() as tx:
        histories = {one: await stored.deeds(tx, one[1]) for one in await stored.quoting(tx, board_id)}

    async def settle_one(one: tuple[str, str]) -> None:
        (space_id, record_id), history = one, histories[one]
        # read before the space is locked: a board may have to wait for the database
        cards = await _cards(rooms, history)
        if _settled(history, cards) != history:
            async with hold(db, ring, space_id) as writing:
                await _settle(writing, cards, space_id, record_id)

    await one_by_one(histories, settle_one, "Words that were taken out, in a record")


async def _settle(tx: Tx, cards: Cards, space_id: str, record_id: str) -> None:
    before = await stored.deeds(tx, record_id)
    after = _settled(before, cards)
    try:
        history = [Change(one.revision, msgspec.convert(one.deed, Deed)) for one in after]
        now = replay(history, record_id, space_id)[-1]
    except (msgspec.ValidationError, Newer):
        log.warning("Record %s was written by a newer version: that has to take its words out.", record_id)
        return
    for old, new in zip(before, after, strict=True):
        if old != new:
            await stored.rewrite(tx, record_id, new)
    await stored.rewrite_head(tx, now)


def _settled(deeds: Sequence[StoredDeed], cards: Cards) -> list[StoredDeed]:
    """The history as it should be, by what boards have of its cards now; a card that is gone is None."""
    whole = [one.whole for one in deeds]
    out = {place: item for place, item in cards.items() if item and "taken_out" in item.fields}
    withheld = {place: str(item.fields["text"]) for place, item in out.items() if item.withheld}
    destroyed = {place: str(item.fields["text"]) for place, item in out.items() if not item.withheld}
    # cleared away for good while its words were withheld
    known = {place: say for one in deeds for place, say in one.sentences.items()}
    destroyed |= {place: say for place, say in known.items() if place in cards and cards[place] is None}
    kept = without(whole, destroyed)
    shown = without(kept, withheld)
    return [
        StoredDeed(one.revision, new, old if withheld else None, withheld)
        for one, old, new in zip(deeds, kept, shown, strict=True)
    ]


async def _cards(rooms: Rooms, history: Sequence[StoredDeed]) -> Cards:
    """The quoted cards as their boards have them."""
    places = quoted_cards([one.whole for one in history])
    boards: dict[str, Mapping[str, Item]] = {}
    for board_id in {board for board, _ in places}:
        try:
            boards[board_id] = (await rooms.open_at(board_id, MAX_SEQ)).room.board.items
        except Missing:
            boards[board_id] = {}
    return {(board, card): boards[board].get(card) for board, card in places}
