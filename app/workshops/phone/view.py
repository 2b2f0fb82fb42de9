"""What a phone shows of a workshop: the part that is the same for everyone, and one's own. Pure."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from app.access import WRITERS, Actor, Hat, Refused, State
from app.boards.core.board import Board
from app.boards.core.offered_ops import offered
from app.boards.core.sight import Viewer, viewer_of
from app.boards.core.stage.read import (
    Phase,
    Stage,
    hat_of,
    is_private_now,
    phase_of,
    phases_in,
    stage_of,
)
from app.boards.core.stage.votes import FINISHED, Cast, check_cast, round_of
from app.workshops.phone.dots import first_free, last_on
from app.workshops.phone.notes import LOOSE, Group, Note, by_theme, note_of, notes_seen
from app.workshops.phone.things import Place, Thing, places_of, things_of
from app.workshops.promise import Promise, promise

Kind = Literal["none", "doors", "write", "read", "vote", "result", "ended"]


class Shown(Struct, frozen=True):
    """What everyone of a role is shown of the workshop now."""

    kind: Kind
    archived: bool
    stage: Stage | None = None
    phase: Phase | None = None
    groups: tuple[Group, ...] = ()
    things: tuple[Thing, ...] = ()
    places: tuple[Place, ...] = ()
    themes: tuple[Group, ...] = ()  # all of them, those without a note of this phase too
    gathers: bool = False
    tries: bool = False  # at the doors, who will be able to write
    may_write: bool | None = None  # of whoever wears no hat; None for facilitators, of whom each is asked
    may_cast: bool | None = None
    forgets: bool = False  # once it has ended: whether anything was asked that was not to be kept

    @property
    def writes(self) -> bool:
        """Whether notes are written in this phase."""
        return self.kind in ("write", "read") and self.phase is not None and self.phase.write != "off"

    @property
    def talks(self) -> bool:
        """Whether people talk, or listen: nothing is to be read or written on a phone."""
        return self.kind == "read" and self.phase is not None and self.phase.write == "off" and not self.count

    @property
    def private(self) -> bool:
        """Whether what is written now is read by its author alone, until it is revealed."""
        return self.phase is not None and is_private_now(self.phase)

    @property
    def promise(self) -> Promise:
        """What is promised beside the box."""
        return promise(self.private, self.phase is None or self.phase.kept)

    @property
    def looks_on(self) -> bool:
        """Whether something is going on now that these people only watch."""
        is_open = self.kind in ("write", "vote") and not self.archived
        return is_open and self.may_write is False and self.may_cast is False

    @property
    def key(self) -> str:
        """All that the question and its box depend on: while it is the same nobody's box is drawn again."""
        phase = self.phase.id if self.phase else ""
        states = (self.kind, phase, self.archived, self.private, *(place.id for place in self.places))
        return " ".join(str(state) for state in states)

    @property
    def has_clock(self) -> bool:
        """Whether time is left for something: once a vote is closed nobody waits for its clock any more."""
        return self.kind in ("write", "read", "vote")

    @property
    def names_people(self) -> bool:
        """Whether anybody's name stands on this screen: of who wrote a note, or leads what is to begin."""
        return bool(self.groups) or self.kind == "doors"

    @property
    def loose(self) -> Group | None:
        """The notes in no theme."""
        return next((group for group in self.groups if group.id == LOOSE), None)

    @property
    def listed(self) -> tuple[Group, ...]:
        """The groups in turn; who gathers is shown the empty themes too."""
        if not self.gathers:
            return self.groups
        return (*self.themes, self.loose) if self.loose else self.themes

    @property
    def count(self) -> int:
        return sum(len(group.notes) for group in self.groups)

    @property
    def held(self) -> Thing | None:
        """The thing that the room goes on with."""
        one = self.phase.one if self.phase else None
        return next((thing for thing in self.things if thing.id == one), None)


