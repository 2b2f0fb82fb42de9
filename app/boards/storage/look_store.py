"""Up to where people have seen boards, and who is on a board now, in the database (rule R2)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Select, delete, select

from app.boards.storage.tables import board, look
from app.compiled_statements import built_once, insert_in
from app.db import SyncTx, Tx, chunks

Row = Any  # a row has the columns that its query names


class Look(Struct, frozen=True):
    """A person has seen a board up to deed `seq`, and is there until `here_until`; None where they left."""

    board_id: str
    person_id: str
    seq: int
    at: datetime
    here_until: datetime | None = None


async def note(tx: Tx, looks: Sequence[Look]) -> None:
    """Store these looks in place of earlier ones. Those at boards that are gone are left out."""
    there = select(board.c.id).where(board.c.id.in_({one.board_id for one in looks}))
    # Locked, so that no board goes before its looks are stored.
    known = set((await tx.execute(there.with_for_update(key_share=True, read=True))).scalars())
    rows = [structs.asdict(one) for one in looks if one.board_id in known]
    fresh = insert_in(tx.dialect.name, look)
    new = {name: fresh.excluded[name] for name in ("seq", "at", "here_until")}
    keys = [look.c.board_id, look.c.person_id]
    # In the same order everywhere, or two processes could wait for each other.
    for part in chunks(sorted(rows, key=lambda row: (row["board_id"], row["person_id"]))):
        await tx.execute(fresh.on_conflict_do_update(index_elements=keys, set_=new), part)


async def seen(tx: Tx, person_id: str, board_ids: Collection[str]) -> dict[str, int]:
    """By board, the deed up to which the person has seen it; without boards they never opened."""
    rows = await tx.execute(*_seen(person_id, board_ids))
    return {row.board_id: row.seq for row in rows}


async def here(tx: Tx, board_ids: Collection[str], at: datetime) -> dict[str, list[str]]:
    """By board, the people who are there at `at`, in this and in every other process."""
    found: dict[str, list[str]] = {}
    for row in await tx.execute(*_here(board_ids, at)):
        found.setdefault(row.board_id, []).append(row.person_id)
    return found


@built_once
def _seen(person_id: Any, board_ids: Any) -> Select[Any]:
    query = select(look.c.board_id, look.c.seq)
    return query.where(look.c.person_id == person_id, look.c.board_id.in_(board_ids))


@built_once
def _here(board_ids: Any, at: Any) -> Select[Any]:
    query = select(look.c.board_id, look.c.person_id)
    return query.where(look.c.board_id.in_(board_ids), look.c.here_until > at).order_by(look.c.person_id)


def seen_since(tx: SyncTx, board_id: str, at: datetime, since: datetime) -> set[str]:
    """The people who are on a board at `at`, or were after `since`."""
    query = select(look.c.person_id).where(look.c.board_id == board_id)
    return set(tx.execute(query.where((look.c.here_until > at) | (look.c.at > since))).scalars())


async def of_person(tx: Tx, person_id: str) -> list[Row]:
    """(board id, space id, title, at) of all looks of a person, the latest first."""
    query = select(look.c.board_id, board.c.space_id, board.c.title, look.c.at)
    query = query.join(board, board.c.id == look.c.board_id).where(look.c.person_id == person_id)
    return list(await tx.execute(query.order_by(look.c.at.desc())))


async def forget(tx: Tx, person_id: str) -> None:
    """Delete all looks of a person."""
    await tx.execute(delete(look).where(look.c.person_id == person_id))
