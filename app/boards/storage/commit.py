"""What one group commit writes, within `Database.run_short_write`, so nothing is awaited (rule S2)."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Insert, Integer, Select, Update, bindparam, insert, select, update

from app.access import State
from app.boards.core.board import Item
from app.boards.core.group_commit import ClientKey, DeedRecord, GroupCommit, OpResult
from app.boards.core.stage.read import running_stage
from app.boards.core.stage.votes import round_of
from app.boards.storage import ballots, door_store, find_store, log_words, quiet_words
from app.boards.storage.errors import EpochChanged, GuardFailed
from app.boards.storage.tables import board, client, deed, item, refusal
from app.compiled_statements import insert_if, insert_in, insert_many, number
from app.db import now, together
from app.spaces import seats

_encode = msgspec.json.Encoder().encode


def append(tx: Connection, group: GroupCommit, rights: int | None = None) -> None:
    """Store a group whole. Raises GuardFailed, and EpochChanged where `rights` is not the present epoch."""
    further = _further(group)
    if further:
        together(tx)
    if not _store(tx, group, rights):
        if rights is not None and seats.rights_in(tx, group.before.space) != rights:
            raise EpochChanged
        raise GuardFailed
    for step in further:
        step(tx)


def _further(group: GroupCommit) -> list[Callable[[Connection], None]]:
    """What else is to be done for a group; for most there is nothing."""
    of, before, after = group.before.id, group.before, group.after
    gone, are_taken_out = find_store.gone_from(group)
    steps: list[Callable[[Connection], None]] = []
    if gone:
        steps.append(partial(find_store.remove, board_id=of, ids=gone))
    if are_taken_out:
        steps.append(find_store.erase_words)
    destroyed = {id for record in group.deeds for id in record.destroyed}
    if destroyed:
        first = min(after.items[id].born for id in destroyed)
        steps.append(partial(log_words.destroy, board_id=of, ids=destroyed, since=first))
    was, becomes = round_of(before), round_of(after)
    if was != becomes:
        steps.append(partial(ballots.settle, board_id=of, before=was, after=becomes))
    # At the end, and at the start too: what came late is not for those who lead the next.
    if (running_stage(before) is None) != (running_stage(after) is None):
        steps += [partial(quiet_words.forget, board_id=of), partial(door_store.forget_needs, board_id=of)]
    return steps


def _store(tx: Connection, group: GroupCommit, rights: int | None) -> bool:
    """Store the rows of a group if the board is as it was when it was decided; False where it is not.

    PostgreSQL takes all as one statement: each further step would wait behind all else that the loop does.
    """
    of, dialect, at = group.before.id, tx.dialect.name, now().timestamp()
    refused = [one for one in group.refused if one[0].n is not None]
    parts = {
        _ADD_DEED: [_deed_row(of, record) for record in group.deeds],
        _put_items(dialect): [_item_row(of, group.after.items[id]) for id in group.touched],
        _ADD_REFUSAL: [_refusal_row(of, request.key, result, at) for request, result in refused],
        _put_clients(dialect): [_client_row(of, key, n, at) for key, n in group.last_n.items()],
    }
    guard = _guard(bool(group.deeds), group.before.state is State.OPEN, rights is not None)
    values = _guard_values(group, rights)
    if dialect == "postgresql":
        return insert_if(tx, guard, values, parts)
    if number(tx, guard, **values) is None:
        return False
    for statement, rows in parts.items():
        if rows:
            insert_many(tx, statement, rows)
    return True


@cache
def _guard(has_deeds: bool, is_open: bool, has_rights: bool) -> Update | Select[Any]:
    """Gives the board's row unless somebody else has changed it since it was read (rule S2).

    With deeds it raises the board's seq, unless it was archived or locked meanwhile: deeds are stored only in
    the state that they were decided in. Refusals and repeated answers change no seq, but must not come from
    an outdated board either.
    """
    where = [board.c.id == bindparam("of"), board.c.seq == bindparam("was")]
    if has_rights:
        where.append(seats.has_rights(board.c.space_id, bindparam("rights", type_=Integer)))
    if not has_deeds:
        return select(board.c.seq).where(*where)
    where += [board.c.set_up_locked == bindparam("locked"), board.c.members_set_up == bindparam("by_members")]
    if is_open:
        where.append(board.c.archived_at.is_(None))
    epoch = board.c.epoch + bindparam("raised")
    new = {"seq": bindparam("becomes"), "epoch": epoch, "changed_at": bindparam("when")}
    return update(board).where(*where).values(**new).returning(board.c.seq)


def _guard_values(group: GroupCommit, rights: int | None) -> dict[str, Any]:
    before, after = group.before, group.after
    return {
        "of": before.id,
        "was": before.seq,
        "rights": rights,
        "locked": before.set_up.locked,
        "by_members": before.set_up.by_members,
        "raised": after.epoch - before.epoch,
        "becomes": after.seq,
        "when": now(),
    }


_ADD_DEED, _ADD_REFUSAL = insert(deed), insert(refusal)


@cache
def _put_items(dialect: str) -> Insert:
    return _upsert(dialect, item, "seq", "state")


@cache
def _put_clients(dialect: str) -> Insert:
    return _upsert(dialect, client, "last_n", "at")


def _upsert(dialect: str, table: Any, *columns: str) -> Insert:
    statement = insert_in(dialect, table)
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
