"""What a goal is: a difference for people that several organisations want to see together."""

import hashlib
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class GoalState(StrEnum):
    """The state of a goal, as its tender says."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"


class Answer(StrEnum):
    """What an organisation has said to owning a goal."""

    YES = "yes"
    ASKED = "asked"
    NO = "no"


class Asked(Struct, frozen=True):
    """An organisation that others named as an owner of a goal, and that has not said yes.

    `by` is the person who asked it, for `by_organisation`; where it said no, who of it did, and why.
    """

    organisation: str
    answer: Answer
    by: str | None
    by_organisation: str | None
    at: datetime | None
    said: str = ""


class Goal(Struct, frozen=True):
    """A goal in people's terms. `tender` is the person who looks after it; `organisations` own it together.

    Nobody owns a goal who has not said yes: who was only `asked` stands apart.
    `start` and `to` are words ("4.2 days", "2 days"); the numbers are in the measures.
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
    asked: tuple[Asked, ...] = ()

    @property
    def proposed(self) -> tuple[Asked, ...]:
        """The organisations that have not answered yet."""
        return tuple(one for one in self.asked if one.answer is Answer.ASKED)


class GoalName(Struct, frozen=True):
    """As much of a goal as is said of it elsewhere."""

    id: str
    space: str
    title: str
    changed_at: datetime


class Level(StrEnum):
    """The level of a driver in the diagram, from the aim down."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CHANGE = "change"


class Driver(Struct, frozen=True):
    """One box of a driver diagram. `uppers` are the ids of drivers of the level above that it moves.

    A primary driver moves the aim itself and has none.
    """

    id: str
    goal: str
    level: Level
    words: str
    position: int
    uppers: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """A text that differs after every change: it shows that a form is out of date."""
        return hashlib.sha256("\n".join((self.words, *sorted(self.uppers))).encode()).hexdigest()
