"""What one group commit reads and writes, within `Database.run_write`, so nothing is awaited (rule S2)."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Insert, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.access import State
from app.boards.core.board import Inverse, Item
from app.boards.core.group_commit import ClientKey, DeedRecord, GroupCommit, OpRequest, OpResult
from app.boards.core.ops import TakeBack
from app.boards.core.stage.read import running_stage
from app.boards.core.stage.votes import round_of
from app.boards.core.words.item_texts import TEXTS
from app.boards.storage import ballots, door_store, find_store, log_words, quiet_words
from app.boards.storage.errors import GuardFailed
from app.boards.storage.tables import board, client, deed, item, refusal
from app.compiled_statements import insert_many, number, run
from app.db import chunks, now

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)
_encode = msgspec.json.Encoder().encode

SyncTx = Connection  # a transaction within `Database.transact`, in which nothing is awaited


def last_ns(tx: Connection, board_id: str, keys: Iterable[ClientKey]) -> dict[ClientKey, int]:
    """The last n that was answered, by (person, client); those without one are left out."""
    wanted = {key for key in keys if key[1]}
    if len(wanted) <= 1:
        return {
            (person, name): last_n
            for person, name in wanted
            if (last_n := number(tx, _LAST_N, of=board_id, person=person, name=name)) is not None
        }
    values = {
        "of": board_id,
        "people": [person for person, _ in wanted],
        "clients": [name for _, name in wanted],
    }
    rows = tx.execute(_LAST_NS, values)
    return {(r.person_id, r.client): r.last_n for r in rows if (r.person_id, r.client) in wanted}


def inverses(
    tx: Connection, board_id: str, seqs: Collection[int]
) -> dict[int, tuple[str, tuple[Inverse, ...]]]:
    """Of each deed, by seq, its person and how to take it back."""
    if not seqs:
        return {}  # so it is for nearly all ops: to build a query takes longer than to ask it
    query = select(deed.c.seq, deed.c.person_id, deed.c.inverse).where(deed.c.board_id == board_id)
    return {
        row.seq: (row.person_id, _inverse.decode(row.inverse))
        for some in chunks(sorted(set(seqs)))
        for row in tx.execute(query.where(deed.c.seq.in_(some)))
    }


def undoable(
    tx: Connection, board_id: str, seqs: Collection[int]
) -> dict[int, tuple[str, tuple[Inverse, ...]]]:
    """The same for Undo of one deed. What was put back of others is undone as a whole: it is nobody's own."""
    found = inverses(tx, board_id, seqs)
    if not found:
        return {}
    acts = select(deed.c.seq).where(deed.c.board_id == board_id, deed.c.op.startswith(_TAKES_BACK))
    for some in chunks(sorted(found)):
        found |= dict.fromkeys(tx.execute(acts.where(deed.c.seq.in_(some))).scalars(), ("", ()))
    return found


def taken_back(
    tx: Connection, board_id: str, seqs: Collection[int]
) -> dict[int, tuple[str, tuple[Inverse, ...]]]:
    """The same, and who did the deeds whose words stand there again once these are taken back."""
    found = inverses(tx, board_id, seqs)
    stood = {one.stood for _, ways in found.values() for one in ways if one.field in TEXTS} - found.keys()
    return found | {seq: (person, ()) for seq, (person, _) in inverses(tx, board_id, stood).items()}


def stored_result(tx: Connection, board_id: str, key: ClientKey, n: int) -> OpResult | None:
    """The stored answer to op `n` of a client; None when it has been cleared away."""
    person, name = key
    refused = select(refusal.c.outcome).where(
        refusal.c.board_id == board_id,
        refusal.c.person_id == person,
        refusal.c.client == name,
        refusal.c.n == n,
    )
    done = select(deed.c.outcome).where(
        deed.c.board_id == board_id, deed.c.person_id == person, deed.c.client == name, deed.c.n == n
    )
    text = tx.execute(refused).scalar() or tx.execute(done).scalar()
    return _result.decode(text) if text else None


def results_since(
    tx: Connection, board_id: str, after: int, requests: list[OpRequest]
) -> dict[int, OpResult]:
    """The results of those `requests` (by index) without a number that were stored after deed `after`.

    They are known again by who asked, when, and for what (rule S8).
    """
    query = select(deed.c.person_id, deed.c.at, deed.c.op, deed.c.outcome).where(
        deed.c.board_id == board_id, deed.c.seq > after, deed.c.n.is_(None)
    )
    stored = {(row.person_id, row.at, row.op): row.outcome for row in tx.execute(query)}
    found = {i: (one.key[0], one.at, _text(one.op)) for i, one in enumerate(requests) if one.n is None}
    return {i: _result.decode(stored[key]) for i, key in found.items() if key in stored}


