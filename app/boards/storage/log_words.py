"""Destroys the words of items in the log of a board, within the transaction that takes them out."""

from collections.abc import Collection

from sqlalchemy import bindparam, or_, select, update

from app.boards.core.words.log_words import LogEntry, redacted
from app.boards.storage.tables import deed
from app.db import SyncTx


def destroy(tx: SyncTx, board_id: str, ids: Collection[str], since: int) -> None:
    """From deed `since` on, in which the oldest of the items was made."""
    for id in ids:
        holds = or_(
            *(column.contains(id, autoescape=True) for column in (deed.c.op, deed.c.inverse, deed.c.outcome))
        )
        query = select(deed.c.seq, deed.c.op, deed.c.inverse, deed.c.outcome)
        query = query.where(deed.c.board_id == board_id, deed.c.seq >= since, holds)
        entries = [LogEntry(row.seq, row.op, row.inverse, row.outcome) for row in tx.execute(query)]
        rewrite(tx, board_id, [new for entry in entries if (new := redacted(entry, ids)) is not None])


def rewrite(tx: SyncTx, board_id: str, entries: Collection[LogEntry]) -> None:
    """Store these entries of the log in place of what they were."""
    if entries:
        rows = [{"of": board_id, "at_seq": entry.seq, **_columns(entry)} for entry in entries]
        tx.execute(_REWRITE, rows)


_REWRITE = (
    update(deed)
    .where(deed.c.board_id == bindparam("of"), deed.c.seq == bindparam("at_seq"))
    .values(op=bindparam("new_op"), inverse=bindparam("new_inverse"), outcome=bindparam("new_outcome"))
)


def _columns(entry: LogEntry) -> dict[str, str]:
    return {"new_op": entry.op, "new_inverse": entry.inverse, "new_outcome": entry.result}
