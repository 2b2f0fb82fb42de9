"""The index of find for records: their words as they now are, written in the transaction that changes them.

Unlike that of boards it decides by itself what matches, since registers count and turn pages by it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    any_,
    delete,
    false,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
)

from app.boards.core.text.folding import Term, holds, query
from app.boards.storage.find_store import AskedTerm, has_words, phrase
from app.db import Tx
from app.records.core.findable import folded
from app.records.core.kinds import KINDS
from app.records.core.record import Record
from app.records.core.register import LONGEST
from app.records.tables import find_record, record

TABLES = (find_record,)
WORDS = "find_record_words"  # SQLite's full text
# on PostgreSQL a column, which it fills by itself
LEXEMES: ColumnElement[Any] = literal_column(f"{find_record.name}.{WORDS}")


async def index(tx: Tx, records: Collection[Record]) -> None:
    """Let these records be found by their present words."""
    if not records:
        return
    await tx.execute(delete(find_record).where(find_record.c.record_id.in_([one.id for one in records])))
    rows = [{"record_id": one.id, "revision": one.revision, "words": folded(one)} for one in records]
    await tx.execute(insert(find_record), rows)


async def erase_words(tx: Tx) -> None:
    """Leave nothing in the file of words that are no longer in the index; see the index of boards."""
    if tx.dialect.name == "sqlite":
        await tx.exec_driver_sql("INSERT INTO find_record_words(find_record_words) VALUES ('rebuild')")


def terms(q: str, names: Mapping[str, Sequence[str]]) -> tuple[AskedTerm, ...]:
    """What is looked for, with the kinds that have it in their word, and the people in one of their names."""

    def asked(term: Term, prefix: bool) -> AskedTerm:
        kinds = (one.tag for one in KINDS.values() if holds(one.word, term, prefix))
        people = (id for id, said in names.items() if any(holds(name, term, prefix) for name in said))
        return AskedTerm(term, prefix, frozenset(kinds), frozenset(people))

    return tuple(asked(term, prefix) for term, prefix in query(q[:LONGEST]).parts())


def matching(
    dialect: str, space_id: str, asked: Collection[AskedTerm], *, one_by_one: bool = False
) -> ColumnElement[bool]:
    """Whether a record of the space has every term: in its words, its kind, or in who keeps it true.

    Those that have are gathered first. Where that is much and its first few are wanted, each record is
    better looked at `one_by_one` until there are enough.
    """
    if one_by_one:
        here = partial(_here, dialect)
        return or_(here(asked), _by_name(asked, here))
    has = partial(_has, dialect)
    entry = record.outerjoin(find_record, find_record.c.record_id == record.c.id)
    named = select(record.c.id).select_from(entry).where(record.c.space_id == space_id, _by_name(asked, has))
    ids = select(find_record.c.record_id).where(has(asked)).union(named.correlate(None))
    if dialect == "postgresql":  # of IN it makes a join with all records; of two lists it goes through each
        return record.c.id == any_(func.array(ids.scalar_subquery()))
    return record.c.id.in_(ids)


def counted(
    dialect: str, asked: Collection[AskedTerm], others: Sequence[ColumnElement[bool]], most: int | None
) -> Select[int]:
    """How many records have every term and fulfil `others` too; at least `most` where these are more.

    Those with the words are counted from the index on, so that of all records only they are looked at.
    """
    one = select(record.c.id).where(record.c.id == find_record.c.record_id, *others)
    # of EXISTS PostgreSQL makes a join with all records, which is quicker only where there is no limit
    fitting = one.exists() if most is None else one.scalar_subquery().is_not(None)
    worded = select(find_record.c.id).where(_has(dialect, asked), fitting)
    here = partial(_here, dialect)
    named = select(record.c.id).where(*others, _by_name(asked, here), ~here(asked))
    both = (select(func.count()).select_from(each.limit(most).subquery()) for each in (worded, named))
    first, second = (each.scalar_subquery() for each in both)
    return select(first + second)


def _by_name(
    asked: Collection[AskedTerm], has: Callable[[Collection[AskedTerm]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Whether a record has every term, and at least one by its kind or by who keeps it true.

    Most terms no kind or person has in their name: `has` says where their words stand.
    """
    named = [one for one in asked if one.kinds or one.people]
    worded = [one for one in asked if one not in named]
    if not named:
        return false()
    where = [_named(named)]
    where += [has(worded)] if worded else []
    where += [or_(_named([one]), has([one])) for one in named if len(named) > 1]
    return and_(*where)


def _named(asked: Collection[AskedTerm]) -> ColumnElement[bool]:
    """Whether the kind of a record, or who keeps it true, has one of these terms in its name."""
    kinds = frozenset[str]().union(*(one.kinds for one in asked))
    people = frozenset[str]().union(*(one.people for one in asked))
    return or_(
        *([record.c.kind.in_(kinds)] if kinds else []),
        *([record.c.tender_id.in_(people)] if people else []),
    )


def _here(dialect: str, asked: Collection[AskedTerm]) -> ColumnElement[bool]:
    """Not as EXISTS, of which PostgreSQL makes a join, so that it looks at all of them after all."""
    entry = select(find_record.c.record_id).where(find_record.c.record_id == record.c.id)
    return entry.where(_has(dialect, asked)).scalar_subquery().is_not(None)


def _has(dialect: str, asked: Collection[AskedTerm]) -> ColumnElement[bool]:
    """The entries that have all of these terms in their words."""
    text = literal(" ") + find_record.c.words + literal(" ")
    together = [  # the index knows no order, so what stands next to each other is looked at
        text.contains(f" {' '.join(one.term)}" + ("" if one.prefix else " "))
        for one in asked
        if len(one.term) > 1
    ]
    return and_(has_words(dialect, find_record, WORDS, LEXEMES, phrase(dialect, asked)), *together)
