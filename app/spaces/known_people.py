"""The people of each space by id as last read: kept as long as its epoch says that they are right."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from app.db import Tx, kept, now
from app.spaces.space import Participant

SPACES = 64
LONGEST = timedelta(minutes=1)


class KnownPeople(Struct, frozen=True):
    """Read at `epoch`; they hold `until` then, since that a guest's time is over raises no epoch."""

    epoch: int
    until: datetime
    people: Mapping[str, Participant]


def find(tx: Tx, space_id: str, epoch: int) -> Mapping[str, Participant] | None:
    """Those known at this epoch; None where they have to be read."""
    known: KnownPeople | None = (kept(tx) or {}).get(("people", space_id))
    return known.people if known and known.epoch == epoch and now() < known.until else None


def keep(
    tx: Tx, space_id: str, epoch: int, people: Iterable[Participant], ends: datetime | None
) -> Mapping[str, Participant]:
    """The people by id, kept for the next who asks; not by a transaction that writes."""
    found = {one.id: one for one in people}
    all_known = kept(tx)
    if all_known is not None:
        latest = now() + LONGEST
        all_known[("people", space_id)] = KnownPeople(epoch, min(ends or latest, latest), found)
        spaces = [key for key in list(all_known) if key[0] == "people"]
        for key in spaces[:-SPACES]:
            all_known.pop(key, None)
    return found
