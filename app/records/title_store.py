"""The titles of records that one can choose from: those changed last, or those that have some words."""

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, false, literal, select, union_all

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
    rows = await tx.execute(_titles(tx, space_id, look))
    return [RecordTitle(row.id, row.kind, row.title) for row in rows]


async def others(tx: Tx, one: Record, look: str) -> tuple[list[RecordTitle], list[RecordTitle]]:
    """The same without this record; and those of its kind among all there are. One statement for both."""
    all_kinds = _titles(tx, one.space, look, record.c.id != one.id).subquery()
    same_kind = _titles(tx, one.space, look, record.c.id != one.id, record.c.kind == one.kind).subquery()
    query = union_all(select(literal(0).label("of"), all_kinds), select(literal(1), same_kind))
    found: tuple[list[RecordTitle], list[RecordTitle]] = ([], [])
    for row in await tx.execute(query):
        found[row.of].append(RecordTitle(row.id, row.kind, row.title))
    return found


def _titles(tx: Tx, space_id: str, look: str, *more: ColumnElement[bool]) -> Select[Any]:
    where = [record.c.space_id == space_id, record.c.stands == Stands.STANDING, *more]
    where.append(record.c.audience == "space")
    if look:
        terms = find_store.terms(look, {})
        where.append(find_store.matching(tx.dialect.name, terms) if terms else false())
    query = select(record.c.id, record.c.kind, record.c.title).where(*where)
    return query.order_by(record.c.changed_at.desc(), record.c.id.desc()).limit(MOST)
