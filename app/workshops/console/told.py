"""What the console says after a deed."""

from collections.abc import Mapping

from app.boards.core.board import Board
from app.boards.core.stage.read import stage_of
from app.db import Database
from app.workshops.phone.draw import names

DONE = {
    "open_stage": "The workshop has begun. People can join now.",
    "open_phase": "Everybody has been moved on.",
    "reopen_phase": "Everybody is back there.",
    "reveal": "Revealed. Everybody reads the notes now.",
    "close_vote": "Voting is closed. Only the totals are kept.",
    "hold": "Chosen.",
    "set_clock": "The clock is changed.",
    "offer_lead": "Offered.",
    "take_lead": "You lead now.",
    "add_facilitator": "They facilitate now too.",
    "take_part": "Changed.",
    "end": "The workshop has ended.",
    "resume": "The workshop goes on.",
    "set_screen": "The projector shows it now.",
    "add_card": "Added, as on paper.",
    "add_theme": "Theme added.",
    "edit_theme": "Renamed.",
    "remove_theme": "Theme removed. Its notes are in no theme now.",
    "gather": "Gathered.",
    "merge_themes": "Merged.",
    "split": "Taken out of the theme.",
    "screen": "The link is made.",
    "withdrawn": "The link is withdrawn. That projector shows nothing any more.",
}


async def moved_on(db: Database, board: Board, form: Mapping[str, str], say: str) -> str:
    """The refusal's sentence, with the name of whoever moved on first where that is the reason (rule W8)."""
    stage = stage_of(board)
    moves = form.get("do") in ("open_phase", "reopen_phase")
    if stage is None or not moves or (form.get("from") or None) == stage.now:
        return say
    mover = (await names(db, board.space)).get(stage.moved or "")
    return f"{mover.name} moved on already. Look at what is now, then go on from there." if mover else say
