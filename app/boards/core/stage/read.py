"""What the stage and the phases of a board say now: their items, read as values."""

from typing import Any

import msgspec
from msgspec import Struct

from app.access import Hat
from app.boards.core.board import THEMES, Board, Item, is_live
from app.boards.core.stage.ops import Move, Names, Vote, Write


class Stage(Struct, frozen=True):
    """The stage as its item has it. Times are unix seconds; `left` seconds while the clock is paused."""

    id: str
    facilitators: tuple[str, ...]
    lead: str
    offered: str | None = None
    taking_part: tuple[str, ...] = ()  # facilitators who are counted and have dots
    purpose: str = ""
    authority: str = ""
    now: str | None = None  # the present phase
    moved: str | None = None  # who moved on, or back, to it
    ends_at: float | None = None
    left: float | None = None
    ended: bool = False
    ended_at: float | None = None
    page: int = 0  # of the notes, on the projector
    hides_code: bool = False  # whether the projector leaves the join code out


class Total(Struct, frozen=True, omit_defaults=True):
    """The dots of one thing, or of one option; `by` organisation only where that names nobody (rule P7)."""

    id: str
    dots: int
    by: dict[str, int] = {}


class Totals(Struct, frozen=True, omit_defaults=True):
    """What a vote came to: `people` who voted. Of a choice with too few answers there are no numbers."""

    people: int
    of: tuple[Total, ...] = ()
    too_few: bool = False


class Phase(Struct, frozen=True):
    """A phase as its item has it. `things` are what is voted on, in turn, since the vote was opened."""

    id: str
    prompt: str
    sections: tuple[str, ...] = ()
    write: Write = "private"
    names: Names = "named"
    kinds: tuple[str, ...] = ("note",)
    question: bool = False
    kept: bool = True
    move: Move = "nobody"
    vote: Vote = Vote()
    about: tuple[str, ...] = ()
    minutes: float | None = None
    again_of: str | None = None
    opened: float = 0.0
    revealed: bool = False  # what is written now is shown at once
    things: tuple[str, ...] = ()
    vote_open: bool = False
    totals: Totals | None = None
    one: str | None = None  # the thing that the room goes on with


def stage_of(board: Board) -> Stage | None:
    """The newest stage of the board, running or ended; None where there never was one."""
    item = board.items.get(board.stage)
    return _read(item, Stage) if item is not None and is_live(item) else None


def running_stage(board: Board) -> Stage | None:
    stage = stage_of(board)
    return stage if stage is not None and not stage.ended else None


def phase_of(board: Board, id: str | None) -> Phase | None:
    """The phase with this id; None where there is none."""
    item = board.items.get(id) if id else None
    return _read(item, Phase) if item is not None and item.item == "phase" and is_live(item) else None


def present_phase(board: Board) -> Phase | None:
    """The phase that the running stage is in; None before the first one, and without a stage."""
    stage = running_stage(board)
    return phase_of(board, stage.now) if stage else None


def writes_in_private(board: Board) -> bool:
    """Whether the present phase is private now; read without making values of it, as for each pointer."""
    stage = board.items.get(board.stage)
    runs = stage is not None and not stage.fields.get("ended")
    phase = board.items.get(stage.fields.get("now") or "") if stage is not None and runs else None
    return phase is not None and phase.fields["write"] == "private" and not phase.fields.get("revealed")


def answered_phase(board: Board) -> Phase | None:
    """The present phase, where new cards answer it."""
    phase = present_phase(board)
    return phase if phase is not None and phase.write != "off" else None


def phases_of(board: Board) -> list[Phase]:
    """All phases, in the order in which they were first opened."""
    items = [item for item in board.items.values() if item.item == "phase" and is_live(item)]
    return [_read(item, Phase) for item in sorted(items, key=lambda item: item.born)]


def phases_in(board: Board, stage: str) -> list[Phase]:
    """Those of one workshop that were opened since it began: an earlier one here was led by others."""
    return [one for one in phases_of(board) if board.items[one.id].born > board.items[stage].born]


def facilitators_of(board: Board) -> frozenset[str]:
    """Who leads the workshop that runs on the board; nobody where none runs."""
    stage = running_stage(board)
    return frozenset(stage.facilitators) if stage else frozenset()


def hat_of(board: Board, person: str | None) -> Hat:
    """What somebody is to the workshop that runs on this board."""
    return Hat.FACILITATOR if person in facilitators_of(board) else Hat.NONE


def is_private_now(phase: Phase) -> bool:
    """Whether what is written in the phase now is read by its author alone."""
    return phase.write == "private" and not phase.revealed


def is_not_kept(board: Board, item: Item) -> bool:
    """Whether a note was written under the promise that it is not kept, as at a check-in."""
    phase = phase_of(board, item.fields.get("phase"))
    return phase is not None and not phase.kept


def notes_of(board: Board, phase_ids: tuple[str, ...]) -> list[Item]:
    """The live notes of these phases, private ones too: for deciding, never for showing."""
    wanted = set(phase_ids)
    cards = (item for item in board.items.values() if item.item == "card" and is_live(item))
    return [card for card in cards if card.fields.get("phase") in wanted]


def themes_of(board: Board) -> list[Item]:
    """The live themes, in their order."""
    return [board.items[id] for _, id in board.order.get(THEMES, ())]


def things_of(board: Board, phases: tuple[str, ...]) -> tuple[str, ...]:
    """What is voted on: the themes of these phases' shown notes, then the shown notes that are in none."""
    shown = [card for card in notes_of(board, phases) if card.shown is not None]
    used = {card.fields.get("theme") for card in shown}
    themes = [theme.id for theme in themes_of(board) if theme.id in used]
    loose = [card for card in shown if card.fields.get("theme") not in set(themes)]
    return (*themes, *(card.id for card in sorted(loose, key=_turn)))


def _turn(card: Item) -> tuple[str, str, str]:
    return (card.fields["section"] or "", card.fields["order"], card.id)


def _read(item: Item, kind: Any) -> Any:
    return msgspec.convert({"id": item.id, **item.fields}, kind)
