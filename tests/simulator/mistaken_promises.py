"""A mistake in what is promised to whoever writes in a workshop, made in the rules and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from app.boards.core.board import Board
from app.boards.core.stage import notes
from app.boards.core.stage.read import Phase, present_phase
from tests.simulator.mistakes import Mistake


@contextmanager
def mistaken_promises(mistake: Mistake | None) -> Iterator[None]:
    """Inside, notes are taken with the mistake, if it is this one."""
    if mistake is not Mistake.LATE_NOTE_SHOWN:
        yield
        return
    with patch.object(notes, "phase_of", _present):
        yield


def _present(board: Board, id: str | None) -> Phase | None:
    return present_phase(board)
