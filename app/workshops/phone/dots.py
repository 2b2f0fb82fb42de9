"""Which slot a dot takes: a page says on what it lies, the server keeps by slot what was chosen. Pure."""

from collections.abc import Mapping

from app.access import Code, Refused
from app.boards.core.stage.read import Phase
from app.boards.core.stage.votes import FINISHED, Cast, slots_of


def to_place(phase: Phase, own: Mapping[int, str], choice: str) -> Cast:
    """Into the first free slot; of a choice there is one slot, so it moves. Raises full."""
    if phase.vote.how == "choice":
        return Cast(phase.id, 1, choice)
    free = next((slot for slot in slots_of(phase) if slot not in own), None)
    if free is None:
        raise Refused(Code.FULL, "You have no dots left. Take one back to place it elsewhere.")
    return Cast(phase.id, free, choice)


def to_take_back(phase: Phase, own: Mapping[int, str], choice: str) -> Cast:
    """The last dot that was placed on this. Raises not_found where none is there."""
    there = [slot for slot, chosen in own.items() if slot != FINISHED and chosen == choice]
    if not there:
        raise Refused(Code.NOT_FOUND, "None of your dots is there.")
    return Cast(phase.id, max(there), None)
