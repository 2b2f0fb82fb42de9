"""What domains above or beside records add to their pages. Main fills it in: records import none of them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from litestar.di import NamedDependency
from msgspec import Struct

from app.db import Tx
from app.records.core.record import Record
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople


class LineStep(Struct, frozen=True):
    """One step of the line through a record: a note or several, a record, or an outcome.

    `kind` names its tint. `word` says what it is and how it stands; `link` how it leads to the next step;
    `also` what else led to it, `whose` words they are. `here`: the record that the line was asked for.
    """

    kind: str
    word: str
    text: str
    when: date | None
    whose: str = ""
    path: str = ""
    link: str = ""
    also: tuple[str, ...] = ()
    here: bool = False


class BoardCard(Struct, frozen=True):
    """A card that stands for a record, with the board it is on."""

    board: str
    title: str
    card: str


class Line(Struct, frozen=True):
    """The line through a record, and the cards that stand for it, by title of their board."""

    steps: list[LineStep]
    boards: list[BoardCard]


class RecordHooks(Struct, frozen=True):
    """`goals` are the goals in use of a space, id and title; `line` is the line through a record.

    It is given the records that are connected with it.
    """

    goals: Callable[[Tx, Seat], Awaitable[list[tuple[str, str]]]]
    line: Callable[[Tx, SpacePeople, Record, Mapping[str, Record]], Awaitable[Line]]


Hooks = NamedDependency[RecordHooks]
