"""The records that led to some, and those that followed from them, in one read however long the way is."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, or_, select, union

from app.db import Tx
from app.records import store
from app.records.core.record import Record
from app.records.core.ties import MEANINGS
from app.records.tables import record, record_tie

MOST = 300  # records in each direction; the nearest are read first
BACK = [meaning.tag for meaning in MEANINGS.values() if not meaning.forwards]


async def connected(
    tx: Tx, space_id: str, starts: Collection[str], goals: Collection[str] = (), *, both: bool = True
) -> dict[str, Record]:
    """Those of the space by id, with what they rest on: `starts`, all that led to them or to the goals.

    With `both` also all that followed. Drafts are among them: `see` them.
    """
    values = {"starts": list(starts), "goals": list(goals)}
    found = await store.read(tx, _connected(both=both), values)
    return {one.id: one for one in found if one.space == space_id}


@cache
def _connected(*, both: bool) -> Select[Any]:
    """Built once: building it took longer than running it.

    Written so that a database that knows nothing of the sizes of its tables can begin nowhere but with the
    ids: asked for the space here too, it goes through all records of the space.
    """
    ids: Any = _reached(upstream=True)
    if both:
        ids = union(ids, _reached(upstream=False))
    ids = ids.subquery()
    below = select(record_tie.c.b_id).where(
        record_tie.c.a_id.in_(select(ids.c.id)),
        record_tie.c.means == "rests_on",
        record_tie.c.removed.is_(False),
    )
    return select(record).where(record.c.id.in_(union(select(ids.c.id), below)))


def _reached(*, upstream: bool) -> Select[Any]:
    """The ids that ties lead to, in the direction of the story or against it."""
    way = _first().cte("upstream" if upstream else "downstream", recursive=True)
    tie = record_tie.alias()
    forwards, back = tie.c.means.not_in(BACK), tie.c.means.in_(BACK)
    by_end, by_start = (forwards, back) if upstream else (back, forwards)
    there = tie.c.removed.is_(False)  # in each half: else SQLite makes an index of all ties for it
    here = or_(and_(tie.c.b_id == way.c.id, by_end, there), and_(tie.c.a_id == way.c.id, by_start, there))
    step = select(case((tie.c.b_id == way.c.id, tie.c.a_id), else_=tie.c.b_id))
    way = way.union(step.select_from(tie).join(way, here))
    return select(select(way.c.id).limit(MOST).subquery().c.id)


def _first() -> Select[Any]:
    starts: Any = bindparam("starts", expanding=True)
    goals: Any = bindparam("goals", expanding=True)
    serving = select(record_tie.c.a_id).where(
        record_tie.c.b_kind == "goal", record_tie.c.b_id.in_(goals), record_tie.c.removed.is_(False)
    )
    first = union(select(record.c.id).where(record.c.id.in_(starts)), serving).subquery()
    return select(first.c[0].label("id"))
