"""What a record is: a row of the space that outlives the boards it came from. Values only."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct

# the lists that every kind has: the notes that a record came from, in their own words, and who looked again
SOURCES, REVIEWS = "sources", "reviews"


class Stands(StrEnum):
    """How far a record is kept: only its author sees a draft."""

    DRAFT = "draft"
    STANDING = "standing"
    CLOSED = "closed"


class Ending(StrEnum):
    """Why a record is closed."""

    ACHIEVED = "achieved"
    LET_GO = "let_go"
    REPLACED = "replaced"


class Row(Struct, frozen=True):
    """One entry of a list in a record, signed by who wrote it, for the organisation they wrote it for.

    `board` and `card` are where its words were copied from. `taken` is the person who took it on themselves.
    A removed one stays in the history.
    """

    id: str
    list: str
    fields: dict[str, str]
    by: str
    organisation: str | None
    at: datetime
    board: str | None = None
    card: str | None = None
    taken: str | None = None
    removed: bool = False


class Tie(Struct, frozen=True):
    """A record's relation to another record or to a goal: `means` is one of `ties.MEANINGS`."""

    id: str
    kind: Literal["record", "goal"]
    other: str
    means: str
    by: str
    at: datetime
    removed: bool = False


class Record(Struct, frozen=True):
    """A record at one revision. `fields` are those of its kind, as JSON has them.

    `tender` keeps it true and has said so; `offered` was asked to. `version` is that of the kind's fields.
    """

    id: str
    space: str
    kind: str
    version: int
    title: str
    fields: dict[str, Any]
    stands: Stands
    state: str
    made_by: str
    made_at: datetime
    changed_by: str
    changed_at: datetime
    revision: int = 1
    tender: str | None = None
    offered: str | None = None
    look_again: date | None = None
    audience: str = "space"  # who may see it once it stands; fixed when it is made
    ending: Ending | None = None
    reason: str = ""  # of its closing, or of its opening again
    replaced_by: str | None = None
    rows: tuple[Row, ...] = ()
    ties: tuple[Tie, ...] = ()

    def of(self, list_: str) -> list[Row]:
        """The rows of a list that are not removed, in order."""
        return [row for row in self.rows if row.list == list_ and not row.removed]

    def row(self, id: str) -> Row | None:
        return next((row for row in self.rows if row.id == id), None)

    def tied(self, means: str) -> list[Tie]:
        """Its ties of that meaning that are not removed."""
        return [tie for tie in self.ties if tie.means == means and not tie.removed]