class Own(Struct, frozen=True):
    """What only this person is shown: their notes of this phase, their dots by slot, what they may do."""

    notes: tuple[Note, ...] = ()
    dots: Mapping[int, str] = {}
    writes: bool = False
    casts: bool = False
    leads: bool = False

    @property
    def finished(self) -> bool:
        return FINISHED in self.dots

    @property
    def placed(self) -> int:
        """How many dots are placed."""
        return sum(1 for slot in self.dots if slot != FINISHED)

    def on(self, thing: str) -> int:
        """How many of one's own dots lie on a thing."""
        return sum(1 for slot, choice in self.dots.items() if slot != FINISHED and choice == thing)

    def free(self, phase: Phase) -> int | None:
        """The slot that the next dot goes into."""
        return first_free(phase, self.dots)

    def last(self, thing: str) -> int | None:
        """The slot that is taken back of a thing."""
        return last_on(self.dots, thing)


NOBODY = Own()  # of the part that is the same for everyone


def shown(board: Board, viewer: Viewer) -> Shown:
    """For a viewer who owns nothing this is what all of that role are shown."""
    stage, archived = stage_of(board), board.state is not State.OPEN
    if stage is None or stage.ended:
        forgets = stage is not None and any(not phase.kept for phase in phases_in(board, stage.id))
        return Shown("ended" if stage else "none", archived, stage, forgets=forgets)
    phase = phase_of(board, stage.now)
    if phase is None:
        tries = viewer.audience.role in WRITERS and not archived
        return Shown("doors", archived, stage, tries=tries)
    kind, (themes, loose) = _kind(phase), by_theme(board, viewer, phase)
    groups = tuple(group for group in (*themes, loose) if group.notes)
    gathers = kind == "read" and bool(groups) and not archived and _may_gather(phase, viewer)
    things, places = things_of(board, viewer, phase), places_of(board, phase)
    writes, casts = _may(board, viewer, phase)
    return Shown(
        kind,
        archived,
        stage,
        phase,
        groups,
        things,
        places,
        themes,
        gathers,
        may_write=writes,
        may_cast=casts,
    )


def own(board: Board, actor: Actor, dots: Mapping[int, str]) -> Own:
    """One's own part; `dots` are those of the person in the present phase, by slot."""
    stage = stage_of(board)
    phase = phase_of(board, stage.now) if stage and not stage.ended else None
    notes = notes_seen(board, viewer_of(actor, board), (phase.id,)) if phase else []
    return Own(
        tuple(note_of(view) for view in notes if view.fields["by"] == actor.person),
        dots,
        _may_write(board, actor),
        phase is not None and _may_cast(board, actor, phase),
        hat_of(board, actor.person) is Hat.FACILITATOR,
    )


def _may_gather(phase: Phase, viewer: Viewer) -> bool:
    """Whether all of this audience may put notes into themes in this phase."""
    if viewer.audience.role not in WRITERS:
        return False
    leads = viewer.audience.hat is Hat.FACILITATOR
    return phase.move == "everyone" or (phase.move == "facilitators" and leads)


def _kind(phase: Phase) -> Kind:
    if phase.vote_open:
        return "vote"
    if phase.vote.how != "none":
        return "result"
    return "write" if is_private_now(phase) else "read"


def _may(board: Board, viewer: Viewer, phase: Phase) -> tuple[bool | None, bool | None]:
    """Whether anybody of this audience writes, and votes, now; facilitators are asked one by one."""
    if viewer.audience.hat is Hat.FACILITATOR:
        return None, None
    anybody = Actor(viewer.audience.role)
    return _may_write(board, anybody), _may_cast(board, anybody, phase)


def _may_write(board: Board, actor: Actor) -> bool:
    return "add_card" in offered(actor, board, board.state)


def _may_cast(board: Board, actor: Actor, phase: Phase) -> bool:
    if round_of(board) != phase.id:
        return False
    try:
        check_cast(board, actor, Cast(phase.id, FINISHED, "yes"), {})
    except Refused:
        return False
    return True
