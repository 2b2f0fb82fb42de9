"""The people of each space by id, kept as long as its epoch says that they are who they were."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from time import monotonic
from weakref import WeakValueDictionary

from msgspec import Struct

from app.db import Database
from app.spaces import seats
from app.spaces.space import Participant

SPACES = 64
KEPT = 30.0  # seconds: that a guest's time is over raises no epoch


class _Known(Struct, frozen=True):
    epoch: int
    until: float
    people: Mapping[str, Participant]


class KnownPeople:
    """A page of a space names a few of hundreds: they are read again only when the space has changed."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._reading: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, space_id: str) -> Mapping[str, Participant]:
        """All who take part or did, as `seats.people_of` gives them and in that order."""
        epoch = await self.db.run_read(lambda tx: seats.epoch_of(tx, space_id))
        lock = self._reading.setdefault(space_id, asyncio.Lock())
        async with lock:  # of a room full of phones one reads for all
            known = self._known.get(space_id)
            if known is None or known.epoch < epoch or known.until < monotonic():
                known = await self._read(space_id)
        return known.people

    async def _read(self, space_id: str) -> _Known:
        async with self.db.read() as tx:
            epoch = await seats.epoch_of(tx, space_id)  # first: never newer than the people
            people = {one.id: one for one in await seats.people_of(tx, space_id)}
        known = self._known[space_id] = _Known(epoch, monotonic() + KEPT, people)
        self._known.move_to_end(space_id)
        while len(self._known) > SPACES:
            self._known.popitem(last=False)
        return known
