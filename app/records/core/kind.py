"""What a kind of record says of itself; each kind is one file in `kinds/` and one template. Pure."""

from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, structs

from app.records.core.record import Record

MAX_TITLE = 160
MAX_LINE, MAX_TEXT = 300, 2000
CONTEMPT = frozenset(
    [
        "bad",
        "broken",
        "bureaucracy",
        "bureaucratic",
        "chaos",
        "chaotic",
        "control",
        "controlling",
        "dumb",
        "failing",
        "failure",
        "greed",
        "lazy",
        "mess",
        "rigid",
        "selfish",
        "stupid",
        "useless",
        "waste",
        "wrong",
    ]
)


class Field(Struct, frozen=True):
    """One field of a record or of a row, as forms show it. `choices` are (value, words).

    `later`: nobody can know it yet when the record is kept.
    """

    name: str
    label: str
    prompt: str = ""
    most: int = MAX_LINE
    lines: int = 1
    must: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    later: bool = False

    def words(self, value: str) -> str:
        """A value as people read it."""
        return dict(self.choices).get(value, value)


class RowList(Struct, frozen=True):
    """A list inside a record. `signed`: each row is its writer's alone. `taken`: people may take a row on.

    A section of a board with one of the names in `sections` carries it.
    """

    tag: str
    title: str
    prompt: str
    row: type[Struct]
    signed: bool = False
    taken: bool = False
    sections: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.row)

    @property
    def first(self) -> str:
        """The field that holds the words of a quoted card."""
        return self.fields[0].name


class State(Struct, frozen=True):
    """A state of a kind: its word, which states may follow, and what is missing for it, if anything.

    `fails`: it turned out wrong, so that whatever rests on it says so.
    """

    word: str
    next: tuple[str, ...]
    missing: Callable[[Record], str | None] = lambda _record: None
    fails: bool = False


class Next(Struct, frozen=True):
    """What a record of this kind leads to: a question, the kind that answers it, and how the two are tied.

    `mine`: the tie belongs to this record; else to the new one.
    """

    ask: str
    kind: str
    means: str
    mine: bool


class Column(Struct, frozen=True):
    """A column of a kind's register: its head, and what it says of a record, with a smaller second line."""

    head: str
    cell: Callable[[Record], tuple[str, str]]


Advice = tuple[str, str]  # the field or list that it is about, and what is worth a thought there


class Axes(Struct, frozen=True):
    """How records of a kind lie on a map: what the ends of its axes are called, and how far right each lies.

    `column` counts from the left, from 0 to below `columns`. The more rests on a record, the higher it lies.
    """

    title: str
    prompt: str
    left: str
    right: str
    top: str
    bottom: str
    columns: int
    column: Callable[[Record], int]


class Kind(Struct, frozen=True):
    """A kind of record. `tag` is for ever. `states` begin with the first one.

    `spread` has the places that people put dots on each time somebody looks again: names, and their words.
    `boxes` are the lists that lie on a board as two columns of sections: tags, and titles of sections.
    `says` sums a record up where kind, state and title are not enough. `locked` names the fields that cannot
    change any more, with the sentence that says why.
    """

    tag: str
    order: int  # among the kinds
    word: str
    plural: str
    about: str
    title: Field
    fields_type: type[Struct]
    lists: tuple[RowList, ...]
    states: dict[str, State]
    advises: Callable[[Record], list[Advice]]
    says: Callable[[Record], str] | None = None
    locked: Callable[[Record], dict[str, str]] = lambda _record: {}
    spread: Callable[[Record], tuple[tuple[str, str], ...]] = lambda _record: ()
    boxes: Callable[[Record], tuple[tuple[str, str], ...]] = lambda _record: ()
    axes: Axes | None = None
    reviewed: str = ""  # the state that looking again leads to, where it can
    leads: tuple[Next, ...] = ()
    columns: tuple[Column, ...] = ()
    days: int = 90  # until somebody looks again, unless they say otherwise
    version: int = 1
    upgrade: Callable[[dict[str, Any], int], dict[str, Any]] = lambda fields, _version: fields

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.fields_type)

    @property
    def first_state(self) -> str:
        return next(iter(self.states))

    def life(self, state: str) -> list[str]:
        """The states on the way from the first one to this one, and on as long as there is one way only."""
        way = [self.first_state]
        while True:
            nexts = [one for one in self.states[way[-1]].next if one not in way]
            if state in way:
                if len(nexts) != 1 or len(self.states[way[-1]].next) != 1:
                    return way
                way.append(nexts[0])
            elif state in nexts and state not in self.states[nexts[0]].next:
                way.append(state)
            elif nexts:
                way.append(nexts[0])
            else:
                return [self.first_state, state]

    def mark(self, state: str) -> str:
        """How far along a state is, as a register draws it: begun, on the way, there, or wrong."""
        names = list(self.states)
        if state == names[0]:
            return "begun"
        if self.states[state].fails:
            return "wrong"
        later = (one for one in self.states[state].next if names.index(one) > names.index(state))
        return "way" if any(not self.states[one].fails for one in later) else "there"

    def checks(self, record: Record) -> list[str]:
        """What is worth a thought before others read it; never a reason to refuse it."""
        return [say for _, say in self.advises(record)]

    def beside(self, record: Record) -> dict[str, str]:
        """The same by field or list, to stand beside it."""
        found: dict[str, str] = {}
        for name, say in self.advises(record):
            found[name] = f"{found[name]} {say}" if name in found else say
        return found

    def row_list(self, tag: str) -> RowList | None:
        return next((one for one in self.lists if one.tag == tag), None)

    def summary(self, record: Record) -> str:
        """The record in one sentence."""
        if self.says:
            return self.says(record)
        article = "An" if self.word[0] in "AEIO" else "A"
        return f"{article} {self.word.lower()}, {self.face(record).lower()}: {record.title}"

    def face(self, record: Record) -> str:
        """The word that a card of the record shows."""
        return self.states[record.state].word if record.state in self.states else record.state


def asks(label: str, prompt: str = "", **more: Any) -> Meta:
    """What a form says of a field of a struct; `more` as `Field` has it."""
    return Meta(title=label, description=prompt or None, extra=more)


@cache
def fields_of(type_: type[Struct]) -> tuple[Field, ...]:
    """The fields of a struct whose annotations say how a form shows them."""
    hints = get_type_hints(type_, include_extras=True)
    return tuple(_field(field.name, hints[field.name]) for field in structs.fields(type_))


def _field(name: str, hint: Any) -> Field:
    assert get_origin(hint) is not None, name  # noqa: S101 - a field without words cannot be shown
    meta = next(one for one in get_args(hint) if isinstance(one, Meta))
    return Field(name, meta.title or name, meta.description or "", **(meta.extra or {}))
