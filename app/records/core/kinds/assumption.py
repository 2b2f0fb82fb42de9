"""An assumption: what must be true for our steps to work, with the evidence there is so far.

Ordering assumptions by importance and evidence is known from David Bland's work.
"""

from typing import Annotated

from msgspec import Struct

from app.records.core.kind import MAX_TITLE, Advice, Axes, Column, Field, Kind, Next, RowList, State, asks
from app.records.core.record import Record

LENSES = (
    ("", "Not said yet"),
    ("wanted", "Wanted: do people, patients, carers and staff want this?"),
    ("doable", "Doable: can we, with our people, data, rules and contracts?"),
    ("worth", "Worth it: does it last, who pays, who saves?"),
    ("safe", "Safe and fair: whom could it harm or leave out?"),
)
STRENGTHS = (
    ("anecdote", "A story"),
    ("local", "Local data"),
    ("study", "A study"),
    ("tested", "Tested here"),
)


class Fields(Struct):
    lens: Annotated[str, asks("What kind of question is it?", most=20, choices=LENSES)] = ""
    sinks: Annotated[str, asks("What falls if it is wrong?", "The more falls, the sooner to test it.")] = ""


class Evidence(Struct):
    what: Annotated[str, asks("What we know", must=True)] = ""
    source: Annotated[str, asks("Where from")] = ""
    strength: Annotated[str, asks("How strong is it?", most=20, choices=STRENGTHS)] = "anecdote"


class Opposite(Struct):
    view: Annotated[str, asks("What you believe instead", must=True)] = ""


def _supported(record: Record) -> str | None:
    return None if record.of("evidence") else "Write first what you know of it, under Evidence."


def _advises(record: Record) -> list[Advice]:
    said: list[Advice] = []
    if not record.fields.get("lens"):
        said.append(
            ("lens", "Say what kind of question it is: it helps to see which kinds nobody has asked.")
        )
    if record.state == "supported" and not record.of("opposite"):
        said.append(("opposite", "Nobody has written who thinks otherwise. Has somebody been asked?"))
    return said


def _says(record: Record) -> str:
    return f"An assumption, {KIND.face(record).lower()}: we believe that {record.title}"


def _lens(record: Record) -> tuple[str, str]:
    lens = str(record.fields.get("lens", ""))
    return (dict(LENSES)[lens].partition(":")[0], "") if lens in dict(LENSES) and lens else ("", "")


def _evidence(record: Record) -> tuple[str, str]:
    """The strongest there is, with its words."""
    order = [name for name, _ in STRENGTHS]
    rows = [row for row in record.of("evidence") if row.fields.get("strength") in order]
    if not rows:
        return "Nothing yet", ""
    best = max(rows, key=lambda row: order.index(row.fields["strength"]))
    return dict(STRENGTHS)[best.fields["strength"]], best.fields.get("what", "")


def _column(record: Record) -> int:
    """The stronger the evidence, the further left."""
    order = [name for name, _ in STRENGTHS]
    found = [
        order.index(s) for row in record.of("evidence") if (s := row.fields.get("strength", "")) in order
    ]
    return len(STRENGTHS) - 1 - max(found, default=-1)


KIND = Kind(
    tag="assumption",
    order=3,
    word="Assumption",
    plural="Assumptions",
    about="What must be true for our steps to work. It is tested before much rests on it.",
    title=Field("title", "We believe that …", "One thing that could turn out wrong.", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=(
        RowList(
            "evidence",
            "Evidence",
            "What do we know, from where, and how strong is it?",
            Evidence,
            signed=True,
            sections=("Evidence",),
        ),
        RowList(
            "opposite", "Who thinks otherwise", "A different view, in one's own name.", Opposite, signed=True
        ),
    ),
    states={
        "untested": State("Untested", ("testing", "supported", "refuted")),
        "testing": State("Testing", ("supported", "refuted")),
        "supported": State("Supported", ("testing", "refuted"), _supported),
        "refuted": State("Refuted", ("testing",), _supported, fails=True),
    },
    advises=_advises,
    axes=Axes(
        "How sure are we?",
        "Move each belief to where it belongs. What matters most and we know least about comes first.",
        "We have seen it",
        "We are guessing",
        "All hangs on it",
        "We can do without it",
        columns=len(STRENGTHS) + 1,
        column=_column,
    ),
    says=_says,
    columns=(Column("Lens", _lens), Column("Evidence", _evidence)),
    leads=(Next("Test it", "test", "tests", mine=False),),
)
