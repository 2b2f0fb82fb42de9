"""A test: the smallest safe thing that would show whether an assumption is true, and what it showed.

Writing the threshold before any result is known from the test cards of Strategyzer.
"""

import re
from typing import Annotated

from msgspec import Struct

from app.records.core.kind import MAX_TITLE, Advice, Column, Field, Kind, RowList, State, asks
from app.records.core.record import Record

RESULTS = "results"
LOCKED = "This was fixed when the first result came in, so that nobody moves the mark afterwards."
SURE = (("", "Not said"), ("1", "A little sure"), ("2", "Fairly sure"), ("3", "Very sure"))


class Fields(Struct):
    do: Annotated[
        str,
        asks("To find out, we will …", "Who does what, with whom, how often?", must=True),
    ] = ""
    measure: Annotated[str, asks("And count or watch …")] = ""
    threshold: Annotated[
        str,
        asks(
            "We are right if …",
            "A number, written before any result, such as: at least 20 of 30 families say yes",
            must=True,
        ),
    ] = ""
    expected: Annotated[str, asks("What we expect")] = ""
    stop: Annotated[str, asks("What would make us stop")] = ""
    safety: Annotated[str, asks("Who is affected", "Who was asked, and who checked that it is safe?")] = ""
    until: Annotated[str, asks("Until when", most=60)] = ""
    learned: Annotated[str, asks("From that we learned", most=2000, lines=3, later=True)] = ""
    sure: Annotated[str, asks("How sure are we?", most=1, choices=SURE, later=True)] = ""


class Result(Struct):
    saw: Annotated[str, asks("What was seen", "The number first.", must=True)] = ""
    note: Annotated[str, asks("What went differently from the plan")] = ""


def _threshold(record: Record) -> str | None:
    if record.fields.get("threshold"):
        return None
    return "Write first what would show that you are right: a test without a mark cannot fail."


def _result(record: Record) -> str | None:
    return None if record.of(RESULTS) else "Write down first what was seen, under Results."


def _locked(record: Record) -> dict[str, str]:
    """Once there is a result, removed ones too, the plan stays as it was."""
    began = any(row.list == RESULTS for row in record.rows)
    return dict.fromkeys(("do", "measure", "threshold", "expected"), LOCKED) if began else {}


def _advises(record: Record) -> list[Advice]:
    threshold = str(record.fields.get("threshold", ""))
    said: list[Advice] = []
    if threshold and not re.search(r"\d", threshold):
        said.append(
            ("threshold", "The mark has no number in it. Which number would show that you are right?")
        )
    if not record.fields.get("stop"):
        said.append(("stop", "Say what would make you stop."))
    return said


KIND = Kind(
    tag="test",
    order=4,
    word="Test",
    plural="Tests",
    about="The smallest safe thing that would show whether an assumption is true.",
    title=Field(
        "title", "The test in one line", "Such as: ring within two days of leaving.", MAX_TITLE, must=True
    ),
    fields_type=Fields,
    lists=(
        RowList(
            RESULTS,
            "Results",
            "What was seen? After the first result the plan and its mark stay as they are.",
            Result,
            signed=True,
            sections=("We observed",),
        ),
    ),
    states={
        "planned": State("Planned", ("running",)),
        "running": State("Running", ("adopted", "adapted", "abandoned", "again"), _threshold),
        "adopted": State("Adopted", ("running",), _result),
        "adapted": State("Adapted", ("running",), _result),
        "abandoned": State("Abandoned", ("running",), _result),
        "again": State("To be tested again", ("running",), _result),
    },
    advises=_advises,
    columns=(Column("Right if", lambda record: (str(record.fields.get("threshold", "")), "")),),
    locked=_locked,
    days=30,
)
