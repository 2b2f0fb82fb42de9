"""The log of a space as CSV and JSON, for other programs and for keeping. Pure."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from app.spaces.csv_safety import plain

HEADINGS = ("Number", "When", "Who", "Organisation", "What", "Field", "Before", "After")


class Told(Struct, frozen=True):
    """A line of the log as a file tells it."""

    n: int
    at: str
    by: str
    organisation: str
    act: str
    say: str
    words: list[tuple[str, str, str]]


def as_csv(lines: Iterable[Told]) -> str:
    """One row an entry; one for each of several words that it changed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in lines:
        for field, before, after in one.words or [("", "", "")]:
            cells = (one.by, one.organisation, one.say, field, before, after)
            writer.writerow([one.n, one.at, *map(plain, cells)])
    return out.getvalue()


def as_json(lines: Iterable[Told]) -> list[dict[str, Any]]:
    """The newest first, each with what it says and the words that it changed."""
    return [
        {
            "number": one.n,
            "at": one.at,
            "by": one.by,
            "organisation": one.organisation,
            "act": one.act,
            "says": one.say,
            "words": [{"field": field, "before": was, "after": now} for field, was, now in one.words],
        }
        for one in lines
    ]
