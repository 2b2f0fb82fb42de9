"""Who is missing: people who should be heard and are not in the room."""

from typing import Annotated

from msgspec import Struct

from app.records.core.answered import life, what_became
from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, RowList, asks
from app.records.core.record import Record


class Fields(Struct):
    matters: Annotated[str, asks("Why do they matter?", "What do they see that we do not?")] = ""
    until: Annotated[str, asks("By when are they asked?", most=60)] = ""
    became: Annotated[
        str,
        what_became("Who came and what they said, or why nobody asks any more."),
    ] = ""


class Invitation(Struct):
    how: Annotated[str, asks("How could they be asked?", must=True)] = ""


def _advises(record: Record) -> list[Advice]:
    said: list[Advice] = []
    if not record.fields.get("matters"):
        said.append(("matters", "Say why they matter: it helps whoever invites them."))
    if not any(row.taken for row in record.of("invitations")):
        said.append(("invitations", "Nobody has taken on to invite them."))
    return said


KIND = Kind(
    tag="missing",
    order=9,
    word="Missing voice",
    plural="Who is missing",
    about="Who should be heard and is not in the room, and who invites them.",
    title=Field(
        "title",
        "Who is missing?",
        "A group or a role, and never the name of a patient.",
        MAX_TITLE,
        must=True,
    ),
    fields_type=Fields,
    lists=(
        RowList(
            "invitations",
            "Who invites them",
            "How could they be asked? Whoever does it says so themselves.",
            Invitation,
            taken=True,
        ),
    ),
    states=life("Not heard yet", "Heard"),
    advises=_advises,
    days=30,
)
