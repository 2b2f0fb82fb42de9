"""How much came in from each person, onto each board and into each space, by the hour, in the database."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.boards.storage.tables import usage
from app.db import SyncTx, Tx, chunks

Counted = tuple[str, str]  # what is counted (person, board, space), and its id
HOUR, DAY = 3600, 24  # seconds; hours that count together


def add(tx: SyncTx, new: Mapping[Counted, int], at: float) -> None:
    """Count these bytes too, as of `at` (unix seconds)."""
    fresh = (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(usage)
    more = fresh.on_conflict_do_update(
        index_elements=list(usage.primary_key.columns),
        set_={"bytes": usage.c.bytes + fresh.excluded.bytes},
    )
    # In the same order everywhere, or two processes could wait for each other.
    for (what, id), count in sorted(new.items()):
        tx.execute(more, {"what": what, "id": id, "hour": int(at // HOUR), "bytes": count})


def of_day(tx: SyncTx, wanted: Iterable[Counted], at: float) -> dict[Counted, int]:
    """The bytes of each that came in during the day before `at`."""
    found: dict[Counted, int] = {}
    for some in chunks(sorted({id for _, id in wanted})):
        query = select(usage.c.what, usage.c.id, func.sum(usage.c.bytes).label("bytes"))
        query = query.where(usage.c.id.in_(some), usage.c.hour > at // HOUR - DAY)
        rows = tx.execute(query.group_by(usage.c.what, usage.c.id))
        found.update({(row.what, row.id): int(row.bytes) for row in rows})
    return found


def forget_old(tx: SyncTx, at: float) -> None:
    """Delete what counts no more."""
    tx.execute(delete(usage).where(usage.c.hour <= at // HOUR - DAY))


async def forget(tx: Tx, person_id: str) -> None:
    """Delete what is counted of a person."""
    await tx.execute(delete(usage).where(usage.c.id == person_id))
