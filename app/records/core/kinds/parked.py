"""Something parked: it has its place in a later session, and is not lost until then."""

from typing import Annotated

from msgspec import Meta, Struct

from app.records.core.kind import MAX_TITLE, Field, Kind, Next, State
from app.records.core.record import Record


class Fields(Struct):
    back: Annotated[
        str,
        Meta(
            title="When does it come back?",
            description="Such as: the workshop in March",
            extra={"most": 100},
        ),
    ] = ""
    became: Annotated[
        str,
        Meta(
            title="What came of it",
            description="What it was made into, or why it is dropped.",
            extra={"most": 2000, "lines": 3, "must": True, "later": True},
        ),
    ] = ""


def _became(record: Record) -> str | None:
    return None if record.fields.get("became") else "Write first what came of it, or why it is dropped."


def _checks(record: Record) -> list[str]:
    return [] if record.fields.get("back") else ["Say when it comes back: what has no day is lost."]


def _summary(record: Record) -> str:
    return f"A parked thought, {KIND.face(record).lower()}: {record.title}"


KIND = Kind(
    tag="parked",
    order=7,
    word="Parked thought",
    plural="Parked",
    about="What had no place in this session and must not be lost: it comes back in a later one.",
    title=Field("title", "What is parked", "In the words of whoever raised it.", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=(),
    states={
        "open": State("Parked", ("answered", "dropped")),
        "answered": State("Taken up", ("open",), _became),
        "dropped": State("Dropped", ("open",), _became),
    },
    checks=_checks,
    summary=_summary,
    leads=(
        Next("Make it a question", "question", "led_to", mine=True),
        Next("Decide it", "decision", "led_to", mine=True),
    ),
    days=30,
)
