"""How much came in from each person, onto each board and into each space, by the hour, in the database."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, func, select

from app.boards.storage.tables import board, usage
from app.compiled_statements import insert_in
from app.db import SyncTx, Tx, chunks

Counted = tuple[str, str]  # what is counted (person, board, space), and its id
HOUR, DAY = 3600, 24  # seconds; hours that count together


def add(tx: SyncTx, new: Mapping[Counted, int], at: float) -> None:
    """Count these bytes too, as of `at` (unix seconds)."""
    fresh = insert_in(tx.dialect.name, usage)
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


async def counted(tx: Tx) -> list[Counted]:
    """All that is counted."""
    query = select(usage.c.what, usage.c.id).distinct()
    return [(row.what, row.id) for row in await tx.execute(query)]


async def boards_there(tx: Tx, ids: Collection[str]) -> set[str]:
    """Which of these boards there are."""
    found: set[str] = set()
    for some in chunks(sorted(ids)):
        found |= set((await tx.execute(select(board.c.id).where(board.c.id.in_(some)))).scalars())
    return found


async def forget(tx: Tx, id: str) -> None:
    """Delete what is counted of a person, a board or a space."""
    await tx.execute(delete(usage).where(usage.c.id == id))
