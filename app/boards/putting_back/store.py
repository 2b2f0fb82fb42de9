"""Acts of putting back in the database, and the deeds that they are about and are made of."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import insert, select, update

from app.boards.core.board import Inverse
from app.boards.core.ops import TakeBack
from app.boards.putting_back.counts import Counts
from app.boards.storage.tables import deed, put_back_act
from app.db import Tx

SCANNED = 100_000  # deeds of a board that are looked through, the newest first
PAGE = 5000
LATE = 60.0  # seconds by which a deed may have been sent before the one that was stored before it
LISTED = 50
_op = msgspec.json.Decoder(TakeBack)
_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_counts = msgspec.json.Decoder(Counts)


class Act(Struct, frozen=True):
    """One act. `counts` is None while it is not finished: then anybody who may can go on."""

    id: str
    board_id: str
    by: str
    person: str
    since: float
    until: float
    last: int
    undoes: str | None
    at: float
    counts: Counts | None = None


async def did(tx: Tx, board_id: str, since: float, last: int) -> dict[str, dict[int, float]]:
    """By person, their deeds since then up to the deed `last`, each with its time, the newest first."""
    deeds: dict[str, dict[int, float]] = {}
    async for seq, person, at in _newest(tx, board_id, since, last):
        deeds.setdefault(person, {})[seq] = at
    return deeds


async def _newest(tx: Tx, board_id: str, since: float, last: int) -> AsyncIterator[tuple[int, str, float]]:
    columns = select(deed.c.seq, deed.c.person_id, deed.c.at).where(deed.c.board_id == board_id)
    for _ in range(SCANNED // PAGE):
        query = columns.where(deed.c.seq <= last).order_by(deed.c.seq.desc()).limit(PAGE)
        rows = (await tx.execute(query)).all()
        for row in rows:
            if row.at >= since:
                yield row.seq, row.person_id, row.at
        if len(rows) < PAGE or rows[-1].at < since - LATE:
            return
        last = rows[-1].seq - 1


async def begin(tx: Tx, act: Act) -> bool:
    """Write an act down; False where it is there already."""
    if await find(tx, act.id) is not None:
        return False
    row = {
        name: getattr(act, name)
        for name in ("id", "board_id", "by", "since", "until", "last", "undoes", "at")
    }
    await tx.execute(insert(put_back_act).values(**row, person_id=act.person))
    return True


async def find(tx: Tx, act_id: str) -> Act | None:
    row = (await tx.execute(select(put_back_act).where(put_back_act.c.id == act_id))).one_or_none()
    return _act(row) if row else None


async def of_board(tx: Tx, board_id: str) -> list[Act]:
    """The latest acts, the newest first."""
    query = select(put_back_act).where(put_back_act.c.board_id == board_id)
    rows = await tx.execute(query.order_by(put_back_act.c.at.desc(), put_back_act.c.id).limit(LISTED))
    return [_act(row) for row in rows]


async def finish(tx: Tx, act_id: str, counts: Counts) -> None:
    """Say what came of an act, unless that was said before."""
    mine = (put_back_act.c.id == act_id, put_back_act.c.counts.is_(None))
    await tx.execute(update(put_back_act).where(*mine).values(counts=_text(counts)))


async def deeds_of(tx: Tx, act: Act) -> list[tuple[int, str, TakeBack, tuple[Inverse, ...]]]:
    """The deeds that an act is made of, by whom, and how they are taken back: the oldest first."""
    begins = _text(TakeBack(act.id, "", (), ())).split(',"person"')[0] + ","
    query = select(deed.c.seq, deed.c.person_id, deed.c.op, deed.c.inverse).where(
        deed.c.board_id == act.board_id,
        deed.c.seq > act.last,
        deed.c.op.startswith(begins, autoescape=True),
    )
    rows = await tx.execute(query.order_by(deed.c.seq))
    return [(row.seq, row.person_id, _op.decode(row.op), _inverse.decode(row.inverse)) for row in rows]


def _act(row: Any) -> Act:
    counts = _counts.decode(row.counts) if row.counts else None
    when = row.since, row.until, row.last, row.undoes, row.at
    return Act(row.id, row.board_id, row.by, row.person_id, *when, counts)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
