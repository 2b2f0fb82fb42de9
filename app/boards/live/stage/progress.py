"""How many of those who take part have finished, written or voted: numbers, and nobody's name (rule W1)."""

from datetime import datetime, timedelta

from app.boards.core.board import Board
from app.boards.core.stage.read import notes_of, present_phase, running_stage
from app.boards.core.stage.votes import round_of, slots_of
from app.boards.live.messages import Progress
from app.boards.storage import ballots, look_store
from app.db import Database, SyncTx, now
from app.spaces import seats

SEEN_WITHIN = timedelta(minutes=3)


async def progress_of(db: Database, secret: str, board: Board) -> Progress | None:
    """The numbers of the present phase; None where there is none."""
    return await db.run_read(lambda tx: tx.run_sync(lambda sync: _progress(sync, secret, board, now())))


def _progress(tx: SyncTx, secret: str, board: Board, at: datetime) -> Progress | None:
    phase = present_phase(board)
    if phase is None:
        return None
    people = _people(tx, board, at)
    where = (board.id, phase.id)
    key = ballots.key_of(tx, secret, *where) if round_of(board) else None
    wrote = {note.owner for note in notes_of(board, (phase.id,)) if note.owner}
    if key is None:
        return Progress(phase.id, len(people), 0, len(wrote), phase.totals.people if phase.totals else 0)
    voted = ballots.count(tx, key, where, slots_of(phase), dict.fromkeys(people, "")).people
    return Progress(phase.id, len(people), ballots.finished(tx, key, where, people), len(wrote), voted)


def _people(tx: SyncTx, board: Board, at: datetime) -> set[str]:
    """Who is counted: seen here within three minutes, writes, and does not facilitate without taking part."""
    stage = running_stage(board)
    leads = set(stage.facilitators) - set(stage.taking_part) if stage else set()
    seen = look_store.seen_since(tx, board.id, at, at - SEEN_WITHIN)
    return (seen & seats.voters_in(tx, board.space).keys()) - leads
