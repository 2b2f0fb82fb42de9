"""What one group commit reads and writes: plain, since it runs within `Database.run_write` (rule S2)."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Insert, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.boards.core.batch import Batch, ClientKey, Done, OpResult
from app.boards.core.board import Inverse, Item
from app.boards.storage.tables import board, client, deed, item, refusal
from app.compiled_statements import insert_many, run
from app.db import now

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_outcome = msgspec.json.Decoder(OpResult)
_encode = msgspec.json.Encoder().encode


class Moved(Exception):
    """The guard failed: load what is new, decide and apply again."""


def last_ns(tx: Connection, board_id: str, keys: Iterable[ClientKey]) -> dict[ClientKey, int]:
    """The last n that was answered, by (person, client); those never heard of are left out."""
    wanted = {key for key in keys if key[1]}
    if len(wanted) <= 1:
        return {
            (person, name): found
            for person, name in wanted
            if (found := run(tx, _LAST_N, of=board_id, person=person, name=name).scalar()) is not None
        }
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


def outcome(tx: Connection, board_id: str, key: ClientKey, n: int) -> OpResult | None:
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
    """Store a batch whole, within the caller's transaction. Raises Moved when the guard fails."""
    of, dialect = batch.before.id, tx.dialect.name
    _guard(tx, batch)
    for statement, rows in (
        (_ADD_DEED, [_deed_row(of, done) for done in batch.done]),
        (_put_items(dialect), [_item_row(of, batch.after.items[id]) for id in batch.touched]),
        (_ADD_REFUSAL, [_refusal_row(of, a.key, out) for a, out in batch.refused if a.n is not None]),
        (_put_clients(dialect), [_client_row(of, key, n) for key, n in batch.last_n.items()]),
    ):
        if rows:
            insert_many(tx, statement, rows)


def _guard(tx: Connection, batch: Batch) -> None:
    """Nobody else wrote since we read: this takes the next place, or none at all.

    No refusal and no answer given again may come from a board that is behind either.
    """
    of, was = batch.before.id, batch.before.seq
    if not batch.done:
        stands = run(tx, _SEQ, of=of).scalar() == was
    else:
        stands = run(tx, _GUARD, of=of, was=was, becomes=batch.after.seq, when=now()).rowcount == 1
    if not stands:
        raise Moved


_LAST_N = select(client.c.last_n).where(
    client.c.board_id == bindparam("of"),
    client.c.person_id == bindparam("person"),
    client.c.client == bindparam("name"),
)
_LAST_NS = select(client.c.person_id, client.c.client, client.c.last_n).where(
    client.c.board_id == bindparam("of"),
    client.c.person_id.in_(bindparam("people", expanding=True)),
    client.c.client.in_(bindparam("clients", expanding=True)),
)
_GUARD = (
    update(board)
    .where(board.c.id == bindparam("of"), board.c.seq == bindparam("was"))
    .values(seq=bindparam("becomes"), changed_at=bindparam("when"))
)
_SEQ = select(board.c.seq).where(board.c.id == bindparam("of"))
_ADD_DEED, _ADD_REFUSAL = insert(deed), insert(refusal)


@cache
def _put_items(dialect: str) -> Insert:
    return _upsert(dialect, item, "seq", "state")


@cache
def _put_clients(dialect: str) -> Insert:
    return _upsert(dialect, client, "last_n")


def _upsert(dialect: str, table: Any, *columns: str) -> Insert:
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    new = {name: statement.excluded[name] for name in columns}
    keys = list(table.primary_key.columns)
    return cast(Insert, statement.on_conflict_do_update(index_elements=keys, set_=new))


def _text(value: Any) -> str:
    return _encode(value).decode()


def _deed_row(of: str, done: Done) -> dict[str, Any]:
    return {
        "board_id": of,
        "seq": done.seq,
        "person_id": done.asked.actor.person or "",
        "client": done.asked.client,
        "n": done.asked.n,
        "at": done.asked.at,
        "op": _text(done.asked.op),
        "inverse": _text(done.inverse),
        "outcome": _text(done.outcome),
    }


def _item_row(of: str, item: Item) -> dict[str, Any]:
    return {"board_id": of, "id": item.id, "seq": item.seq, "state": _text(item)}


def _refusal_row(of: str, key: ClientKey, outcome: OpResult) -> dict[str, Any]:
    return {"board_id": of, "person_id": key[0], "client": key[1], "n": outcome.n, "outcome": _text(outcome)}


def _client_row(of: str, key: ClientKey, n: int) -> dict[str, Any]:
    return {"board_id": of, "person_id": key[0], "client": key[1], "last_n": n}
