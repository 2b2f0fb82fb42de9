"""Looking again at a record: is it still true, what changed, when is the next time; and the dots. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Struct

from app.records.core.kind import Field, Kind, asks, fields_of
from app.records.core.record import REVIEWS, Record, Row

STILL = (
    ("yes", "Yes, as it stands"),
    ("partly", "Partly: something has changed"),
    ("no", "No, not any more"),
)
MOST_DOTS = 9999


class Answers(Struct):
    """What is asked of every kind."""

    still: Annotated[str, asks("Is it still true?", must=True, most=10, choices=STILL)] = ""
    changed: Annotated[
        str,
        asks("What changed?", "What have you seen or heard since? What surprised you?", most=600, lines=3),
    ] = ""


class Spread(Struct, frozen=True):
    """Where people put their dots on a day: the words of each place, and how many."""

    row: Row
    dots: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(dots for _, dots in self.dots)


def fields(kind: Kind, record: Record) -> tuple[Field, ...]:
    """The answers of a review, and the places for dots that the kind has."""
    return (*fields_of(Answers), *(Field(name, label, most=4) for name, label in kind.spread(record)))


def wrong(
    kind: Kind, record: Record, given: Mapping[str, str], on: date | None, *, is_over: bool
) -> dict[str, str]:
    """What is wrong with answers and day, by field; the words themselves are checked with the line."""
    errors: dict[str, str] = {}
    names = [name for name, _ in kind.spread(record)]
    dots = {name: given.get(name, "").strip() for name in names}
    if any(dots.values()):
        for name, typed in dots.items():
            if typed and not (typed.isascii() and typed.isdecimal() and int(typed) <= MOST_DOTS):
                errors[name] = "Write how many dots there are, as a whole number."
    if given.get("still") == "partly" and not given.get("changed", "").strip():
        errors["changed"] = "Say what has changed, in a few words."
    if is_over:
        errors["on"] = "Choose a day that is still to come."
    elif on is None and given.get("still") != "no":
        errors["on"] = "Choose a day to look again: what has no day is forgotten."
    return errors


def still_words(row: Row) -> str:
    """How a review answered whether it is still true, as it follows a name."""
    said = {
        "yes": "found it still true",
        "partly": "found that something has changed",
        "no": "found it not true any more",
    }
    return said.get(row.fields.get("still", ""), "")


def doubted(record: Record) -> bool:
    """Whether the last look found that it is not true any more."""
    reviews = record.of(REVIEWS)
    return bool(reviews) and reviews[-1].fields.get("still") == "no"


def spreads(kind: Kind, record: Record) -> list[Spread]:
    """The dots of each time, the first one first; times without dots are left out."""
    places = kind.spread(record)
    found = []
    for row in record.of(REVIEWS):
        if any(row.fields.get(name) for name, _ in places):
            dots = tuple((label, int(row.fields.get(name, "0"))) for name, label in places)
            found.append(Spread(row, dots))
    return found
