"""What a goal is: a difference for people that several organisations want to see together."""

import hashlib
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class GoalState(StrEnum):
    """How it stands with a goal, as its tender says."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"


class Goal(Struct, frozen=True):
    """A goal in people's terms. `tender` looks after it; organisations own it together.

    `start` and `to` are in words ("4.2 days", "2 days"), since what counts is said by the measures.
    """

    id: str
    space: str
    title: str
    aim: str
    start: str
    to: str
    for_whom: str
    by_when: date | None
    person: str  # what this means for a person
    theory: str  # why we believe that the drivers below move it
    tender: str
    organisations: tuple[str, ...]
    state: GoalState
    changed_at: datetime
    archived: bool = False


class Level(StrEnum):
    """Where a driver stands in the diagram, from the aim down."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CHANGE = "change"


class Driver(Struct, frozen=True):
    """One box of a driver diagram. `uppers` are the drivers of the level above that it moves; many to many.

    A primary driver moves the aim itself and names none.
    """

    id: str
    goal: str
    level: Level
    words: str
    position: int
    uppers: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells one wording, with its ties, from the next."""
        return hashlib.sha256("\n".join((self.words, *sorted(self.uppers))).encode()).hexdigest()
