"""What a phone shows of a workshop: the part that is the same for everyone, and one's own. Pure."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from app.access import Actor, Hat, Refused, State
from app.boards.core.board import Board
from app.boards.core.offered_ops import offered
from app.boards.core.sight import View, Viewer, see, viewer_of
from app.boards.core.stage.read import (
    Phase,
    Stage,
    hat_of,
    is_private_now,
    notes_of,
    phase_of,
    stage_of,
    themes_of,
)
from app.boards.core.stage.votes import FINISHED, Cast, check_cast, round_of

Kind = Literal["none", "doors", "write", "read", "vote", "result", "ended"]
LOOSE = ""  # the group of the notes that are in no theme


class Note(Struct, frozen=True):
    """A card that answers a phase; `seq` is the deed that last changed it."""

    id: str
    text: str
    kind: str
    by: str
    seq: int
    private: bool
    paper: bool
    reworded: str | None = None  # who wrote the words that it shows, where that is not its author


class Group(Struct, frozen=True):
    """The notes of a theme, or with the id LOOSE those that are in none."""

    id: str
    title: str
    notes: tuple[Note, ...]


class Thing(Struct, frozen=True):
    """What is voted on: a theme with so many `notes` behind it, a note, or an answer to choose."""

    id: str
    text: str
    notes: int = 0
    dots: int | None = None  # once the vote is closed
    by: Mapping[str, int] = {}


class Place(Struct, frozen=True):
    """A section that a note of this phase may be written in."""

    id: str
    title: str


class Shown(Struct, frozen=True):
    """What everyone of a role is shown of the workshop now."""

    kind: Kind
    archived: bool
    stage: Stage | None = None
    phase: Phase | None = None
    groups: tuple[Group, ...] = ()
    things: tuple[Thing, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether notes are written in this phase."""
        return self.kind in ("write", "read") and self.phase is not None and self.phase.write != "off"

    @property
    def private(self) -> bool:
        """Whether what is written now is read by its author alone, until it is revealed."""
        return self.phase is not None and is_private_now(self.phase)

    @property
    def key(self) -> str:
        """All that the question and its box depend on: while it is the same nobody's box is drawn again."""
        phase = self.phase.id if self.phase else ""
        states = (self.kind, phase, self.archived, self.private, *(place.id for place in self.places))
        return " ".join(str(state) for state in states)

    @property
    def names_people(self) -> bool:
        """Whether anybody's name stands on this screen: of who wrote a note, or leads what is to begin."""
        return bool(self.groups) or self.kind == "doors"

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


NOBODY = Own()  # of the part that is the same for everyone


def shown(board: Board, viewer: Viewer) -> Shown:
    """For a viewer who owns nothing this is what all of that role are shown."""
    stage, archived = stage_of(board), board.state is not State.OPEN
    if stage is None or stage.ended:
        return Shown("ended" if stage else "none", archived, stage)
    phase = phase_of(board, stage.now)
    if phase is None:
        return Shown("doors", archived, stage)
    groups = groups_of(board, viewer, phase)
    return Shown(
        _kind(phase), archived, stage, phase, groups, _things(board, viewer, phase), _places(board, phase)
    )


def own(board: Board, actor: Actor, dots: Mapping[int, str]) -> Own:
    """One's own part; `dots` are those of the person in the present phase, by slot."""
    stage = stage_of(board)
    phase = phase_of(board, stage.now) if stage else None
    notes = _notes(board, viewer_of(actor, board), (phase.id,)) if phase else []
    return Own(
        tuple(_note(view) for view in notes if view.fields["by"] == actor.person),
        dots,
        "add_card" in offered(actor, board, board.state),
        phase is not None and _may_cast(board, actor, phase),
        hat_of(board, actor.person) is Hat.FACILITATOR,
    )


def groups_of(board: Board, viewer: Viewer, phase: Phase) -> tuple[Group, ...]:
    """The notes that everyone is shown in this phase by theme, those in none last; none is empty."""
    views = [view for view in _notes(board, viewer, phase.about or (phase.id,)) if "draft" not in view.fields]
    seen = [view for theme in themes_of(board) if (view := see(board, theme, viewer))]
    themes = [(theme.id, str(theme.fields["title"])) for theme in seen]
    known = {id for id, _ in themes}
    groups = [
        Group(id, title, tuple(_note(v) for v in views if v.fields.get("theme") == id))
        for id, title in themes
    ]
    loose = tuple(_note(view) for view in views if view.fields.get("theme") not in known)
    return tuple(group for group in (*groups, Group(LOOSE, "", loose)) if group.notes)


def _kind(phase: Phase) -> Kind:
    if phase.vote_open:
        return "vote"
    if phase.vote.how != "none":
        return "result"
    return "write" if is_private_now(phase) else "read"


def _things(board: Board, viewer: Viewer, phase: Phase) -> tuple[Thing, ...]:
    """In the order of the vote; after it those with most dots first, answers in their own order."""
    totals = {total.id: total for total in phase.totals.of} if phase.totals else {}
    if phase.vote.how == "choice":
        found = [Thing(str(at), text) for at, text in enumerate(phase.vote.options)]
    else:
        found = [thing for id in phase.things if (thing := _thing(board, viewer, id))]
    if not totals:
        return tuple(found)
    counted = [
        Thing(one.id, one.text, one.notes, totals[one.id].dots, totals[one.id].by)
        for one in found
        if one.id in totals
    ]
    if phase.vote.how == "dots":
        counted.sort(key=lambda one: -(one.dots or 0))
    return tuple(counted)


def _thing(board: Board, viewer: Viewer, id: str) -> Thing | None:
    item = board.items.get(id)
    view = see(board, item, viewer) if item else None
    if view is None:
        return None
    if view.item != "theme":
        return Thing(id, str(view.fields["text"]))
    cards = [i for i in board.items.values() if i.item == "card" and i.fields.get("theme") == id]
    return Thing(id, str(view.fields["title"]), sum(see(board, card, viewer) is not None for card in cards))


def _notes(board: Board, viewer: Viewer, phases: tuple[str, ...]) -> list[View]:
    """The notes of these phases that the viewer sees, in the order of the outline."""
    views = [view for item in notes_of(board, phases) if (view := see(board, item, viewer))]
    return sorted(views, key=lambda view: (view.fields["section"] or "", view.fields["order"], view.id))


def _note(view: View) -> Note:
    fields = view.fields
    return Note(
        view.id,
        fields["text"],
        fields["kind"],
        fields["by"],
        view.seq,
        bool(fields.get("draft")),
        bool(fields.get("paper")),
        fields.get("reworded"),
    )


def _places(board: Board, phase: Phase) -> tuple[Place, ...]:
    items = [board.items.get(id) for id in phase.sections]
    return tuple(
        Place(item.id, str(item.fields["title"]))
        for item in items
        if item is not None and item.removed is None
    )


def _may_cast(board: Board, actor: Actor, phase: Phase) -> bool:
    if round_of(board) != phase.id:
        return False
    try:
        check_cast(board, actor, Cast(phase.id, FINISHED, "yes"), {})
    except Refused:
        return False
    return True
