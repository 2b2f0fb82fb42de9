"""Thins out and ends the log of a board, and forgets what clients were answered long ago, in the database."""

from collections.abc import Collection
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from app.boards.core.words.log_words import LogEntry
from app.boards.core.words.thinning import Text, Thinned, Version, rewritten, texts_of, thinned
from app.boards.storage import log_words
from app.boards.storage.tables import board, client, deed, refusal, text_version
from app.db import Tx, chunks

PAGE = 200  # entries of the log in one transaction, so that nobody who writes waits long


async def to_thin(tx: Tx) -> list[tuple[str, int]]:
    """The boards with deeds that are not looked at yet, and up to which deed they are."""
    rows = await tx.execute(select(board.c.id, board.c.thinned).where(board.c.thinned < board.c.seq))
    return [(row.id, row.thinned) for row in rows]


def thin(tx: Connection, board_id: str, after: int, before: float) -> int:
    """Thin out the next entries after deed `after` that are older than `before`; up to which deed it came.

    The same deed again where there is none, or another process was first. Whoever writes to the board
    meanwhile waits: what somebody takes out of the log in between must not come back.
    """
    seqs = _older(tx, board_id, after, before)
    if not seqs or not _claim(tx, board_id, after, seqs[-1]):
        return after
    page = _rows(tx, board_id, seqs)  # only now: on PostgreSQL the claim keeps others from changing them
    new = [Version(*text, row.seq, row.person_id, row.at) for row in page for text in texts_of(_entry(row))]
    known = _versions(tx, board_id, {one.text for one in new})
    what = thinned([*known, *new])
    others = _rows(tx, board_id, sorted(what.changed.difference(seqs)))
    log_words.rewrite(tx, board_id, rewritten({row.seq: _entry(row) for row in (*others, *page)}, what))
    _store_versions(tx, board_id, known, what)
    return seqs[-1]


async def begins(tx: Tx, board_id: str) -> float | None:
    """When the first deed was done that the log of the board still has, in unix seconds."""
    first = select(deed.c.at).where(deed.c.board_id == board_id).order_by(deed.c.seq).limit(1)
    at: float | None = (await tx.execute(first)).scalar()
    return at


def end_log(tx: Connection, board_id: str, after: int, before: float, keep: Collection[int]) -> int:
    """Delete the next entries after deed `after` that are older than `before`, but for those to `keep`.

    Up to which deed it came; the same deed again where there is none.
    """
    old = _older(tx, board_id, after, before)
    gone = [seq for seq in old if seq not in keep]
    tx.execute(delete(deed).where(deed.c.board_id == board_id, deed.c.seq.in_(gone)))
    tx.execute(delete(text_version).where(text_version.c.board_id == board_id, text_version.c.seq.in_(gone)))
    return old[-1] if old else after


async def has_old_answers(tx: Tx, board_id: str, refusals: float, clients: float) -> bool:
    """Whether refusals or clients of the board have no time yet, or one before these."""
    for table, before in ((refusal, refusals), (client, clients)):
        old = or_(table.c.at.is_(None), table.c.at < before)
        found = await tx.execute(select(table.c.client).where(table.c.board_id == board_id, old).limit(1))
        if found.first() is not None:
            return True
    return False


def forget_answers(tx: Connection, board_id: str, refusals: float, clients: float, at: float) -> None:
    """Delete refusals, and counters of clients, from before these times. What has no time gets `at`."""
    for table, before in ((refusal, refusals), (client, clients)):
        of_board = table.c.board_id == board_id
        tx.execute(update(table).where(of_board, table.c.at.is_(None)).values(at=at))
        tx.execute(delete(table).where(of_board, table.c.at < before))


def _older(tx: Connection, board_id: str, after: int, before: float) -> list[int]:
    """The next deeds after `after`, up to the first that is not older than `before`."""
    query = select(deed.c.seq, deed.c.at).where(deed.c.board_id == board_id, deed.c.seq > after)
    rows = tx.execute(query.order_by(deed.c.seq).limit(PAGE)).all()
    return [row.seq for row in takewhile(lambda row: row.at < before, rows)]


def _claim(tx: Connection, board_id: str, after: int, to: int) -> bool:
    claim = update(board).where(board.c.id == board_id, board.c.thinned == after).values(thinned=to)
    return bool(tx.execute(claim).rowcount == 1)


def _rows(tx: Connection, board_id: str, seqs: list[int]) -> list[Any]:
    d = deed.c
    query = select(d.seq, d.person_id, d.at, d.op, d.inverse, d.outcome).where(d.board_id == board_id)
    return [row for some in chunks(seqs) for row in tx.execute(query.where(d.seq.in_(some)).order_by(d.seq))]


def _entry(row: Any) -> LogEntry:
    return LogEntry(row.seq, row.op, row.inverse, row.outcome)


def _versions(tx: Connection, board_id: str, texts: set[Text]) -> list[Version]:
    """What the log has of these texts, in its part that is thinned out."""
    v = text_version.c
    query = select(v.item_id, v.field, v.seq, v.person_id, v.at).where(v.board_id == board_id)
    found: list[Version] = []
    for ids in chunks(sorted({item for item, _ in texts})):
        rows = tx.execute(query.where(v.item_id.in_(ids)))
        found += [Version(*row) for row in rows if (row.item_id, row.field) in texts]
    return found


def _store_versions(tx: Connection, board_id: str, known: list[Version], what: Thinned) -> None:
    v, stored = text_version.c, set(known)
    for some in chunks([one for one in what.dropped if one in stored], 100):
        same = [and_(v.item_id == one.item, v.field == one.field, v.seq == one.seq) for one in some]
        tx.execute(delete(text_version).where(v.board_id == board_id, or_(*same)))
    new = [one for one in what.kept if one not in stored]
    if new:
        tx.execute(insert(text_version), [_version_row(board_id, one) for one in new])


def _version_row(board_id: str, one: Version) -> dict[str, Any]:
    key = {"board_id": board_id, "item_id": one.item, "field": one.field, "seq": one.seq}
    return {**key, "person_id": one.by, "at": one.at}
