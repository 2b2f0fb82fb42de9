"""Who is missing: people who should be heard and are not in the room."""

from typing import Annotated

from msgspec import Meta, Struct

from app.records.core.kind import MAX_TITLE, Field, Kind, RowList, State
from app.records.core.record import Record


class Fields(Struct):
    matters: Annotated[
        str, Meta(title="Why do they matter?", description="What do they see that we do not?")
    ] = ""
    until: Annotated[str, Meta(title="By when are they asked?", extra={"most": 60})] = ""
    became: Annotated[
        str,
        Meta(
            title="What came of it",
            description="Who came and what they said, or why nobody asks any more.",
            extra={"most": 2000, "lines": 3, "must": True, "later": True},
        ),
    ] = ""


class Invitation(Struct):
    how: Annotated[str, Meta(title="How could they be asked?", extra={"must": True})] = ""


def _became(record: Record) -> str | None:
    return None if record.fields.get("became") else "Write first what came of it, or why it is dropped."


def _checks(record: Record) -> list[str]:
    said = []
    if not record.fields.get("matters"):
        said.append("Say why they matter: it helps whoever invites them.")
    if not any(row.taken for row in record.of("invitations")):
        said.append("Nobody has taken on to invite them.")
    return said


def _summary(record: Record) -> str:
    return f"A group that is missing, {KIND.face(record).lower()}: {record.title}"


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
    states={
        "open": State("Not heard yet", ("answered", "dropped")),
        "answered": State("Heard", ("open",), _became),
        "dropped": State("Dropped", ("open",), _became),
    },
    checks=_checks,
    summary=_summary,
    days=30,
)
