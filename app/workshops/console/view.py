"""What the console shows of a workshop to all who facilitate it. Pure."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from app.access import Role
from app.boards.core.board import Board
from app.boards.core.sight import viewer_in
from app.boards.core.stage.read import Phase, Stage, notes_of, phases_in
from app.spaces.space import Participant
from app.workshops.phone.notes import Group
from app.workshops.phone.things import Place, Thing
from app.workshops.phone.view import Shown, shown
from app.workshops.projector.view import pages_of


class Earlier(Struct, frozen=True):
    """A phase of this workshop, with the number of notes that are still private (rule W1: a number alone)."""

    phase: Phase
    unrevealed: int
    is_now: bool


class Console(Struct, frozen=True):
    """Everything that is the same for all facilitators."""

    shown: Shown
    phases: tuple[Earlier, ...] = ()
    places: tuple[Place, ...] = ()
    pages: int = 1  # of the projector

    @property
    def stage(self) -> Stage | None:
        return self.shown.stage

    @property
    def phase(self) -> Phase | None:
        return self.shown.phase

    @property
    def themes(self) -> tuple[Group, ...]:
        return self.shown.themes

    @property
    def loose(self) -> Group | None:
        """The notes in no theme."""
        return self.shown.loose

    @property
    def unrevealed(self) -> int:
        """How many notes of the present phase are private."""
        return next((one.unrevealed for one in self.phases if one.is_now), 0)

    @property
    def gathers(self) -> bool:
        """Whether notes can be put into themes now."""
        return self.shown.kind == "read" and (self.shown.count > 0 or bool(self.themes))


class Here(Struct, frozen=True):
    """Who is here now: how many of each organisation, who was here before, and who of them only watches.

    Of the people so many are `sharing` the phone of one who is counted with an organisation.
    """

    people: int
    observers: int
    leading: int
    organisations: tuple[tuple[str, int, int], ...] = ()  # name, colour, how many
    away: tuple[str, ...] = ()  # names
    sharing: int = 0


def console(board: Board) -> Console:
    """Made for a viewer who owns nothing: facilitators too are given no private note of anybody."""
    everyone = shown(board, viewer_in(Role.OBSERVER))
    if everyone.stage is None:
        return Console(everyone)
    return Console(
        everyone,
        _phases(board, everyone.stage),
        _places(board),
        len(pages_of(everyone)),
    )


def here(
    people: Collection[Participant],
    now: Collection[str],
    before: Collection[str],
    stage: Stage | None,
    phones: Mapping[str, int] = {},
) -> Here:
    """`now` are the ids of those who look at the board, `before` of those who did since it began.

    `phones` are how many use the phone of a person, where it is more than one.
    """
    leads = set(stage.facilitators) - set(stage.taking_part) if stage else set()
    present = [one for one in people if one.id in now and one.id not in leads and not one.former]
    taking = [one for one in present if one.role is not Role.OBSERVER]
    counted: dict[tuple[str, int], int] = {}
    for one in taking:
        key = (one.organisation_name, one.colour)
        counted[key] = counted.get(key, 0) + 1
    sharing = sum(phones.get(one.id, 1) - 1 for one in taking)
    gone = [one.name for one in people if one.id in before and one.id not in now and not one.former]
    return Here(
        len(taking) + sharing,
        len(present) - len(taking),
        sum(1 for one in people if one.id in now and one.id in leads),
        tuple((name, colour, count) for (name, colour), count in sorted(counted.items())),
        tuple(gone),
        sharing,
    )


def titles(things: Collection[Thing], id: str | None) -> str:
    """The words of one of the things; "" where it is not among them."""
    return next((one.text for one in things if one.id == id), "")


def _phases(board: Board, stage: Stage) -> tuple[Earlier, ...]:
    phases = phases_in(board, stage.id)
    return tuple(Earlier(one, _private(board, one), one.id == stage.now) for one in phases)


def _private(board: Board, phase: Phase) -> int:
    return sum(1 for note in notes_of(board, (phase.id,)) if note.shown is None)


def _places(board: Board) -> tuple[Place, ...]:
    sections = [item for item in board.items.values() if item.item == "section" and item.removed is None]
    sections.sort(key=lambda item: (item.fields["order"], item.id))
    return tuple(Place(item.id, str(item.fields["title"])) for item in sections)
