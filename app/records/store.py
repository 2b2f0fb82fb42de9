"""Records in the database: what they are now, and all that was done to them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row as SqlRow
from sqlalchemy import Select, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx, chunks
from app.records import find_store
from app.records.core.history import Change, Newer
from app.records.core.ops import Deed
from app.records.core.record import Ending, Record, Row, Stands, Tie
from app.records.tables import record, record_change, record_row, record_tie

MOST = 2000  # records that a page reads at once
_deed = msgspec.json.Decoder(Deed)


class Parts(Struct, frozen=True):
    """What of records is read beside their heads. Those that are not whole are for showing alone."""

    rows: bool = True
    ties: bool = True


WHOLE, HEADS = Parts(), Parts(rows=False, ties=False)


async def find(tx: Tx, space_id: str, record_id: str) -> Record | None:
    """The record, drafts and closed ones too; None where it is of another space."""
    return (await find_many(tx, space_id, [record_id])).get(record_id)


async def space_of(tx: Tx, record_id: str) -> str | None:
    """The id of the record's space."""
    return (await tx.execute(select(record.c.space_id).where(record.c.id == record_id))).scalar()


async def find_many(tx: Tx, space_id: str, ids: Collection[str], parts: Parts = WHOLE) -> dict[str, Record]:
    """Those of these records that are of the space, by id; see `read`."""
    found: dict[str, Record] = {}
    for some in chunks(sorted(ids)):
        found |= {one.id: one for one in await read(tx, *_of_ids(space_id, some), parts=parts)}
    return found


@built_once
def _of_ids(space_id: Any, ids: Any) -> Select[Any]:
    return select(record).where(record.c.space_id == space_id, record.c.id.in_(ids))


async def in_order(tx: Tx, space_id: str, ids: Sequence[str], parts: Parts = WHOLE) -> list[Record]:
    """Those of these records that are of the space, in the order of the ids; see `read`."""
    found = await find_many(tx, space_id, ids, parts)
    return [found[id] for id in ids if id in found]


async def of_space(
    tx: Tx, space_id: str, kind: str = "", state: str = "", stands: Collection[Stands] = ()
) -> list[Record]:
    """The records of a space, the latest changed first, drafts of everybody among them: `see` them."""
    query = select(record).where(record.c.space_id == space_id)
    for column, value in ((record.c.kind, kind), (record.c.state, state)):
        if value:
            query = query.where(column == value)
    if stands:
        query = query.where(record.c.stands.in_(stands))
    return await read(tx, query.order_by(record.c.changed_at.desc(), record.c.id).limit(MOST))


async def pairs(tx: Tx, space_id: str) -> list[tuple[str, str, str]]:
    """All ties between records of the space: from, to, and what it means."""
    query = select(record_tie.c.a_id, record_tie.c.b_id, record_tie.c.means).where(
        record_tie.c.space_id == space_id, record_tie.c.b_kind == "record", record_tie.c.removed.is_(False)
    )
    return [(row.a_id, row.b_id, row.means) for row in await tx.execute(query)]


async def history(tx: Tx, record_id: str) -> list[Change]:
    """All that was done to a record, the first thing first. Raises Newer."""
    rows = await tx.execute(*_history(record_id))
    try:
        return [Change(row.revision, _deed.decode(row.op)) for row in rows]
    except msgspec.ValidationError as unknown:
        raise Newer from unknown


@built_once
def _history(record_id: Any) -> Select[Any]:
    query = select(record_change.c.revision, record_change.c.op).where(record_change.c.record_id == record_id)
    return query.order_by(record_change.c.revision)


async def add(tx: Tx, made: Record, deed: Deed) -> None:
    """Insert a record that was made by `deed`."""
    await tx.execute(insert(record).values(id=made.id, space_id=made.space, **head_values(made)))
    await _log(tx, made, deed)
    await _parts(tx, None, made)
    await find_store.index(tx, [made])


async def change(tx: Tx, before: Record, after: Record, deed: Deed) -> bool:
    """Store what `deed` made of a record; False, and nothing is stored, where it was changed meanwhile."""
    here = (record.c.id == before.id, record.c.revision == before.revision)
    done = await tx.execute(update(record).where(*here).values(**head_values(after)))
    if done.rowcount != 1:
        return False
    await _log(tx, after, deed)
    await _parts(tx, before, after)
    await find_store.index(tx, [after])
    return True


async def _log(tx: Tx, now: Record, deed: Deed) -> None:
    values = {"by": deed.actor.person or "", "for_organisation": deed.actor.organisation, "at": deed.at}
    op = msgspec.json.encode(deed).decode()
    await tx.execute(insert(record_change).values(record_id=now.id, revision=now.revision, op=op, **values))


