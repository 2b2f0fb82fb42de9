"""A question that stays open until somebody answers it or it is dropped."""

from typing import Annotated

from msgspec import Meta, Struct

from app.records.core.kind import MAX_TITLE, Field, Kind, Next, RowList, State
from app.records.core.record import Record


class Fields(Struct):
    matters: Annotated[str, Meta(title="Why does it matter?", description="What waits for the answer?")] = ""
    knows: Annotated[str, Meta(title="Who might know?")] = ""
    became: Annotated[
        str,
        Meta(
            title="What came of it",
            description="The answer, or why it is dropped.",
            extra={"most": 2000, "lines": 3, "must": True, "later": True},
        ),
    ] = ""


class Known(Struct):
    what: Annotated[str, Meta(title="What we know", extra={"must": True})] = ""
    source: Annotated[str, Meta(title="Where from")] = ""


def _became(record: Record) -> str | None:
    return (
        None
        if record.fields.get("became")
        else "Write first what came of it: the answer, or why it is dropped."
    )


def _checks(record: Record) -> list[str]:
    return (
        []
        if record.title.rstrip().endswith("?")
        else ["It does not end in a question mark. What do you want to know?"]
    )


def _summary(record: Record) -> str:
    return f"A question, {KIND.face(record).lower()}: {record.title}"


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
    states={
        "open": State("Open", ("answered", "dropped")),
        "answered": State("Answered", ("open",), _became),
        "dropped": State("Dropped", ("open",), _became),
    },
    checks=_checks,
    summary=_summary,
    leads=(Next("Decide it", "decision", "led_to", mine=True),),
)
