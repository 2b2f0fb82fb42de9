"""Votes of a phase: whether a dot may be placed, and what they come to when voting closes. Pure."""

from collections.abc import Mapping

from msgspec import Struct, json

from app.access import WRITERS, Actor, Code, Hat, Refused, State
from app.boards.core.board import Board
from app.boards.core.changeset import Changeset
from app.boards.core.stage.ops import CloseVote, EndStage, OpenPhase, ReopenPhase
from app.boards.core.stage.read import (
    Phase,
    Total,
    Totals,
    hat_of,
    phase_of,
    present_phase,
    running_stage,
)

FINISHED = 0  # the slot that says "I have finished"; dots have the slots from 1 on
FEWEST = 5  # answers to a choice below which no numbers are shown, and people in a cell (rule P7)


class Cast(Struct, frozen=True):
    """One dot, or "I have finished": which slot of a phase, and on what; a choice of None takes it back."""

    phase: str
    slot: int
    choice: str | None = None


class Count(Struct, frozen=True):
    """What the ballots of a phase come to: dots by choice, people who voted, and dots by organisation.

    `by` has of each choice the number of people by organisation, `people_by` those who voted at all; both of
    members only, by the name of their organisation.
    """

    dots: Mapping[str, int] = {}
    people: int = 0
    by: Mapping[str, Mapping[str, int]] = {}
    people_by: Mapping[str, int] = {}


# Ops after which no more dots are taken: each is decided alone, with all dots before it in the database.
CLOSING = (CloseVote, OpenPhase, ReopenPhase, EndStage)


def round_of(board: Board) -> str | None:
    """The phase that takes ballots now: the present one, unless its vote is closed."""
    phase = present_phase(board)
    if phase is None or (phase.vote.how != "none" and not phase.vote_open):
        return None
    return phase.id


def slots_of(phase: Phase) -> range:
    """The slots of a person's dots."""
    return range(1, 1 + (phase.vote.dots if phase.vote.how == "dots" else phase.vote.how == "choice"))


def check_cast(board: Board, actor: Actor, cast: Cast, own: Mapping[int, str]) -> None:
    """Raise Refused unless the person, whose dots are `own` by slot, may do this now (rule W6)."""
    stage, phase = running_stage(board), present_phase(board)
    if actor.role not in WRITERS or board.state is not State.OPEN:
        raise Refused(Code.NOT_ALLOWED, "Only people who can write here can vote.")
    if stage is None or phase is None or phase.id != cast.phase:
        raise Refused(Code.LOCKED, "This is over, so it does not count.")
    if hat_of(board, actor.person) is Hat.FACILITATOR and actor.person not in stage.taking_part:
        raise Refused(Code.NOT_ALLOWED, "Facilitators have no dots unless they take part.")
    if cast.slot == FINISHED:
        if cast.choice not in (None, "yes"):
            raise Refused(Code.INVALID, "Say yes, or nothing, to having finished.")
        return
    _check_dot(phase, cast, own)


def _check_dot(phase: Phase, cast: Cast, own: Mapping[int, str]) -> None:
    if not phase.vote_open:
        raise Refused(Code.LOCKED, "Voting is closed, so this dot does not count.")
    slots = slots_of(phase)
    if cast.slot not in slots:
        raise Refused(Code.FULL, f"You have {len(slots)} {'dot' if len(slots) == 1 else 'dots'}.")
    if cast.choice is None:
        return
    if cast.choice not in choices_of(phase):
        raise Refused(Code.NOT_FOUND, "That is not among what is voted on.")
    there = sum(choice == cast.choice for slot, choice in own.items() if slot not in (FINISHED, cast.slot))
    if phase.vote.how == "dots" and there >= phase.vote.most:
        raise Refused(Code.FULL, f"One thing takes at most {phase.vote.most} of your dots.")


def choices_of(phase: Phase) -> tuple[str, ...]:
    """What a ballot may name: the things of a vote by dots, or the places of the options, from "0" on."""
    if phase.vote.how == "dots":
        return phase.things
    return tuple(str(i) for i in range(len(phase.vote.options))) if phase.vote.how == "choice" else ()


def totals_of(phase: Phase, count: Count) -> Totals:
    """The totals as they are kept, in the order of the things; by organisation only where P7 allows."""
    if phase.vote.how == "choice" and count.people < FEWEST:
        return Totals(count.people, too_few=True)
    of = [
        Total(id, count.dots.get(id, 0), _by(count.by.get(id, {}), count.people_by, count.dots.get(id, 0)))
        for id in choices_of(phase)
    ]
    return Totals(count.people, tuple(of))


def _by(cell: Mapping[str, int], voted: Mapping[str, int], dots: int) -> dict[str, int]:
    """The organisations of one choice whose number and whose complement are both large enough.

    What is left of its dots is of all others: where that is few, the smallest number is not told either.
    """
    shown = {name: n for name, n in sorted(cell.items()) if n >= FEWEST and voted.get(name, 0) - n >= FEWEST}
    while shown and 0 < dots - sum(shown.values()) < FEWEST:
        del shown[min(shown, key=lambda name: (shown[name], name))]
    return shown


def close_vote(work: Changeset, op: CloseVote) -> None:
    """Raises not_found, and locked where it is closed already."""
    phase = phase_of(work.board, op.id)
    if phase is None or phase.vote.how == "none":
        raise Refused(Code.NOT_FOUND, "There is no such vote.")
    if not phase.vote_open:
        raise Refused(Code.LOCKED, "This vote is closed already.")
    _close(work, phase)


def close_present(work: Changeset) -> None:
    """Close the vote of the present phase where it is open: on moving on, and at the end."""
    phase = present_phase(work.board)
    if phase is not None and phase.vote_open:
        _close(work, phase)


def _close(work: Changeset, phase: Phase) -> None:
    count = work.deed.outside.counts.get(phase.id, Count())
    totals = json.decode(json.encode(totals_of(phase, count)))
    work.set_computed(work.item(phase.id), vote_open=None, totals=totals)