async def _parts(tx: Tx, before: Record | None, after: Record) -> None:
    """Store the rows and ties that the change made or touched."""
    known = {row.id: row for row in before.rows} if before else {}
    for position, row in enumerate(after.rows):
        if row.id not in known:
            values = {"id": row.id, "record_id": after.id, "position": position, **row_values(row)}
            await tx.execute(insert(record_row).values(**values))
        elif known[row.id] != row:
            await tx.execute(update(record_row).where(record_row.c.id == row.id).values(**row_values(row)))
    ties = {tie.id: tie for tie in before.ties} if before else {}
    for tie in after.ties:
        if tie.id not in ties:
            ends = {"a_kind": "record", "a_id": after.id, "b_kind": tie.kind, "b_id": tie.other}
            rest = {"means": tie.means, "by": tie.by, "at": tie.at, "removed": tie.removed}
            await tx.execute(insert(record_tie).values(id=tie.id, space_id=after.space, **ends, **rest))
        elif ties[tie.id] != tie:
            await tx.execute(update(record_tie).where(record_tie.c.id == tie.id).values(removed=tie.removed))


async def read(
    tx: Tx, query: Select[Any], values: Mapping[str, Any] | None = None, parts: Parts = WHOLE
) -> list[Record]:
    """The records of a query of `record`, with their rows and ties: three statements for any number."""
    found = list(await tx.execute(query, values))
    ids = [row.id for row in found]
    rows = await _rows(tx, ids) if parts.rows else {}
    ties = await _ties(tx, ids) if parts.ties else {}
    return [_as_record(one, tuple(rows.get(one.id, ())), tuple(ties.get(one.id, ()))) for one in found]


@built_once
def _rows_of(ids: Any) -> Select[Any]:
    query = select(record_row).where(record_row.c.record_id.in_(ids))
    return query.order_by(record_row.c.record_id, record_row.c.position)


@built_once
def _ties_of(ids: Any) -> Select[Any]:
    return select(record_tie).where(record_tie.c.a_id.in_(ids)).order_by(record_tie.c.at, record_tie.c.id)


async def _rows(tx: Tx, ids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for some in chunks(ids):
        for row in await tx.execute(*_rows_of(some)):
            found[row.record_id].append(_as_row(row))
    return found


async def _ties(tx: Tx, ids: Sequence[str]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for some in chunks(ids):
        for row in await tx.execute(*_ties_of(some)):
            found[row.a_id].append(Tie(row.id, row.b_kind, row.b_id, row.means, row.by, row.at, row.removed))
    return found


def head_values(now: Record) -> dict[str, Any]:
    return {
        "kind": now.kind,
        "version": now.version,
        "title": now.title,
        "fields": msgspec.json.encode(now.fields).decode(),
        "stands": now.stands,
        "state": now.state,
        "tender_id": now.tender,
        "offered_id": now.offered,
        "look_again": now.look_again,
        "audience": now.audience,
        "revision": now.revision,
        "made_at": now.made_at,
        "made_by": now.made_by,
        "changed_at": now.changed_at,
        "changed_by": now.changed_by,
        "ending": now.ending,
        "reason": now.reason,
        "replaced_by": now.replaced_by,
    }


def row_values(row: Row) -> dict[str, Any]:
    return {
        "list": row.list,
        "fields": msgspec.json.encode(row.fields).decode(),
        "by": row.by,
        "organisation_id": row.organisation,
        "at": row.at,
        "board_id": row.board,
        "card_id": row.card,
        "taken_by": row.taken,
        "removed": row.removed,
    }


def _as_record(row: SqlRow[Any], rows: tuple[Row, ...], ties: tuple[Tie, ...]) -> Record:
    return Record(
        id=row.id,
        space=row.space_id,
        kind=row.kind,
        version=row.version,
        title=row.title,
        fields=msgspec.json.decode(row.fields),
        stands=Stands(row.stands),
        state=row.state,
        made_by=row.made_by,
        made_at=row.made_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        revision=row.revision,
        tender=row.tender_id,
        offered=row.offered_id,
        look_again=row.look_again,
        audience=row.audience,
        ending=Ending(row.ending) if row.ending else None,
        reason=row.reason,
        replaced_by=row.replaced_by,
        rows=rows,
        ties=ties,
    )


def _as_row(row: SqlRow[Any]) -> Row:
    said, signed = msgspec.json.decode(row.fields), (row.by, row.organisation_id, row.at)
    return Row(row.id, row.list, said, *signed, row.board_id, row.card_id, row.taken_by, row.removed)
