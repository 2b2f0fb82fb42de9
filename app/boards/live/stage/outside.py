"""What deeds of a workshop need to know that is not on the board, read where they are stored."""

import secrets

from app.boards.core.board import Board, Outside
from app.boards.core.group_commit import OpRequest
from app.boards.core.stage.ops import AddFacilitator, Reveal
from app.boards.core.stage.read import phase_of
from app.boards.core.stage.votes import CLOSING, Count, round_of, slots_of
from app.boards.storage import ballots, earlier_deeds
from app.db import SyncTx, together
from app.spaces import seats

NOTHING = Outside()


def look_outside(tx: SyncTx, secret: str, board: Board, requests: list[OpRequest]) -> Outside:
    """Only what these requests need: for all but a few ops that is nothing."""
    ops = [request.op for request in requests]
    named = {op.person for op in ops if isinstance(op, AddFacilitator)}
    reveals = any(isinstance(op, Reveal) for op in ops)
    closes = any(isinstance(op, CLOSING) for op in ops)
    if not (named or reveals or closes):
        return NOTHING
    return Outside(
        secrets.token_bytes(32) if reveals else b"",
        seats.roles_in(tx, board.space, named) if named else {},
        _counts(tx, secret, board) if closes else {},
    )


def _counts(tx: SyncTx, secret: str, board: Board) -> dict[str, Count]:
    """The ballots of the open vote. Nobody can place another dot before this transaction ends."""
    phase = phase_of(board, round_of(board))
    if phase is None or not phase.vote_open:
        return {}
    together(tx)
    earlier_deeds.wait_for(tx, board.id)
    key = ballots.key_of(tx, secret, board.id, phase.id)
    if key is None:
        return {}
    voters = seats.voters_in(tx, board.space)
    return {phase.id: ballots.count(tx, key, (board.id, phase.id), slots_of(phase), voters)}
