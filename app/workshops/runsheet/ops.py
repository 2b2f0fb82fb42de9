"""What facilitators can do to a run-sheet: one struct each. Pure."""

from msgspec import Struct

from app.workshops.runsheet.sheet import Block, Step


class AddBlock(Struct, frozen=True):
    """A new block with one step, after the block `after`; at the end where that is empty."""

    block: Block
    after: str = ""


class SetBlock(Struct, frozen=True):
    """The title and the aim of a block, as a form has them that showed its revision `seen`."""

    id: str
    title: str
    aim: str
    seen: int


class AddStep(Struct, frozen=True):
    """A new step, last in its block."""

    block: str
    step: Step


class SetStep(Struct, frozen=True):
    """All of a step but whether it is left out, as a form has it that showed its revision `seen`."""

    step: Step
    seen: int


class Remove(Struct, frozen=True):
    """A block with its steps, or a step; with its last step a block goes too."""

    id: str


class Move(Struct, frozen=True):
    """A block or a step one place up, or down. Two who press at once both move it."""

    id: str
    up: bool


class LeaveOut(Struct, frozen=True):
    """Leave a step out, or take it in again."""

    id: str
    out: bool


class Lengthen(Struct, frozen=True):
    """So many minutes more for a step, or fewer."""

    id: str
    by: float


class Cut(Struct, frozen=True):
    """Save what a step can give back: it is shortened, or left out where that is all of it."""

    id: str


Edit = AddBlock | SetBlock | AddStep | SetStep | Remove | Move | LeaveOut | Lengthen | Cut
