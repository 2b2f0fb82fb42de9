"""Reads one page of a register, how many rows it has, and how many records there are of each kind."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from app.boards.storage.find_store import AskedTerm
from app.compiled_statements import built_once
from app.db import Tx, chunks
from app.records import find_store, store
from app.records.core.record import Record, Stands
from app.records.core.register import ALL, CLOSED, COUNTED, ME, NOBODY, OPEN, PAGE, Asked
from app.records.core.resting import failing
from app.records.store import WHOLE, Parts
from app.records.tables import record, record_card, record_tie

MANY = 20  # times as many as the page and those before it: then it is full after looking at a few of each


class Reader(Struct, frozen=True):
    """Who looks, on which day, for which words, and what they need to know of people.

    `organisations` are the people of each; `left` those who take part no more and so keep nothing true.
    """

    person: str
    today: date
    organisations: dict[str, list[str]]
    left: list[str]
    terms: tuple[AskedTerm, ...] = ()


async def page(
    tx: Tx,
    space_id: str,
    asked: Asked,
    reader: Reader,
    of: int,
    size: int = PAGE,
    parts: Parts = WHOLE,
    beyond: int = 0,
) -> list[Record]:
    """The rows of the page and so many `beyond` it, of so many or more than COUNTED. Still to be `see`n.

    Their ids come first: sorted with all that they hold, ten thousand take four times as long.
    """
    first = (asked.page - 1) * size
    if first >= of and of <= COUNTED:
        return []
    many = asked.sort != "title" and of > min(COUNTED, MANY * (first + size))
    where = [*_where(space_id, asked, reader), *_looked_for(tx, space_id, asked, reader, many)]
    query = select(record.c.id).where(*where).order_by(*_order(asked)).offset(first).limit(size + beyond)
    ids = list((await tx.execute(query)).scalars())
    return await store.in_order(tx, space_id, ids, parts)


async def count(tx: Tx, space_id: str, asked: Asked, reader: Reader, most: int | None = None) -> int:
    """How many rows there are on all pages; at least `most` where more have the words looked for."""
    where = _where(space_id, asked, reader)
    query = select(func.count()).select_from(record).where(*where)
    if asked.q:
        query = find_store.counted(tx.dialect.name, reader.terms, where, most)
    return (await tx.execute(query)).scalar_one() if reader.terms or not asked.q else 0


async def everything(
    tx: Tx, space_id: str, asked: Asked, reader: Reader, parts: Parts = WHOLE
) -> list[Record]:
    """The rows of all pages."""
    where = [*_where(space_id, asked, reader), *_looked_for(tx, space_id, asked, reader)]
    return await store.read(tx, select(record).where(*where).order_by(*_order(asked)), parts=parts)


async def counts(tx: Tx, space_id: str, reader: Reader) -> dict[str, int]:
    """How many open records there are of each kind, of all under "", and that NOBODY holds."""
    rows = [tuple(row) for row in await tx.execute(*_counts(space_id, reader.person, reader.left))]
    totals = {"": sum(row[1] for row in rows), NOBODY: sum(row[2] for row in rows)}
    return {**{row[0]: row[1] for row in rows}, **totals}


@built_once
def _counts(space_id: Any, person: Any, left: Any) -> Select[Any]:
    open_ = (_visible(space_id, person), record.c.stands != Stands.CLOSED)
    nobodys = and_(_held_by_nobody(left), record.c.stands == Stands.STANDING)
    query = select(record.c.kind, func.count(), func.count().filter(nobodys)).where(*open_)
    return query.group_by(record.c.kind)


async def on_refuted(tx: Tx, ids: Collection[str]) -> set[str]:
    """Those of these records that rest on one that turned out wrong."""
    found: set[str] = set()
    for some in chunks(list(ids)):
        found |= set((await tx.execute(*_on_refuted(some))).scalars())
    return found


@built_once
def _on_refuted(ids: Any) -> Select[Any]:
    tie = record_tie
    wrong = or_(*((record.c.kind == kind) & (record.c.state == state) for kind, state in failing()))
    here = (tie.c.a_id.in_(ids), tie.c.means == "rests_on", tie.c.removed.is_(False))
    query = select(tie.c.a_id).join(record, record.c.id == tie.c.b_id)
    return query.where(*here, wrong, record.c.stands != Stands.DRAFT)


async def resting(tx: Tx, ids: Collection[str]) -> dict[str, dict[str, int]]:
    """How many open records of each kind rest on each of these, drafts left out."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for some in chunks(list(ids)):
        for id, kind, count in await tx.execute(*_resting(some)):
            found[id][kind] = count
    return found


