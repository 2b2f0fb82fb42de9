"""What one group commit reads of the deeds before it, and of the answers that were given to them."""

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import Connection, bindparam, select

from app.access import Refused
from app.boards.core.board import Inverse
from app.boards.core.group_commit import ClientKey, OpRequest, OpResult
from app.boards.core.ops import TakeBack
from app.boards.core.words.item_texts import TEXTS
from app.boards.storage.tables import board, client, deed, refusal
from app.compiled_statements import number
from app.db import chunks

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)
_encode = msgspec.json.Encoder().encode


def wait_for(tx: Connection, board_id: str) -> None:
    """Until all that writes on the board has ended; nothing more does, and no dot is placed, before this has.

    On PostgreSQL, within a transaction: on SQLite whoever writes is alone in any case.
    """
    tx.execute(select(board.c.seq).where(board.c.id == board_id).with_for_update())


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
    found = {
        i: (one.key[0], one.at, _encode(one.op).decode())
        for i, one in enumerate(requests)
        if one.n is None and not isinstance(one.op, Refused)  # those without a number are not stored
    }
    return {i: _result.decode(stored[key]) for i, key in found.items() if key in stored}


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
_TAKES_BACK = f'{{"do":"{TakeBack.__struct_config__.tag}"'  # how their ops begin
