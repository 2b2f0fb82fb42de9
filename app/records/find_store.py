"""The index of find for records: their words as they now are, written in the transaction that changes them.

Unlike that of boards it decides by itself what matches, since registers count and turn pages by it.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, insert, literal, or_, select

from app.boards.core.text.folding import Term, holds, query
from app.boards.storage.find_store import AskedTerm, has_words
from app.db import Tx
from app.records.core.findable import folded
from app.records.core.kinds import KINDS
from app.records.core.record import Record
from app.records.core.register import LONGEST
from app.records.tables import find_record, record

TABLES = (find_record,)
WORDS = "find_record_words"  # SQLite's full text


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


def matching(dialect: str, asked: Collection[AskedTerm]) -> ColumnElement[bool]:
    """The records that have every term: in their words, their kind, or in who keeps them true."""
    return and_(*(_has(dialect, one) for one in asked))


def _has(dialect: str, asked: AskedTerm) -> ColumnElement[bool]:
    words = has_words(dialect, find_record, WORDS, asked.term, prefix=asked.prefix)
    if len(asked.term) > 1:  # the index knows no order, so what stands next to each other is looked at
        phrase = f" {' '.join(asked.term)}" + ("" if asked.prefix else " ")
        text = literal(" ") + find_record.c.words + literal(" ")
        words = and_(words, text.contains(phrase))
    found = [record.c.id.in_(select(find_record.c.record_id).where(words))]
    found += [record.c.kind.in_(asked.kinds)] if asked.kinds else []
    found += [record.c.tender_id.in_(asked.people)] if asked.people else []
    return or_(*found)