@built_once
def _resting(ids: Any) -> Select[Any]:
    tie = record_tie
    here = (tie.c.b_id.in_(ids), tie.c.means == "rests_on", tie.c.removed.is_(False))
    shown = (record.c.stands == Stands.STANDING, record.c.audience == "space")
    # not joined: where nothing is known of their sizes, PostgreSQL would begin with all records of all spaces
    kind = select(record.c.kind).where(record.c.id == tie.c.a_id, *shown).scalar_subquery()
    each = select(tie.c.b_id, kind.label("kind")).where(*here).subquery()
    query = select(each.c.b_id, each.c.kind, func.count()).where(each.c.kind.is_not(None))
    return query.group_by(each.c.b_id, each.c.kind)


async def boards_with_records(tx: Tx, space_id: str) -> set[str]:
    """The ids of boards with cards that stand for records of the space."""
    return set((await tx.execute(*_boards_with_records(space_id))).scalars())


@built_once
def _boards_with_records(space_id: Any) -> Select[Any]:
    query = select(record_card.c.board_id).join(record, record.c.id == record_card.c.record_id)
    return query.where(record.c.space_id == space_id).distinct()


async def tenders(tx: Tx, space_id: str, reader: Reader) -> set[str]:
    """The ids of people who keep a record of the space true, open or closed."""
    return set((await tx.execute(*_tenders(space_id, reader.person))).scalars())


@built_once
def _tenders(space_id: Any, person: Any) -> Select[Any]:
    here = (_visible(space_id, person), record.c.tender_id.is_not(None))
    return select(record.c.tender_id).where(*here).distinct()


def _visible(space_id: Any, person: Any) -> ColumnElement[bool]:
    """What `see` shows that person, so that counts and pages hold nothing else."""
    mine = record.c.made_by == person
    shown = or_(record.c.stands != Stands.DRAFT, mine)
    return and_(record.c.space_id == space_id, record.c.audience == "space", shown)


def _held_by_nobody(left: Any) -> ColumnElement[bool]:
    return or_(record.c.tender_id.is_(None), record.c.tender_id.in_(left))


def _looked_for(
    tx: Tx, space_id: str, asked: Asked, reader: Reader, many: bool = False
) -> list[ColumnElement[bool]]:
    """What records fulfil that have all words that are looked for."""
    if not asked.q:
        return []
    if not reader.terms:
        return [false()]
    return [find_store.matching(tx.dialect.name, space_id, reader.terms, one_by_one=many)]


def _where(space_id: str, asked: Asked, reader: Reader) -> list[ColumnElement[bool]]:
    """What records fulfil that are shown and chosen by all filters but words."""
    where = [_visible(space_id, reader.person), *_of_state(asked), *_of_tender(asked, reader)]
    if asked.kind == NOBODY:
        where += [_held_by_nobody(reader.left), record.c.stands == Stands.STANDING]
    elif asked.kind:
        where.append(record.c.kind == asked.kind)
    if asked.outcome:
        ties = select(record_tie.c.a_id).where(
            record_tie.c.b_id == asked.outcome, record_tie.c.b_kind == "goal", record_tie.c.removed.is_(False)
        )
        where.append(record.c.id.in_(ties))
    if asked.board:
        cards = select(record_card.c.record_id).where(record_card.c.board_id == asked.board)
        where.append(record.c.id.in_(cards))
    if asked.overdue:
        where += [record.c.look_again < reader.today, record.c.stands == Stands.STANDING]
    return where


def _of_state(asked: Asked) -> list[ColumnElement[bool]]:
    state = asked.state or OPEN
    if state == ALL:
        return []
    if state == CLOSED:
        return [record.c.stands == Stands.CLOSED]
    open_ = record.c.stands != Stands.CLOSED
    return [open_] if state == OPEN else [open_, record.c.state == state]


def _of_tender(asked: Asked, reader: Reader) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if asked.organisation:
        people = reader.organisations.get(asked.organisation, [])
        where.append(record.c.tender_id.in_(people) if people else false())
    if asked.tender == NOBODY:
        where += [_held_by_nobody(reader.left), record.c.stands == Stands.STANDING]
    elif asked.tender:
        where.append(record.c.tender_id == (reader.person if asked.tender == ME else asked.tender))
    return where


def _order(asked: Asked) -> list[Any]:
    """As the indexes have them. Of one day, and without one, what was changed longest ago comes first."""
    match asked.sort:
        case "changed":
            return [record.c.changed_at.desc(), record.c.id.desc()]
        case "title":
            return [func.lower(record.c.title), record.c.id]
        case _:
            return [record.c.look_again.nulls_last(), record.c.changed_at, record.c.id]
