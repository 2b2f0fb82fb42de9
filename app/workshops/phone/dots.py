"""Which slot a dot takes: a page says on what it lies, the server keeps by slot what was chosen. Pure.

A form names the slot that its page showed: sent again, it places or takes back the same one dot.
"""

from collections.abc import Mapping

from app.access import Code, Refused
from app.boards.core.stage.read import Phase
from app.boards.core.stage.votes import FINISHED, Cast, slots_of

SLOTS = ("free", "last")  # the fields of a form: into which slot a dot goes, and which is taken back


def to_place(phase: Phase, own: Mapping[int, str], choice: str, asked: str = "") -> Cast:
    """Into the slot asked for, else the first free one; a choice has one slot, so it moves. Raises full."""
    if phase.vote.how == "choice":
        return Cast(phase.id, 1, choice)
    free = _as_shown(phase, own, choice, asked) or first_free(phase, own)
    if free is None:
        raise Refused(Code.FULL, "You have no dots left. Take one back to place it elsewhere.")
    return Cast(phase.id, free, choice)


def to_take_back(phase: Phase, own: Mapping[int, str], choice: str, asked: str = "") -> Cast:
    """The slot asked for, else the last that was placed on this. Raises not_found where none is there."""
    last = _as_shown(phase, own, choice, asked) or last_on(own, choice)
    if last is None:
        raise Refused(Code.NOT_FOUND, "None of your dots is there.")
    return Cast(phase.id, last, None)


def first_free(phase: Phase, own: Mapping[int, str]) -> int | None:
    return next((slot for slot in slots_of(phase) if slot not in own), None)


def last_on(own: Mapping[int, str], choice: str) -> int | None:
    return max((slot for slot, chosen in own.items() if slot != FINISHED and chosen == choice), default=None)


def _as_shown(phase: Phase, own: Mapping[int, str], choice: str, asked: str) -> int | None:
    """The slot asked for, unless another dot of the person has taken it meanwhile."""
    slot = next((slot for slot in slots_of(phase) if str(slot) == asked), None)
    return slot if slot is not None and own.get(slot, choice) == choice else None
