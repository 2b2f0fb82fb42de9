"""A dilemma: two good things that need each other, held over time and never solved.

The map of two poles with their upsides and downsides is known from Barry Johnson's work on polarities.
"""

from typing import Annotated

from msgspec import Struct

from app.records.core.kind import CONTEMPT, MAX_TITLE, Advice, Field, Kind, Next, RowList, State, asks
from app.records.core.record import Record

ANSWERS = (("", "Not said yet"), ("yes", "Yes"), ("no", "No"))


class Fields(Struct):
    pole_a: Annotated[
        str,
        asks(
            "One side",
            "One to three words, such as “Flow”. Could you proudly stand here?",
            most=60,
            must=True,
        ),
    ] = ""
    pole_b: Annotated[
        str,
        asks("The other side", "One to three words, such as “Choice”.", most=60, must=True),
    ] = ""
    purpose: Annotated[str, asks("Why hold both?", "What do we all want?")] = ""
    fear: Annotated[str, asks("What do we all dread?", "What happens if we lose both?")] = ""
    ongoing: Annotated[str, asks("Is it ongoing, never finished?", most=20, choices=ANSWERS)] = ""
    need: Annotated[str, asks("Do the two sides need each other?", most=20, choices=ANSWERS)] = ""
    good: Annotated[str, asks("Is there good in both?", most=20, choices=ANSWERS)] = ""
    hurts: Annotated[
        str, asks("Does too much of one, for long, hurt even that one?", most=20, choices=ANSWERS)
    ] = ""


QUESTIONS = ("ongoing", "need", "good", "hurts")  # a dilemma says yes to all four


class Note(Struct):
    text: Annotated[str, asks("In a few words", must=True)] = ""


class Warning(Struct):
    sign: Annotated[
        str,
        asks(
            "A sign that can be counted or seen", "Such as: more than 3 refused offers in a week", must=True
        ),
    ] = ""
    noticed: Annotated[str, asks("Who would notice first?")] = ""
    threshold: Annotated[str, asks("From which number on?", most=60)] = ""
    shows: Annotated[str, asks("Where does it show?")] = ""


class Step(Struct):
    step: Annotated[str, asks("What could be done", must=True)] = ""
    begins: Annotated[str, asks("From when", most=60)] = ""
    both: Annotated[str, asks("Does it serve both sides?", choices=(("", "No"), ("yes", "Serves both")))] = ""


UPS = ("ups_a", "ups_b")
DOWNS = ("downs_a", "downs_b")


def _lists() -> tuple[RowList, ...]:
    lists: list[RowList] = []
    for side, name in (("a", "one side"), ("b", "the other side")):
        letter = side.upper()
        lists += [
            RowList(
                f"ups_{side}",
                f"What we gain with {name}",
                "What do we gain when we attend to this?",
                Note,
                sections=(f"Upsides {letter}", f"Upsides of {letter}"),
            ),
            RowList(
                f"downs_{side}",
                f"What happens with too much of {name}",
                "What happens when we attend to it and neglect the other?",
                Note,
                sections=(f"Downsides {letter}", f"Downsides of {letter}"),
            ),
            RowList(
                f"steps_{side}",
                f"How we keep what {name} gives",
                "How do we gain or keep this? Whoever takes a step on says so themselves.",
                Step,
                taken=True,
                sections=(f"Action steps {letter}", f"Steps {letter}"),
            ),
            RowList(
                f"warnings_{side}",
                f"What would tell us early that there is too much of {name}",
                "What would tell us early that we slide into this?",
                Warning,
                signed=True,
                sections=(f"Early warnings {letter}",),
            ),
        ]
    return tuple(lists)


def _mapped(record: Record) -> str | None:
    if all(record.of(list_) for list_ in (*UPS, *DOWNS)):
        return None
    return "Write first what we gain and what happens on both sides: one note in each of the four boxes."


def _advises(record: Record) -> list[Advice]:
    """Advice, and never a refusal."""
    said: list[Advice] = []
    for pole in ("pole_a", "pole_b"):
        words = str(record.fields.get(pole, "")).casefold().split()
        if CONTEMPT.intersection(words):
            say = f"“{record.fields[pole]}” may sound like contempt. Could those who care for it stand there?"
            said.append((pole, say))
    no = "If this is a no, it may be a problem or a decision instead."
    said += [(question, no) for question in QUESTIONS if record.fields.get(question) == "no"]
    steps = [bool(record.of(list_)) for list_ in ("steps_a", "steps_b")]
    if any(steps) and not all(steps):
        bare = "steps_b" if steps[0] else "steps_a"
        said.append((bare, "There are steps for one side only. What keeps the good of the other?"))
    for ups, downs in (("ups_a", "downs_b"), ("ups_b", "downs_a")):
        gained = {row.fields.get("text", "").casefold() for row in record.of(ups)}
        if any(row.fields.get("text", "").casefold() in gained for row in record.of(downs)):
            said.append(
                (downs, "A downside says the same as an upside of the other side. What else happens?")
            )
    return said


def _spread(record: Record) -> tuple[tuple[str, str], ...]:
    """The four boxes of the map, as people say where they are."""
    a = str(record.fields.get("pole_a") or "One side")
    b = str(record.fields.get("pole_b") or "The other side")
    return (
        ("ups_a", f"{a}, gained"),
        ("ups_b", f"{b}, gained"),
        ("downs_a", f"{b}, neglected"),
        ("downs_b", f"{a}, neglected"),
    )


def _boxes(record: Record) -> tuple[tuple[str, str], ...]:
    """Named as the sections that carry these lists, so that what is changed there can be kept again."""
    a, b = (str(record.fields.get(name) or "") for name in ("pole_a", "pole_b"))
    titles = ((f"Upsides of {letter}{f': {name}' if name else ''}") for letter, name in (("A", a), ("B", b)))
    downs = ((f"Downsides of {letter}{f': {name}' if name else ''}") for letter, name in (("A", a), ("B", b)))
    return tuple(zip((*UPS, *DOWNS), (*titles, *downs), strict=True))


def _says(record: Record) -> str:
    poles = [str(record.fields.get(name, "")) for name in ("pole_a", "pole_b")]
    between = f" between {poles[0]} and {poles[1]}" if all(poles) else ""
    return f"A dilemma{between}, {KIND.face(record).lower()}."


KIND = Kind(
    tag="dilemma",
    order=2,
    word="Dilemma",
    plural="Dilemmas",
    about="Two things that are both good, need each other, and pull apart. It is held, never solved.",
    title=Field(
        "title",
        "The dilemma in one line",
        "How is it that we … and … at the same time?",
        MAX_TITLE,
        must=True,
    ),
    fields_type=Fields,
    lists=_lists(),
    states={
        "named": State("Named", ("mapped",)),
        "mapped": State("Mapped", ("held",), _mapped),
        "held": State("Being held", ("reviewed",)),
        "reviewed": State("Reviewed", ("held",)),
    },
    advises=_advises,
    spread=_spread,
    boxes=_boxes,
    reviewed="reviewed",
    says=_says,
    leads=(Next("What must be true?", "assumption", "rests_on", mine=True),),
)
