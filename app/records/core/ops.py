"""What people can do to a record: one struct each, one closed union. Forms and histories hold the same."""

from datetime import date, datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from app.access import Actor
from app.records.core.record import Ending


class Doing(Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    """All ops have a tag, and a tag is for ever."""


class NewRow(Struct, frozen=True):
    """A row to be. With `board` and `card` its words are a quote from there."""

    id: str
    list: str
    fields: dict[str, str]
    board: str | None = None
    card: str | None = None


class NewTie(Struct, frozen=True):
    """A tie to be."""

    id: str
    kind: Literal["record", "goal"]
    other: str
    means: str


class Keep(Doing, frozen=True, tag="keep"):
    """Make a record. `tend`: whoever makes it keeps it true; else `offer` names who is asked to.

    `gathered`: it came from the notes of a theme or a vote together, so that no single card stands for it.
    """

    kind: str
    title: str
    fields: dict[str, str]
    rows: tuple[NewRow, ...] = ()
    ties: tuple[NewTie, ...] = ()
    tend: bool = False
    offer: str | None = None
    look_again: date | None = None
    draft: bool = False
    gathered: bool = False


class Write(Doing, frozen=True, tag="write"):
    """Change the title and fields; those that are left out stay."""

    title: str | UnsetType = UNSET
    fields: dict[str, str] = {}


class AddRow(Doing, frozen=True, tag="add_row"):
    row: NewRow


class EditRow(Doing, frozen=True, tag="edit_row"):
    id: str
    fields: dict[str, str]


class RemoveRow(Doing, frozen=True, tag="remove_row"):
    id: str


class RestoreRow(Doing, frozen=True, tag="restore_row"):
    id: str


class TakeRow(Doing, frozen=True, tag="take_row"):
    """Take a step on oneself; nobody can be given one."""

    id: str


class LeaveRow(Doing, frozen=True, tag="leave_row"):
    """Give back a step that one took."""

    id: str


class AddTie(Doing, frozen=True, tag="add_tie"):
    tie: NewTie


class RemoveTie(Doing, frozen=True, tag="remove_tie"):
    id: str


class Stand(Doing, frozen=True, tag="stand"):
    """It was read back and agreed: from a draft it becomes something everyone sees."""


class SetState(Doing, frozen=True, tag="set_state"):
    state: str


class LookAgain(Doing, frozen=True, tag="look_again"):
    on: date | None


class Review(Doing, frozen=True, tag="review"):
    """Look again: whether it is still true and what changed, as a line, and the day of the next time."""

    row: NewRow
    on: date | None


class Offer(Doing, frozen=True, tag="offer"):
    """Ask somebody to keep it true; they answer."""

    person: str


class Answer(Doing, frozen=True, tag="answer"):
    yes: bool


class TakeOn(Doing, frozen=True, tag="take_on"):
    """Keep it true from now on, where nobody does."""


class HandBack(Doing, frozen=True, tag="hand_back"):
    """Keep it true no longer: nobody holds it then."""


class Close(Doing, frozen=True, tag="close"):
    """`by` is the record that replaces it."""

    ending: Ending
    reason: str
    by: str | None = None


class Open(Doing, frozen=True, tag="open"):
    reason: str


class PutBack(Doing, frozen=True, tag="put_back"):
    """Take a change back, field by field where nobody has changed it since."""

    revision: int


Op = (
    Keep
    | Write
    | AddRow
    | EditRow
    | RemoveRow
    | RestoreRow
    | TakeRow
    | LeaveRow
    | AddTie
    | RemoveTie
    | Stand
    | SetState
    | LookAgain
    | Review
    | Offer
    | Answer
    | TakeOn
    | HandBack
    | Close
    | Open
    | PutBack
)


class Quote(Struct, frozen=True):
    """The words of a card as they are on the board, with who wrote all of them."""

    board: str
    card: str
    text: str
    by: str
    organisation: str | None
    at: datetime


class Deed(Struct, frozen=True):
    """An op with who does it, for which organisation, when, and what it quotes.

    `tender_left`: whoever kept the record true takes part no more, so that anybody may do what is theirs.
    `taken_out`: words were taken out of the history since, so that the deed may change nothing any more.
    `today`: the day that it was then where people are; without it no day is refused because it is over.
    """

    op: Op
    actor: Actor
    at: datetime
    quotes: tuple[Quote, ...] = ()
    tender_left: bool = False
    taken_out: bool = False
    today: date | None = None

    def is_over(self, day: date | None) -> bool:
        """Whether a day was over when it was done."""
        return day is not None and self.today is not None and day < self.today