def append(tx: Connection, group: GroupCommit) -> None:
    """Store a group whole, within the caller's transaction. Raises GuardFailed."""
    of, dialect, at = group.before.id, tx.dialect.name, now().timestamp()
    _guard(tx, group)
    for statement, rows in (
        (_ADD_DEED, [_deed_row(of, record) for record in group.deeds]),
        (_put_items(dialect), [_item_row(of, group.after.items[id]) for id in group.touched]),
        (
            _ADD_REFUSAL,
            [
                _refusal_row(of, request.key, result, at)
                for request, result in group.refused
                if request.n is not None
            ],
        ),
        (_put_clients(dialect), [_client_row(of, key, n, at) for key, n in group.last_n.items()]),
    ):
        if rows:
            insert_many(tx, statement, rows)
    find_store.remove_gone(tx, group)
    destroyed = {id for record in group.deeds for id in record.destroyed}
    if destroyed:
        log_words.destroy(tx, of, destroyed, min(group.after.items[id].born for id in destroyed))
    if group.before.stage or group.after.stage:
        ballots.settle(tx, of, round_of(group.before), round_of(group.after))
        # At the end, and at the start too: what came late is not for those who lead the next.
        if (running_stage(group.before) is None) != (running_stage(group.after) is None):
            quiet_words.forget(tx, of)
            door_store.forget_needs(tx, of)


def _guard(tx: Connection, group: GroupCommit) -> None:
    """Raise the board's seq, unless somebody else has since it was read (rule S2). Raises GuardFailed.

    So does a board that was archived or locked meanwhile: deeds are stored only in the state that they were
    decided in. Refusals and repeated answers change no seq, but must not come from an outdated board either.
    """
    before, raised = group.before, group.after.epoch - group.before.epoch
    if not group.deeds:
        is_current = number(tx, _SEQ, of=before.id) == before.seq
    else:
        values = {"of": before.id, "was": before.seq, "becomes": group.after.seq, "when": now()}
        set_up = {"locked": before.set_up.locked, "by_members": before.set_up.by_members}
        is_open = before.state is State.OPEN
        is_current = run(tx, _GUARD[is_open], **values, **set_up, raised=raised).rowcount == 1
    if not is_current:
        raise GuardFailed


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
_RAISE = (
    update(board)
    .where(
        board.c.id == bindparam("of"),
        board.c.seq == bindparam("was"),
        board.c.set_up_locked == bindparam("locked"),
        board.c.members_set_up == bindparam("by_members"),
    )
    .values(seq=bindparam("becomes"), epoch=board.c.epoch + bindparam("raised"), changed_at=bindparam("when"))
)
_GUARD = {True: _RAISE.where(board.c.archived_at.is_(None)), False: _RAISE}  # by whether it was read as open
_SEQ = select(board.c.seq).where(board.c.id == bindparam("of"))
_ADD_DEED, _ADD_REFUSAL = insert(deed), insert(refusal)
_TAKES_BACK = f'{{"do":"{TakeBack.__struct_config__.tag}"'  # how their ops begin


@cache
def _put_items(dialect: str) -> Insert:
    return _upsert(dialect, item, "seq", "state")


@cache
def _put_clients(dialect: str) -> Insert:
    return _upsert(dialect, client, "last_n", "at")


def _upsert(dialect: str, table: Any, *columns: str) -> Insert:
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    new = {name: statement.excluded[name] for name in columns}
    keys = list(table.primary_key.columns)
    return cast(Insert, statement.on_conflict_do_update(index_elements=keys, set_=new))


def _text(value: Any) -> str:
    return _encode(value).decode()


def _deed_row(of: str, record: DeedRecord) -> dict[str, Any]:
    return {
        "board_id": of,
        "seq": record.seq,
        "person_id": record.request.actor.person or "",
        "client": record.request.client,
        "n": record.request.n,
        "at": record.request.at,
        "op": _text(record.request.op),
        "inverse": _text(record.inverse),
        "outcome": _text(record.result),
    }


def _item_row(of: str, item: Item) -> dict[str, Any]:
    return {"board_id": of, "id": item.id, "seq": item.seq, "state": _text(item)}


def _refusal_row(of: str, key: ClientKey, result: OpResult, at: float) -> dict[str, Any]:
    row = {"board_id": of, "person_id": key[0], "client": key[1], "n": result.n}
    return {**row, "outcome": _text(result), "at": at}


def _client_row(of: str, key: ClientKey, n: int, at: float) -> dict[str, Any]:
    return {"board_id": of, "person_id": key[0], "client": key[1], "last_n": n, "at": at}
