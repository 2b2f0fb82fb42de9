"""A wicked problem: no agreed wording, every fix changes it, and better rather than solved.

The three shares are Keith Grint's, the questions are known from Liberating Structures, the checks from
Horst Rittel and Melvin Webber, seeing it from several places from soft systems practice.
"""

import re
from typing import Annotated

from msgspec import Struct

from app.records.core.kind import MAX_TITLE, Advice, Field, Kind, Next, RowList, State, asks
from app.records.core.record import Record

SOLUTION = re.compile(
    r"\b(need|needs|lack of|no|not enough|introduce|implement|roll out|hire|buy)\b", re.IGNORECASE
)
SERVICE = re.compile(
    r"\b(service|services|provider|providers|trust|system|performance|targets?)\b", re.IGNORECASE
)


class Fields(Struct):
    who: Annotated[
        str,
        asks(
            "Who is it about?", "Which people, where; what it is like for them, in one sentence.", must=True
        ),
    ] = ""
    better: Annotated[
        str,
        asks(
            "Better, not solved",
            "What would people notice if this were better in a year? Two or three sentences.",
            most=600,
            lines=3,
            must=True,
        ),
    ] = ""
    critical: Annotated[
        str,
        asks("How many say: critical", "It needs an answer in hours: somebody commands.", most=20),
    ] = ""
    tame: Annotated[
        str,
        asks("How many say: tame", "There is a known way of solving it: somebody manages it.", most=20),
    ] = ""
    wicked: Annotated[
        str,
        asks(
            "How many say: wicked", "No agreed problem, and every fix changes it: we lead by asking.", most=20
        ),
    ] = ""
    inside: Annotated[str, asks("Inside", "What belongs to it?")] = ""
    outside: Annotated[str, asks("Outside", "What do we leave out?")] = ""
    unsure: Annotated[str, asks("We are not sure about")] = ""


class Part(Struct):
    part: Annotated[str, asks("Which part", must=True)] = ""


class Critical(Struct):
    part: Annotated[str, asks("What cannot wait", must=True)] = ""
    decides: Annotated[str, asks("Who decides")] = ""
    reviewed: Annotated[str, asks("Looked at again when", most=60)] = ""


class Seen(Struct):
    what: Annotated[str, asks("What happens", must=True)] = ""
    sort: Annotated[
        str,
        asks(
            "Is it a fact or an experience?",
            most=20,
            choices=(("", "Not said"), ("fact", "A fact"), ("experience", "An experience")),
        ),
    ] = ""
    source: Annotated[str, asks("Where from")] = ""


class Perspective(Struct):
    problem: Annotated[str, asks("From here the problem is …", must=True)] = ""
    whose: Annotated[str, asks("Seen from whose place")] = ""
    protects: Annotated[str, asks("What they protect")] = ""


class Attempt(Struct):
    what: Annotated[str, asks("What was tried", must=True)] = ""
    when: Annotated[str, asks("When", most=60)] = ""
    changed: Annotated[str, asks("What it changed")] = ""
    unwanted: Annotated[str, asks("What it changed that nobody wanted")] = ""
    taught: Annotated[str, asks("What it taught")] = ""


class Connection(Struct):
    to: Annotated[str, asks("Connected to what", must=True)] = ""
    how: Annotated[
        str,
        asks(
            "How?",
            most=20,
            choices=(
                ("", "Not said"),
                ("symptom", "This is a symptom of it"),
                ("worsens", "This makes it worse"),
            ),
        ),
    ] = ""


class Note(Struct):
    text: Annotated[str, asks("In a few words", must=True)] = ""


LISTS = (
    RowList(
        "questions",
        "Wicked questions",
        "How is it that we … and … at the same time? Both halves must be true, and wanted.",
        Note,
    ),
    RowList(
        "seen",
        "What we see",
        "What happens? What have you seen yourself? No explanations yet.",
        Seen,
        sections=("What makes this hard?",),
    ),
    RowList(
        "seen_from",
        "Seen from",
        "Include at least two people who are not in the room.",
        Perspective,
        signed=True,
        sections=("Seen from …", "Whom does it touch?"),
    ),
    RowList("tried", "Tried before", "Every attempt leaves traces; what did ours leave?", Attempt),
    RowList(
        "connected", "Connected to", "What is this a symptom of, and what does it make worse?", Connection
    ),
    RowList("strengths", "Strengths here", "What already works, even a little, and who makes it work?", Note),
    RowList(
        "tame_parts",
        "Tame parts",
        "What can leave this room today? Whoever takes a part on says so themselves.",
        Part,
        taken=True,
    ),
    RowList("critical_parts", "Critical parts", "What cannot wait? Who decides, looked at when?", Critical),
)


def _better(record: Record) -> str | None:
    return None if record.fields.get("better") else "Write first what people would notice if it were better."


def _advises(record: Record) -> list[Advice]:
    said: list[Advice] = []
    if SOLUTION.search(record.title):
        said.append(("title", "The title may have a solution in it. Would everybody agree to this name?"))
    if len(record.of("seen_from")) < 2:
        said.append(("seen_from", "It is seen from fewer than two places. Who would see it differently?"))
    if not any(row.fields.get("unwanted") for row in record.of("tried")):
        say = "Nothing unwanted is written under “Tried before”. What did an attempt leave behind?"
        said.append(("tried", say))
    if SERVICE.search(str(record.fields.get("better", ""))):
        said.append(("better", "“Better” speaks of a service. What would a person notice?"))
    return said


KIND = Kind(
    tag="problem",
    order=1,
    word="Problem",
    plural="Problems",
    about="Something that nobody can solve alone and every fix changes. It gets better, and is never done.",
    title=Field("title", "A name nobody would argue with", "No solution inside it.", MAX_TITLE, must=True),
    fields_type=Fields,
    lists=LISTS,
    states={
        "open": State("Open", ("held",)),
        "held": State("Being held", ("better", "open")),
        "better": State("Better", ("held",), _better),
    },
    advises=_advises,
    leads=(
        Next("Name a dilemma in it", "dilemma", "led_to", mine=True),
        Next("Test something small", "test", "led_to", mine=True),
        Next("Who is missing?", "missing", "led_to", mine=True),
    ),
)
