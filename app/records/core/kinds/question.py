"""A question that stays open until somebody answers it or it is dropped."""

from typing import Annotated

from msgspec import Struct

from app.records.core.answered import life, what_became
from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, Next, RowList, asks
from app.records.core.record import Record


class Fields(Struct):
    matters: Annotated[str, asks("Why does it matter?", "What waits for the answer?")] = ""
    knows: Annotated[str, asks("Who might know?")] = ""
    became: Annotated[
        str,
        what_became("The answer, or why it is dropped."),
    ] = ""


class Known(Struct):
    what: Annotated[str, asks("What we know", must=True)] = ""
    source: Annotated[str, asks("Where from")] = ""


def _advises(record: Record) -> list[Advice]:
    return (
        []
        if record.title.rstrip().endswith("?")
        else [("title", "It does not end in a question mark. What do you want to know?")]
    )


KIND = Kind(
    tag="question",
    order=6,
    word="Question",
    plural="Questions",
    about="What we would like to understand, open until somebody answers it.",
    title=Field("title", "The question", "What would you like to understand?", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=(
        RowList(
            "known", "What we know so far", "A part of an answer, in one's own name.", Known, signed=True
        ),
    ),
    states=life("Open", "Answered", ": the answer, or why it is dropped"),
    advises=_advises,
    leads=(Next("Decide it", "decision", "led_to", mine=True),),
)
