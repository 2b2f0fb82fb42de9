"""Load, append, since: the only SQL of a board's items and log.

What a group commit needs is plain (it runs within `Database.transact`); the rest is awaited.
"""

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.access import State
from app.boards import board as values
from app.boards.batch import Batch, ClientKey, Outcome
from app.boards.board import Board, Inverse, Item
from app.boards.tables import board, client, deed, item, refusal
from app.db import Tx, now

Row = Any  # the rows of SQLAlchemy are typed by their columns, which each query names itself
log = logging.getLogger(__name__)
_item = msgspec.json.Decoder(Item)
_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_outcome = msgspec.json.Decoder(Outcome)


class Moved(Exception):
    """The guard failed: load what is new, decide and apply again."""


class Missing(LookupError):
    """There is no such board."""


async def load(tx: Tx, board_id: str) -> Board:
    """The whole board. Raises Missing."""
    head = await _head(tx, board_id)
    rows = await tx.execute(select(item.c.id, item.c.state).where(item.c.board_id == board_id))
    return values.load(_board(head), _items(board_id, rows.all()))


async def catch_up(tx: Tx, known: Board) -> Board:
    """`known` with all that other processes have committed since. Raises Missing."""
    head = await _head(tx, known.id)
    if head.floor > known.seq:
        return await load(tx, known.id)  # what was cleared away meanwhile leaves no row to tell of it
    query = select(item.c.id, item.c.state).where(item.c.board_id == known.id, item.c.seq > known.seq)
    rows = (await tx.execute(query)).all() if head.seq != known.seq else []
    fresh = msgspec.structs.replace(
        known, seq=head.seq, floor=head.floor, epoch=head.epoch, state=_state(head)
    )
    return values.load(fresh, _items(known.id, rows))


async def state_of(tx: Tx, board_id: str) -> State:
    """Whether the board itself is open. Raises Missing."""
    return _state(await _head(tx, board_id))


async def space_of(tx: Tx, board_id: str) -> tuple[str, str]:
    """The board's space and title. Raises Missing."""
    row = (
        await tx.execute(select(board.c.space_id, board.c.title).where(board.c.id == board_id))
    ).one_or_none()
    if row is None:
        raise Missing(board_id)
    return row.space_id, row.title


def last_ns(tx: Connection, board_id: str, keys: Iterable[ClientKey]) -> dict[ClientKey, int]:
    """The last n that was answered, by (person, client); those never heard of are left out."""
    wanted = {key for key in keys if key[1]}
    if not wanted:
        return {}
    asked = {
        "of": board_id,
        "people": [person for person, _ in wanted],
        "clients": [name for _, name in wanted],
    }
    rows = tx.execute(_LAST_NS, asked)
    return {(r.person_id, r.client): r.last_n for r in rows if (r.person_id, r.client) in wanted}


def inverses(
    tx: Connection, board_id: str, seqs: Iterable[int]
) -> dict[int, tuple[str, tuple[Inverse, ...]]]:
    """Of each deed its person and how to take it back."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    query = select(deed.c.seq, deed.c.person_id, deed.c.inverse).where(
        deed.c.board_id == board_id, deed.c.seq.in_(wanted)
    )
    return {r.seq: (r.person_id, _inverse.decode(r.inverse)) for r in tx.execute(query)}


def outcome(tx: Connection, board_id: str, key: ClientKey, n: int) -> Outcome | None:
    """The stored answer to n, word for word; None when it has been cleared away."""
    person, name = key
    asked = select(refusal.c.outcome).where(
        refusal.c.board_id == board_id,
        refusal.c.person_id == person,
        refusal.c.client == name,
        refusal.c.n == n,
    )
    done = select(deed.c.outcome).where(
        deed.c.board_id == board_id, deed.c.person_id == person, deed.c.client == name, deed.c.n == n
    )
    text = tx.execute(asked).scalar() or tx.execute(done).scalar()
    return _outcome.decode(text) if text else None


def append(tx: Connection, batch: Batch) -> None:
    """Store a batch whole, within the caller's transaction (rule S2). Raises Moved when the guard fails."""
    board_id = batch.before.id
    if not batch.done:
        _look(tx, batch)
    else:
        _guard(tx, batch)
        _many(tx, _ADD_DEED, [_deed_row(board_id, d) for d in batch.done])
        items = [batch.after.items[id] for id in batch.touched]
        if items:
            _many(tx, _upsert(tx.dialect.name, item, "seq", "state"), [_item_row(board_id, i) for i in items])
    if batch.refused:
        rows = [_refusal_row(board_id, asked.key, out) for asked, out in batch.refused if asked.n is not None]
        if rows:
            _many(tx, _ADD_REFUSAL, rows)
    if batch.last_n:
        rows = [
            {"board_id": board_id, "person_id": person, "client": name, "last_n": n}
            for (person, name), n in batch.last_n.items()
        ]
        _many(tx, _upsert(tx.dialect.name, client, "last_n"), rows)


