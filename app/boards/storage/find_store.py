"""The index of find: the words of cards and sections, made of the items and never shown.

A board is brought up to date when somebody looks for something (`catch_up`), so that changing a board costs
nothing more, and nobody is told of what stood there before. What is removed or cleared away leaves at once.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, cast

from msgspec import Struct
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite

from app.boards.core.board import Item
from app.boards.core.changeset import NewerItem
from app.boards.core.group_commit import GroupCommit
from app.boards.core.text.folding import Term, words
from app.boards.storage.find_tables import find_board, find_entry
from app.boards.storage.store import read_items
from app.boards.storage.tables import board, item
from app.compiled_statements import built_once, insert_many
from app.db import Tx, chunks

TABLES = (find_board, find_entry)
ENTRIES = find_entry.name
PORTION = 200  # items that are indexed in one transaction, so that no writer waits long
FOUND_BY = {"card": "text", "section": "title"}  # what is in the index, and the field that it is found by


class AskedTerm(Struct, frozen=True):
    """A term, and which kinds and people have its words in their names: they are not in the index."""

    term: Term
    prefix: bool
    kinds: frozenset[str]
    people: frozenset[str]


class Candidate(Struct, frozen=True):
    """An item that may hold what is asked for. Whether it does, and may be shown, is decided by the item."""

    board: str
    id: str


async def search(tx: Tx, boards: Collection[str], asked: Sequence[AskedTerm], person: str) -> list[Candidate]:
    """The cards in these boards that may match, those added last first; of drafts only the person's own."""
    dialect = tx.dialect.name
    values: dict[str, Any] = {"boards": list(boards), "person": person}
    for at, one in enumerate(asked):
        values |= {f"kinds{at}": sorted(one.kinds), f"people{at}": sorted(one.people)}
        values[f"words{at}"] = phrase(dialect, [one])
    rows = await tx.execute(_search(dialect, len(asked)), values)
    return [Candidate(row.board_id, row.item_id) for row in rows]


@cache
def _search(dialect: str, terms: int) -> Select[Any]:
    """Built once for so many terms."""
    query = select(find_entry.c.board_id, find_entry.c.item_id).where(
        find_entry.c.board_id.in_(bindparam("boards", expanding=True)),
        find_entry.c.item == "card",
        or_(find_entry.c.draft.is_(False), find_entry.c.owner == bindparam("person")),
        *(_may_match(dialect, at) for at in range(terms)),
    )
    return query.order_by(find_entry.c.id.desc())


async def lagging(tx: Tx, space_id: str | None = None) -> list[str]:
    """The boards (of a space) whose last deeds are not in the index yet."""
    rows = await (tx.execute(_lagging()) if space_id is None else tx.execute(*_lagging_in(space_id)))
    return list(rows.scalars())


@built_once
def _lagging_in(space_id: Any) -> Select[Any]:
    return _lagging().where(board.c.space_id == space_id)


def _lagging() -> Select[Any]:
    query = select(board.c.id).outerjoin(find_board, find_board.c.board_id == board.c.id)
    query = query.where(or_(find_board.c.seq.is_(None), find_board.c.seq != board.c.seq))
    return query.order_by(board.c.changed_at.desc(), board.c.id)


def catch_up(tx: Connection, board_id: str) -> bool:
    """Index the next portion of what changed on a board; whether that was all.

    The row of the board is locked, so that neither a deed nor a clearing comes between reading and writing.
    """
    seq = tx.execute(select(board.c.seq).where(board.c.id == board_id).with_for_update()).scalar()
    if seq is None:
        return True
    done = tx.execute(select(find_board.c.seq).where(find_board.c.board_id == board_id)).scalar()
    first = -1 if done is None else done
    upto = min(_end_of_portion(tx, board_id, first), seq)
    query = select(item.c.id, item.c.state).where(item.c.board_id == board_id, item.c.seq > first)
    changed = tx.execute(query.where(item.c.seq <= upto)).all()
    remove(tx, board_id, [row.id for row in changed])
    rows = [row for one in read_items(board_id, changed) if (row := _row(board_id, one))]
    if rows:
        insert_many(tx, insert(find_entry), rows)
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    put = dialect.insert(find_board).values(board_id=board_id, seq=upto)
    tx.execute(put.on_conflict_do_update(index_elements=["board_id"], set_={"seq": upto}))
    return bool(upto == seq)


