"""Moving from phase to phase: opening one, revealing its notes, going back to it."""

from random import Random
from typing import Any

from msgspec import json, structs

from app.access import Code, Refused
from app.boards.core import order
from app.boards.core.board import OUTSIDE, Item
from app.boards.core.cards import check_addable
from app.boards.core.changeset import Changeset
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.stage import votes
from app.boards.core.stage.lead import set_stage, stage_on
from app.boards.core.stage.ops import Hold, OpenPhase, ReopenPhase, Reveal, Vote
from app.boards.core.stage.read import Phase, Stage, notes_of, phase_of, phases_in, phases_of, things_of
from app.boards.core.texts import required
from app.characters import is_storable, storable

MOST_PHASES, MOST_ON_BOARD = 200, 1000  # of a workshop; of all that ever ran on a board
MOST_MINUTES = 540.0
MOST_DOTS, MOST_OPTIONS, LONGEST_OPTION = 20, 12, 120


def open_phase(work: Changeset, op: OpenPhase) -> None:
    """Close the vote of the phase before, and begin this one with its settings copied from the op.

    Raises invalid where another has moved on already, not_found where a section or a phase is gone.
    """
    stage = stage_on(work)
    _check_from(stage, op.from_)
    check_addable(work, op.id)
    _check_room(work, stage)
    _check_settings(work, op)
    fields = _fields(work, op)
    votes.close_present(work)
    work.add(op.id, "phase", fields, shown=True)
    work.keep_no_inverse()
    ends_at = None if op.minutes is None else work.deed.at + op.minutes * 60
    set_stage(work, stage, now=op.id, moved=work.me, ends_at=ends_at, left=None, page=None)


def reveal(work: Changeset, op: Reveal) -> None:
    """Every note of the phase is shown: last in its section, in random order, at the phase's own time.

    Raises invalid where there is none to show.
    """
    phase = _phase_on(work, stage_on(work), op.id)
    private = [note for note in notes_of(work.board, (phase.id,)) if note.shown is None]
    if not private:
        raise Refused(Code.INVALID, "Nobody has written anything that is still private.")
    private.sort(key=lambda note: note.id)
    Random(work.deed.outside.chance).shuffle(private)
    for note in private:
        _reveal_note(work, note, phase.opened)
    work.set_computed(work.item(phase.id), revealed=True)
    work.raise_epoch()


def reopen_phase(work: Changeset, op: ReopenPhase) -> None:
    """Write on in a phase, privately where it was private, until the next reveal. Raises Refused."""
    stage = stage_on(work)
    _check_from(stage, op.from_)
    phase = _phase_on(work, stage, op.id)
    if phase.id != stage.now:
        votes.close_present(work)
        set_stage(work, stage, now=phase.id, moved=work.me, ends_at=None, left=None, page=None)
    elif phase.write != "private" or not phase.revealed:
        raise Refused(Code.INVALID, "This is open already.")
    work.set_computed(work.item(phase.id), revealed=None)


def hold(work: Changeset, op: Hold) -> None:
    """Raises not_found for what is neither voted on in that phase nor shown to everyone."""
    phase = _phase_on(work, stage_on(work), op.id)
    is_other = op.thing is not None and op.thing not in votes.choices_of(phase)
    # one's own private note is visible too, but nobody else is given its id
    if is_other and work.visible(op.thing or "", "theme", "card").shown is None:
        raise Refused(Code.NOT_FOUND, "Only what everyone sees can be gone on with.")
    work.set_computed(work.item(phase.id), one=op.thing)


def _reveal_note(work: Changeset, note: Item, at: float) -> None:
    section = note.fields["section"]
    x, y = order.free_place(work.board, section, work.spots)
    key = order.last(work.board, section or OUTSIDE)
    work.reveal(note, at, order=key, x=x, y=y)


def _check_from(stage: Stage, from_: str | None) -> None:
    """Rule W8: of two who press at once one moves, and the other is told so."""
    if from_ != stage.now:
        raise Refused(Code.INVALID, "Somebody has moved on already.")


def _phase_on(work: Changeset, stage: Stage, id: str) -> Phase:
    """A phase of this workshop: an earlier one on the same board was led by others. Raises not_found."""
    phase = _phase(work, id)
    if work.item(id).born < work.item(stage.id).born:
        raise Refused(Code.NOT_FOUND, "That belongs to a workshop that is over.")
    return phase


def _phase(work: Changeset, id: str) -> Phase:
    phase = phase_of(work.board, id)
    if phase is None:
        raise Refused(Code.NOT_FOUND, "That part of the workshop is no longer here.")
    return phase


def _check_settings(work: Changeset, op: OpenPhase) -> None:
    for section in op.sections:
        work.visible(section, "section")
    for id in (*op.about, *([op.again_of] if op.again_of else [])):
        _phase(work, id)
    if not op.kinds or any(kind not in CARD_KINDS for kind in op.kinds):
        raise Refused(Code.INVALID, "Choose one of the kinds of card.")
    if op.minutes is not None and not 0 < op.minutes <= MOST_MINUTES:
        raise Refused(Code.INVALID, f"The minutes are more than 0 and at most {MOST_MINUTES:.0f}.")
    _check_vote(op.vote)


def _check_room(work: Changeset, stage: Stage) -> None:
    """A workshop that has ended uses up nothing of the next one's, as long as the board can hold it."""
    if len(phases_in(work.board, stage.id)) >= MOST_PHASES:
        raise Refused(Code.FULL, f"A workshop has at most {MOST_PHASES} parts. End it and begin another.")
    if len(phases_of(work.board)) >= MOST_ON_BOARD:
        raise Refused(
            Code.FULL,
            f"{MOST_ON_BOARD} parts of workshops ran on this board, more than it holds. Use another board.",
        )


def _check_vote(vote: Vote) -> None:
    if vote.how == "dots" and not (1 <= vote.dots <= MOST_DOTS and 1 <= vote.most <= vote.dots):
        raise Refused(
            Code.INVALID, f"Each person has 1 to {MOST_DOTS} dots, and one thing takes at most that many."
        )
    if vote.how == "choice" and not 2 <= len(vote.options) <= MOST_OPTIONS:
        raise Refused(Code.INVALID, f"Give between 2 and {MOST_OPTIONS} answers to choose from.")
    if any(not option.strip() or len(option) > LONGEST_OPTION for option in map(storable, vote.options)):
        raise Refused(Code.INVALID, f"Each answer has some words, at most {LONGEST_OPTION} characters.")


def _plain(value: Any) -> Any:
    """As it comes back from the database: lists, not tuples."""
    return json.decode(json.encode(value))


def _fields(work: Changeset, op: OpenPhase) -> dict[str, Any]:
    """The settings as they are copied onto the stage: what ran is never rewritten."""
    settings = {name: getattr(op, name) for name in op.__struct_fields__ if name not in ("id", "from_")}
    settings["prompt"] = required(work, "prompt", op.prompt, "question")
    settings["opened"] = work.deed.at
    if not all(is_storable(option) for option in op.vote.options):
        work.cleaned.append("vote")
    settings["vote"] = structs.replace(op.vote, options=tuple(map(storable, op.vote.options)))
    if op.vote.how != "none":
        settings["vote_open"] = True
    if op.vote.how == "dots":
        settings["things"] = things_of(work.board, op.about)
    return {name: _plain(value) for name, value in settings.items() if value is not None}
