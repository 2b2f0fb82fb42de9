"""All that minutes say, as data. People are ids: names are put in when they are shown. Pure."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

from msgspec import Struct

OPEN_FOR = timedelta(days=5)  # after the end, for corrections


def mark_of(words: str) -> str:
    """A short mark of a paragraph, by which a form says which one it showed; of none it is empty."""
    return sha256(words.encode()).hexdigest()[:16] if words else ""


class Note(Struct, frozen=True):
    """What somebody wrote, as everybody was shown it; `by` is empty for what was on paper.

    `reworded` is who wrote the words that it has, where that is not `by`.
    """

    id: str
    text: str
    by: str
    taken_out: bool = False
    reworded: str = ""


class Group(Struct, frozen=True):
    """The notes of a theme; those in none have no title."""

    title: str
    notes: tuple[Note, ...]


class Row(Struct, frozen=True):
    """A thing that was voted on, with so many notes behind it, and what it got."""

    text: str
    notes: int
    dots: int
    held: bool = False
    id: str = ""
    taken_out: bool = False


class Result(Struct, frozen=True):
    """What a vote came to: totals alone. Of a choice with too few answers there are no numbers."""

    people: int
    by_dots: bool
    rows: tuple[Row, ...] = ()
    too_few: bool = False


class Part(Struct, frozen=True):
    """A step as it ran."""

    title: str
    prompt: str
    at: datetime
    asked: bool = False  # whether notes were written in it
    count: int = 0
    unrevealed: int = 0
    kept: bool = True
    groups: tuple[Group, ...] = ()
    result: Result | None = None

    def heading(self, group: Group) -> str:
        """What stands above its notes: beside themes those in none are said to be so."""
        return group.title or ("In no theme" if len(self.groups) > 1 else "")


class Correction(Struct, frozen=True):
    """What somebody who took part says should be different, and what those who led answered."""

    id: str
    block: str
    by: str
    at: datetime
    text: str
    answer: str = ""
    answered_by: str = ""


class Change(Struct, frozen=True):
    """What a facilitator changed in the draft: `did` to the block, note or correction `target`."""

    number: int
    at: datetime
    by: str
    did: Literal["paragraph", "leave_out", "take_in", "answer"]
    target: str
    before: str = ""
    after: str = ""


class BlockMinutes(Struct, frozen=True):
    """A block of the run-sheet as it ran, with what the facilitator writes to it."""

    id: str
    title: str
    start: datetime
    end: datetime | None
    parts: tuple[Part, ...]
    paragraph: str = ""
    left_out: int = 0
    corrections: tuple[Correction, ...] = ()

    @property
    def mark(self) -> str:
        return mark_of(self.paragraph)

    @property
    def is_silent(self) -> bool:
        """Whether something was asked, and nobody wrote or chose anything."""
        asked = any(part.asked for part in self.parts)
        return asked and not any(part.count or part.unrevealed or part.result for part in self.parts)


class RecordTitle(Struct, frozen=True):
    """What a record was called."""

    id: str
    title: str


class KeptRecord(RecordTitle, frozen=True, kw_only=True):
    """A record that was kept from this workshop, with who keeps it true and its day."""

    word: str
    tender: str = ""
    look_again: date | None = None


class Minutes(Struct, frozen=True):
    """`organisations` are those of members, `say_so` what guests said whom nobody has confirmed.

    Of the `people` so many are counted `at_shared_phones` of others, with no organisation.
    """

    title: str
    space: str
    purpose: str
    authority: str
    place: str
    led: tuple[str, ...]
    start: datetime | None = None
    end: datetime | None = None
    people: int = 0
    organisations: tuple[tuple[str, int], ...] = ()
    say_so: tuple[tuple[str, int], ...] = ()
    at_shared_phones: int = 0
    observers: int = 0
    missing: tuple[RecordTitle, ...] = ()
    blocks: tuple[BlockMinutes, ...] = ()
    kept: tuple[KeptRecord, ...] = ()
    parked: tuple[RecordTitle, ...] = ()
    corrections: tuple[Correction, ...] = ()  # of no one block
    version: int = 1

    @property
    def until(self) -> datetime | None:
        """Until when it is a draft; None while the workshop runs."""
        return self.end + OPEN_FOR if self.end else None

    def is_draft(self, now: datetime) -> bool:
        return self.until is None or now < self.until

    def records(self) -> tuple[RecordTitle, ...]:
        """Every record that they name."""
        return (*self.missing, *self.kept, *self.parked)

    def notes(self) -> list[tuple[BlockMinutes, Part, Group, Note]]:
        """Every note with where it stands."""
        return [
            (block, part, group, note)
            for block in self.blocks
            for part in block.parts
            for group in part.groups
            for note in group.notes
        ]