def gone_from(group: GroupCommit) -> tuple[list[str], bool]:
    """The items that a group of deeds takes out of the index, and whether they took out the words of any."""
    items = [group.after.items[id] for id in group.touched]
    taken_out = [item.id for item in items if "taken_out" in item.fields]
    return [item.id for item in items if item.removed is not None] + taken_out, bool(taken_out)


def remove(tx: Connection, board_id: str, ids: Collection[str]) -> None:
    for part in chunks(list(ids)):
        tx.execute(_REMOVE, {"of": board_id, "ids": part})


def erase_words(tx: Connection) -> None:
    """Leave nothing in the file of what is no longer in the index. Call it after `remove`.

    SQLite's FTS5 only marks words as deleted, so the whole of it is written anew, and the pages it stood in
    are overwritten (secure_delete). PostgreSQL has its vacuum for this.
    """
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("INSERT INTO find_words(find_words) VALUES ('rebuild')")


_REMOVE = delete(find_entry).where(
    find_entry.c.board_id == bindparam("of"), find_entry.c.item_id.in_(bindparam("ids", expanding=True))
)


def _end_of_portion(tx: Connection, board_id: str, first: int) -> int:
    """The deed to index up to: what one deed changed is never parted."""
    newer = select(item.c.seq).where(item.c.board_id == board_id, item.c.seq > first)
    last = tx.execute(newer.order_by(item.c.seq).offset(PORTION - 1).limit(1)).scalar()
    return 2**31 - 1 if last is None else last


def _row(board_id: str, one: Item) -> dict[str, Any] | None:
    """How an item stands in the index; None for what cannot be found."""
    if one.removed is not None or one.item not in FOUND_BY or isinstance(one, NewerItem):
        return None
    folded = dict.fromkeys(word.word for word in words(one.fields[FOUND_BY[one.item]]))
    return {
        "board_id": board_id,
        "item_id": one.id,
        "item": one.item,
        "kind": one.fields.get("kind", ""),
        "owner": one.owner,
        "section": one.fields.get("section") or "",
        "draft": one.shown is None,
        "words": " ".join(folded),
    }


def _may_match(dialect: str, at: int) -> ColumnElement[bool]:
    """Whether a card may have that term: in its words, its kind, its author, or the title of its section."""
    section: FromClause = find_entry.alias()
    asked: BindParameter[str] = bindparam(f"words{at}")
    titled = select(section.c.item_id).where(section.c.item == "section", _has_words(dialect, section, asked))
    return or_(
        _has_words(dialect, find_entry, asked),
        find_entry.c.kind.in_(bindparam(f"kinds{at}", expanding=True)),
        find_entry.c.owner.in_(bindparam(f"people{at}", expanding=True)),
        find_entry.c.section.in_(titled),
    )


def _has_words(dialect: str, entry: FromClause, asked: BindParameter[str]) -> ColumnElement[bool]:
    lexemes = func.array_to_tsvector(func.string_to_array(entry.c.words, literal_column("' '")))
    return has_words(dialect, entry, "find_words", lexemes, asked)


def phrase(dialect: str, asked: Collection[AskedTerm]) -> str:
    """All words of all these terms as the index is asked for them. They are letters and digits: quotes do."""
    if dialect == "sqlite":
        return " ".join(
            " ".join(f'"{word}"' for word in one.term) + ("*" if one.prefix else "") for one in asked
        )
    return " & ".join(
        " & ".join(f"'{word}'" for word in one.term) + (":*" if one.prefix else "") for one in asked
    )


def has_words(
    dialect: str,
    entry: FromClause,
    native: str,
    lexemes: ColumnElement[Any],
    asked: str | BindParameter[str],
) -> ColumnElement[bool]:
    """Whether an entry has all words of a `phrase` somewhere: the index is asked once for any number.

    `native` is SQLite's table of these words, `lexemes` are what PostgreSQL has indexed of them. With
    `phrase` the one place where the two databases differ.
    """
    if dialect == "sqlite":
        words_of = table(native, column("rowid"), column(native))
        matching = select(words_of.c.rowid).where(words_of.c[native].op("MATCH")(asked))
        return cast(ColumnElement[bool], entry.c.id.in_(matching))
    return lexemes.bool_op("@@")(sql_cast(asked, postgresql.TSQUERY))