async def seqs(tx: Tx, ids: Iterable[str]) -> dict[str, int]:
    """The present seq of boards, to notice what no wake-up told."""
    query = select(board.c.id, board.c.seq).where(board.c.id.in_(list(ids)))
    return {r.id: r.seq for r in await tx.execute(query)}


async def recent_deeds(tx: Tx, board_id: str, person: str, limit: int = 50) -> list[tuple[int, str]]:
    """The person's latest deeds on the board, newest first: (seq, op as JSON)."""
    query = (
        select(deed.c.seq, deed.c.op)
        .where(deed.c.board_id == board_id, deed.c.person_id == person)
        .order_by(deed.c.seq.desc())
        .limit(limit)
    )
    return [(r.seq, r.op) for r in await tx.execute(query)]


def _many(tx: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    """Run a statement for many rows, in text compiled once: compiling costs more than SQLite does."""
    sql, names = _compiled(tx.dialect, statement, tuple(rows[0]))
    tx.exec_driver_sql(sql, [tuple(row[name] for name in names) for row in rows])


@cache
def _compiled(dialect: Any, statement: Any, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), tuple(compiled.positiontup)


_LAST_NS = select(client.c.person_id, client.c.client, client.c.last_n).where(
    client.c.board_id == bindparam("of"),
    client.c.person_id.in_(bindparam("people", expanding=True)),
    client.c.client.in_(bindparam("clients", expanding=True)),
)
_ADD_DEED, _ADD_REFUSAL = insert(deed), insert(refusal)
_GUARD = (
    update(board)
    .where(board.c.id == bindparam("of"), board.c.seq == bindparam("was"))
    .values(seq=bindparam("becomes"), changed_at=bindparam("when"))
)
_SEQ = select(board.c.seq).where(board.c.id == bindparam("of"))


def _guard(tx: Connection, batch: Batch) -> None:
    """Nobody else wrote since we read: this deed takes the next place, or none at all."""
    values = {"of": batch.before.id, "was": batch.before.seq, "becomes": batch.after.seq, "when": now()}
    if tx.execute(_GUARD, values).rowcount != 1:
        raise Moved


def _look(tx: Connection, batch: Batch) -> None:
    """No refusal and no answer given again may come from a board that is behind what others committed."""
    if tx.execute(_SEQ, {"of": batch.before.id}).scalar() != batch.before.seq:
        raise Moved


async def _head(tx: Tx, board_id: str) -> Row:
    query = select(
        board.c.id, board.c.space_id, board.c.seq, board.c.floor, board.c.epoch, board.c.archived_at
    )
    head = (await tx.execute(query.where(board.c.id == board_id))).one_or_none()
    if head is None:
        raise Missing(board_id)
    return head


def _board(head: Row) -> Board:
    return Board(head.id, head.space_id, seq=head.seq, floor=head.floor, epoch=head.epoch, state=_state(head))


def _state(head: Row) -> State:
    return State.ARCHIVED if head.archived_at else State.OPEN


def _items(board_id: str, rows: Iterable[Row]) -> list[Item]:
    """The items that can be read; one that cannot is skipped and reported, never fatal (rule S10)."""
    items = []
    for row in rows:
        try:
            items.append(_item.decode(row.state))
        except msgspec.MsgspecError:
            log.error("Item %s of board %s cannot be read and was left out", row.id, board_id)
    return items


@cache
def _upsert(dialect_name: str, table: Any, *columns: str) -> Any:
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    statement = dialect.insert(table)
    new = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=new)


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _deed_row(board_id: str, done: Any) -> dict[str, Any]:
    return {
        "board_id": board_id,
        "seq": done.seq,
        "person_id": done.asked.actor.person,
        "client": done.asked.client,
        "n": done.asked.n,
        "at": done.asked.at,
        "op": _text(done.asked.op),
        "inverse": _text(done.inverse),
        "outcome": _text(done.outcome),
    }


def _item_row(board_id: str, item: Item) -> dict[str, Any]:
    return {"board_id": board_id, "id": item.id, "seq": item.seq, "state": _text(item)}


def _refusal_row(board_id: str, key: ClientKey, outcome: Outcome) -> dict[str, Any]:
    return {
        "board_id": board_id,
        "person_id": key[0],
        "client": key[1],
        "n": outcome.n,
        "outcome": _text(outcome),
    }
