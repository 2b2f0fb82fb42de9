"""A decision: what was decided, with what authority, who took part, and who had concerns."""

from typing import Annotated

from msgspec import Struct

from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, RowList, State, asks
from app.records.core.record import Record

HOW = (
    ("", "Not said yet"),
    ("sense_check", "Sense check: we asked how people see it"),
    ("consent", "Consent: nobody objected"),
    ("vote", "Vote"),
    ("informed", "Informed: it was decided elsewhere"),
)
AUTHORITY = (
    ("", "Not said yet"),
    ("decide", "We decide"),
    ("recommend", "We recommend: somebody else decides"),
    ("own", "Each organisation commits only itself"),
)


class Fields(Struct):
    authority: Annotated[
        str,
        asks("With what authority?", "What may this group do, and what not?", most=20, choices=AUTHORITY),
    ] = ""
    how: Annotated[str, asks("How was it decided?", most=20, choices=HOW)] = ""
    on: Annotated[str, asks("Decided on", "The day.", most=60)] = ""
    because: Annotated[str, asks("Why so?", "What spoke for it?", most=2000, lines=3)] = ""


class Part(Struct):
    organisation: Annotated[str, asks("Which organisation", must=True)] = ""
    people: Annotated[str, asks("Who, or how many")] = ""


class Concern(Struct):
    concern: Annotated[str, asks("What you see differently", must=True)] = ""
    enough: Annotated[str, asks("What would be enough for you")] = ""


def _advises(record: Record) -> list[Advice]:
    said: list[Advice] = []
    if not record.fields.get("authority"):
        said.append(("authority", "Say with what authority: whoever reads it later must know whom it binds."))
    if not record.of("part"):
        said.append(("part", "Write which organisations took part."))
    if not record.of("dissent"):
        said.append(("dissent", "Nobody has written a concern. Has somebody been asked?"))
    if not record.look_again:
        said.append(("look_again", "Choose a day to look again at it."))
    return said


def _says(record: Record) -> str:
    authority = dict(AUTHORITY).get(str(record.fields.get("authority") or "none"))
    return f"A decision{f' ({authority.lower()})' if authority else ''}: {record.title}"


KIND = Kind(
    tag="decision",
    order=5,
    word="Decision",
    plural="Decisions",
    about="What was decided, with what authority, and who saw it differently.",
    title=Field(
        "title",
        "What was decided, in one sentence",
        "So that somebody absent understands it.",
        MAX_TITLE,
        must=True,
    ),
    fields_type=Fields,
    lists=(
        RowList("part", "Who took part", "Which organisations were there, and how many people?", Part),
        RowList(
            "dissent",
            "Concerns and dissent",
            "What do you see differently? It stays with the decision, in your own name.",
            Concern,
            signed=True,
            sections=("Concerns",),
        ),
    ),
    states={"stands": State("Stands", ())},
    advises=_advises,
    says=_says,
)
