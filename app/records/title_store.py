"""The titles of records that one can choose from: those changed last, or those that have some words."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, CompoundSelect, Select, false, literal, select, union_all

from app.compiled_statements import built_once
from app.db import Tx
from app.records import find_store
from app.records.core.record import Record, Stands
from app.records.tables import record

MOST = 40  # of ten thousand nobody chooses by reading them all


class RecordTitle(Struct, frozen=True):
    """As much of a record as one needs to choose it."""

    id: str
    kind: str
    title: str


async def titles(tx: Tx, space_id: str, look: str = "") -> list[RecordTitle]:
    """What one can choose from: those that stand, so everyone sees them, the latest changed first.

    With `look` those that have its words.
    """
    rows = await tx.execute(_titles(space_id, MOST, *([_looked_for(tx, space_id, look)] if look else [])))
    return [RecordTitle(row.id, row.kind, row.title) for row in rows]


async def others(tx: Tx, one: Record, look: str) -> tuple[list[RecordTitle], list[RecordTitle]]:
    """The same without this record; and those of its kind among all there are. One statement for both."""
    found: tuple[list[RecordTitle], list[RecordTitle]] = ([], [])
    here = (one.space, one.id, one.kind, MOST)
    rows = await (
        tx.execute(_two_of(*here, _looked_for(tx, one.space, look)))
        if look
        else tx.execute(*_latest_two(*here))
    )
    for row in rows:
        found[row.of].append(RecordTitle(row.id, row.kind, row.title))
    return found


@built_once
def _latest_two(space_id: Any, id: Any, kind: Any, most: Any) -> Any:
    return _two_of(space_id, id, kind, most)


def _two_of(space_id: Any, id: Any, kind: Any, most: Any, *more: ColumnElement[bool]) -> CompoundSelect[Any]:
    all_kinds = _titles(space_id, most, record.c.id != id, *more).subquery()
    same_kind = _titles(space_id, most, record.c.id != id, record.c.kind == kind, *more).subquery()
    return union_all(select(literal(0).label("of"), all_kinds), select(literal(1), same_kind))


def _looked_for(tx: Tx, space_id: str, look: str) -> ColumnElement[bool]:
    terms = find_store.terms(look, {})
    return find_store.matching(tx.dialect.name, space_id, terms) if terms else false()


def _titles(space_id: Any, most: Any, *more: ColumnElement[bool]) -> Select[Any]:
    where = [record.c.space_id == space_id, record.c.stands == Stands.STANDING, *more]
    where.append(record.c.audience == "space")
    query = select(record.c.id, record.c.kind, record.c.title).where(*where)
    return query.order_by(record.c.changed_at.desc(), record.c.id.desc()).limit(most)
