"""Something parked: it has its place in a later session, and is not lost until then."""

from typing import Annotated

from msgspec import Struct

from app.records.core.answered import life, what_became
from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, Next, asks
from app.records.core.record import Record


class Fields(Struct):
    back: Annotated[
        str,
        asks("When does it come back?", "Such as: the workshop in March", most=100),
    ] = ""
    became: Annotated[
        str,
        what_became("What it was made into, or why it is dropped."),
    ] = ""


def _advises(record: Record) -> list[Advice]:
    return [] if record.fields.get("back") else [("back", "Say when it comes back: what has no day is lost.")]


KIND = Kind(
    tag="parked",
    order=7,
    word="Parked thought",
    plural="Parked",
    about="What had no place in this session and must not be lost: it comes back in a later one.",
    title=Field("title", "What is parked", "In the words of whoever raised it.", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=(),
    states=life("Parked", "Taken up"),
    advises=_advises,
    leads=(
        Next("Make it a question", "question", "led_to", mine=True),
        Next("Decide it", "decision", "led_to", mine=True),
    ),
    days=30,
)
