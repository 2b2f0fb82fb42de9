"""A term: what each organisation means by a word, side by side, and what we mean by it together."""

from typing import Annotated

from msgspec import Struct

from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, RowList, State, asks
from app.records.core.record import Record


class Fields(Struct):
    working: Annotated[
        str,
        asks(
            "What we mean by it together",
            "A definition to work with. It may be mended.",
            most=600,
            lines=3,
            must=True,
        ),
    ] = ""
    agreed: Annotated[str, asks("Agreed on", "The day.", most=60, later=True)] = ""


class Sense(Struct):
    meaning: Annotated[str, asks("What your organisation means by it", must=True)] = ""
    used: Annotated[str, asks("How it is used there", "An example helps.")] = ""


def _agreed(record: Record) -> str | None:
    return None if record.fields.get("working") else "Write first what you mean by it together."


def _advises(record: Record) -> list[Advice]:
    whose = {row.organisation for row in record.of("meanings")}
    return (
        []
        if len(whose) > 1
        else [("meanings", "Fewer than two organisations have said what they mean by it.")]
    )


def _says(record: Record) -> str:
    working = str(record.fields.get("working", ""))
    return f"A term, {KIND.face(record).lower()}: {record.title}{f', which is: {working}' if working else ''}"


KIND = Kind(
    tag="term",
    order=8,
    word="Term",
    plural="Terms",
    about="A word that does not mean the same everywhere: each meaning beside the other.",
    title=Field("title", "The word", "Such as: “discharge”.", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=(
        RowList(
            "meanings",
            "What it means in each organisation",
            "What does your organisation mean by it?",
            Sense,
            signed=True,
            sections=("What it means to us",),
        ),
    ),
    states={"open": State("Open", ("agreed",)), "agreed": State("Agreed", ("open",), _agreed)},
    advises=_advises,
    says=_says,
    days=365,
)
